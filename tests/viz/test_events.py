from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from reprlearn.viz import events, style
from reprlearn.viz.text import percent

# Plotly's types do not know what a trace or an axis holds.
next_type_bars: Any = events.next_type_bars


def distribution(n: int = 30, true: int | None = 2, moved: bool = True) -> pd.DataFrame:
    """As `next_types` gives it: probabilities fall with the id; moved, type 4 comes first."""
    p = np.arange(n, 0, -1.0) ** 2
    q = p.copy()
    if moved:
        q[4] *= 3
    p, q = p / p.sum(), q / q.sum()
    ranks = np.empty(n, dtype=int)
    ranks[np.argsort(-q, kind="stable")] = np.arange(1, n + 1)
    return pd.DataFrame(
        {
            "rank": np.arange(1, n + 1), "type_id": np.arange(n), "type": [f"T{i}" for i in range(n)],
            "label": [f"Town {i}" for i in range(n)], "word": ["<b>&", *(f"Town {i} (T{i})" for i in range(1, n))],
            "probability": p, "moved_probability": q, "moved_rank": ranks, "is_true": np.arange(n) == (-1 if true is None else true),
        }
    )  # fmt: skip


def test_before_and_after_stand_side_by_side_with_their_numbers() -> None:
    frame = distribution()
    before, after = next_type_bars(frame, k=5).data
    order = frame[["probability", "moved_probability"]].max(axis=1).sort_values(ascending=False).index[:5]
    assert list(before.x) == frame.loc[order, "probability"].tolist()
    assert list(after.x) == frame.loc[order, "moved_probability"].tolist()
    assert list(before.y) == list(after.y) == [0, 1, 2, 3, 4]
    assert list(after.text) == [percent(value) for value in after.x]
    assert (before.marker.color, after.marker.color) == (style.ROLES["neutral"], style.ROLES["highlight"])


def test_one_set_of_bars_when_nothing_moved() -> None:
    figure = next_type_bars(distribution(moved=False))
    assert len(figure.data) == 1 and not figure.layout.showlegend


def test_what_came_next_is_marked_wherever_it_ranks() -> None:
    among = next_type_bars(distribution(true=2), k=5)
    assert len(among.data[0].x) == 5
    label = next(text for text in among.layout.yaxis.ticktext if "came next" in text)
    assert label == "<b>Town 2 (T2)</b><br><i>came next, rank 3 → 4</i>"
    below = next_type_bars(distribution(true=20), k=5)
    assert len(below.data[0].x) == 6 and "came next, rank 21<" in below.layout.yaxis.ticktext[-1]
    assert below.layout.yaxis.tickvals[-1] > 5, "set off from the top: there are others between"
    assert not any("came next" in text for text in next_type_bars(distribution(true=None)).layout.yaxis.ticktext)


def test_the_title_is_what_the_figures_say() -> None:
    def said(frame: pd.DataFrame) -> tuple[str, str]:
        title = next_type_bars(frame).layout.title
        return title.text, title.subtitle.text

    still = distribution(true=0, moved=False)
    first = percent(still["probability"].iloc[0])
    assert said(still) == (f"&lt;b&gt;&amp; is expected next ({first})", "and it came")
    third = percent(still["probability"].iloc[2])
    assert said(distribution(true=2, moved=False))[1] == f"Town 2 (T2) came: rank 3 ({third})"
    assert said(distribution(true=None, moved=False))[1] == "nothing came: the sequence ends here"
    moved = distribution()
    before, after = (percent(moved.loc[4, column]) for column in ("probability", "moved_probability"))
    assert said(moved) == (f"Town 4 (T4) rises from {before} to {after}", "and becomes the first guess")
    back = moved.rename(columns={"probability": "moved_probability", "moved_probability": "probability"})
    back = back.sort_values("probability", ascending=False)
    assert said(back)[0] == f"Town 4 (T4) falls from {after} to {before}"
    assert said(back)[1].startswith("&lt;b&gt;&amp; becomes the first guess (")
    assert next_type_bars(moved, title="Titel").layout.title.text == "Titel"


def test_no_name_is_read_as_html() -> None:
    figure = next_type_bars(distribution(true=0))
    texts = [*figure.layout.yaxis.ticktext, *figure.data[0].customdata[:, 0], figure.layout.title.text]
    assert any("&lt;b&gt;&amp;" in text for text in texts)
    assert all("<b>&" not in str(text).replace("<b>&lt;", "") for text in texts)


def test_long_names_are_cut_between_words_and_keep_their_code() -> None:
    assert events.short("Los Angeles Intl (LAX)") == "Los Angeles Intl (LAX)"
    assert events.short("Hartsfield Jackson Atlanta Intl (ATL)", 28) == "Hartsfield Jackson… (ATL)"
    assert events.short("x" * 40, 10) == "x" * 9 + "…"
    assert events.short("<" * 40, 10) == "&lt;" * 9 + "…", "cut first, escaped then"
    for most in (12, 20, 28):
        assert len(events.short("Fort Lauderdale Hollywood Intl (FLL)", most)) <= most
