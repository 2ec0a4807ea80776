from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from reprlearn.viz import places

# Plotly's types do not know what a trace or an axis holds.
distance_figure: Any = places.distance_figure


def pairs(n: int = 600) -> pd.DataFrame:
    draw = np.random.default_rng(0)
    km = draw.uniform(100, 4000, n)
    return pd.DataFrame({"a": "<b>A", "b": "B & C", "km": km, "cosine_distance": km / 4000 + draw.normal(0, 0.05, n)})


def test_every_pair_is_a_point_and_the_medians_follow_them() -> None:
    figure = distance_figure(pairs(), correlation=0.97, p_value=0.001)
    points, medians = figure.data
    assert len(points.x) == 600 and points.text[0] == "&lt;b&gt;A – B &amp; C"
    np.testing.assert_allclose(medians.y, np.asarray(medians.x) / 4000, atol=0.04)
    assert list(medians.x) == sorted(medians.x) and len(medians.x) == 12
    assert (np.asarray(medians.error_y.array) > 0).all() and (np.asarray(medians.error_y.arrayminus) > 0).all()


@pytest.mark.parametrize(
    ("correlation", "p_value", "finding"),
    [
        (0.5, 0.001, "Near places have near vectors"),
        (0.2, 0.001, "Near places tend to have nearer vectors"),
        (0.05, 0.01, "Only a trace of geography in the vectors"),
        (0.2, 0.3, "No geography to be seen in the vectors"),
        (-0.4, 0.999, "No geography to be seen in the vectors"),
    ],
)
def test_the_title_claims_no_more_than_the_test_bears(correlation: float, p_value: float, finding: str) -> None:
    title = distance_figure(pairs(), correlation=correlation, p_value=p_value).layout.title
    assert title.text == finding
    assert f"{correlation:.2f}".replace("-", "−") in title.subtitle.text and "600 pairs" in title.subtitle.text


def test_a_handful_of_pairs_is_a_figure_too() -> None:
    assert len(distance_figure(pairs(3), correlation=1.0, p_value=0.2).data[1].x) == 3
