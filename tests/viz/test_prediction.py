from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from reprlearn.viz import prediction, style
from reprlearn.viz.text import percent


def distribution(**probabilities: float) -> pd.DataFrame:
    frame = pd.DataFrame({"word": list(probabilities), "probability": list(probabilities.values())})
    return frame.sort_values("probability", ascending=False, ignore_index=True)


A = distribution(film=0.5, movie=0.3, plot=0.15, end=0.05)
B = distribution(movie=0.6, film=0.2, end=0.15, plot=0.05)
# Plotly's types do not know what a trace or an axis holds.
next_token_bars: Any = prediction.next_token_bars
surprisal_strip: Any = prediction.surprisal_strip
ROLES = {"one": "untied", "two": "tied"}


def test_models_are_aligned_by_word() -> None:
    figure = next_token_bars({"one": A, "two": B}, roles=ROLES, k=3)
    rows = ["movie", "film", "plot"]  # the largest probability in either model, ties as the first model lists them
    assert list(figure.layout.yaxis.ticktext) == rows
    for trace, frame in zip(figure.data, (A, B), strict=True):
        assert list(trace.x) == frame.set_index("word").loc[rows, "probability"].tolist()
        assert list(trace.text) == [percent(value) for value in trace.x]
    assert [trace.marker.color for trace in figure.data] == [style.ROLES["untied"], style.ROLES["tied"]]
    assert figure.layout.yaxis.autorange == "reversed", "the first row is on top"


def test_a_chosen_word_is_shown_below_the_top() -> None:
    figure = next_token_bars({"one": A, "two": B}, k=2, chosen="end")
    assert list(figure.layout.yaxis.ticktext) == ["movie", "film", "<b>end</b>"]
    assert len(next_token_bars(A, k=2, chosen="film").data[0].x) == 2
    assert len(next_token_bars(A, k=2, chosen="nowhere").data[0].x) == 2


def test_the_title_is_what_the_figures_say() -> None:
    assert next_token_bars(A).layout.title.text == "“film” is expected most (50.0%)"
    assert next_token_bars({"one": A, "two": A}).layout.title.text == "Both expect “film” most (50.0% and 50.0%)"
    title = next_token_bars({"one": A, "two": B}).layout.title.text
    assert title == "one expects “film” (50.0%), two expects “movie” (60.0%)"
    assert next_token_bars(A, title="Titel").layout.title.text == "Titel"


def test_filtered_words_have_no_bar_in_what_is_sampled_from() -> None:
    frame = A.assign(sampling_probability=[0.7, 0.3, 0, 0])
    trace = next_token_bars(frame, column="sampling_probability").data[0]
    assert list(trace.x) == [0.7, 0.3, 0, 0] and trace.text[-1] == "0%"


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
    beside = [next_token_bars({name: A}, roles=roles).data[0].marker for name in roles]
    together = next_token_bars({name: A for name in roles}, roles=roles).data
    strip = surprisal_strip({name: surprisals(8) for name in roles}, roles=roles).data
    for first, second, other in (beside, [trace.marker for trace in together], [trace.marker for trace in strip[:3]]):
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


@pytest.mark.parametrize(
    ("share", "text"), [(0, "0%"), (1e-7, "&lt; 0.01%"), (0.0012, "0.12%"), (0.123, "12.3%"), (1, "100.0%")]
)
def test_probabilities_as_labels(share: float, text: str) -> None:
    assert percent(share) == text
