# The dashboard, serving the shipped models and those of $REPRLEARN_RUNS. compose.yaml starts several behind a proxy.
FROM python:3.11-slim

WORKDIR /app

# torch's CPU build first: from the usual index comes one with CUDA, several gigabytes larger.
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
COPY requirements.txt ./
RUN pip install --no-cache-dir --index-url "$TORCH_INDEX" "$(grep -o '^torch==[0-9.]*' requirements.txt)" \
    && pip install --no-cache-dir -r requirements.txt

COPY . .

RUN useradd --create-home reader && mkdir /cache && chown reader /cache
USER reader

ENV PYTHONUNBUFFERED=1 \
    OMP_WAIT_POLICY=PASSIVE \
    REPRLEARN_CACHE=/cache \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0 \
    STREAMLIT_SERVER_PORT=8501 \
    STREAMLIT_SERVER_HEADLESS=true

# The reviews are cut into words here, which takes a minute, and not while the first visitors wait.
RUN python -m reprlearn data > /dev/null

EXPOSE 8501

HEALTHCHECK --interval=10s --timeout=10s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen('http://127.0.0.1:' + os.environ['STREAMLIT_SERVER_PORT'] + '/_stcore/health', timeout=8)"]

CMD ["python", "-m", "streamlit", "run", "app.py"]
