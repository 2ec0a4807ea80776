"""What a matrix of its own for the predicted words costs, at any vocabulary size and width."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from reprlearn.analysis import sizes as analysis
from reprlearn.ui import widgets
from reprlearn.ui.links import in_link
from reprlearn.ui.text import small, t
from reprlearn.ui.text.numbers import compact
from reprlearn.viz.sizes import saved_curve, size_curves
from reprlearn.viz.text import plain

if TYPE_CHECKING:
    from reprlearn.runs import Run
    from reprlearn.ui.tied_vs_untied.controls import View

VOCABULARIES = (500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000)
WIDTHS = (32, 64, 100, 128, 200, 256, 400, 512, 650, 768, 1_024, 1_500)


@st.fragment
def show(view: View) -> None:
    """The sliders, the saving at the size they stand at, and how it changes with vocabulary and with width."""
    model = _architecture(view)
    own = view.reference.card
    words_place, width_place = st.columns(2, gap="large")
    with words_place:
        n_words = _slider("words", VOCABULARIES, own.corpus.n_words)
    with width_place:
        width = _slider("width", WIDTHS, own.width)
    model = analysis.at_width(model, width)
    untied, tied = (row for row in analysis.sizes(model, [n_words], [model.width]).to_dict("records"))
    _metrics(untied, tied)
    if model.width != width:
        st.markdown(small(t("tied.sizes.heads", width=model.width)))
    _by_vocabulary(view, model, n_words, untied, tied)
    _by_width(model, n_words, width)
    st.markdown(small(t("tied.sizes.note")))


def _architecture(view: View) -> Any:
    """The model config of the chosen architecture among those on screen that can be counted; the reference's first."""
    found: dict[str, Run] = {}
    for run in (view.reference, *view.runs):
        if run.card.imported is None and analysis.is_known(run.recipe.model):
            found.setdefault(run.card.architecture, run)
    if not found:
        st.info(t("tied.sizes.unknown"))
        st.stop()
    names = {name: name.lower() for name in found}

    def draw() -> str | None:
        return st.segmented_control(
            t("tied.sizes.architecture"), list(names), required=True, key="architecture", label_visibility="collapsed"
        )

    return found[in_link("architecture", names, draw) if len(found) > 1 else next(iter(found))].recipe.model


def _slider(key: str, stops: tuple[int, ...], own: int) -> int:
    """A number out of `stops`, or the reference's own, at which it starts."""
    options = sorted({*stops, own})

    def draw() -> int | None:
        return st.select_slider(t(f"tied.sizes.{key}"), options, key=key, format_func=lambda n: f"{n:,}")

    return in_link(key, {n: str(n) for n in (own, *options)}, draw)


def _metrics(untied: dict[Any, Any], tied: dict[Any, Any]) -> None:
    columns = st.columns(3, gap="medium")
    saved = {name: untied[name] - tied[name] for name in ("n_parameters", "n_bytes")}
    for column, key, size in zip(columns, ("untied", "tied", "saved"), (untied, tied, saved), strict=True):
        value = t("tied.sizes.value", n=compact(size["n_parameters"]), megabytes=f"{size['n_bytes'] / 1e6:,.1f}")
        column.metric(t(f"tied.sizes.{key}"), value)


def _by_vocabulary(view: View, model: Any, n_words: int, untied: dict[Any, Any], tied: dict[Any, Any]) -> None:
    runs = analysis.run_sizes(view.runs)
    stops = sorted({*VOCABULARIES, n_words, *runs["n_words"].tolist()})
    share = (untied["n_parameters"] - tied["n_parameters"]) / untied["n_parameters"]
    title = t(
        "tied.sizes.title", n_words=f"{n_words:,}", width=f"{model.width:,}", share=f"{share:.0%}",
        architecture=plain(model.architecture),
    )  # fmt: skip
    figure = size_curves(
        analysis.sizes(model, stops, [model.width]), runs, view.roles, at=n_words, title=title,
        axis_titles=(t("tied.sizes.axis.words"), t("tied.sizes.axis.parameters")),
        names=(
            t("tied.sizes.line", kind=t("kind.untied"), width=model.width),
            t("tied.sizes.line", kind=t("kind.tied"), width=model.width),
        ),
        saved_text=t("tied.sizes.less", n=compact(untied["n_parameters"] - tied["n_parameters"])), theme=widgets.theme(),
    )  # fmt: skip
    alt = t("tied.sizes.alt", n_words=f"{n_words:,}", untied=untied["n_parameters"], tied=tied["n_parameters"])
    widgets.show(figure, "sizes", alt=alt)


def _by_width(model: Any, n_words: int, width: int) -> None:
    table = analysis.saved_shares(analysis.sizes(model, [n_words], sorted({*WIDTHS, width})))
    most, least = (table.loc[table["share"] == value].iloc[0] for value in (table["share"].max(), table["share"].min()))
    title = t(
        "tied.sizes.share.title", n_words=f"{n_words:,}", most=f"{most['share']:.0%}", at_most=f"{most['width']:,.0f}",
        least=f"{least['share']:.0%}", at_least=f"{least['width']:,.0f}",
    )  # fmt: skip
    figure = saved_curve(
        table, at=model.width, title=title, axis_titles=(t("tied.sizes.axis.width"), t("tied.sizes.axis.share")),
        theme=widgets.theme(),
    )  # fmt: skip
    widgets.show(figure, "saved", alt=t("tied.sizes.share.alt", n_words=f"{n_words:,}"))
