"""A page of the dashboard as a link opens it for a new visitor, without a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from reprlearn.runs import Run, RunError
from reprlearn.ui import loaders

APP = str(Path(__file__).parents[2] / "app.py")


def opened(page: str = "home", /, **query: Any) -> AppTest:
    """The page of this name, run once with this query; it must not show an exception."""
    at = AppTest.from_file(APP, default_timeout=300)
    if page != "home":
        at.switch_page(f"pages/{page}.py")
    for key, value in query.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception, at.exception
    return at


def out_of_reach(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The run of this name is listed, and cannot be fetched."""
    fetched = loaders.run

    def run(wanted: str) -> Run:
        if wanted == name:
            raise RunError("its root is out of reach")
        return fetched(wanted)

    monkeypatch.setattr(loaders, "run", run)
