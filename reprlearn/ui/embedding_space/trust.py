"""What is said beneath the maps: how far to trust each, how many words it shows, and what geography the vectors hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.analysis.trustworthiness import trust_k
from reprlearn.ui import loaders, widgets
from reprlearn.ui.embedding_space.controls import NO_LIMIT, View
from reprlearn.ui.embedding_space.kinds import said
from reprlearn.ui.embedding_space.scene import Scene, describe, method
from reprlearn.ui.text import as_text, t
from reprlearn.viz.places import distance_figure

if TYPE_CHECKING:
    from reprlearn.analysis.places import Geography

# Trustworthiness from which a map deserves these words.
TRUST_LEVELS = ((0.95, "high"), (0.85, "good"), (0.7, "fair"), (0.0, "low"))
# Rank correlation of distances from which geography does, where chance is ruled out.
PLACE_LEVELS = ((0.3, "strong"), (0.15, "some"), (0.0, "trace"))
SIGNIFICANT = 0.05


def trust(view: View, scene: Scene) -> None:
    """How far each map can be trusted, in words with the number; and how many words it shows of how many."""
    lines = []
    for side, layout in zip(view.sides, scene.layouts, strict=True):
        level = next(name for least, name in TRUST_LEVELS if layout.trustworthiness >= least or least == 0.0)
        line = t(f"embedding_space.trust.{level}", score=f"{layout.trustworthiness:.2f}")
        if layout.explained_variance:
            line += " " + t("embedding_space.variance", share=f"{sum(layout.explained_variance):.0%}")
        name = as_text(side.name) if view.comparing else method(layout.config)
        lines.append(f"**{name}**: {line}" if view.n_maps > 1 else line)
    if view.places:
        lines.append(_geography_line(view))
    lines.append(shown(view, scene))
    sizes = [len(side.run.vocabulary) for side in view.sides]
    made = "; ".join(dict.fromkeys(describe(layout.config, n) for layout, n in zip(scene.layouts, sizes, strict=True)))
    helped = t("embedding_space.trust.help", config=made, k=trust_k(min(sizes)))
    st.caption("  \n".join(lines), help=f"{helped} {t('embedding_space.places.help')}" if view.places else helped)


def shown(view: View, scene: Scene) -> str:
    """ "n of N", wherever fewer words are drawn than there are; and how many of them are no places."""
    run = view.sides[0].run
    values = {"n": f"{scene.n_shown:,}", "n_words": f"{scene.n_words:,}", "n_in_band": f"{scene.n_in_band:,}"}
    banded = view.counts[0] > 0 or view.counts[1] < NO_LIMIT
    if scene.n_shown == scene.n_words:
        line = said(run, "embedding_space.shown.all", n=values["n"])
    elif scene.changes is not None and scene.changes.attrs.get("among") is not None:
        line = said(run, "embedding_space.shown.among", **values)
    elif scene.n_shown < scene.n_in_band:
        line = said(run, "embedding_space.shown.sampled", **values)
    elif banded:
        line = said(run, "embedding_space.shown.band", **values)
    else:
        line = said(run, "embedding_space.shown.shared", **values)
    if scene.places is not None and len(scene.places) < scene.n_shown:
        line += " " + t("embedding_space.places.unknown", n=f"{scene.n_shown - len(scene.places):,}")
    return line


def _geography_line(view: View) -> str:
    """What geography the vectors hold, with the number and its p-value."""
    found = geography(view)
    if found is None:
        return t("embedding_space.places.few")
    values = {
        "finding": t(f"embedding_space.places.{place_level(found)}"),
        "correlation": f"{found.correlation:.2f}".replace("-", "−"),
        "p": t("embedding_space.places.p", p=f"{found.p_value:.2g}"),
        "n": f"{found.n_places:,}",
        "least": found.min_count,
    }
    return t("embedding_space.places.found", **values)


def geography(view: View) -> Geography | None:
    """What geography the matrix of the view holds; None with too few places to tell."""
    try:
        return loaders.geography(view.sides[0].run, view.sides[0].which)
    except ValueError:
        return None


def place_level(found: Geography) -> str:
    """How much geography that is, by the name of its text."""
    if found.p_value > SIGNIFICANT or found.correlation <= 0:
        return "none"
    return next(name for least, name in PLACE_LEVELS if found.correlation >= least)


def distances(view: View) -> None:
    """Distance on the globe against distance between vectors, pair by pair."""
    found = geography(view)
    if found is None:
        return
    figure = distance_figure(
        found.pairs, correlation=found.correlation, p_value=found.p_value,
        title=t(f"embedding_space.places.{place_level(found)}"),
        names=(t("embedding_space.places.pair"), t("embedding_space.places.median")),
        axis_titles=(t("embedding_space.places.km"), t("embedding_space.places.cosine")),
    )  # fmt: skip
    figure.update_layout(margin_t=84)  # what it says below its title stands beneath the maps
    widgets.show(figure, "distances", alt=_geography_line(view))
