from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pandas as pd
import pytest

from reprlearn.analysis.partial_dependence import partial_dependence
from reprlearn.analysis.what_if import read_prefix, sweep_after
from reprlearn.viz import events_scalar, events_sweep, style
from tests.made_events import made_log, made_run

# Plotly's types do not know what a trace or an axis holds.
sweep_lines: Any = events_sweep.sweep_lines
partial_dependence_figure: Any = events_sweep.partial_dependence_figure
LOG = made_log()
RUN = made_run(LOG)
HOUR, DELAY, _ = LOG.scalars
SEQUENCE = LOG.splits["train"].names[int(LOG.splits["train"].lengths.argmax())]


def swept(feature: str, values: np.ndarray, n_types: int | None = 8, run: Any = RUN) -> Any:
    return sweep_after(run, read_prefix(run, LOG, "train", SEQUENCE, 9), feature, values, n_types)


def shapes(figure: Any, name: str) -> list[Any]:
    return [shape for shape in figure.layout.shapes if shape.name == name]


def test_each_type_is_a_line_at_its_place_on_the_asinh_axis() -> None:
    values = np.linspace(-40, 90, 27)
    frame = swept("delay", values, None)
    figure = sweep_lines(frame, DELAY)
    lines = [trace for trace in figure.data if trace.type == "scatter"]
    assert len(lines) == len(LOG.types)
    for line, (_, group) in zip(lines, frame.groupby("type_id", sort=False), strict=True):
        np.testing.assert_allclose(line.x, np.arcsinh(values), rtol=1e-6)
        np.testing.assert_allclose(line.y, group["probability"], rtol=1e-6)
        assert (line.line.width > 4) == group["is_true"].any()
    assert any(trace.type == "bar" for trace in figure.data), "the data's density lies beneath"


def test_every_line_is_named_in_its_colour_and_no_name_is_read_as_html() -> None:
    figure = sweep_lines(swept("delay", np.linspace(-40, 90, 27), None), DELAY)
    lines = {trace.name: trace.line.color for trace in figure.data if trace.type == "scatter"}
    names = {note.text: note.bordercolor for note in figure.layout.annotations}
    assert sum("came next" in name for name in names) == 1
    assert names["&lt;b&gt;&amp;"] == lines["&lt;b&gt;&amp;"]
    assert not any("<b>&" in text for text in (*names, *lines))


def test_the_axis_says_that_a_scalar_known_ahead_is_about_the_next_event() -> None:
    ahead = sweep_lines(swept("next hour", np.linspace(0, 24, 25)), HOUR).layout.xaxis.title.text
    observed = sweep_lines(swept("delay", np.linspace(-40, 90, 27)), DELAY).layout.xaxis.title.text
    assert ahead.startswith("next hour (h), known of the next event") and "next event" not in observed


def test_values_are_marked_as_it_was_and_moved() -> None:
    frame = swept("delay", np.linspace(-40, 90, 27))
    figure = sweep_lines(frame, DELAY, present=-5.0, moved=60.0)
    (present,) = shapes(figure, "present")
    assert present.x0 == pytest.approx(np.arcsinh(-5)) and present.line.dash == "dash"
    moved = [shape for shape in figure.layout.shapes if shape.line.color == style.ROLES["highlight"]]
    assert [shape.x0 for shape in moved] == [pytest.approx(np.arcsinh(60))]
    for nothing in (None, float("nan")):
        bare = sweep_lines(frame, DELAY, present=nothing, moved=nothing)
        assert {shape.name for shape in bare.layout.shapes} <= {"beyond the data"}


def test_beyond_the_data_is_shaded_and_makes_no_finding() -> None:
    low, high = DELAY.quantiles[1], DELAY.quantiles[-2]
    values = np.linspace(-5000, 5000, 2001)
    inside = (values >= low) & (values <= high)
    # Flat where data are, but for the second type by a little; the first leaps where there are none.
    rows = []
    for type_id, y in enumerate((np.where(values > 4000, 0.9, 0.1), np.where(inside & (values > 0), 0.2, 0.15))):
        rows.append(pd.DataFrame({"value": values, "type_id": type_id, "type": f"T{type_id}", "word": f"Town {type_id}",
                                  "is_true": False, "probability": y}))  # fmt: skip
    figure = sweep_lines(pd.concat(rows), DELAY)
    left, right = shapes(figure, "beyond the data")
    assert (left.x1, right.x0) == (pytest.approx(np.arcsinh(low)), pytest.approx(np.arcsinh(high)))
    assert figure.layout.title.text == "Town 1 depends most on the delay"
    assert figure.layout.title.subtitle.text.startswith("from 15.0% at ")
    assert "shaded" in figure.layout.xaxis.title.text
    # Nor is a sliver beside the outermost percent of the data.
    bounded = sweep_lines(swept("delay", np.linspace(low - 0.1, high + 0.1, 20)), DELAY)
    assert not shapes(bounded, "beyond the data") and "shaded" not in bounded.layout.xaxis.title.text


