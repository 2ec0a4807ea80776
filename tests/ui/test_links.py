"""Choices in the link: what a link says is chosen, what is chosen is said, and the latest of the two wins."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def script() -> None:
    import streamlit as st

    from reprlearn.ui.links import in_link

    names = {1: "one", 2: "two", 3: "three"}
    st.text(in_link("n", names, lambda: st.selectbox("N", list(names), format_func=lambda n: f"No. {n}", key="n")))


def app(link: str | None = None) -> AppTest:
    at = AppTest.from_function(script)
    if link is not None:
        at.query_params["n"] = link
    return run(at)


def run(at: AppTest) -> AppTest:
    at.run()
    assert not at.exception
    assert at.text[0].value == str(at.selectbox[0].value)
    return at


def said(at: AppTest) -> list[str]:
    found = at.query_params.get("n", [])
    return [found] if isinstance(found, str) else found


def test_a_link_chooses_and_the_default_needs_no_link() -> None:
    assert app().selectbox[0].value == 1 and said(app()) == []
    assert app("two").selectbox[0].value == 2 and said(app("two")) == ["two"]
    assert said(app("one")) == ["one"], "what a link says is not taken out of it"


def test_what_names_nothing_is_dropped() -> None:
    for link in ("No. 2", "2", "", "Two"):
        at = app(link)
        assert at.selectbox[0].value == 1 and said(at) == []


def test_the_last_of_link_and_widget_wins() -> None:
    at = app("two")
    at.selectbox[0].select(3)
    run(at)
    assert said(at) == ["three"] and at.selectbox[0].value == 3
    at.query_params["n"] = "two"  # the browser's back button
    assert run(at).selectbox[0].value == 2
    assert run(at).selectbox[0].value == 2
    at.selectbox[0].select(1)
    run(at)
    assert said(at) == [] and at.selectbox[0].value == 1
    at.query_params["n"] = "three"
    assert run(at).selectbox[0].value == 3
    del at.query_params["n"]
    assert run(at).selectbox[0].value == 1
