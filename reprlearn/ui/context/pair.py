"""Two sentences of one's own: how far apart the same word lands in them, in each layer of every model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from reprlearn.analysis.context_pairs import shared_words
from reprlearn.analysis.neighbours import find_word
from reprlearn.analysis.typed import read_typed
from reprlearn.runs import RunError
from reprlearn.ui import loaders, widgets
from reprlearn.ui.context import controls, loading
from reprlearn.ui.links import in_link
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.text.numbers import decimal
from reprlearn.viz.layer_lines import layer_lines
from reprlearn.viz.style import role

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.analysis.typed import Typed
    from reprlearn.ui.context.controls import View

SAME, MOST_RUNS = "same", 6


def show(view: View) -> None:
    """The two fields, the word they share, and the lines."""
    one, two = view.places
    with one:
        a = controls.sentence(view.run, "a", t("context.a.first"))
    with two:
        b = controls.sentence(view.run, "b", t("context.b.first"))
    for typed in (a, b):
        controls.say_unread(view.run, typed)
    shared = shared_words(a, b, np.asarray(view.run.vocabulary.counts))
    if not shared:
        st.info(t("context.pair.none", run=as_text(view.run.name)))
        return
    word, word_id = _word(shared)
    frames = _of_all(view, a, b, word, word_id)
    band, reference = _stored(view, word_id)
    said = title(view, frames[view.run.name], word, band)
    st.markdown(f"**{said}**")
    figure = layer_lines(
        frames, roles={name: role(loaders.run(name).card.tied) for name in frames}, bands=band, references=reference,
        axis_titles=(t("context.lines.layer"), t("context.lines.cosine")), band_text=t("context.lines.band", run="{run}"),
        reference_text=t("context.lines.reference", run="{run}"), theme=widgets.theme(),
    )  # fmt: skip
    widgets.show(figure, "apart", alt=t("context.pair.alt", word=word, runs=", ".join(frames)), title=said)
    for typed in (a, b):
        _read(typed, word_id)
    st.markdown(small(t("context.pair.note")))


def _word(shared: list[tuple[str, int]]) -> tuple[str, int]:
    """Which of the shared words is looked at; the rarest at first."""
    names = {each: each[0] for each in shared}
    if st.session_state.get(SAME) not in names:  # of other sentences
        st.session_state.pop(SAME, None)

    def draw() -> tuple[str, int] | None:
        return st.pills(
            t("context.same"), list(names), required=True, key=SAME, help=t("context.same.help"),
            format_func=lambda each: as_text(each[0]),
        )  # fmt: skip

    return in_link(SAME, names, draw)


def _of_all(view: View, a: Typed, b: Typed, word: str, word_id: int) -> dict[str, pd.DataFrame]:
    """The cosines of the word in each layer of the chosen run, and of others as many as there is room for."""
    with widgets.opening(view.run):
        frames = {view.run.name: loading.apart(view.run, a, b, word_id)}
    text_a, text_b = (str(st.session_state.get(key) or "")[: controls.MAX_CHARACTERS] for key in ("a", "b"))
    for each in loaders.runs_with("Contextual"):
        if each.name in frames or len(frames) == MOST_RUNS:
            continue
        try:
            run = loaders.run(each.name)
            own = find_word(run, word)
            frames[run.name] = loading.apart(
                run, read_typed(run, text_a), read_typed(run, text_b), -1 if own is None else own
            )
        except RunError as error:
            st.error(t("run.broken", name=as_text(each.name), reason=as_text(error)), icon=":material/broken_image:")
        except ValueError:
            st.markdown(small(t("context.pair.unknown", run=as_text(each.name), word=as_text(word))))
    return frames


def _stored(view: View, word_id: int) -> tuple[dict[str, pd.DataFrame], dict[str, np.ndarray]]:
    """What is stored with the chosen run: the cosines that are usual for the word, and for any two words."""
    stored = loading.spread(view.run)
    if stored is None:
        return {}, {}
    rows = stored.table.loc[stored.table["word_id"] == word_id, ["layer", "low", "high"]]
    return ({view.run.name: rows} if len(rows) else {}), {view.run.name: stored.baseline}


def title(view: View, frame: pd.DataFrame, word: str, band: dict[str, pd.DataFrame]) -> str:
    """How near the word's vectors are in the last layer, where they are farthest, and whether that is usual; Markdown."""
    cosines = frame["cosine"].to_numpy()
    last, farthest = len(cosines) - 1, int(cosines.argmin())
    values = {"word": as_text(word), "run": as_text(view.run.name), "last": last, "cosine": decimal(cosines[last], 2)}
    if farthest == last:
        said = t("context.pair.title.last", first=decimal(cosines[0], 2), **values)
    else:
        said = t("context.pair.title", layer=farthest, least=decimal(cosines[farthest], 2), **values)
    rows = band.get(view.run.name)
    if rows is None:
        return said
    usual = rows.loc[rows["layer"] == last].iloc[0]
    key = "below" if cosines[last] < usual["low"] else "above" if cosines[last] > usual["high"] else "within"
    return f"{said} {t(f'context.pair.usual.{key}', low=decimal(usual['low'], 2), high=decimal(usual['high'], 2))}"


def _read(typed: Typed, word_id: int) -> None:
    """A sentence as it was read, the word in bold: the first where it stands more than once."""
    first = int(np.flatnonzero(typed.ids == word_id)[0])
    words = [f"**{as_text(token)}**" if i == first else as_text(token) for i, token in enumerate(typed.tokens)]
    st.markdown(" ".join(words))
