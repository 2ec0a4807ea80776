"""When the server collects garbage: by the clock, and not after every answer or in the middle of one.

Streamlit collects after each run of a page (off in `.streamlit/config.toml`), and Python at any allocation. Either walks over all
that models, figures and libraries hold, a tenth of a second and more, while no page answers: with thirty visitors that was half of
the server's time. And what Python finalises in the middle of a parse lets other threads in, at which CPython 3.11 fails now and then
("AST constructor recursion depth mismatch").
"""

from __future__ import annotations

import gc
import threading
import time

from streamlit.runtime import Runtime, exists, get_instance

PERIOD = 5.0
WORTH_IT = 10_000
"""So many new objects, less those that are gone: a server that nobody uses does not collect."""
_starting, _started = threading.Lock(), threading.Event()


def by_the_clock() -> None:
    """Collect every few seconds from now on, and at no other time; in a server alone, not where a test runs a page."""
    if _started.is_set() or not (exists() and type(get_instance()) is Runtime):  # a test's stand-in says it is one
        return
    with _starting:
        if not _started.is_set():
            gc.disable()
            threading.Thread(target=_collect, name="garbage", daemon=True).start()
            _started.set()


def _collect() -> None:
    while True:
        time.sleep(PERIOD)
        if gc.get_count()[0] > WORTH_IT:
            gc.collect()
