from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from reprlearn.viz.place_map import bulk_view, place_map


def places(longitude: list[float], latitude: list[float]) -> pd.DataFrame:
    n = len(longitude)
    return pd.DataFrame(
        {"word_id": np.arange(n), "word": [f"place {i}" for i in range(n)], "short": [f"<{i}>" for i in range(n)],
         "x": longitude, "y": latitude, "count": np.arange(n, 0, -1) * 100, "norm": np.ones(n)}
    )  # fmt: skip


COUNTRY = places(
    [-122, -118, -112, -105, -97, -95, -90, -87, -84, -80, -77, -71, -158],
    [47, 34, 33, 40, 33, 30, 35, 42, 34, 26, 39, 42, 21],
)


def test_a_degree_of_longitude_is_as_much_shorter_as_it_is_on_the_ground() -> None:
    figure: Any = place_map(places([0, 10, 20], [59, 60, 61]), colour="norm")
    drawn = figure.data[0]
    # At 60 degrees north a degree of longitude is half of one of latitude, and one unit is as long in x as in y.
    assert sorted(drawn.x) == pytest.approx([0, 5, 10]) and sorted(drawn.y) == [59, 60, 61]
    assert (figure.layout.yaxis.scaleanchor, figure.layout.yaxis.scaleratio) == ("x", 1)


def test_the_ticks_say_degrees_where_they_are() -> None:
    axis = (figure := place_map(COUNTRY, colour="norm")).layout.xaxis  # type: ignore[attr-defined]
    shrink = np.cos(np.radians(COUNTRY["y"].mean()))
    at = dict(zip(axis.ticktext, axis.tickvals, strict=True))
    assert at["100° W"] == pytest.approx(-100 * shrink) and axis.showticklabels
    assert "40° N" in figure.layout.yaxis.ticktext  # type: ignore[attr-defined]
    small: Any = place_map(places([-74.1, -74.0, -73.9], [40.6, 40.7, 40.8]), colour="norm")
    low, high = small.layout.yaxis.range
    assert sum(low <= tick <= high for tick in small.layout.yaxis.tickvals) >= 2, "a city has ticks too"


def test_an_island_far_off_does_not_shrink_the_country_and_is_counted() -> None:
    figure: Any = place_map(COUNTRY, colour="norm", outside_text="{n} far off")
    assert [note.text for note in figure.layout.annotations if note.name == "outside"] == ["1 far off"]
    low, high = figure.layout.xaxis.range
    x = np.sort(np.asarray(figure.data[0].x))
    assert x[0] < low < x[1] and x[-1] < high
    world = places(list(np.linspace(-170, 170, 30)), list(np.tile([-40, 0, 50], 10)))
    assert bulk_view(world)["x"][0] < -170, "places all over the globe are all in view"


def test_names_stand_on_the_map_as_text_and_where_they_have_room() -> None:
    crowd = places([0.0] * 20 + [40.0], [10.0] * 20 + [30.0])
    every: Any = place_map(crowd, colour="norm", every_name=True)
    assert len(every.layout.annotations) == 21 and every.layout.annotations[0].text == "&lt;0&gt;"
    some: Any = place_map(crowd, colour="norm")
    assert [note.text for note in some.layout.annotations] == ["&lt;0&gt;", "&lt;20&gt;"], (
        "of equal places the frequent one"
    )
