"""What stands beside and below the maps: neighbours, sentences, how far to trust a map, the selection, what changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.analysis.concordance import sentences_with
from reprlearn.analysis.neighbours import neighbours_of
from reprlearn.ui import loaders
from reprlearn.ui.embedding_space.controls import NO_LIMIT, Side, View, go_to
from reprlearn.ui.embedding_space.scene import Scene, describe
from reprlearn.ui.text import as_text, t

if TYPE_CHECKING:
    import pandas as pd

K = 10
K_COMPARED = 6
# Trustworthiness from which a map deserves these words.
TRUST_LEVELS = ((0.95, "high"), (0.85, "good"), (0.7, "fair"), (0.0, "low"))
N_CHANGES = 300
N_SENTENCES = 8
ROW_PX = 35


def title(view: View) -> str:
    """What is seen, in one line."""
    first = view.sides[0]
    if view.comparing:
        return t("embedding_space.title.compare", a=as_text(first.name), b=as_text(view.sides[1].name))
    kind = "tied" if first.run.card.tied else first.which
    return t(f"embedding_space.title.{kind}", run=as_text(first.run.name))


def highlighted(view: View, word_id: int | None) -> list[int]:
    """The searched word and its neighbours on every side, as ids of the first side."""
    if word_id is None:
        return []
    k = K_COMPARED if view.comparing else K
    first = view.sides[0]
    ids = [word_id, *loaders.neighbours(first.run, first.which).ids[word_id, :k].tolist()]
    words, vocabulary = first.run.vocabulary.words, first.run.vocabulary
    for side in view.sides[1:]:
        if words[word_id] in side.run.vocabulary:
            near = neighbour_frame(side, words[word_id], k)
            ids += [vocabulary.id(word) for word in near["word"] if word in vocabulary]
    return list(dict.fromkeys(ids))


def alternatives(view: View, scene: Scene, highlight: list[int]) -> list[str]:
    """What a screen reader says of each map."""
    words = view.sides[0].run.vocabulary.words
    colour = t(f"embedding_space.colour.{view.colour}").lower()
    said = " " + t("embedding_space.alt.word", words=", ".join(words[i] for i in highlight)) if highlight else ""
    return [
        t("embedding_space.alt", n=f"{scene.n_shown:,}", side=side.name, colour=colour) + said for side in view.sides
    ]


def neighbour_frame(side: Side, word: str, k: int = K) -> pd.DataFrame:
    """The k nearest words in the original space: rank, word_id, word, cosine, count."""
    return neighbours_of(side.run, side.which, word, k, loaders.neighbours(side.run, side.which))


def neighbours(side: Side, word: str, key: str, *, named: bool) -> None:
    """A word's neighbours with their cosine and, on demand, sentences in which it stands with one of them."""
    if word not in side.run.vocabulary:
        st.info(t("embedding_space.unknown_there", word=as_text(word), side=as_text(side.name)))
        return
    name = "embedding_space.nearest.named" if named else "embedding_space.nearest"
    st.markdown(t(name, word=as_text(word), side=as_text(side.name)), help=t("embedding_space.nearest.help"))
    frame = neighbour_frame(side, word)
    lowest = min(0.0, float(frame["cosine"].to_numpy().min(initial=0)))
    column = st.column_config
    st.dataframe(
        frame[["word", "cosine", "count"]], key=f"near_{key}", hide_index=True, height=(len(frame) + 1) * ROW_PX + 3, row_height=ROW_PX,
        column_config={
            "word": column.TextColumn(t("embedding_space.column.word"), width=90),
            "cosine": column.ProgressColumn(
                t("embedding_space.column.cosine"), min_value=lowest, max_value=1.0, format="%.2f", width=100
            ),
            "count": column.NumberColumn(t("embedding_space.column.count"), format="localized", width=58),
        },
    )  # fmt: skip
    sentences(side, word, frame["word"].tolist(), key)


def sentences(side: Side, word: str, others: list[str], key: str) -> None:
    """On demand, sentences of the corpus in which a word and one of its neighbours occur."""
    label = t("embedding_space.sentences", word=as_text(word))
    if st.button(label, icon=":material/format_quote:", key=f"sentences_{key}", width="stretch"):
        st.dialog(label, width="medium")(_read_sentences)(side, word, others)


def _read_sentences(side: Side, word: str, others: list[str]) -> None:
    other = st.selectbox(t("embedding_space.sentences.with"), others, key="sentences_with")
    try:
        with st.spinner(t("embedding_space.sentences.reading")):
            found = sentences_with(side.run.recipe.data, side.run.vocabulary, [word, other], N_SENTENCES)
    except ValueError as error:
        st.info(as_text(error))
        return
    if found.empty:
        st.markdown(t("embedding_space.sentences.none", a=as_text(word), b=as_text(other)))
    for sentence in found["sentence"]:
        st.markdown(emphasised(sentence, (word, other)))


def emphasised(sentence: str, words: tuple[str, ...]) -> str:
    """The sentence as Markdown with these words in bold, and nothing else of it read as Markdown."""
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    parts = re.split(rf"(?i)(?<!\w)({pattern})(?!\w)", sentence)
    return "".join(f"**{as_text(part)}**" if i % 2 else _spaced(part) for i, part in enumerate(parts))


def _spaced(part: str) -> str:
    """A part of a sentence as Markdown, with the spaces at its ends, which `as_text` drops."""
    return " " * part[:1].isspace() + as_text(part) + " " * (part[-1:].isspace() and bool(part.strip()))


