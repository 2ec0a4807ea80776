from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from reprlearn.viz import prediction, style
from reprlearn.viz.text import percent

# Plotly's types do not know what a trace or an axis holds.
surprisal_strip: Any = prediction.surprisal_strip
ROLES = {"one": "untied", "two": "tied"}


def surprisals(n_tokens: int, seed: int = 0) -> pd.DataFrame:
    bits = np.random.default_rng(seed).gamma(3, size=n_tokens)
    return pd.DataFrame(
        {
            "position": np.arange(n_tokens),
            "token": [f"<t{i}>" for i in range(n_tokens)],
            "known": np.arange(n_tokens) % 4 != 3,
            "rank": 5,
            "probability": 2**-bits,
            "surprisal_bits": bits,
        }
    )


def test_unknown_words_are_hatched_and_the_legend_says_why() -> None:
    figure = surprisal_strip({"one": surprisals(8), "two": surprisals(8, 1)}, roles=ROLES)
    assert list(figure.data[0].marker.pattern.shape) == ["", "", "", "/"] * 2
    keys = [trace for trace in figure.data if trace.showlegend]
    assert [trace.name for trace in keys[:2]] == ["one", "two"] and "unknown" in keys[2].name
    assert [bool(trace.marker.pattern.shape) for trace in keys] == [False, False, True], "whatever the first word is"
    assert list(figure.layout.xaxis.ticktext) == [f"&lt;t{i}&gt;" for i in range(8)]
    known = surprisals(8).assign(known=True)
    assert len(surprisal_strip(known).data) == 1


def test_two_models_of_one_role_keep_its_colour_and_differ() -> None:
    roles = {"one": "tied", "two": "tied", "three": "untied"}
    strip = surprisal_strip({name: surprisals(8) for name in roles}, roles=roles).data
    first, second, other = (trace.marker for trace in strip[:3])
    assert first.color == style.ROLES["tied"] and other.color == style.ROLES["untied"]
    assert second.color != first.color and second.line.color == style.ROLES["tied"] and second.line.width
    keys = [trace.marker.color for trace in strip if trace.showlegend][:3]
    assert keys == [trace.marker.color for trace in strip[:3]], "the legend shows the bars as they are"
    assert strip[1].marker.pattern.fgcolor == style.ROLES["tied"], "hatching is as dark as that of the other model"


def test_the_strip_names_what_surprised_most() -> None:
    frame = surprisals(8)
    title = surprisal_strip(frame).layout.title.text
    assert title.startswith(f"“&lt;t{frame['surprisal_bits'].argmax()}&gt;” surprised most")
    assert f"{frame['surprisal_bits'].mean():.1f}" in title


def test_a_long_prompt_says_how_much_of_it_is_shown() -> None:
    long = surprisals(10_000)
    figure = surprisal_strip(long)
    assert len(figure.data[0].x) == 500
    assert figure.layout.xaxis.title.text == "tokens 1 to 40 of 10,000: drag to see up to number 500"
    assert f"{long['surprisal_bits'].mean():.1f}" in figure.layout.title.text, "the mean is of all tokens"
    assert not surprisal_strip(surprisals(30)).layout.xaxis.title.text


def test_no_prompt_no_bars() -> None:
    figure = surprisal_strip({"one": surprisals(0), "two": surprisals(0)})
    assert figure.layout.title.text == "No word to be surprised by yet"


def test_alternatives_stand_in_the_hover_text_of_their_own_position() -> None:
    frame = surprisals(3)
    rows = [(i, rank, f"<w{i}{rank}>", 0.5 / rank) for i in range(3) for rank in range(1, 6)]
    others = pd.DataFrame(rows, columns=pd.Index(["position", "rank", "word", "probability"]))
    strip = surprisal_strip({"one": frame}, alternatives={"one": others}, alternatives_text="instead:").data[0]
    for i, data in enumerate(strip.customdata):
        assert data[0] == i and data[4].startswith("<br>instead:<br>&lt;w" + f"{i}1&gt; 50.0%")
        assert f"w{i}3" in data[4] and f"w{i}4" not in data[4], "the best three"
    assert all(data[4] == "" for data in surprisal_strip({"one": frame}).data[0].customdata)


def test_a_chosen_token_is_marked_and_in_view() -> None:
    long = surprisals(300)
    figure = surprisal_strip(long, chosen=250)
    low, high = figure.layout.xaxis.range
    assert low < 250 < high and high - low <= 41
    (mark,) = figure.layout.shapes
    assert mark.x0 < 250 < mark.x1 and mark.line.color == style.ROLES["highlight"]
    assert surprisal_strip(long, chosen=5).layout.xaxis.range[0] < 0, "no reason to move on"
    assert surprisal_strip(long, chosen=299).layout.xaxis.range[1] < 300, "and none to show what is not there"
    assert not surprisal_strip(long).layout.shapes


@pytest.mark.parametrize(
    ("share", "text"), [(0, "0%"), (1e-7, "&lt; 0.01%"), (0.0012, "0.12%"), (0.123, "12.3%"), (1, "100.0%")]
)
def test_probabilities_as_labels(share: float, text: str) -> None:
    assert percent(share) == text
