"""Which layer of a model serves a task best: accuracy of each layer's states as features."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.text import plain
from reprlearn.viz.transfer_marks import way_mark
from reprlearn.viz.words import say
from reprlearn.viz.wrapped_title import wrapped_title

BESIDE = 0.06


def layer_accuracies(
    table: pd.DataFrame,
    *,
    names: Mapping[str, str],
    title: str,
    axis_titles: tuple[str, str] = ("layer (0: what goes into the first)", "accuracy on the test texts"),
    chosen_text: str = "chosen {n} of {of} times",
    theme: str = "light",
) -> go.Figure:
    """A line a model over its layers, with 95 % intervals; the larger a marker, the more often its layer was chosen.

    table: model, layer, accuracy, low, high, n_chosen, n_seeds, of `analysis.transfer.layer_accuracies`.  names: of the models.
    """
    figure = go.Figure()
    models = list(dict.fromkeys(table["model"].astype(str)))
    for i, model in enumerate(models):
        rows = table.loc[table["model"] == model]
        mark = way_mark(model, "features")
        at, low, high = (rows[column].to_numpy(np.float64) for column in ("accuracy", "low", "high"))
        share = rows["n_chosen"].to_numpy(np.float64) / np.maximum(rows["n_seeds"].to_numpy(np.float64), 1)
        said = [
            say("within", value=f"{row['accuracy']:.1%}", low=f"{row['low']:.1%}", high=f"{row['high']:.1%}")
            + "<br>"
            + plain(chosen_text.format(n=row["n_chosen"], of=row["n_seeds"]))
            for row in rows.to_dict("records")
        ]
        figure.add_trace(
            go.Scatter(
                x=rows["layer"].to_numpy(np.float64) + (i - (len(models) - 1) / 2) * BESIDE, y=at, mode="lines+markers",
                name=plain(names.get(model, model)), line=mark.line, marker={**mark.marker, "size": 8 + 10 * share},
                error_y={"type": "data", "symmetric": False, "array": high - at, "arrayminus": at - low, "thickness": 1.5,
                         "width": 4, "color": mark.colour},
                customdata=said, hovertemplate="%{customdata}<extra>" + plain(names.get(model, model)) + "</extra>",
            )
        )  # fmt: skip
    head = wrapped_title(title)
    figure.update_layout(
        **head, height=400 - 92 + head["margin_t"], showlegend=True,
        xaxis={"title": {"text": axis_titles[0]}, "dtick": 1, "tick0": 0, "showgrid": False},
        yaxis={"title": {"text": axis_titles[1]}, "tickformat": ".0%", "nticks": 7},
    )  # fmt: skip
    return style.themed(figure, theme)
