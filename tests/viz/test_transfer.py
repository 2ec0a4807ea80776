"""Figures of the Transfer page: every point at its value in the colour of its model, every mark with its interval or number."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from reprlearn.analysis.transfer_ways import WAYS
from reprlearn.viz import style
from reprlearn.viz.transfer_curves import Key, Panel, accuracy_curves
from reprlearn.viz.transfer_differences import accuracy_differences, as_points
from reprlearn.viz.transfer_layers import layer_accuracies
from reprlearn.viz.transfer_marks import COLOURS, SYMBOLS, way_mark
from reprlearn.viz.transfer_words import NEGATIVE, POSITIVE, confusion_matrix, moved_words, signed, sureness

BUDGETS = (100, 300, 5_000)
NAMES = {way.name: f"<b>{way.name}</b>" for way in WAYS}


def table() -> pd.DataFrame:
    rows = []
    for i, way in enumerate(WAYS):
        for n in BUDGETS:
            at = 0.5 + 0.02 * i + 0.03 * np.log10(n / 100)
            rows.append(
                {"way": way.name, "model": way.model, "use": way.use, "n_labels": n, "accuracy": at, "low": at - 0.02, "high": at + 0.03}
            )  # fmt: skip
    return pd.DataFrame(rows)


def curves(**options: Any) -> Any:
    panels = [Panel("one", ["bert-features", "elmo-mix"]), Panel("<two>", ["bert-fine-tuned", "not measured"])]
    keys = [Key("BERT", way_mark("bert", "fine-tuned"))]
    return accuracy_curves(
        table(), panels, keys, names=NAMES, title="a title", reference="tf-idf", all_labels=5_000, chosen=300, **options
    )


def lines(figure: Any) -> list[Any]:
    return [trace for trace in figure.data if trace.error_y.array is not None]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_way_stands_in_its_panel_at_its_values_with_its_intervals(theme):
    figure = curves(theme=theme)
    bert, mix, tuned = lines(figure)
    assert [trace.xaxis for trace in (bert, mix, tuned)] == ["x", "x", "x2"]
    own = table().set_index(["way", "n_labels"])
    for trace, way in ((bert, "bert-features"), (mix, "elmo-mix"), (tuned, "bert-fine-tuned")):
        np.testing.assert_allclose(trace.y, [own.loc[(way, n), "accuracy"] for n in BUDGETS])
        np.testing.assert_allclose(trace.error_y.array, 0.03)
        np.testing.assert_allclose(trace.error_y.arrayminus, 0.02)
        assert trace.name == f"&lt;b&gt;{way}&lt;/b&gt;"
        np.testing.assert_allclose(
            trace.x, BUDGETS, rtol=0.08, err_msg="beside one another, near their number of labels"
        )
    assert bert.line.color == tuned.line.color == COLOURS["bert"] != mix.line.color
    assert bert.line.dash != tuned.line.dash, "what is done with a model is told by the dash"


def test_the_reference_stands_in_every_panel_and_the_chosen_number_is_marked():
    figure = curves()
    reference = [trace for trace in figure.data if trace.name == "&lt;b&gt;tf-idf&lt;/b&gt;"]
    assert [trace.xaxis for trace in reference] == ["x", "x2"]
    assert sum(trace.fill == "toself" for trace in figure.data) == 2
    assert [shape.x0 for shape in figure.layout.shapes] == [300, 300]
    assert figure.layout.xaxis.type == "log" and list(figure.layout.xaxis.tickvals) == list(BUDGETS)
    assert list(figure.layout.xaxis2.ticktext) == ["100", "300", "5,000<br>all"]
    headings = [note.text for note in figure.layout.annotations]
    assert "<b>one</b>" in headings and "<b>&lt;two&gt;</b>" in headings
    low, high = figure.layout.yaxis.range
    assert low < 0.48 and high > table()["high"].max()


def test_models_are_told_apart_by_more_than_colour_and_are_no_roles():
    assert len(set(SYMBOLS.values())) == len(SYMBOLS) == len(set(COLOURS.values()))
    roles = {style.colour_of(name) for name in ("tied", "untied", "highlight")}
    assert not roles & set(COLOURS.values())
    assert len({way_mark("bert", use).dash for use in ("features", "mix", "fine-tuned", "random")}) == 4


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("model", COLOURS)
def test_colours_stand_out_from_the_page(model, theme):
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    one, other = sorted((luminance(COLOURS[model]), luminance(style.page_colour(theme))))
    assert (other + 0.05) / (one + 0.05) >= 3


def test_differences_are_in_points_with_their_intervals():
    rows = pd.DataFrame(
        {"label": ["a <vs> b", "c vs d"], "model": ["bert", "gpt"], "use": ["fine-tuned"] * 2, "difference": [0.05, -0.01],
         "low": [0.02, -0.03], "high": [0.08, 0.01]}
    )  # fmt: skip
    figure = accuracy_differences(rows, title="t")
    *intervals, marks = list[Any](figure.data)
    np.testing.assert_allclose(marks.x, [5, -1])
    np.testing.assert_allclose([line.x for line in intervals], [[2, 8], [-3, 1]])
    assert list(figure.layout.yaxis.ticktext) == ["a &lt;vs&gt; b", "c vs d"]
    assert {"+5.0", "−1.0"} <= {note.text for note in figure.layout.annotations}
    low, high = figure.layout.xaxis.range
    assert low < -3 and high > 8
    only_right = accuracy_differences(rows.iloc[:1], title="t").layout.xaxis.range
    assert only_right[0] < 0, "zero is in view"
    assert as_points(-0.0004) == "0.0"


def test_a_layer_s_point_is_larger_the_more_often_it_was_chosen():
    rows = pd.DataFrame(
        {"model": ["bert"] * 3, "layer": [0, 1, 2], "accuracy": [0.6, 0.7, 0.65], "low": [0.58, 0.68, 0.63],
         "high": [0.62, 0.72, 0.67], "n_chosen": [0, 4, 1], "n_seeds": [5] * 3}
    )  # fmt: skip
    figure = layer_accuracies(rows, names={"bert": "BERT"}, title="t", chosen_text="{n} of {of}")
    trace: Any = figure.data[0]
    np.testing.assert_allclose(trace.y, [0.6, 0.7, 0.65])
    assert list(np.argsort(trace.marker.size)) == [0, 2, 1] and "4 of 5" in trace.customdata[1]


def test_words_lie_on_their_side_and_unknown_ones_are_hatched_and_named():
    rows = pd.DataFrame(
        {
            "position": [2, 0, 1],
            "token": ["<b>bad", "good", "zzz"],
            "known": [True, True, False],
            "moved": [-1.5, 0.5, 0.0],
        }
    )
    figure = moved_words(rows, reach=3.0, unknown_text="{word}?", alone_text="without: {change}")
    bars: Any = figure.data[0]
    assert list(bars.x) == [-1.5, 0.5, 0.0] and list(bars.text) == ["−1.50", "+0.50", "+0.00"]
    assert list(bars.marker.color)[:2] == [NEGATIVE, POSITIVE]
    assert list(figure.layout.yaxis.ticktext) == ["&lt;b&gt;bad", "good", "zzz?"]
    assert list(bars.marker.pattern.shape) == ["", "", "/"]
    assert bars.customdata[0] == "&lt;b&gt;bad<br>without: +1.50"
    low, high = figure.layout.xaxis.range
    assert low == -high and high > 3, "one scale for all that is held side by side, zero in the middle"
    assert signed(0.004) == "+0.00"


def test_the_matrix_and_the_histogram_show_every_number():
    rows = pd.DataFrame(
        {"label": [0, 0, 1, 1], "answer": [0, 1, 0, 1], "n": [80, 20, 30, 1_070], "share": [0.8, 0.2, 0.03, 0.97]}
    )
    figure = confusion_matrix(rows, ("no", "<yes>"))
    at = {(note.x, note.y): note.text for note in figure.layout.annotations}
    assert at[1, 0] == "<b>20</b><br>20.0%" and at[1, 1] == "<b>1,070</b><br>97.0%"
    assert list(figure.layout.xaxis.ticktext) == ["no", "&lt;yes&gt;"] and figure.layout.yaxis.autorange == "reversed"
    bins = pd.DataFrame({"label": [0, 0, 1, 1], "low": [0, 0.5] * 2, "high": [0.5, 1.0] * 2, "n": [5, 1, 2, 9]})
    traces: Any = sureness(bins, ("no", "yes")).data
    assert [list(trace.y) for trace in traces] == [[5, 1], [2, 9]]
    assert [trace.marker.color for trace in traces] == [NEGATIVE, POSITIVE]
