"""The occurrence that is read, and those nearest to it in the layer's own space."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.data.labelled_corpus import LABELS
from reprlearn.ui import widgets
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.text.numbers import decimal

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.analysis.occurrences import Around
    from reprlearn.ui.context.occurrences import Scene

K = 5
SHORT, MIDDLE, HOVER, LONG = 14, 48, 200, 600
"""Characters to each side of the word: of a label on the map, of a line in a list, of what hovering shows, of the sentence read."""
ROW_PX, MOST_ROWS = 35, 8


@dataclass(frozen=True)
class Near:
    """All other occurrences by cosine to the chosen one (columns occurrence, cosine); None where none is chosen."""

    table: pd.DataFrame | None
    highlight: list[int]


def nearest(scene: Scene) -> Near:
    """What is near the chosen occurrence; the chosen one and the nearest are highlighted."""
    from reprlearn.analysis.context_vectors import by_similarity

    if scene.chosen is None:
        return Near(None, [])
    table = by_similarity(scene.here, scene.chosen)
    return Near(table, [scene.chosen, *table["occurrence"].head(K).tolist()])


def cosines(scene: Scene, row: int) -> list[float]:
    """The cosines of an occurrence to all others, the nearest first."""
    from reprlearn.analysis.context_vectors import by_similarity

    return by_similarity(scene.here, row)["cosine"].tolist()


def labels(scene: Scene) -> dict[str, list[str]]:
    """Of each occurrence a few words around it ("short"), and its sentence ("sentence")."""
    return {
        "short": ["".join(_cut(each, SHORT)) for each in scene.around],
        "sentence": ["".join(_cut(each, HOVER)) for each in scene.around],
    }


def read(scene: Scene, near: Near) -> None:
    """The chosen sentence, and the sentences of the nearest occurrences and of the farthest one."""
    if scene.chosen is None or near.table is None:
        st.markdown(t("context.at.hint", word=as_text(scene.word)))
        return
    sentence(scene, scene.chosen)
    st.markdown(f"**{t('context.near', layer=scene.layer)}**", help=t("context.near.help"))
    for row in near.table.head(K).to_dict("records"):
        _line(scene, row)
    if len(near.table) > K:
        st.markdown(f"**{t('context.far')}**")
        _line(scene, near.table.iloc[-1].to_dict())


def sentence(scene: Scene, row: int) -> None:
    """One sentence with the word in bold, which text it is from, and what of it was read."""
    place = scene.found.table.iloc[row]
    st.container(border=True).markdown(_marked(_cut(scene.around[row], LONG)))
    said = [t("context.from", document=as_text(place["document_id"]), texts=t(f"context.texts.{scene.split}"))]
    if "label" in place:
        said.append(t("context.review", label=t(f"context.label.{LABELS[int(place['label'])]}")))
    if place["cut"]:
        n, read = f"{int(place['n_words']):,}", f"{len(scene.found.ids[row]):,}"
        said.append(t("context.cut", n=n, read=read))
    st.markdown(small(" · ".join(said)))


def selection(scene: Scene, selected: tuple[int, ...]) -> None:
    """The sentences of the points in the visitor's lasso."""
    if not selected:
        return
    import pandas as pd

    table = scene.found.table.iloc[list(selected)]
    parts = [_cut(scene.around[row], 3 * MIDDLE) for row in selected]
    columns = {
        t("context.column.before"): [part[0].strip() for part in parts],
        t("context.column.word"): [part[1] for part in parts],
        t("context.column.after"): [part[2].strip() for part in parts],
        t("context.column.document"): table["document_id"].tolist(),
    }
    said = t("context.selected", n=f"{len(selected):,}")
    st.markdown(f"**{said}**")
    widgets.table(
        pd.DataFrame(columns), "selected_occurrences", title=f"{as_text(scene.word)}: {said}", row_height=ROW_PX,
        height=min(len(selected) + 1, MOST_ROWS) * ROW_PX + 3,
    )  # fmt: skip


def _line(scene: Scene, row: dict) -> None:
    """An occurrence in one line: its cosine, and what stands around it."""
    marked = _marked(_cut(scene.around[int(row["occurrence"])], MIDDLE))
    st.markdown(f":small[{as_text(decimal(row['cosine'], 2))} {marked}]")


def _marked(parts: Around) -> str:
    before, word, after = parts
    left = as_text(before) + " " * before[-1:].isspace()
    return f"{left}**{as_text(word)}**{' ' * after[:1].isspace()}{as_text(after)}"


def _cut(parts: Around, characters: int) -> Around:
    """At most so many characters to each side of the word, cut between words where it can be."""
    before, word, after = parts
    if len(before) > characters:
        tail = before[-characters:]
        before = "…" + (tail[tail.find(" ") + 1 :] if " " in tail[:-1] else tail)
    if len(after) > characters:
        head = after[:characters]
        after = (head[: head.rfind(" ")] if " " in head[1:] else head) + "…"
    return before, word, after
