"""What colours the occurrences: the word before or after them, the review's label, or the place in the sentence."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reprlearn.data.labelled_corpus import LABELS
from reprlearn.ui.text import t
from reprlearn.viz.occurrence_map import Colours

if TYPE_CHECKING:
    from reprlearn.ui.context.occurrences import Scene

COLOURS = ("before", "after", "label", "position")
MOST_COLOURS, NAME_CHARACTERS = 7, 18


def colouring(scene: Scene, by: str) -> Colours:
    """The colours of a word's occurrences; all alike where the texts have no labels to colour by."""
    table = scene.found.table
    title = t(f"context.colour_by.{by}")
    if by not in table:
        return Colours(["all"] * len(table), other="", n_other=0, shown=["none"], title="")
    values = table[by].tolist()
    if by == "position":
        return Colours([place + 1 for place in values], title=title)
    counts = Counter(values)
    if by == "label":
        shown = sorted(counts)
        names = [t("context.count", name=t(f"context.label.{LABELS[label]}"), n=counts[label]) for label in shown]
        return Colours(values, shown, names, title=title)
    # Of words that stand there once, which one is named would be chance.
    shown = [word for word, n in counts.most_common(MOST_COLOURS) if n > 1]
    n_other = len(table) - sum(counts[word] for word in shown)
    names = [t("context.count", name=_called(str(word)), n=counts[word]) for word in shown]
    other = t("context.count", name=t("context.other"), n=n_other)
    return Colours(values, shown or ["none"], names, title=title, other=other, n_other=n_other)


def _called(word: str) -> str:
    """A word as the legend calls it; the sentence's end, where there is none."""
    if not word:
        return t("context.edge")
    return word if len(word) <= NAME_CHARACTERS else f"{word[: NAME_CHARACTERS - 1]}…"
