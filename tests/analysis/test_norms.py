"""Norms against frequency: what is longer, rare words or frequent ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from reprlearn.analysis.norms import norm_table, norm_trend
from tests.analysis.conftest import MadeRun, two_matrices


def test_the_trend_is_spearmans_correlation() -> None:
    assert norm_trend(pd.DataFrame({"count": [1, 5, 9], "norm": [0.1, 0.2, 7.0]})) == pytest.approx(1)
    assert norm_trend(pd.DataFrame({"count": [1, 5, 9], "norm": [3.0, 2.0, 1.0]})) == pytest.approx(-1)
    assert np.isnan(norm_trend(pd.DataFrame({"count": [1, 5, 9], "norm": [3.0, 3.0, 3.0]})))
    draw = np.random.default_rng(0)
    table = pd.DataFrame({"count": draw.integers(1, 6, 80), "norm": draw.normal(size=80)})
    assert norm_trend(table) == pytest.approx(spearmanr(table["count"], table["norm"])[0])


def test_each_word_that_occurs_has_the_length_of_its_row(tmp_path: Path) -> None:
    run = MadeRun(two_matrices(), tmp_path)
    table = norm_table(run, "output")
    assert len(table) == 117 and table["count"].is_monotonic_decreasing
    row = table.iloc[20]
    assert row["norm"] == pytest.approx(np.sqrt((run.matrix("output")[row["word_id"]] ** 2).sum()))
    assert row["word"] == run.vocabulary.words[row["word_id"]]
