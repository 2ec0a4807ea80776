"""Figures about matrices: every run and matrix is told apart, values stand where they belong, names are never markup."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from reprlearn.viz import style
from reprlearn.viz.matrix_marks import drawn_as, line, marker, matrix_marks
from reprlearn.viz.norms import FEWEST, norm_bands, norm_figure
from reprlearn.viz.placed import placed_figure
from reprlearn.viz.spectrum import cosine_figure, rank_figure, spectrum_figure
from reprlearn.viz.subspace import subspace_figure
from reprlearn.viz.tiedness import between_figure, tiedness_figure
from reprlearn.viz.updates import gradient_figure, reach_figure

ROLES = {"u": "untied", "u<b>2": "untied", "t": "tied"}


def names(figure: Any) -> list[str]:
    return [trace.name for trace in figure.data if trace.showlegend is not False]


def test_no_two_matrices_on_a_screen_look_alike() -> None:
    marks = matrix_marks(ROLES)
    looks = {
        (line(mark, which)["color"], line(mark, which)["width"], mark.dash, marker(mark, which)["symbol"])
        for (_, which), mark in marks.items()
    }
    assert len(looks) == len(marks) == 6
    assert marks["u", "input"].colour == style.colour_of("untied_input")
    assert drawn_as(marks["t", "input"], "input") == "output" and drawn_as(marks["u", "input"], "input") == "input"


def epochs(values: list[float], chance: float) -> pd.DataFrame:
    return pd.DataFrame({"epoch": range(len(values)), "cka": values, "chance_cka": chance})


def test_tiedness_has_a_line_a_run_and_what_is_by_chance() -> None:
    frames = {
        "u": epochs([0.1, 0.4], 0.1),
        "u<b>2": epochs([0.2, 0.3], 0.1),
        "t": epochs([1.0, 1.0], np.nan),
        "x": epochs([], 0),
    }
    figure: Any = tiedness_figure(frames, "cka", roles=ROLES | {"x": "untied"}, title="t")
    assert names(figure) == ["u", "by chance", "u&lt;b&gt;2", "t"]
    assert list(figure.data[0].y) == [0.1, 0.4]
    assert (
        figure.data[0].line.dash != figure.data[2].line.dash and figure.data[0].line.color == figure.data[2].line.color
    )
    assert figure.layout.yaxis.range[1] > 1


def pairs(output: float) -> pd.DataFrame:
    return pd.DataFrame(
        {"tied": "t", "untied": "u", "matrix": ["input", "output"], "cka": [0.2, output], "chance_cka": [0.01, 0.02]}
    )


@pytest.mark.parametrize(
    ("output", "sides"), [(0.7, ["middle left", "middle right"]), (0.1, ["middle right", "middle left"])]
)
def test_input_and_output_stand_at_their_values_with_the_numbers_outside(output: float, sides: list[str]) -> None:
    figure: Any = between_figure(pairs(output), "cka", roles=ROLES, title="t")
    assert [trace.x[0] for trace in figure.data[:2]] == [0.2, output]
    assert [trace.textposition[0] for trace in figure.data[:2]] == sides
    assert figure.data[0].marker.symbol.endswith("-open") and not figure.data[1].marker.symbol.endswith("-open")
    assert figure.layout.yaxis.ticktext == ("t and u",)


def spectra() -> pd.DataFrame:
    return pd.DataFrame({"matrix": ["input"] * 2 + ["output"] * 2, "index": [1, 2] * 2, "cumulative": [0.9, 1, 0.6, 1]})


def test_the_spectrum_has_a_line_a_matrix() -> None:
    figure: Any = spectrum_figure(
        {"u": spectra(), "t": spectra().iloc[:2]}, roles=ROLES, title="t", names={("t", "input"): "tied"}
    )
    assert names(figure) == ["u, input", "u, output", "tied"]
    assert list(figure.data[1].y) == [0.6, 1]
    assert figure.data[0].line.width < figure.data[1].line.width == figure.data[2].line.width


def test_cosines_before_and_after_stand_in_the_row_of_their_matrix() -> None:
    table = pd.DataFrame({"matrix": ["input", "output"], "mean_cosine": [0.1, 0.8], "mean_cosine_centred": [0.0, -0.1]})
    figure: Any = cosine_figure({"u": table}, roles=ROLES, title="t")
    assert [list(figure.data[i].x) for i in (0, 2)] == [[0.1, 0.8], [0.0, -0.1]]
    assert figure.layout.xaxis.range[0] < -0.1
    assert [(shape.x0, shape.x1) for shape in figure.layout.shapes[:2]] == [(0.1, 0.0), (0.8, -0.1)]


def test_ranks_over_epochs() -> None:
    shapes = pd.DataFrame({"epoch": [0, 0, 1, 1], "matrix": ["input", "output"] * 2, "effective_rank": [9, 8, 5, 3]})
    figure: Any = rank_figure({"u": shapes}, roles=ROLES, title="t")
    assert [list(trace.y) for trace in figure.data] == [[9, 5], [8, 3]]


def norm_table(n: int = 500) -> pd.DataFrame:
    counts = (1e4 / np.arange(1, n + 1)).astype(int)
    return pd.DataFrame({"word": [f"<w{i}>" for i in range(n)], "count": counts, "norm": 10 / np.sqrt(counts)})


def test_norm_bands_are_medians_of_enough_words() -> None:
    bands = norm_bands(norm_table())
    assert bands["n_words"].to_numpy().min() >= FEWEST
    assert bands["norm"].to_numpy() == pytest.approx(10 / np.sqrt(bands["count"].to_numpy()), rel=0.02)
    assert norm_bands(norm_table(3))["n_words"].tolist() in (
        [1, 1, 1],
        [1, 2],
        [2, 1],
    )  # a small vocabulary has small bands


def test_only_one_matrix_is_drawn_word_by_word() -> None:
    figure: Any = norm_figure(
        {("u", "input"): norm_table(), ("u", "output"): norm_table()}, roles=ROLES, points=("u", "output"), title="t"
    )
    gl = [trace for trace in figure.data if trace.type == "scattergl"]
    assert len(gl) == 1 and len(gl[0].x) == 500 and gl[0].text[0] == "&lt;w0&gt;"
    assert gl[0].marker.color == style.colour_of("untied_output")


def test_every_word_is_counted_once_in_the_histogram() -> None:
    frame = pd.DataFrame({"cosine": [-1.0, -0.31, 0.2, 0.21, 1.0]})
    figure: Any = placed_figure(frame, chance=0.1, title="t")
    assert sum(figure.data[0].y) == 5
    assert [shape.x0 for shape in figure.layout.shapes] == [0.2, 0.1]
    assert [note.text for note in figure.layout.annotations] == ["median 0.20", "by chance 0.10"]


def test_what_training_reaches() -> None:
    frame = pd.DataFrame({"count": [100, 10, 10], "reach": [0.9, 0.05, 0.05]})
    figure: Any = reach_figure({"u": frame}, roles=ROLES, title="t")
    assert list(figure.data[0].x) == [100, 10] and list(figure.data[1].y) == [1, 1]
    assert figure.layout.yaxis.ticktext == ("1%", "10%", "100%")


def test_both_gradients_of_each_run_are_drawn_and_told_apart() -> None:
    frame = pd.DataFrame({"tokens": [1e6, 2e6], "input": [0.1, 0.1], "output": [0.2, 0.2]})
    figure: Any = gradient_figure({"t": frame, "u": frame.iloc[:0]}, roles=ROLES, title="t")
    assert names(figure) == ["t, input", "t, output"]
    assert list(figure.data[1].y) == pytest.approx([0.2, 0.2]) and list(figure.data[1].x) == [1, 2]
    assert figure.data[0].line.width != figure.data[1].line.width


def test_the_subspace_check_has_a_line_a_temperature_of_means_over_seeds() -> None:
    cells = pd.DataFrame(
        {
            "beta": [0, 0, 1, 1, 0, 1],
            "tau": [10, 10, 10, 10, 1, 1],
            "distance": [0.9, 1.0, 0.1, 0.3, 0.9, 0.8],
            "random_distance": 0.95,
        }
    )
    figure: Any = subspace_figure(cells, title="t")
    assert names(figure) == ["temperature 10", "temperature 1"]
    assert list(next(trace for trace in figure.data if trace.name == "temperature 10").y) == pytest.approx([0.95, 0.2])
    assert figure.layout.shapes[0].y0 == pytest.approx(0.95)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_figures_take_the_theme(theme: str) -> None:
    figure: Any = spectrum_figure({"u": spectra()}, roles=ROLES, title="t", theme=theme)
    expected: Any = style.template(theme)
    assert figure.layout.template.layout.font.color == expected.layout.font.color
