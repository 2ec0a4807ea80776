"""Which panels each part of the page holds, in order."""

from __future__ import annotations

from typing import Any

from reprlearn.ui.links import buttons
from reprlearn.ui.tied_vs_untied import (
    bands,
    calibration,
    curves,
    dial,
    film,
    neighbours,
    norms,
    placed,
    seeds,
    similarity,
    sizes,
    small_model,
    spectrum,
    subspace,
    tiedness,
    twin_table,
    updates,
)
from reprlearn.ui.tied_vs_untied.controls import View

PANELS = {
    "answer": (twin_table, curves, bands, calibration, similarity),
    "words": (neighbours, dial),
    "seeds": (seeds, subspace),
    "sizes": (sizes,),
    "film": (film,),
    "small": (small_model,),
}
# Under the matrices one at a time is drawn: together they would be a long page, and a slow one.
LOOKS = {"tiedness": tiedness, "spectrum": spectrum, "norms": norms, "placed": placed, "updates": updates}


def show(view: View) -> None:
    """Draw the part that is open."""
    for panel in PANELS[view.part] if view.part in PANELS else (_look(),):
        panel.show(view)


def _look() -> Any:
    """The view of the matrices that is chosen."""

    return LOOKS[buttons("look", LOOKS, "tied.look")]
