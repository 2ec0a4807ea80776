from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from reprlearn.viz import candidate_map as module
from reprlearn.viz import style

candidate_map: Any = module.candidate_map


def test_the_word_and_its_nearest_are_marked_and_all_words_are_in_the_cloud(points: pd.DataFrame) -> None:
    figure = candidate_map(points, 7, [3, 9], title="x")
    cloud, nearest, word = figure.data
    own = points.set_index("word_id")
    assert (word.x[0], word.y[0]) == tuple(own.loc[7, ["x", "y"]]) and word.marker.color == style.ROLES["highlight"]
    assert list(nearest.text) == ["word3", "word9"] and list(word.text) == ["word7"]
    (low, high), (bottom, top) = figure.layout.xaxis.range, figure.layout.yaxis.range
    inside = points["x"].between(low, high) & points["y"].between(bottom, top)
    assert np.nansum(cloud.customdata) == inside.sum() and inside.mean() > 0.97
    assert not any("gl" in trace.type for trace in figure.data), "many of these stand on a page, WebGL has room for few"
    texts = [each.text for each in figure.layout.annotations]
    assert texts[-1] == "<b>word7</b>" and set(texts) <= {"word3", "word9", "<b>word7</b>"}


def test_a_word_on_an_island_far_off_is_in_view(points: pd.DataFrame) -> None:
    far = points.copy()
    far[["x", "y"]] = far[["x", "y"]].astype(float)
    far.loc[far["word_id"] == 5, ["x", "y"]] = [300.0, -200.0]
    figure = candidate_map(far, 5, [1])
    assert figure.layout.xaxis.range[1] > 300 and figure.layout.yaxis.range[0] < -200


def test_words_that_look_like_tags_are_words_and_a_missing_one_is_an_error(points: pd.DataFrame) -> None:
    figure = candidate_map(points, 0, [])
    assert figure.layout.annotations[0].text == "<b>&lt;unk&gt;</b>"
    with pytest.raises(ValueError, match="9999"):
        candidate_map(points, 9999, [1])
