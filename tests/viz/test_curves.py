from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from reprlearn.viz import curves as module
from reprlearn.viz import style

# Plotly's types do not know what a trace or an axis holds.
learning_curves: Any = module.learning_curves


def curves(last: float) -> pd.DataFrame:
    train = np.linspace(9, last - 0.2, 40)
    valid = np.where(np.arange(40) % 10 == 9, np.linspace(7, last, 40), np.nan)
    return pd.DataFrame({"tokens": np.arange(1, 41) * 50_000, "train_loss": train, "valid_loss": valid})


def test_validation_is_shown_as_perplexity_where_it_was_measured() -> None:
    frames = {"a": curves(4.6), "b": curves(4.5)}
    figure = learning_curves(frames, roles={"a": "untied", "b": "tied"})
    valid = [trace for trace in figure.data if "validation" in trace.name]
    np.testing.assert_allclose(valid[0].x, [0.5, 1.0, 1.5, 2.0])
    np.testing.assert_allclose(valid[1].y[-1], np.exp(4.5))
    assert [trace.line.color for trace in valid] == [style.ROLES["untied"], style.ROLES["tied"]]
    assert figure.layout.title.text == f"Best validation perplexity: b {np.exp(4.5):.1f}, a {np.exp(4.6):.1f}"
    assert figure.layout.yaxis.type == "log" and "perplexity" in figure.layout.yaxis.title.text


def test_runs_of_one_role_differ_in_dash_and_marker() -> None:
    figure = learning_curves({"a": curves(4.6), "b": curves(4.5)}, roles={"a": "tied", "b": "tied"})
    first, second = (trace for trace in figure.data if "validation" in trace.name)
    assert first.line.dash != second.line.dash and first.marker.symbol != second.marker.symbol


def test_a_training_just_begun_has_no_validation_yet() -> None:
    figure = learning_curves({"a": curves(4.6).iloc[:5]})
    assert len(figure.data) == 1 and figure.layout.title.text == "No validation yet"
    assert len(learning_curves({}).data) == 0


def test_a_model_whose_training_loss_is_not_known_has_its_validation_alone() -> None:
    own, peer = curves(4.6), curves(4.8).assign(train_loss=np.nan)
    figure = learning_curves({"own": own, "peer": peer})
    assert [trace.name for trace in figure.data] == ["own, training", "own, validation", "peer, validation"]


def test_a_level_that_others_reached_is_drawn_across_and_in_view() -> None:
    figure: Any = module.with_level(learning_curves({"own": curves(4.6)}), 30.0, "<b>others</b>")
    line = figure.data[-1]
    assert list(line.y) == [30.0, 30.0] and line.x[1] == 2.0, "as far as the curve goes"
    assert line.text[0] == "&lt;b&gt;others&lt;/b&gt;"
    low, high = figure.layout.yaxis.range
    assert low < np.log10(30.0) < np.exp(4.6) < 10**high
