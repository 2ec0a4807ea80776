"""One right word: its reference neighbours, and what the runs give to it and to them where it is the right one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from reprlearn.ui import token_scores, widgets
from reprlearn.ui.presenting import px
from reprlearn.ui.text import as_text, t
from reprlearn.ui.text.numbers import decimal
from reprlearn.viz.text import percent

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.ui.tied_vs_untied.scored import Scored

KEY, FIRST = "near", "wonderful"


def show(found: Scored) -> None:
    """A word of the validation text to choose, in the link; its neighbours; and a row a run."""
    near = token_scores.reference_neighbours(found.reference)
    assert near is not None, "asked only where the neighbours are stored"
    words = found.reference.vocabulary.words
    offered = found.about(words_of)
    names = [words[i] for i in offered]
    asked = st.query_params.get(KEY)
    if KEY not in st.session_state and asked not in names:
        st.session_state[KEY] = FIRST if FIRST in names else names[0]
    chosen = st.selectbox(
        t("neighbours.word"), names, key=KEY, bind="query-params", help=t("neighbours.word.help"), width=px(320)
    )
    if chosen not in names:  # a client may send anything
        return
    word_id = int(offered[names.index(chosen)])
    table = of_word(found, word_id)
    said = {"word": as_text(chosen), "words": ", ".join(as_text(words[i]) for i in near[word_id] if i >= 0)}
    n = int(table["n"].iloc[0])
    near_title = t("neighbours.word.once", **said) if n == 1 else t("neighbours.word.near", **said, n=f"{n:,}")
    st.markdown(near_title)
    widgets.table(_spoken(table), "near_table", title=near_title)


def words_of(found: Scored) -> np.ndarray:
    """Ids of the words of the scored text that have neighbours, the most frequent there first."""
    scores = found.scores[found.reference.name]
    ids, counts = np.unique(scores["word_id"][scores["neighbour_rank"].notna()], return_counts=True)
    return ids[np.argsort(-counts, kind="stable")]


def of_word(found: Scored, word_id: int) -> pd.DataFrame:
    """run, n (times it is the right word), own, near (mean probability of the word, of its neighbours), rank (their median)."""
    import pandas as pd

    rows = []
    for name, scores in found.scores.items():
        own = scores.loc[scores["word_id"] == word_id]
        rows.append(
            {"run": name, "n": len(own), "own": float(np.exp(own["log_probability"].astype(float)).mean()),
             "near": float(own["neighbour_probability"].mean()), "rank": float(own["neighbour_rank"].median())}
        )  # fmt: skip
    return pd.DataFrame(rows)


def _spoken(table: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    columns = {
        t("neighbours.column.run"): [str(name) for name in table["run"]],
        t("neighbours.word.column.own"): [percent(value).replace("&lt;", "<") for value in table["own"]],
        t("neighbours.word.column.near"): [percent(value).replace("&lt;", "<") for value in table["near"]],
        t("neighbours.word.column.rank"): [decimal(value, 0) for value in table["rank"]],
    }
    return pd.DataFrame(columns)
