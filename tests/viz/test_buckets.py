"""Figures of the buckets: the numbers in them, their axes, and what their titles say."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from reprlearn.analysis import buckets as of_run
from reprlearn.analysis.bucket_axis import quantile_edges
from reprlearn.analysis.bucket_edges import handovers
from reprlearn.viz import buckets, buckets_axis, style
from tests.bucket_runs import GAP, HOUR, SIZE, make_run, make_scalar

# Plotly's types do not know what a trace or an axis holds.
weight_bars: Any = buckets.weight_bars
weight_area: Any = buckets.weight_area
weight_heatmap: Any = buckets.weight_heatmap
effective_line: Any = buckets.effective_line
sweep: Any = of_run.sweep
SCALARS = {"gap": GAP, "hour": HOUR, "size": SIZE}


@pytest.mark.parametrize("feature", SCALARS)
def test_the_area_stacks_to_one_in_the_colours_of_the_buckets(feature: str) -> None:
    run, scalar = make_run(), SCALARS[feature]
    swept = sweep(run, feature)
    edges = {"learned": handovers(run, feature)["value"], "quantiles": quantile_edges(run, feature)}
    figure = weight_area(swept.values, swept.weights, scalar, edges=edges, value=float(scalar.quantiles[50]))
    bands = [trace for trace in figure.data if trace.type == "scatter" and trace.stackgroup]
    assert len(bands) == 8
    np.testing.assert_allclose(sum(band.y for band in bands), 1, atol=1e-5)
    assert [band.fillcolor for band in bands] == buckets_axis.bucket_colours(scalar, 8)
    rows = {
        row: trace
        for trace in figure.data
        if trace.yaxis == "y3"
        for row in [figure.layout.yaxis3.ticktext[int(trace.y[0])]]
    }
    np.testing.assert_allclose(rows["learned"].x, buckets_axis.places(scalar, edges["learned"]))
    assert figure.layout.title.text == "Each of the 8 buckets is the heaviest somewhere"
    (rim, line) = figure.layout.shapes
    assert line.x0 == line.x1 == pytest.approx(float(buckets_axis.places(scalar, scalar.quantiles[50])))
    assert line.line.color == style.colour_of("highlight") and rim.line.width > line.line.width


def test_titles_say_what_the_weights_are() -> None:
    run = make_run()
    swept = sweep(run, "gap")
    run.model.soft_one_hot("gap").bias[3] -= 300
    without = sweep(run, "gap")
    title = weight_area(without.values, without.weights, GAP).layout.title.text
    assert title == "1 of 8 buckets is nowhere the heaviest: 4"
    share = (swept.weights.max(axis=1) < 0.9).mean()
    title = weight_heatmap(swept.values, swept.weights, GAP).layout.title.text
    assert title == f"Over {share:.0%} of the axis, no bucket has 90% of the weight"
    hard = sweep(run, "gap", 1e-5)
    assert weight_heatmap(hard.values, hard.weights, GAP).layout.title.text.startswith("Hard: everywhere one bucket")
    title = effective_line(swept.values, swept.effective, GAP, 8).layout.title.text
    assert title == f"A value lies in {swept.effective.min():.1f} to {swept.effective.max():.1f} of 8 buckets at once"


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ([0.02, 0.95, 0.03], "gap 9 h lies in bucket 2"),
        ([0.4, 0.58, 0.02], "gap 9 h lies between buckets 1 and 2"),
        ([0.3, 0.4, 0.3], "gap 9 h is spread over buckets 1, 2 and 3"),
        ([0.0, 0.0, 0.0], "gap missing: in no bucket, with a vector of its own"),
        ([1 / 60] * 60, "gap 9 h is spread over many buckets"),
    ],
)
def test_the_bars_say_which_buckets_hold_the_value(weights: list[float], said: str) -> None:
    figure = weight_bars(np.array(weights), GAP, 9.0 if any(weights) else float("nan"))
    assert figure.layout.title.text == said
    np.testing.assert_allclose(figure.data[0].y, weights, rtol=1e-6)
    assert figure.layout.yaxis.range == (0, 1.12), "the axis stands still while the value moves"


def test_bars_before_a_move_are_outlines() -> None:
    figure = weight_bars(np.array([0.1, 0.9]), GAP, 2.0, before=np.array([0.7, 0.3]))
    np.testing.assert_allclose(figure.data[0].y, [0.7, 0.3], rtol=1e-6)
    assert figure.data[0].marker.color == "rgba(0,0,0,0)" and figure.data[0].marker.line.width


def test_names_of_scalars_are_no_markup() -> None:
    hostile = replace(GAP, name="<b>gap</b>", unit="<i>h</i>")
    swept = sweep(make_run(), "gap")
    drawn = [
        weight_area(swept.values, swept.weights, hostile, value=3.0),
        weight_bars(swept.weights[7], hostile, float(swept.values[7])),
        effective_line(swept.values, swept.effective, hostile, 8),
    ]
    for figure in drawn:
        text = figure.to_json().replace("\\u003c", "<")
        assert "<b>gap" not in text and "<i>h" not in text
    assert drawn[0].layout.xaxis.title.text == "&lt;b&gt;gap&lt;/b&gt; (&lt;i&gt;h&lt;/i&gt;), asinh scale"


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (1, 999.8, [1, 3, 10, 30, 100, 300, 1000]),
        (-43, 1126, [-30, -10, -3, 0, 3, 10, 30, 100, 300, 1000]),
        (0.2, 0.9, [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]),
        (120, 180, [120, 130, 140, 150, 160, 170, 180]),
    ],
)
def test_ticks_of_an_asinh_axis_are_round_and_apart(low: float, high: float, ticks: list[float]) -> None:
    found = buckets_axis.asinh_ticks(low, high)
    assert found == sorted(found) and 4 <= len(found) <= 12
    if len(ticks) != len(found):
        assert set(ticks) >= set(np.round(found, 6)), found
    else:
        assert found == pytest.approx(ticks)


@pytest.mark.parametrize(
    ("period", "ticks"), [(24, range(0, 25, 3)), (7, range(8)), (60, range(0, 61, 10)), (365.25, None)]
)
def test_ticks_of_a_turn(period: float, ticks: Any) -> None:
    found = buckets_axis.turn_ticks(period)
    assert found[0] == 0 and found[-1] == period
    assert ticks is None or found == list(ticks)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (35.24, "35.2"), (1299.6, "1,300"), (-0.5, "−0.5"), (3.0, "3"), (0.01234, "0.0123"), (5e12, "5e+12")],
)
def test_numbers_to_three_digits(value: float, text: str) -> None:
    assert buckets_axis.number_text(value) == text


def test_whole_minutes_make_no_comb() -> None:
    """Under asinh the bins around zero are finer than a minute: all but every third or so is empty."""
    minutes = np.round(np.random.default_rng(0).laplace(0, 20, 50_000))
    scalar = make_scalar(minutes)
    assert 0 in scalar.histogram, "or there would be no comb to mend"
    edges, shares, density = buckets_axis.density(scalar)
    assert shares.sum() == pytest.approx(1)
    assert (np.diff(edges) > 0).all() and len(edges) == len(shares) + 1
    at = np.sinh((edges[1:] + edges[:-1]) / 2)
    near = np.abs(at) < 15
    assert (shares[near] > 0).all()
    # The density on the axis is that of the raw value times the width of a step there: smooth but for chance.
    expected = np.exp(-np.abs(at) / 20) / 40 * np.sqrt(1 + at**2)
    np.testing.assert_allclose(density[near], expected[near], rtol=0.15)


def test_whole_values_in_wide_bins_make_no_stripes() -> None:
    scalar = make_scalar(np.random.default_rng(0).integers(0, 200, 100_000).astype(float), transform="standardise")
    _, _, density = buckets_axis.density(scalar)
    assert density.max() / density.min() < 1.35, "bins that hold two values and bins that hold one"


def test_a_turn_holds_values_from_other_turns() -> None:
    scalar = make_scalar(np.random.default_rng(0).normal(0, 3, 5000), "hour", "cyclic", 24.0)
    edges, shares, _ = buckets_axis.density(scalar)
    assert edges[0] >= 0 and edges[-1] <= 24 and shares.sum() == pytest.approx(1)
    assert shares[edges[:-1] < 6].sum() == pytest.approx(0.5, abs=0.05)
    assert shares[edges[:-1] > 18].sum() == pytest.approx(0.5, abs=0.05)


def test_bucket_colours_close_where_the_scalar_does() -> None:
    def apart(a: str, b: str) -> int:
        return sum(abs(int(a[i : i + 2], 16) - int(b[i : i + 2], 16)) for i in (1, 3, 5))

    for n_buckets in (4, 16):
        line, turn = (buckets_axis.bucket_colours(scalar, n_buckets) for scalar in (GAP, HOUR))
        assert len(set(line)) == len(set(turn)) == n_buckets
        steps = [apart(a, b) for a, b in itertools.pairwise(turn)]
        assert apart(turn[0], turn[-1]) <= 1.3 * max(steps) and apart(line[0], line[-1]) > 200
    assert buckets_axis.text_on("#FFFFFF") != buckets_axis.text_on("#000000")


def test_themes_change_the_page_between_the_bands() -> None:
    swept = sweep(make_run(), "gap")
    for theme in ("light", "dark"):
        figure = weight_area(swept.values, swept.weights, GAP, value=1.0, theme=theme)
        assert figure.data[0].line.color == figure.layout.shapes[0].line.color == style.page_colour(theme)
