"""Closer: under the live figures one more view at a time, drawn when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from reprlearn.ui import widgets
from reprlearn.ui.links import buttons
from reprlearn.ui.soft_one_hot import answers, vectors
from reprlearn.ui.soft_one_hot.value_control import spoken
from reprlearn.ui.text import small, t
from reprlearn.viz import buckets as figures
from reprlearn.viz.buckets_axis import mark_value
from reprlearn.viz.buckets_ranges import ranges_figure

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.ui.soft_one_hot.controls import View


def at(temperature: float | None) -> dict[str, float]:
    """The temperature as `answers.about` takes it; runs without soft buckets know none."""
    return {} if temperature is None else {"temperature": temperature}


def draw(view: View, value: float | None, temperature: float | None) -> None:
    """Choose a view, and draw it."""
    encoding = view.run.recipe.model.encoding  # pyright: ignore[reportAttributeAccessIssue]
    available = {
        "truth": view.soft and answers.about("true_ranges", view.run, view.scalar.name) is not None,
        "edges": view.soft,
        "heatmap": view.soft or encoding == "quantile",
        "effective": view.soft,
        "path": True,
        "similarity": True,
    }
    there = [name for name, is_there in available.items() if is_there]

    views = {
        "truth": _truth, "edges": _handovers, "heatmap": _heatmap, "effective": _effective, "path": vectors.path,
        "similarity": vectors.similarity,
    }  # fmt: skip
    views[buttons("closer", there, "soft_one_hot.closer")](view, value, temperature)


def edges(view: View, temperature: float | None) -> dict[str, Any]:
    """Rows of edges under a figure over the range: the true ones where known, the learned ones, the quantiles."""
    name, rows = view.scalar.name, {}
    truth = answers.about("true_ranges", view.run, name)
    if truth is not None:
        rows[t("soft_one_hot.edges.true")] = truth["low"].tolist()[1:]
    if view.soft:
        rows[t("soft_one_hot.edges.learned")] = answers.about("handovers", view.run, name, **at(temperature))[
            "value"
        ].tolist()
        rows[t("soft_one_hot.edges.quantile")] = answers.about("quantile_edges", view.run, name).tolist()
    return rows


def _heatmap(view: View, value: float | None, temperature: float | None) -> None:
    swept = answers.about("sweep", view.run, view.scalar.name, **at(temperature))
    figure = figures.weight_heatmap(
        swept.values, swept.weights, view.scalar, edges=edges(view, temperature), value=value,
        data_text=t("soft_one_hot.data"), theme=widgets.theme(),
    )  # fmt: skip
    widgets.show(figure, "heatmap", alt=t("soft_one_hot.heatmap.alt", name=view.scalar.name))


def _effective(view: View, value: float | None, temperature: float | None) -> None:
    swept = answers.about("sweep", view.run, view.scalar.name, **at(temperature))
    figure = figures.effective_line(
        swept.values, swept.effective, view.scalar, swept.weights.shape[1], value=value, data_text=t("soft_one_hot.data"),
        axis_title=t("soft_one_hot.effective.axis"), theme=widgets.theme(),
    )  # fmt: skip
    st.markdown(small(t("soft_one_hot.effective.help")))
    widgets.show(figure, "effective", alt=t("soft_one_hot.effective.alt", name=view.scalar.name))


def _handovers(view: View, value: float | None, temperature: float | None) -> None:
    """Where each bucket hands over to the next, and beside it what each bucket holds."""
    table = answers.about("handovers", view.run, view.scalar.name, **at(temperature))
    usage = answers.about("bucket_usage", view.run, view.scalar.name, **at(temperature))
    left, right = st.columns([1, 1.35], gap="medium")
    with left:
        st.subheader(t("soft_one_hot.handovers", n=len(table)), anchor=False, help=t("soft_one_hot.handovers.help"))
        widgets.table(_spoken_handovers(view, table), "handovers", title=t("soft_one_hot.handovers", n=len(table)))
    with right:
        st.subheader(t("soft_one_hot.usage"), anchor=False, help=t("soft_one_hot.usage.help"))
        widgets.table(_spoken_usage(view, usage), "usage", title=t("soft_one_hot.usage"))


def _spoken_handovers(view: View, table: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    def say(value: float) -> str:
        return t("number.none") if value != value else spoken(view.scalar, value)

    column = "soft_one_hot.handovers"
    return pd.DataFrame(
        {
            t(f"{column}.at"): [say(value) for value in table["value"]],
            t(f"{column}.buckets"): [
                f"{a} → {b}" for a, b in zip(table["from_bucket"], table["to_bucket"], strict=True)
            ],
            t(f"{column}.soft"): [
                f"{say(begins)} … {say(ends)}" for begins, ends in zip(table["begins"], table["ends"], strict=True)
            ],
            t(f"{column}.level"): [f"{level:.0%}" for level in table["level"]],
        }
    )


def _spoken_usage(view: View, usage: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    column = "soft_one_hot.usage"
    where = [
        t("number.none") if low != low else f"{spoken(view.scalar, low)} … {spoken(view.scalar, high)}"
        for low, high in zip(usage["low"], usage["high"], strict=True)
    ]
    return pd.DataFrame(
        {
            t(f"{column}.bucket"): usage["bucket"].tolist(),
            t(f"{column}.where"): where,
            t(f"{column}.share"): [f"{share:.1%}" for share in usage["share_heaviest"]],
            t(f"{column}.mean"): [f"{weight:.1%}" for weight in usage["mean_weight"]],
            t(f"{column}.nearest"): [
                t("soft_one_hot.usage.like", bucket=nearest, overlap=f"{overlap:.2f}") if overlap == overlap else ""
                for nearest, overlap in zip(usage["nearest"], usage["overlap"], strict=True)
            ],
        }
    )


def _truth(view: View, value: float | None, temperature: float | None) -> None:
    """Of a made-up log: the true ranges over the learned ones, and how near the learned edges come to the true ones."""
    name = view.scalar.name
    swept = answers.about("sweep", view.run, name, **at(temperature))
    ranges, learned, match = (
        answers.about(question, view.run, name) for question in ("true_ranges", "segments", "range_match")
    )
    st.markdown(
        t(
            "soft_one_hot.truth",
            purity=f"{match.attrs['purity']:.0%}",
            quantile_purity=f"{match.attrs['quantile_purity']:.0%}",
        )
    )
    figure = ranges_figure(
        ranges, learned, match, view.scalar, swept.weights.shape[1], theme=widgets.theme(),
        row_texts=(t("soft_one_hot.edges.true"), t("soft_one_hot.edges.learned")),
    )  # fmt: skip
    mark_value(figure, view.scalar, value, widgets.theme())
    widgets.show(figure, "truth", alt=t("soft_one_hot.truth.alt", n=len(ranges)))
