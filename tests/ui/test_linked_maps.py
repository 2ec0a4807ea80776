"""What the maps component sends to the browser, and what it makes of what comes back."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
import pandas as pd
import plotly.offline
import pytest
from streamlit.testing.v1 import AppTest

from reprlearn.ui.linked_maps import MAX_POINTS, MapEvent, linked_maps
from reprlearn.ui.linked_maps.component import point_ids
from reprlearn.ui.linked_maps.serving import FRONTEND
from reprlearn.viz.maps import word_map


def words(n: int, seed: int = 0) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "word_id": np.arange(n, dtype=np.int32),
            "word": [f"word{i}" for i in range(n)],
            "x": draw.normal(size=n).astype(np.float32),
            "y": draw.normal(size=n).astype(np.float32),
            "count": np.arange(n, 0, -1),
            "norm": draw.random(n),
            "log_frequency": np.log10(np.arange(n, 0, -1)),
        }
    )


def script(n: int, options: dict) -> None:
    """A page with one map, and what it returned for the test to read."""
    import streamlit as st

    from reprlearn.ui.linked_maps import linked_maps
    from reprlearn.viz.maps import word_map
    from tests.ui.test_linked_maps import words

    points = words(n)
    if st.session_state.get("depth"):
        points["z"] = points["x"]
    figure = word_map(points, colour=st.session_state.get("colour", "norm"))
    st.session_state["event"] = linked_maps([figure], key="maps", **{**options, **st.session_state.get("options", {})})


def app(n: int = 50, **options: Any) -> AppTest:
    at = AppTest.from_function(script, args=(n, options), default_timeout=30).run()
    assert not at.exception
    return at


def sent(at: AppTest) -> dict[str, Any]:
    return json.loads(at.get("bidi_component")[0].proto.json)


def event(at: AppTest) -> MapEvent:
    found = at.session_state["event"]
    return MapEvent(found.selected, found.clicked)


def test_ten_thousand_points_do_not_travel_with_a_rerun() -> None:
    at = app(10_000, highlight=list(range(11)))
    proto = at.get("bidi_component")[0].proto
    assert len(proto.SerializeToString()) < 4_000
    assert len(str(word_map(words(10_000), colour="norm").to_json())) < 400_000


def test_a_colour_is_another_file_of_the_same_view_and_a_highlight_is_no_other_file() -> None:
    at = app()
    first = sent(at)["figures"][0]
    at.session_state["options"] = {"highlight": [3, 4]}
    assert sent(at.run())["figures"][0] == first
    assert sent(at)["highlight"] == [3, 4]
    at.session_state["colour"] = "log_frequency"
    other = sent(at.run())["figures"][0]
    assert other["url"] != first["url"] and other["revision"] == first["revision"]


def test_the_browser_is_told_which_plotly_a_map_needs() -> None:
    at = app(5)
    assert sent(at)["is3d"] is False
    at.session_state["depth"] = True
    assert sent(at.run())["is3d"] is True


def test_only_ids_of_the_map_are_believed() -> None:
    at = app(50)
    for ids in ([3, 49, 50, -1, 2**40, "7", None, 3], "12", {"1": 2}, None):
        at.session_state["maps"] = {"selected": {"ids": ids, "nonce": 0}}
        assert event(at.run()).selected == ((3, 49) if isinstance(ids, list) else ())
    at.session_state["maps"] = {"selected": "nonsense"}
    assert event(at.run()).selected == ()


def test_a_command_selects_once_and_the_visitor_has_the_last_word() -> None:
    at = app(50)
    at.session_state["options"] = {"selected": [5, 6]}
    assert event(at.run()).selected == (5, 6)
    nonce = sent(at)["command"]["nonce"]
    at.session_state["maps"] = {"selected": {"ids": [9], "nonce": nonce}}
    assert event(at.run()).selected == (9,), "the visitor selected after the command"
    assert sent(at)["command"]["nonce"] == nonce, "the same command does not act again"
    at.session_state["options"] = {"selected": []}
    assert event(at.run()).selected == (), "a report from before the command does not undo it"


def test_one_or_two_figures_of_bounded_size() -> None:
    small = word_map(words(5), colour="norm")
    with pytest.raises(ValueError, match="one or two"):
        linked_maps([small] * 3, key="three")
    with pytest.raises(ValueError, match="sample"):
        linked_maps([word_map(words(MAX_POINTS + 1), colour="norm")], key="large")
    assert sorted(point_ids(small)) == [0, 1, 2, 3, 4]


def test_the_bundle_for_2d_maps_is_of_the_installed_plotly() -> None:
    """A figure is written by the plotly package and drawn by the bundle: after an upgrade, run build_plotly_2d.sh."""
    bundle = (FRONTEND / "plotly-2d.min.js").read_text(encoding="utf-8")
    version = plotly.offline.get_plotlyjs_version()
    assert re.findall(r"v(\d+\.\d+\.\d+)", bundle[:300]) == [version]
    assert f'version="{version}"' in bundle, "what it says in its header is what is in it"
    assert "Licensed under the MIT license" in bundle[:300]
    assert len(bundle) < len(plotly.offline.get_plotlyjs()) / 3
