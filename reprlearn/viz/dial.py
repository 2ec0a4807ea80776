"""The augmented loss as bars: the soft target of a word beside its one-hot, and what each part of the loss costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from reprlearn.viz import style
from reprlearn.viz.run_marks import RunMark, run_marks
from reprlearn.viz.text import plain
from reprlearn.viz.words import say

ROW_PX = 30
COLUMNS = ("one_hot", "soft", "predicted")


def target_bars(
    table: pd.DataFrame,
    *,
    role: str,
    word: str,
    panel_titles: Sequence[str] = ("one-hot target", "soft target", "prediction at this temperature"),
    title: str = "",
    theme: str = "light",
) -> go.Figure:
    """Three columns of bars over the same words: the one-hot target, the soft one, and the model's prediction.

    table: word, one_hot, soft, predicted, as `analysis.augmented_target.target_table` makes it. The soft target and the
    prediction share a scale, which is that of the one-hot only where they come near it.
    role: of `viz.style`, of the model.  word: the target, stressed.
    """
    figure = make_subplots(rows=1, cols=3, shared_yaxes=True, horizontal_spacing=0.03, column_widths=[0.24, 0.38, 0.38])
    top = float(table[["soft", "predicted"]].to_numpy().max(initial=0)) or 1.0
    markers = (style.bar("neutral"), style.bar(role), style.bar(role, 1))
    at = list(range(len(table)))
    for i, (column, marker) in enumerate(zip(COLUMNS, markers, strict=True), start=1):
        place: Any = {"row": 1, "col": i}
        figure.add_trace(
            go.Bar(
                x=table[column], y=at, orientation="h", marker=marker, name=panel_titles[i - 1],
                text=[fine_percent(share) if share else "" for share in table[column]], textposition="outside", cliponaxis=False,
                textfont={"size": style.LABEL_PX}, customdata=[plain(each) for each in table["word"]],
                hovertemplate="<b>%{customdata}</b>  %{text}<extra>%{fullData.name}</extra>",
            ),
            **place,
        )  # fmt: skip
        figure.update_xaxes(range=[0, 1.35 if i == 1 else top * 1.3], showticklabels=False, showgrid=False, **place)
        axis = "" if i == 1 else str(i)
        figure.add_annotation(
            text=f"<b>{panel_titles[i - 1]}</b>", x=0, xref=f"x{axis} domain", xanchor="left", y=1, yref="y domain",
            yanchor="bottom", showarrow=False, bgcolor="rgba(0,0,0,0)",
        )  # fmt: skip
    labels = [f"<b>{plain(each)}</b>" if each == word else plain(each) for each in table["word"]]
    figure.update_yaxes(showgrid=False, fixedrange=True, range=[len(at) - 0.5, -0.5])
    figure.update_yaxes(tickvals=at, ticktext=labels, tickfont_size=style.TEXT_PX, ticklabelstandoff=6, row=1, col=1)
    top_px = 64 if title else 28
    figure.update_xaxes(fixedrange=True)
    figure.update_layout(
        title_text=title, height=ROW_PX * len(at) + top_px + 8, margin={"t": top_px, "b": 8}, bargap=0.25, showlegend=False,
        dragmode=False,
    )  # fmt: skip
    return style.themed(figure, theme)


def loss_bars(
    table: pd.DataFrame,
    *,
    roles: Mapping[str, str],
    part_names: tuple[str, str] = ("plain: −log p", "augmented: α × divergence"),
    axis_title: str = "loss (nats)",
    title: str = "",
    theme: str = "light",
) -> go.Figure:
    """The loss of one next word for each run, its plain and its augmented part end to end.

    table: run, plain, divergence, alpha, augmented, total, as `analysis.augmented_target.losses` makes it.
    """
    marks = run_marks(roles)
    names = list(table["run"])
    divergence = say("divergence", divergence="%{customdata[1]:.4f}", alpha="%{customdata[2]:g}")
    figure = go.Figure()
    for i, part in enumerate(("plain", "augmented")):
        for at, row in enumerate(table.to_dict("records")):
            mark = marks[row["run"]]
            figure.add_trace(
                go.Bar(
                    x=[row[part]], y=[at], orientation="h", marker=_marker(mark, part), name=part, showlegend=False,
                    width=0.62, customdata=[[plain(row["run"]), row["divergence"], row["alpha"]]],
                    # The sum stands at the end of both.
                    text=[f"{row['plain']:.2f} + {row['augmented']:.2f} = <b>{row['total']:.2f}</b>"] if i else None,
                    textposition="outside", cliponaxis=False, textfont={"size": style.LABEL_PX},
                    hovertemplate=f"{part_names[i]}<br>%{{x:.3f}} nats"
                    + (f"<br>{divergence}" if i else "")
                    + "<extra>%{customdata[0]}</extra>",
                )
            )  # fmt: skip
        key = style.bar("neutral") if not i else _hatched(style.colour_of("neutral"))
        figure.add_trace(go.Bar(x=[None], y=[None], orientation="h", marker=key, name=part_names[i], showlegend=True))
    largest = float(table["total"].to_numpy().max(initial=0.0))
    top_px = 84 if title else 40
    figure.update_layout(
        title_text=title, barmode="stack", height=46 * len(names) + top_px + 48, margin={"t": top_px, "b": 40},
        legend_traceorder="normal", dragmode=False,
        xaxis={"title": {"text": axis_title}, "range": [0, (largest or 1) * 1.45], "fixedrange": True},
        yaxis={"tickvals": list(range(len(names))), "ticktext": [plain(name) for name in names], "fixedrange": True,
               "range": [len(names) - 0.5, -0.5], "showgrid": False, "ticklabelstandoff": 6},
    )  # fmt: skip
    return style.themed(figure, theme)


def fine_percent(share: float) -> str:
    """A share to three significant digits: in a soft target, ten thousand words may share almost evenly."""
    if 0 < share < 1e-6:
        return "&lt; 0.0001%"
    return f"{100 * share:.3g}%"


def _marker(mark: RunMark, part: str) -> dict[str, Any]:
    return mark.bar if part == "plain" else _hatched(mark.colour)


def _hatched(colour: str) -> dict[str, Any]:
    pattern = {"shape": "/", "fgcolor": colour, "bgcolor": "rgba(0,0,0,0)", "size": 7, "solidity": 0.4}
    return {"color": "rgba(0,0,0,0)", "line": {"color": colour, "width": 1.5}, "pattern": pattern}
