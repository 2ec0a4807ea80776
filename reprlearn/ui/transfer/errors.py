"""What a way of use gets wrong: the confusion matrix, and the texts it was surest about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from reprlearn.analysis.transfer_errors import (
    confident_mistakes,
    confusion,
    first_seed,
    mistakes_certainty,
    sureness,
)
from reprlearn.data.config import DataError
from reprlearn.ui import widgets
from reprlearn.ui.links import in_link
from reprlearn.ui.presenting import px
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.transfer import classifiers
from reprlearn.ui.transfer.controls import PART
from reprlearn.ui.transfer.words import share, way_name
from reprlearn.viz import transfer_words as viz_words
from reprlearn.viz.transfer_words import confusion_matrix

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.ui.transfer.measured import Measured

N_SHOWN = 8
EXCERPT = 420


def choose_way(found: Measured, n_labels: int) -> str:
    """The way whose mistakes are looked at: where the link names none, the one that wins with so many labels."""
    ways = [way for way in found.results.ways if first_seed(found.results, way, n_labels) is not None]
    row = found.leads.loc[found.leads["n_labels"] == n_labels]
    winner = str(row["way"].iloc[0])

    def draw() -> str | None:
        return st.selectbox(t("transfer.wrong.way"), ways, key="way", format_func=way_name, width=px(300))

    return in_link("way", {way: way for way in (winner, *ways)}, draw)


def show(found: Measured, n_labels: int, way: str) -> None:
    """What is taken for what, how sure it is of that, and the texts."""
    seed = first_seed(found.results, way, n_labels)
    assert seed is not None, "only ways with results are offered"
    left, right = st.columns([1, 1.5], gap="large")
    with left:
        _matrix(confusion(found.results, way, n_labels, seed), way, n_labels)
    with right:
        certainty = mistakes_certainty(found.results, way, n_labels, seed)
        _sureness(sureness(found.results, way, n_labels, seed), certainty)
    st.subheader(t("transfer.wrong.surest"), anchor=False)
    _mistakes(confident_mistakes(found.results, way, n_labels, seed, N_SHOWN))
    st.markdown(small(t("transfer.wrong.source")))


def _labels() -> tuple[str, str]:
    return t("transfer.try.negative"), t("transfer.try.positive")


def _matrix(table: pd.DataFrame, way: str, n_labels: int) -> None:
    said = title(table, way, n_labels)
    st.markdown(f"**{said}**")
    axes = t("transfer.wrong.axis.answer"), t("transfer.wrong.axis.label")
    figure = confusion_matrix(table, _labels(), axis_titles=axes, theme=widgets.theme())
    widgets.show(figure, "confusion", alt=t("transfer.wrong.alt", title=said), title=said)


def _sureness(table: pd.DataFrame, certainty: float) -> None:
    said = (
        t("transfer.wrong.sure.none")
        if certainty != certainty
        else t("transfer.wrong.sure.title", share=share(certainty))
    )
    st.markdown(f"**{said}**")
    axes = t("transfer.try.probability"), t("transfer.wrong.axis.texts")
    figure = viz_words.sureness(table, _labels(), axis_titles=axes, theme=widgets.theme())
    widgets.show(figure, "sureness", alt=t("transfer.wrong.sure.alt", title=said), title=said)


def title(table: pd.DataFrame, way: str, n_labels: int) -> str:
    """How much is right, and which label is mistaken more often."""
    rows = table.to_dict("records")
    right = sum(row["n"] for row in rows if row["label"] == row["answer"])
    texts = sum(row["n"] for row in rows)
    wrong = [next(row["n"] for row in rows if row["label"] == label and row["answer"] != label) for label in (0, 1)]
    negative, positive = _labels()
    if wrong[0] == wrong[1]:
        said = t("transfer.wrong.title.both")
    else:
        low, high = (negative, positive) if wrong[0] > wrong[1] else (positive, negative)
        said = t("transfer.wrong.title.negative", low=low, high=high)
    return t(
        "transfer.wrong.title",
        way=way_name(way),
        n=f"{n_labels:,}",
        accuracy=share(right / max(texts, 1)),
        texts=f"{texts:,}",
        said=said,
    )


def _mistakes(table: pd.DataFrame) -> None:
    """The texts, as the installed package has them."""
    if table.empty:
        st.markdown(t("transfer.wrong.surest.none"))
        return
    try:
        texts = _texts(tuple(table["review_id"].astype(str)))
    except DataError as error:
        st.warning(as_text(error))
        texts = {}
    offered = bool(classifiers.classifiers())
    with st.grid(min_column_width=400, gap="small"):
        for row in table.to_dict("records"):
            with st.container(border=True, height="stretch"):
                _mistake(row, texts.get(str(row["review_id"])), offered)


def _mistake(row: dict[Any, Any], text: str | None, offered: bool) -> None:
    label = int(row["label"])
    said = {"share": share(row["probability"]), "answer": _labels()[1 - label], "label": _labels()[label]}
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(t("transfer.wrong.said", **said), width="content")
        st.markdown(small(t("transfer.wrong.where", id=as_text(row["review_id"]))), width="content")
    if text is None:
        st.markdown(small(t("transfer.wrong.gone")))
        return
    cut = " ".join(text.split())
    st.markdown(as_text(cut if len(cut) <= EXCERPT else f"{cut[:EXCERPT].rsplit(' ', 1)[0]} …"))
    if offered:
        st.button(
            t("transfer.wrong.read"), key=f"read_{row['review_id']}", on_click=_let_read, args=(text,), type="tertiary",
            icon=":material/arrow_forward:",
        )  # fmt: skip


def _let_read(text: str) -> None:
    classifiers.put(text)
    st.session_state[PART] = "try"


@st.cache_data(max_entries=32, show_spinner=False)
def _texts(review_ids: tuple[str, ...]) -> dict[str, str]:
    from reprlearn.analysis.transfer_errors import review_texts

    return review_texts(review_ids)
