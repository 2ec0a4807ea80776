"""The formula of the soft one-hot with its live numbers, and what is wrong with the buckets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from reprlearn.ui.text import t

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.analysis.buckets import Reading

MOST_NAMED = 4


def beside(reading: Reading) -> None:
    """n, p, s and g in general, and beside them the numbers at this value; p and s of the heaviest bucket."""
    if reading.missing:
        st.latex(
            r"\small g = g_{\text{"
            + t("soft_one_hot.formula.missing")
            + r"}} \qquad \lVert g\rVert = "
            + _norm(reading)
        )
        st.markdown(t("soft_one_hot.formula.missing.help"))
        return
    k = reading.heaviest - 1
    rows = (
        rf"n &= {_channels(reading)}",
        rf"p &= nW + b, \quad p_{{{k + 1}}} = {_number(reading.logits[k])}",
        rf"s &= \mathrm{{softmax}}(p / T), \quad s_{{{k + 1}}} = {reading.weights[k]:.3f}",
        rf"g &= sE = {_sum(reading.weights)}",
    )
    st.latex(r"\small \begin{aligned} " + r" \\ ".join(rows) + r" \end{aligned}")


def warnings(usage: pd.DataFrame) -> None:
    """Buckets that hold next to nothing, and pairs of which one would do; a line each, none where all is well."""
    dead = usage.loc[usage["dead"], "bucket"].tolist()
    pairs = {tuple(sorted(pair)) for pair in usage.loc[usage["same"], ["bucket", "nearest"]].itertuples(index=False)}
    if dead:
        named = ", ".join(map(str, dead))
        st.warning(t("soft_one_hot.dead", n=len(dead), n_buckets=len(usage), buckets=named), icon=":material/block:")
    if pairs:
        named = ", ".join(f"{a}–{b}" for a, b in sorted(pairs)[:MOST_NAMED]) + (" …" if len(pairs) > MOST_NAMED else "")
        st.warning(t("soft_one_hot.same", n=len(pairs), pairs=named), icon=":material/join_inner:")


def _channels(reading: Reading) -> str:
    """n, as the transform makes it of the value: one number, or sine and cosine."""
    if len(reading.channels) == 1:
        return _number(reading.channels[0])
    return rf"(\sin, \cos) = ({', '.join(map(_number, reading.channels))})"


def _sum(weights: np.ndarray) -> str:
    """The buckets that make up g, heaviest first."""
    order = [k for k in np.argsort(-weights, kind="stable")[:2] if weights[k] >= 0.005]
    parts = [rf"{weights[k]:.2f}\,E_{{{k + 1}}}" for k in order]
    rest = 1 - sum(float(weights[k]) for k in order)
    return " + ".join(parts) + (r" + \ldots" if rest >= 0.005 else "")


def _norm(reading: Reading) -> str:
    return _number(float(np.linalg.norm(reading.vector)))


def _number(value: float) -> str:
    return f"{value:.2f}" if abs(value) < 1000 else f"{value:,.0f}".replace(",", r"\,")
