"""Training as a film: one matrix, or two in step, snapshot by snapshot."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.analysis import film as analysis
from reprlearn.ui import widgets
from reprlearn.ui.links import buttons, in_link
from reprlearn.ui.presenting import px
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.tied_vs_untied import matrices
from reprlearn.viz.film import Reel, film_figure

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.runs import Run
    from reprlearn.ui.tied_vs_untied.controls import View

METHODS = ("umap", "pca")
MOST_NAMED = 12
NAMED_KEY = "named"
Key = tuple[str, str]
NONE: Key = ("", "")


def show(view: View) -> None:
    """The films that are chosen; what to do where no run on screen has one."""
    runs = {run.name: run for run in view.runs if analysis.has_film(run)}
    keys = [(run.name, which) for run, which in matrices.matrices_of(runs.values())]
    if not keys:
        st.info(t("tied.film.none"))
        return
    names = matrices.names(runs.values()) | {NONE: t("tied.film.alone")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        left = _side("film", keys, names, keys[0])
        others = [key for key in keys if key != left]
        right = _side("beside", [*others, NONE], names, _partner(left, others, runs))
        method = _method()
    chosen = [left] + ([right] if right != NONE else [])
    try:
        with st.spinner(t("tied.film.running")):
            films = [matrices.about("film", runs[name], which, method) for name, which in chosen]
            settled = {key: matrices.about("settled", runs[key[0]], key[1]) for key in chosen}
            along = {name: matrices.about("along", runs[name]) for name, _ in chosen}
            grouped, group_names = matrices.about("film_groups", runs[left[0]], left[1])
    except ValueError as error:
        st.info(as_text(error))
        return
    place = st.container()
    named = _named(runs[left[0]], grouped, [text.split(", ")[0] for text in group_names])
    films = [films[0], *(analysis.in_step(each, films[0]) for each in films[1:])]
    reels = [
        Reel(names[key], view.roles[key[0]], _points(each.points, grouped, runs[key[0]]), along[key[0]], named)
        for key, each in zip(chosen, films, strict=True)
    ]
    figure = film_figure(
        reels, title=title({names[key]: frame for key, frame in settled.items()}), button_texts=(t("tied.film.play"), t("tied.film.pause")),
        axis_titles=(t("tied.film.axis.epoch"), t("tied.film.axis.perplexity"), t("tied.film.axis.tied")),
        epoch_text=t("tied.film.epoch"), theme=widgets.theme(),
    )  # fmt: skip
    with place:
        matrices.show(figure, "film_figure", alt=t("tied.film.alt", names=", ".join(names[key] for key in chosen)))
    trust = " · ".join(
        f"{as_text(html.unescape(names[key]))} {each.trustworthiness:.2f}"
        for key, each in zip(chosen, films, strict=True)
    )
    st.markdown(small(t(f"tied.film.note.{method}", n=f"{len(grouped):,}", trust=trust)))


def title(settled: dict[str, pd.DataFrame]) -> str:
    """By when half of the neighbours of the end are there, the film that gets there first named first."""
    halves = {name: analysis.half_settled(frame) for name, frame in settled.items()}
    last = max(float(frame["epoch"].iloc[-1]) for frame in settled.values())
    first, *rest = sorted(halves, key=halves.__getitem__)
    said = {"first": first, "half": f"{halves[first]:g}", "last": f"{last:g}"}
    if not rest:
        return t("tied.film.title", **said)
    verdict = "same" if halves[first] == halves[rest[0]] else "sooner"
    return t(f"tied.film.title.{verdict}", **said, second=rest[0], other=f"{halves[rest[0]]:g}")


def _side(key: str, options: list[Key], names: dict[Key, str], start: Key) -> Key:
    """One of the matrices; the address says which."""
    ordered = [start, *(option for option in options if option != start)]
    in_address = {option: "-".join(option) if option != NONE else "none" for option in ordered}

    def draw() -> Key | None:
        return st.selectbox(
            t(f"tied.film.{key}"),
            options,
            key=key,
            width=px(300),
            format_func=lambda option: html.unescape(names[option]),
        )

    return in_link(key, in_address, draw)


def _partner(left: Key, others: list[Key], runs: dict[str, Run]) -> Key:
    """What to put beside a film: of another kind (tied beside untied) before another model, before the other matrix of this one."""
    unlike = [key for key in others if runs[key[0]].card.tied != runs[left[0]].card.tied]
    elsewhere = [key for key in others if key[0] != left[0]]
    return next(iter([*unlike, *elsewhere, *others]), NONE)


def _method() -> str:
    return buttons("film_map", METHODS, "tied.film.method", labelled=True, help=True)


def _named(run: Run, grouped: pd.DataFrame, start: list[str]) -> list[str]:
    """The words to follow by name: those of the link, which stay where another matrix is chosen; at first the middle of each group."""
    words = [run.vocabulary.words[i] for i in grouped["word_id"]]
    listed = [word for word in st.query_params.get_all(NAMED_KEY) if word in words]
    kept = [word for word in st.session_state.get(NAMED_KEY, listed or start) if word in words]
    st.session_state[NAMED_KEY] = kept[:MOST_NAMED]
    chosen = st.multiselect(
        t("tied.film.named"), words, key=NAMED_KEY, bind="query-params", max_selections=MOST_NAMED,
        help=t("tied.film.named.help", n=len(words)),
    )  # fmt: skip
    return [word for word in chosen if word in words][:MOST_NAMED]


def _points(points: pd.DataFrame, grouped: pd.DataFrame, run: Run) -> pd.DataFrame:
    """With words and groups; the words the groups do not know are left out."""
    words = run.vocabulary.words
    found = points.merge(grouped, on="word_id", how="inner", sort=False)
    return found.assign(word=[words[i] for i in found["word_id"]])