def test_a_scalar_that_does_not_matter_is_said_not_to() -> None:
    frame = swept("delay", np.linspace(-40, 90, 9), run=made_run(LOG, "none"))
    title = sweep_lines(frame, DELAY).layout.title
    assert title.text == "The delay hardly matters here" and title.subtitle.text == "no type moves by more than 0%"


@pytest.fixture(scope="module")
def found() -> Any:
    return partial_dependence(RUN, LOG, "delay", np.linspace(-40, 90, 14), type_ids=[1, 4], split="train")


def test_mean_band_and_lines_are_those_of_the_type(found: Any) -> None:
    figure = partial_dependence_figure(found.summary, found.lines, DELAY, type_id=4, n_lines=6)
    band, lines, mean = (trace for trace in figure.data if trace.type == "scatter")
    own = found.summary[found.summary["type_id"] == 4]
    np.testing.assert_allclose(band.y, [*own["high"], *own["low"].iloc[::-1]], rtol=1e-6)
    np.testing.assert_allclose(mean.y, own["mean"], rtol=1e-6)
    drawn = np.asarray(lines.y).reshape(6, 15)
    assert np.isnan(drawn[:, -1]).all(), "a gap between one line and the next"
    several = found.lines[found.lines["type_id"] == 4].pivot(index="sequence_id", columns="value", values="probability")
    levels = several.to_numpy()[several.mean(axis=1).argsort()]
    np.testing.assert_allclose(drawn[[0, -1], :-1], levels[[0, -1]], rtol=1e-5)
    assert [trace.name for trace in figure.data if trace.showlegend is not False] == ["80% of the sequences", "mean"]


def test_the_chosen_event_is_drawn_among_the_others(found: Any) -> None:
    own = swept("delay", np.linspace(-40, 90, 14), None)
    figure = partial_dependence_figure(found.summary, found.lines, DELAY, type_id=4, own=own, present=3.0)
    line = figure.data[3]
    assert line.name == "this event" and line.line.color == style.ROLES["highlight"]
    np.testing.assert_allclose(line.y, own.loc[own["type_id"] == 4, "probability"], rtol=1e-6)
    assert len(shapes(figure, "present")) == 1
    without = partial_dependence_figure(found.summary, found.lines, DELAY, type_id=4, own=own[own["type_id"] != 4])
    assert "this event" not in [trace.name for trace in without.data]


def test_the_title_of_the_dependence_is_what_the_mean_does(found: Any) -> None:
    figure = partial_dependence_figure(found.summary, found.lines, DELAY, type_id=4, n_lines=5)
    mean = events_scalar.within(found.summary[found.summary["type_id"] == 4], DELAY)["mean"]
    word = LOG.vocabulary.words[4]
    assert figure.layout.title.text == f"{word}: {mean.min():.1%} to {mean.max():.1%} on average"
    assert f"5 of {found.n_sequences} sequences drawn" in figure.layout.title.subtitle.text
    with pytest.raises(ValueError, match=r"types \[1, 4\], however: type_id=3"):
        partial_dependence_figure(found.summary, found.lines, DELAY, type_id=3)


def test_lines_above_the_figure_are_counted(found: Any) -> None:
    lines = found.lines.assign(
        probability=np.where(found.lines["sequence_id"].isin(["s1", "s12"]), 1.0, found.lines["probability"])
    )
    figure = partial_dependence_figure(found.summary, lines, DELAY, type_id=4, n_lines=1000)
    top = figure.layout.yaxis.range[1]
    highest = lines[lines["type_id"] == 4].groupby("sequence_id")["probability"].max()
    assert top < 1 and figure.layout.title.subtitle.text.endswith(f"({(highest > top).sum()} go higher)")


def test_a_cyclic_value_is_marked_within_the_turn() -> None:
    scalar: Any = dataclasses.replace(HOUR)
    figure = sweep_lines(swept("next hour", np.linspace(0, 24, 25)), scalar, present=25.0)
    assert shapes(figure, "present")[0].x0 == pytest.approx(1)
