"""A page of the dashboard as a link opens it for a new visitor, without a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

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
