"""The runs that were brought: the visitor's own, which they may publish, and the published ones, which are everybody's."""

from __future__ import annotations

import streamlit as st

from reprlearn.data.vectors.recognise import FORMATS
from reprlearn.jobs import readonly
from reprlearn.runs import Card, Run, uploads
from reprlearn.runs.store import SHIPPED
from reprlearn.ui import cards, loaders
from reprlearn.ui.frame import PAGES, RUN_KEY, link
from reprlearn.ui.text import as_text, phrase, small, t
from reprlearn.ui.text.numbers import day

FLASH = "library_flash"


def say(key: str, name: str) -> None:
    """Say this of a run at the top of the page, once, when it is drawn anew."""
    st.session_state[FLASH] = key, name


def flash() -> None:
    """What has just happened."""
    key, name = st.session_state.pop(FLASH, ("", ""))
    if key:
        st.success(t(key, name=as_text(name)), icon=":material/check:")


def show() -> None:
    """Both lists; each says what it would hold where it is empty."""
    own = loaders.own_uploads()
    names = {run.name for run in own}
    published = [run for run in loaders.runs()[0] if run.card.imported is not None and run.name not in names]
    st.subheader(t("library.own"), anchor=False)
    st.markdown(small(t("library.own.help", hours=uploads.KEPT_SECONDS // 3600)))
    for run in own:
        _card(run, private=True)
    st.subheader(t("library.everybodys"), anchor=False)
    if not published:
        st.markdown(small(t("library.everybodys.none")))
    for run in published:
        _card(run, private=False)


def _card(run: Run, *, private: bool) -> None:
    card = run.card
    assert card.imported is not None, "only what was brought is listed"
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f"**{as_text(run.name)}**", width="content")
            if private:
                st.badge(t("library.private"), color="gray", icon=":material/visibility_off:")
        st.markdown(as_text(cards.summary(card)))
        if card.imported.note:
            st.markdown(small(as_text(card.imported.note)))
        st.markdown(small(t("library.from", source=as_text(_source(card)), day=as_text(day(card.imported.finished)))))
        with st.container(horizontal=True, vertical_alignment="center"):
            for page in PAGES:
                if page.needs in card.capabilities:
                    link(page, {RUN_KEY: run.name})
        if not readonly():
            _actions(run, private=private)


def _source(card: Card) -> str:
    """The format, as the visitor's language calls it, and the files."""
    said = FORMATS.get(card.imported.format, "") if card.imported is not None else ""
    source = card.corpus.source
    return f"{phrase(said)}{source[len(said) :]}" if said and source.startswith(said) else source


def _actions(run: Run, *, private: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if private and st.button(t("library.publish"), icon=":material/public:", key=f"publish_{run.name}"):
            _do("published", run)
        if run.origin or SHIPPED in run.path.parents:
            return
        with st.popover(t("library.delete"), icon=":material/delete:", key=f"deleting_{run.name}"):
            st.markdown(t("library.delete.sure" if private else "library.delete.sure.all", name=as_text(run.name)))
            if st.button(t("library.delete.button"), key=f"delete_{run.name}", type="primary"):
                _do("deleted", run)


def _do(what: str, run: Run) -> None:
    try:
        (uploads.publish if what == "published" else uploads.delete)(run)
    except (OSError, ValueError) as error:
        st.error(as_text(error.strerror or error if isinstance(error, OSError) else error), icon=":material/error:")
        return
    say(f"library.{what}", run.name)
    st.rerun()
