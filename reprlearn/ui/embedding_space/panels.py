"""What stands beside and below the maps: the title, neighbours, the selection, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.analysis.comparison import compared_k
from reprlearn.analysis.leading_words import has_counts
from reprlearn.analysis.neighbours import near_k
from reprlearn.ui import loaders, widgets
from reprlearn.ui.embedding_space.controls import Side, View
from reprlearn.ui.embedding_space.kinds import of_events, of_text, said, vectors_alone
from reprlearn.ui.embedding_space.scene import Scene
from reprlearn.ui.embedding_space.search import go_to
from reprlearn.ui.embedding_space.sentences import sentences
from reprlearn.ui.files import file_name
from reprlearn.ui.linked_maps import linked_maps
from reprlearn.ui.links import in_link, selection_in_link
from reprlearn.ui.text import as_text, t

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.runs import Run

K = 10
K_COMPARED = 6
N_CHANGES = 300
ORDERS = ("most", "least")
ROW_PX = 35


def title(view: View) -> str:
    """What is seen, in one line."""
    first = view.sides[0]
    if view.comparing:
        return t("embedding_space.title.compare", a=as_text(first.name), b=as_text(view.sides[1].name))
    one = vectors_alone(first.run) and len(first.run.card.distinct_matrices) == 1
    kind = "tied" if first.run.card.tied or one else first.which
    return said(first.run, f"embedding_space.title.{kind}", run=as_text(first.run.name))


def nothing_shared(view: View) -> None:
    """Why both maps are empty."""
    a, b = (as_text(side.run.name) for side in view.sides)
    st.info(t("embedding_space.nothing_shared", a=a, b=b))


def highlighted(view: View, word_id: int | None) -> list[int]:
    """The searched word and its neighbours on every side, as ids of the first side."""
    if word_id is None:
        return []
    first = view.sides[0]
    k = near_k(len(first.run.vocabulary), K_COMPARED if view.comparing else K)
    words, vocabulary = first.run.vocabulary.words, first.run.vocabulary
    ids = [word_id, *loaders.near(first.run, first.which, words[word_id], k)["word_id"].tolist()]
    for side in view.sides[1:]:
        if words[word_id] in side.run.vocabulary:
            near = neighbour_frame(side, words[word_id], k)
            ids += [vocabulary.id(word) for word in near["word"] if word in vocabulary]
    return list(dict.fromkeys(ids))


def alternatives(view: View, scene: Scene, highlight: list[int]) -> list[str]:
    """What a screen reader says of each map."""
    run = view.sides[0].run
    values = {"n": f"{scene.n_shown:,}", "colour": t(f"embedding_space.colour.{view.colour}").lower()}
    found = [said(run, "embedding_space.alt", side=side.name, **values) for side in view.sides]
    if scene.places is not None:
        found.append(t("embedding_space.alt.places", **values | {"n": f"{len(scene.places):,}"}))
    words = ", ".join(run.vocabulary.words[i] for i in highlight)
    return [f"{each} {t('embedding_space.alt.word', words=words)}" if words else each for each in found]


def maps(view: View, scene: Scene, highlight: list[int], height: int) -> tuple[int, ...]:
    """The maps; returns the ids selected in them, which the link holds. A click on a word searches it."""
    first = view.sides[0]

    def draw(selected: Sequence[int] | None) -> tuple[int, ...]:
        return linked_maps(
            scene.figures, key="maps", height=height, highlight=highlight, selected=selected,
            alt=alternatives(view, scene, highlight), filename=file_name(first.run.name, first.which),
            on_click=lambda clicked: go_to(first.run.vocabulary.words[clicked]),
        ).selected  # fmt: skip

    return selection_in_link("selected", first.run.name, draw)


def neighbour_frame(side: Side, word: str, k: int = K) -> pd.DataFrame:
    """The k nearest words in the original space: rank, word_id, word, cosine, count."""
    return loaders.near(side.run, side.which, word, k)


def neighbours(side: Side, word: str, key: str, *, named: bool) -> None:
    """A word's neighbours with their cosine and, on demand, sentences in which it stands with one of them."""
    if word not in side.run.vocabulary:
        st.info(t("embedding_space.unknown_there", word=as_text(word), side=as_text(side.name)))
        return
    name = "embedding_space.nearest.named" if named else "embedding_space.nearest"
    said_so = t(name, word=as_text(word), side=as_text(side.name))
    st.markdown(said_so, help=t("embedding_space.nearest.help"))
    frame = neighbour_frame(side, word)
    lowest = min(0.0, float(frame["cosine"].to_numpy().min(initial=0)))
    column, width = st.column_config, 210 if of_events(side.run) else 90
    shown = ["word", "cosine", *(["count"] if has_counts(side.run) else [])]
    widgets.table(
        frame.filter(shown), f"near_{key}", title=said_so if named else f"{as_text(side.name)}: {said_so}",
        height=(len(frame) + 1) * ROW_PX + 3, row_height=ROW_PX,
        column_config={
            "word": column.TextColumn(said(side.run, "embedding_space.column.word"), width=width),
            "cosine": column.ProgressColumn(
                t("embedding_space.column.cosine"), min_value=lowest, max_value=1.0, format="%.2f", width=100
            ),
            "count": column.NumberColumn(t("embedding_space.column.count"), format="localized", width=58),
        },
    )  # fmt: skip
    if of_text(side.run):
        sentences(side, word, frame["word"].tolist(), key)


