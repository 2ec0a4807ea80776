from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest

from reprlearn.viz import aligned_tokens as module
from reprlearn.viz import style

aligned_tokens: Any = module.aligned_tokens
ROLES = {"one": "untied", "two": "tied", "three": "tied"}


def table(runs: tuple[str, ...] = ("one", "two"), words: dict[str, list[str]] | None = None) -> pd.DataFrame:
    rows = []
    for i, run in enumerate(runs):
        for row, word in enumerate((words or {}).get(run, ["<unk>", "film", "plot"])):
            rows.append((run, row, word, True, 0.5 / (row + 1 + i), row + 1.0, np.nan if not i else float(row - 1)))
    names = ["run", "row", "word", "known", "probability", "rank", "rank_difference"]
    return pd.DataFrame(rows, columns=pd.Index(names))


def bars(figure: Any) -> list[Any]:
    """The bars that are seen; those that are clicked lie over them."""
    return [trace for trace in figure.data if trace.text is not None]


def test_each_model_has_its_column_on_one_scale_in_its_colour() -> None:
    figure = aligned_tokens(table(tuple(ROLES)), roles=ROLES)
    assert len({trace.xaxis for trace in bars(figure)}) == 3
    ranges = {figure.layout[axis].range for axis in ("xaxis", "xaxis2", "xaxis3")}
    assert len(ranges) == 1
    colours = [trace.marker.line.color or trace.marker.color for trace in bars(figure)]
    assert colours == [style.ROLES["untied"], style.ROLES["tied"], style.ROLES["tied"]]
    assert bars(figure)[1].marker.color != bars(figure)[2].marker.color
    assert list(figure.layout.yaxis.ticktext) == ["&lt;unk&gt;", "film", "plot"]
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1], "the first row is on top"


def test_labels_say_probability_rank_and_move() -> None:
    figure = aligned_tokens(table(), roles=ROLES)
    assert list(bars(figure)[0].text) == ["50.0%  #1", "25.0%  #2", "16.7%  #3"]
    assert list(bars(figure)[1].text) == ["25.0%  #1  ▼1", "16.7%  #2", "12.5%  #3  ▲1"]


def test_a_word_a_model_does_not_know_has_no_bar_and_says_so() -> None:
    frame = table()
    frame.loc[4, ["known", "probability", "rank", "rank_difference"]] = [False, np.nan, np.nan, np.nan]
    figure = aligned_tokens(frame, roles=ROLES, absent_text="not there")
    assert bars(figure)[1].text[1] == "not there" and bars(figure)[1].x[1] == 0


def test_a_row_can_be_clicked_beside_its_bar_and_tells_its_word_as_it_is() -> None:
    figure = aligned_tokens(table(), roles=ROLES)
    rows = [trace for trace in figure.data if trace.text is None]
    assert len(rows) == 2
    for trace in rows:
        assert [data[0] for data in trace.customdata] == ["<unk>", "film", "plot"]
        assert set(trace.x) == {figure.layout.xaxis.range[1]}, "over the whole column"


def test_lists_of_their_own_have_labels_of_their_own_and_the_chosen_word_is_bold() -> None:
    words = {"one": ["film", "plot"], "two": ["plot", "end"]}
    figure = aligned_tokens(table(words=words), roles=ROLES, chosen="plot")
    assert list(figure.layout.yaxis.ticktext) == ["film", "<b>plot</b>"]
    assert list(figure.layout.yaxis2.ticktext) == ["<b>plot</b>", "end"]
    assert figure.layout.yaxis2.showticklabels is not False


@pytest.mark.parametrize("n_runs", [1, 2, 4, 5, 9])
def test_names_stand_above_their_columns_and_on_no_bars(n_runs: int) -> None:
    runs = tuple(f"run {i}" for i in range(n_runs))
    notes = dict.fromkeys(runs, "a<br>b")
    figure = aligned_tokens(table(runs), roles=dict.fromkeys(runs, "tied"), notes=notes)
    names = [each for each in figure.layout.annotations]
    assert [each.name for each in names] == list(runs)
    plot_px = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    domains = sorted({figure.layout[each.yaxis.replace("y", "yaxis")].domain for each in figure.data}, reverse=True)
    assert len(domains) == -(-n_runs // 4)
    for above, below in pairwise(domains):
        assert (above[0] - below[1]) * plot_px >= 3 * module.LINE_PX, "room for a name and two lines"
    assert figure.layout.margin.t >= 3 * module.LINE_PX


def test_a_long_name_is_shortened_and_tags_are_no_tags() -> None:
    long = "<b>" + "x" * 60
    figure = aligned_tokens(table((long,)), roles={long: "tied"})
    text = figure.layout.annotations[0].text
    assert text.startswith("<b>&lt;b&gt;xxx") and text.endswith("…</b>") and len(text) < 60
