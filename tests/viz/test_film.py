"""The film as drawn: every frame shows its own places, and the second film keeps step with the first."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from reprlearn.viz.film import Reel, film_figure

WORDS = ["good", "bad", "<b>film</b>"]


def reel(name: str, epochs: list[float], role: str = "untied", named: tuple[str, ...] = ()) -> Reel:
    rng = np.random.default_rng(len(epochs))
    points = pd.concat(
        [
            pd.DataFrame(
                {"epoch": epoch, "word": WORDS, "group": [0, 1, 1], "x": rng.normal(size=3), "y": rng.normal(size=3)}
            )
            for epoch in epochs
        ],
        ignore_index=True,
    )
    along = pd.DataFrame(
        {"epoch": epochs, "perplexity": [np.nan, *(100.0 / (1 + i) for i in range(1, len(epochs)))], "tied": 1.0}
    )
    return Reel(name, role, points, along, named)


def xs(trace: Any) -> list[float]:
    return np.asarray(trace.x, dtype=np.float64).tolist()


def test_every_frame_shows_the_words_where_they_were():
    one = reel("a", [0.0, 0.5, 1.0], named=("bad", "unheard-of"))
    figure: Any = film_figure([one], title="t")
    assert [frame.name for frame in figure.frames] == ["0", "0.5", "1"]
    for frame, epoch in zip(figure.frames, one.epochs, strict=True):
        words = one.points.loc[one.points["epoch"] == epoch]
        np.testing.assert_allclose(xs(frame.data[0]), words["x"], rtol=1e-6)
        np.testing.assert_allclose(xs(frame.data[1]), words.loc[words["word"] == "bad", "x"], rtol=1e-6)
        assert xs(frame.data[-1]) == [epoch]
        # A frame goes to the traces it belongs to: words to words, heads to heads.
        for trace, at in zip(frame.data, frame.traces, strict=True):
            assert len(trace.x) == len(figure.data[at].x)
    assert [step.args[0][0] for step in figure.layout.sliders[0].steps] == [frame.name for frame in figure.frames]


def test_it_opens_on_the_last_frame():
    figure: Any = film_figure([reel("a", [0.0, 1.0])], title="t")
    assert xs(figure.data[0]) == xs(figure.frames[-1].data[0]) != xs(figure.frames[0].data[0])
    assert figure.layout.sliders[0].active == len(figure.frames) - 1


def test_the_second_film_keeps_step_though_its_snapshots_are_others():
    first, second = reel("a", [0.0, 1.0, 2.0]), reel("b", [0.0, 0.9, 1.4, 2.1], "tied")
    figure: Any = film_figure([first, second], title="t")
    shown = [xs(frame.data[2]) for frame in figure.frames]
    for x, epoch in zip(shown, (0.0, 0.9, 2.1), strict=True):
        np.testing.assert_allclose(x, second.points.loc[second.points["epoch"] == epoch, "x"], rtol=1e-6)
    assert xs(figure.frames[1].data[-1]) == [1.0, 0.9]


def test_words_and_names_cannot_be_markup():
    figure: Any = film_figure([reel("<i>run</i>", [0.0, 1.0], named=("<b>film</b>",))], title="t")
    assert "<b>" not in "".join(figure.data[0].text) + "".join(figure.data[1].text)
    assert "<i>" not in figure.layout.annotations[0].text


def test_one_film_or_two():
    for n in (0, 3):
        with pytest.raises(ValueError, match=f"however: {n}"):
            film_figure([reel("a", [0.0, 1.0])] * n, title="t")
