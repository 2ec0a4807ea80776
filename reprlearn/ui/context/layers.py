"""What the occurrences of a word say of a layer, and all layers side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.analysis.context_vectors import agreement, all_alike, correlation
from reprlearn.ui import widgets
from reprlearn.ui.context import loading
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.text.numbers import decimal
from reprlearn.viz.occurrence_map import Colours, layer_strip

if TYPE_CHECKING:
    from reprlearn.ui.context.occurrences import Scene


def title(scene: Scene, by: str) -> str:
    """How many occurrences are seen, and whether near ones are alike in what gives the colour; Markdown."""
    table, n = scene.found.table, len(scene.found)
    values = {"word": as_text(scene.word), "run": as_text(scene.run.name), "layer": scene.layer}
    sampled = "context.seen.sampled" if n < scene.found.n_found else "context.seen"
    seen = t(sampled, n=f"{n:,}", found=f"{scene.found.n_found:,}", texts=t(f"context.texts.{scene.split}"), **values)
    if by not in table:
        return f"{seen} {t('context.no_labels')}"
    if all_alike(scene.here):
        return f"{seen} {t('context.title.one')}"
    documents = table["document_id"]
    if by == "position":
        found = correlation(scene.here, table[by], documents)
        if found is None:
            return seen
        said = {"rho": decimal(found.rho, 2), "low": decimal(found.low, 2), "high": decimal(found.high, 2)}
        key = "alike" if found.low > 0 else "unlike" if found.high < 0 else "neither"
        return f"{seen} {t(f'context.title.position.{key}', **said, **values)}"
    alike = agreement(scene.here, table[by], documents)
    if alike is None:
        return seen
    said = {name: f"{getattr(alike, name):.0%}" for name in ("share", "low", "high", "chance")}
    said = {name: as_text(each) for name, each in said.items()}
    key = "alike" if alike.low > alike.chance else "unlike" if alike.high < alike.chance else "neither"
    return f"{seen} {t(f'context.title.{key}', **said, **values, what=t(f'context.what.{by}'))}"


def strip(scene: Scene, colours: Colours) -> None:
    """All layers side by side, and how alike the occurrences are in each."""
    found = loading.similarity(scene.run, scene.word_id, scene.split)
    stored, n_layers = loading.spread(scene.run), len(scene.vectors)
    frames = [loading.layout(scene.run, scene.word_id, scene.split, layer)[0] for layer in range(n_layers)]
    alike = found["self_similarity"].tolist()
    ends = {"first": decimal(alike[0], 2), "last": decimal(alike[-1], 2), "n": n_layers - 1}
    said = t("context.strip.title", word=as_text(scene.word), run=as_text(scene.run.name), **ends)
    if stored is not None:
        said += " " + t(
            "context.strip.baseline", first=decimal(stored.baseline[0], 2), last=decimal(stored.baseline[-1], 2)
        )
    st.markdown(f"**{said}**")
    figure = layer_strip(
        frames, colours, names=[t("context.strip.layer", layer=layer) for layer in range(n_layers)],
        notes=[t("context.strip.alike", cosine=decimal(value, 2)) for value in alike], current=scene.layer,
        chosen=scene.chosen, theme=widgets.theme(),
    )  # fmt: skip
    widgets.show(figure, "layers", alt=t("context.strip.alt", word=scene.word, run=scene.run.name))
    st.markdown(small(t("context.strip.note")))