def selected_words(scene: Scene, selected: tuple[int, ...]) -> pd.DataFrame:
    """The selected words, frequent ones first, with what is known of them."""
    frame = scene.points[0]
    frame = frame.loc[frame["word_id"].isin(selected)].sort_values("count", ascending=False, kind="stable")
    counted = ["count"] if frame["count"].any() else []
    columns = ["word", *counted, "norm", "cluster_label", *(["overlap"] if "overlap" in frame else [])]
    return frame.loc[:, columns].reset_index(drop=True)


def selection(run: Run, scene: Scene, selected: tuple[int, ...]) -> None:
    """The table of selected words, or how to select some."""
    if not selected:
        is_3d = "z" in scene.points[0]
        st.caption(said(run, "embedding_space.selection.how_3d" if is_3d else "embedding_space.selection.how"))
        return
    frame = selected_words(scene, selected)
    st.subheader(said(run, "embedding_space.selection", n=f"{len(frame):,}"), anchor=False)
    widgets.table(
        frame,
        "selected_words",
        title=f"{as_text(run.name)}: {said(run, 'embedding_space.selection', n=f'{len(frame):,}')}",
        height=min(len(frame) + 1, 9) * ROW_PX + 3,
        row_height=ROW_PX,
        column_config=_columns(run, frame),
    )


def changes(view: View, scene: Scene, word: str | None) -> None:
    """Every shared word ranked by how much its neighbours changed; choosing a row searches that word."""
    assert scene.changes is not None, "only a comparison has changes"
    frame = scene.changes.loc[scene.changes["word_id_a"].isin(scene.points[0]["word_id"])]
    run, k = view.sides[0].run, compared_k(*(side.run for side in view.sides))
    helped, among = said(run, "embedding_space.changes.help", k=k), scene.changes.attrs.get("among")
    if among is not None:
        helped += " " + t("embedding_space.changes.among", n=f"{among:,}")
    st.subheader(said(run, "embedding_space.changes"), anchor=False, help=helped)
    mean = f"{frame['overlap'].mean():.0%}" if len(frame) else "–"
    one = frame.loc[frame["word"] == word]
    values = {"mean": mean, "n": f"{min(N_CHANGES, len(frame)):,}", "n_words": f"{len(frame):,}"}
    line = said(run, "embedding_space.changes.mean", **values)
    if len(one):
        line = (
            t("embedding_space.changes.word", word=as_text(word), overlap=f"{one['overlap'].iloc[0]:.0%}") + " " + line
        )
    st.markdown(line)
    order = in_link("changes_order", {each: each for each in ORDERS}, _order)
    ranked = frame.head(N_CHANGES) if order == "most" else frame.sort_values(
        ["overlap", "count"], ascending=False, kind="stable").head(N_CHANGES)  # fmt: skip
    shown = ["word", "overlap", "neighbours_a", "neighbours_b", *(["count"] if has_counts(run) else [])]
    ranked = ranked.loc[:, shown].reset_index(drop=True)

    def chosen() -> None:
        rows = st.session_state["changes"]["selection"]["rows"]
        if rows and rows[0] < len(ranked):
            go_to(str(ranked["word"].iloc[rows[0]]))

    names = {f"neighbours_{letter}": t("embedding_space.column.neighbours", side=side.name)
             for letter, side in zip("ab", view.sides, strict=True)}  # fmt: skip
    widgets.table(
        ranked, "changes", title=line, height=11 * ROW_PX + 3, row_height=ROW_PX, on_select=chosen,
        selection_mode="single-row", column_config={**_columns(run, ranked), **names},
    )  # fmt: skip


def _order() -> str | None:
    return st.segmented_control(
        t("embedding_space.changes.order"), ORDERS, required=True, key="changes_order",
        format_func=lambda each: t(f"embedding_space.changes.{each}"), label_visibility="collapsed",
    )  # fmt: skip


def _columns(run: Run, frame: pd.DataFrame) -> dict:
    column = st.column_config
    known = {
        "word": column.TextColumn(said(run, "embedding_space.column.word"), pinned=True),
        "count": column.NumberColumn(t("embedding_space.column.count"), format="localized"),
        "norm": column.NumberColumn(t("embedding_space.column.norm"), format="%.3f"),
        "cluster_label": column.TextColumn(t("embedding_space.column.cluster")),
        "overlap": column.ProgressColumn(
            t("embedding_space.column.overlap"), min_value=0.0, max_value=1.0, format="percent", width="small"
        ),
    }
    return {name: config for name, config in known.items() if name in frame}
