"""The numbers of a figure: each value that is drawn is in its table, and none that is not."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from reprlearn.viz.figure_table import figure_table


def test_points_and_bars_are_rows_under_the_name_of_their_series() -> None:
    figure = go.Figure()
    figure.add_scatter(x=np.array([1, 2], np.float32), y=[3.5, None], name="a &lt;unk&gt;", text=["<b>x</b>", "y"])
    figure.add_bar(x=["p", "q"], y=[5, 6], name="bars")
    figure.add_scatter(x=[9], y=[9], visible=False)
    table = figure_table(figure)
    assert table["series"].tolist() == ["a <unk>", "a <unk>", "bars", "bars"]
    assert table["x"].tolist() == [1, 2, "p", "q"] and table["text"].tolist()[:2] == ["x", "y"]
    assert table["y"].fillna(-1).tolist() == [3.5, -1, 5, 6]
    assert "z" not in table and "panel" not in table and "low" not in table


def test_error_bars_are_the_ends_of_an_interval() -> None:
    error = {"type": "data", "array": [1, 2], "arrayminus": [0.5, 1]}
    table = figure_table(go.Figure(go.Scatter(x=[10, 20], y=["a", "b"], error_x=error)))
    assert table["low"].tolist() == [9.5, 19] and table["high"].tolist() == [11, 22]


def test_a_heat_map_is_a_row_a_cell() -> None:
    table = figure_table(go.Figure(go.Heatmap(x=["a", "b", "c"], y=["p", "q"], z=np.arange(6).reshape(2, 3))))
    cells = {(row["x"], row["y"]): row["z"] for row in table.to_dict("records")}
    assert cells == {("a", "p"): 0, ("b", "p"): 1, ("c", "p"): 2, ("a", "q"): 3, ("b", "q"): 4, ("c", "q"): 5}


def test_panels_are_told_apart_and_an_empty_figure_is_an_empty_table() -> None:
    figure = make_subplots(1, 2)
    figure.add_scatter(x=[1], y=[2], row=1, col=1).add_scatter(x=[3], y=[4], row=1, col=2)
    assert figure_table(figure)["panel"].tolist() == ["xy", "x2y2"]
    assert figure_table(go.Figure()).empty
