"""Garbage is collected by the clock in a server, and as Python does it everywhere else."""

from __future__ import annotations

import gc
import subprocess
import sys
import tomllib
from pathlib import Path

from reprlearn.ui import collecting
from tests.pages.opening import opened

ROOT = Path(__file__).parents[2]
# In a process of its own: what it starts does not end.
IN_A_SERVER = """
import gc, threading, time, weakref
from streamlit.runtime import Runtime
from reprlearn.ui import collecting
from tests.pages.opening import opened

class Node:
    pass

collecting.PERIOD, collecting.WORTH_IT = 0.01, 0
collecting.exists, collecting.get_instance = lambda: True, lambda: Runtime.__new__(Runtime)
collecting.by_the_clock()
collecting.by_the_clock()
assert [thread.name for thread in threading.enumerate()].count("garbage") == 1
assert not gc.isenabled()
node = Node()
node.itself, gone = node, weakref.ref(node)
del node
deadline = time.monotonic() + 30
while gone() is not None and time.monotonic() < deadline:
    time.sleep(0.01)
assert gone() is None
"""


def test_a_server_collects_every_few_seconds_and_at_no_other_time():
    ended = subprocess.run([sys.executable, "-c", IN_A_SERVER], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stderr
    runner = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["runner"]
    assert runner["postScriptGC"] is False, "or streamlit collects as well, after each run"


def test_where_a_test_runs_a_page_nothing_is_changed():
    opened()
    assert gc.isenabled() and not collecting._started.is_set()