def trust(view: View, scene: Scene) -> None:
    """How far each map can be trusted, in words with the number; and how many words it shows of how many."""
    lines = []
    for side, layout in zip(view.sides, scene.layouts, strict=True):
        level = next(name for least, name in TRUST_LEVELS if layout.trustworthiness >= least or least == 0.0)
        line = t(f"embedding_space.trust.{level}", score=f"{layout.trustworthiness:.2f}")
        if layout.explained_variance:
            line += " " + t("embedding_space.variance", share=f"{sum(layout.explained_variance):.0%}")
        lines.append(f"**{as_text(side.name)}**: {line}" if view.comparing else line)
    lines.append(shown(view, scene))
    made = "; ".join(dict.fromkeys(describe(layout.config) for layout in scene.layouts))
    st.caption("  \n".join(lines), help=t("embedding_space.trust.help", config=made))


def shown(view: View, scene: Scene) -> str:
    """ "n of N", wherever fewer words are drawn than there are."""
    if scene.n_shown == scene.n_words:
        return t("embedding_space.shown.all", n=f"{scene.n_shown:,}")
    values = {"n": f"{scene.n_shown:,}", "n_words": f"{scene.n_words:,}", "n_in_band": f"{scene.n_in_band:,}"}
    if scene.n_shown < scene.n_in_band:
        return t("embedding_space.shown.sampled", **values)
    banded = view.counts[0] > 0 or view.counts[1] < NO_LIMIT
    return t("embedding_space.shown.band" if banded else "embedding_space.shown.shared", **values)


def selected_words(scene: Scene, selected: tuple[int, ...]) -> pd.DataFrame:
    """The selected words, frequent ones first, with what is known of them."""
    frame = scene.points[0]
    frame = frame.loc[frame["word_id"].isin(selected)].sort_values("count", ascending=False, kind="stable")
    columns = ["word", "count", "norm", "cluster_label", *(["overlap"] if "overlap" in frame else [])]
    return frame.loc[:, columns].reset_index(drop=True)


def selection(scene: Scene, selected: tuple[int, ...]) -> None:
    """The table of selected words, or how to select some."""
    if not selected:
        st.caption(t("embedding_space.selection.how_3d" if "z" in scene.points[0] else "embedding_space.selection.how"))
        return
    frame = selected_words(scene, selected)
    st.subheader(t("embedding_space.selection", n=f"{len(frame):,}"), anchor=False)
    st.dataframe(
        frame,
        hide_index=True,
        height=min(len(frame) + 1, 9) * ROW_PX + 3,
        row_height=ROW_PX,
        column_config=_columns(frame),
    )


def changes(view: View, scene: Scene, word: str | None) -> None:
    """Every shared word ranked by how much its neighbours changed; choosing a row searches that word."""
    assert scene.changes is not None, "only a comparison has changes"
    frame = scene.changes.loc[scene.changes["word_id_a"].isin(scene.points[0]["word_id"])]
    st.subheader(t("embedding_space.changes"), anchor=False, help=t("embedding_space.changes.help", k=K))
    mean = f"{frame['overlap'].mean():.0%}" if len(frame) else "–"
    one = frame.loc[frame["word"] == word]
    line = t("embedding_space.changes.mean", mean=mean, n=f"{min(N_CHANGES, len(frame)):,}", n_words=f"{len(frame):,}")
    if len(one):
        line = (
            t("embedding_space.changes.word", word=as_text(word), overlap=f"{one['overlap'].iloc[0]:.0%}") + " " + line
        )
    st.markdown(line)
    order = st.segmented_control(
        t("embedding_space.changes.order"), ["most", "least"], default="most", required=True, key="order",
        format_func=lambda each: t(f"embedding_space.changes.{each}"), label_visibility="collapsed",
    )  # fmt: skip
    ranked = frame.head(N_CHANGES) if order == "most" else frame.sort_values(
        ["overlap", "count"], ascending=False, kind="stable").head(N_CHANGES)  # fmt: skip
    ranked = ranked.loc[:, ["word", "overlap", "neighbours_a", "neighbours_b", "count"]].reset_index(drop=True)

    def chosen() -> None:
        rows = st.session_state["changes"]["selection"]["rows"]
        if rows and rows[0] < len(ranked):
            go_to(str(ranked["word"].iloc[rows[0]]))

    names = {f"neighbours_{letter}": t("embedding_space.column.neighbours", side=side.name)
             for letter, side in zip("ab", view.sides, strict=True)}  # fmt: skip
    st.dataframe(
        ranked, key="changes", hide_index=True, height=11 * ROW_PX + 3, row_height=ROW_PX, on_select=chosen,
        selection_mode="single-row", column_config={**_columns(ranked), **names},
    )  # fmt: skip


def _columns(frame: pd.DataFrame) -> dict:
    column = st.column_config
    known = {
        "word": column.TextColumn(t("embedding_space.column.word"), pinned=True),
        "count": column.NumberColumn(t("embedding_space.column.count"), format="localized"),
        "norm": column.NumberColumn(t("embedding_space.column.norm"), format="%.3f"),
        "cluster_label": column.TextColumn(t("embedding_space.column.cluster")),
        "overlap": column.ProgressColumn(
            t("embedding_space.column.overlap"), min_value=0.0, max_value=1.0, format="percent", width="small"
        ),
    }
    return {name: config for name, config in known.items() if name in frame}
