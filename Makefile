# make app      opens the dashboard (installs what is missing first)
# make install  makes .venv and installs requirements.txt; starts nothing
# make test     installs what the tests need and runs them all
# make check    style, types and import contracts
# make clean    removes the environment and the caches

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

# A stamp is newer than the list it was made from, so an unchanged list installs nothing again.
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev

.DEFAULT_GOAL := app
.PHONY: app install test check clean

app: install
	$(BIN)/python -m streamlit run app.py

install: $(INSTALLED)

test: $(INSTALLED_DEV)
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

check: $(INSTALLED_DEV)
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m pyright
	$(BIN)/lint-imports

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "reprlearn needs Python 3.11 or newer; name one with: make $(MAKECMDGOALS) PYTHON=python3.11" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# Order-only (|): the interpreter is needed, but its date says nothing about what is installed.
$(INSTALLED): requirements.txt | $(BIN)/python
	$(PIP) install -r requirements.txt
	@touch $@

$(INSTALLED_DEV): requirements-dev.txt requirements.txt | $(BIN)/python
	$(PIP) install -r requirements-dev.txt
	@touch $@ $(INSTALLED)

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .import_linter_cache .hypothesis
