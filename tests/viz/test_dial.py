from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from reprlearn.viz import dial, style

target_bars: Any = dial.target_bars
loss_bars: Any = dial.loss_bars
SHARES = {"one_hot": [1.0, 0, 0], "soft": [0.5, 0.2, 0.01], "predicted": [0.1, 0.3, 0.2]}
TARGET = pd.DataFrame({"word": ["great", "<good>", "end"], **SHARES})
PARTS = {
    "plain": [2.0, 3.0],
    "divergence": [0.1, 0.0],
    "alpha": [5.0, 5.0],
    "augmented": [0.5, 0.0],
    "total": [2.5, 3.0],
}
LOSSES = pd.DataFrame({"run": ["one", "two"], **PARTS})


def test_three_targets_over_the_same_words() -> None:
    figure = target_bars(TARGET, role="tied", word="great")
    for trace, column in zip(figure.data, ("one_hot", "soft", "predicted"), strict=True):
        assert list(trace.x) == TARGET[column].tolist() and list(trace.y) == [0, 1, 2]
    assert list(figure.layout.yaxis.ticktext) == ["<b>great</b>", "&lt;good&gt;", "end"]
    assert figure.layout.xaxis2.range == figure.layout.xaxis3.range != figure.layout.xaxis.range
    assert figure.data[1].marker.color == style.ROLES["tied"]
    assert figure.data[0].text[1] == "", "what the one-hot gives nothing carries no number"


def test_the_parts_lie_end_to_end_and_the_sum_is_written() -> None:
    figure = loss_bars(LOSSES, roles={"one": "untied", "two": "untied"})
    parts = [trace for trace in figure.data if not trace.showlegend]
    assert figure.layout.barmode == "stack"
    assert [(trace.name, trace.x[0], trace.y[0]) for trace in parts] == [
        ("plain", 2.0, 0), ("plain", 3.0, 1), ("augmented", 0.5, 0), ("augmented", 0.0, 1)
    ]  # fmt: skip
    assert parts[2].text[0] == "2.00 + 0.50 = <b>2.50</b>" and parts[3].text[0] == "3.00 + 0.00 = <b>3.00</b>"
    assert parts[0].marker.color == style.ROLES["untied"] != parts[1].marker.color, "two of a role are told apart"
    assert parts[2].marker.pattern.shape and not parts[0].marker.pattern.shape
    assert [trace.name for trace in figure.data if trace.showlegend] == ["plain: −log p", "augmented: α × divergence"]


@pytest.mark.parametrize(
    ("share", "text"), [(0.000182, "0.0182%"), (0.5, "50%"), (1.0, "100%"), (1e-9, "&lt; 0.0001%"), (0.0, "0%")]
)
def test_shares_that_are_nearly_even_still_differ_in_print(share: float, text: str) -> None:
    assert dial.fine_percent(share) == text
