"""What a visitor looks at now: the page, and the runs it has opened. Pages note it as they are drawn; whoever shares a view asks."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

PAGE, RUNS = "shown_page", "shown_runs"
MOST_CHARACTERS = 24_000
"""Of a link: a prompt of the longest kind fits, and few servers take more."""


def begin(page: str) -> None:
    """A page begins to be drawn, and has opened no run yet."""
    st.session_state[PAGE], st.session_state[RUNS] = page, []


def note(run: str) -> None:
    """The page has opened this run."""
    runs = st.session_state.setdefault(RUNS, [])
    if run not in runs:
        runs.append(run)


def page() -> str:
    """Name of the page, one of `frame.PAGES`; "" before any was begun."""
    return st.session_state.get(PAGE, "")


def runs() -> tuple[str, ...]:
    """Names of the runs, in the order they were opened in. In a fragment: those of the whole page."""
    return tuple(st.session_state.get(RUNS, ()))


def query() -> dict[str, list[str]]:
    """The query parameters of the address, which reopen the view."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def address(path: str, query: dict[str, list[str]]) -> str:
    """The link to a page of this installation as the visitor reached it; "" where that is not known, or the link is too long.

    path: of the page, as `frame.Page` has it.
    """
    root = st.context.url or ""
    name = path.removeprefix("pages/").removesuffix(".py")
    place = f"{root.rstrip('/')}/{'' if name == 'app' else name}"
    link = f"{place}?{urlencode(query, doseq=True)}" if query else place
    return link if root.startswith(("http://", "https://")) and len(link) <= MOST_CHARACTERS else ""
