"""Scores of single tokens: those of a plain loop, once each, and stored so that nothing of weight is lost."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from reprlearn.analysis import scores
from reprlearn.analysis.prediction import _log_probabilities
from reprlearn.analysis.reference_neighbours import reference_neighbours
from reprlearn.runs import Run
from reprlearn.runs.store import SHIPPED


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPRLEARN_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def run(tiny_runs: Path, tmp_path: Path) -> Run:
    shutil.copytree(tiny_runs / "tiny-untied", tmp_path / "tiny-untied")
    return Run(tmp_path / "tiny-untied")


def naive(run: Run) -> pd.DataFrame:
    """Token by token, with all that came before read afresh by the code that the pages ask for predictions."""
    corpus: Any = run.recipe.data.load()
    near, stream = reference_neighbours(corpus), corpus.splits["valid"].astype(np.int64)
    before = np.concatenate([[corpus.vocabulary.end_id], stream[:-1]])
    rows = []
    for position, log_p in enumerate(np.concatenate(list(_log_probabilities(run.model, before)))):
        word = stream[position]
        ranks = [1 + int((log_p > log_p[i]).sum()) for i in near[word] if i >= 0]
        rows.append(
            {
                "position": position,
                "word_id": word,
                "log_probability": log_p[word],
                "rank": 1 + int((log_p > log_p[word]).sum()),
                "top_probability": np.exp(log_p.max()),
                "hit": log_p.argmax() == word,
                "neighbour_probability": sum(np.exp(log_p[i]) for i in near[word] if i >= 0) if ranks else np.nan,
                "neighbour_rank": np.median(ranks) if ranks else np.nan,
            }
        )
    return pd.DataFrame(rows)


def test_scores_are_those_of_a_plain_loop(run: Run) -> None:
    found, expected = scores.score_tokens(run), naive(run)
    assert 0 < found["neighbour_rank"].isna().to_numpy().sum() < len(found)
    pd.testing.assert_frame_equal(found, expected, check_dtype=False, rtol=1e-4, atol=1e-6)


def test_the_mean_loss_is_the_one_the_card_reports(run: Run) -> None:
    assert scores.summary(scores.score_tokens(run))["loss"] == pytest.approx(
        run.card.metrics["valid"]["loss"], rel=1e-4
    )


def test_what_is_stored_is_what_was_scored(run: Run) -> None:
    assert scores.stored_scores(run) is None and scores.stored_reference(run) is None
    path = scores.store_scores(run)
    stored, fresh = scores.stored_scores(run), scores.score_tokens(run)
    assert path == run.path / "scores" / "valid.parquet" and stored is not None
    pd.testing.assert_frame_equal(stored, fresh, rtol=2**-12)
    for exact in ("position", "word_id", "rank", "hit", "neighbour_rank"):
        np.testing.assert_array_equal(stored[exact].to_numpy(), fresh[exact].to_numpy())
    near = scores.stored_reference(run)
    assert near is not None
    corpus: Any = run.recipe.data.load()
    np.testing.assert_array_equal(near, reference_neighbours(corpus))


def test_scores_of_other_weights_do_not_count(run: Run, tiny_runs: Path) -> None:
    scores.store_scores(run)
    file = run.path / "weights.safetensors"
    changed = bytearray(file.read_bytes())
    changed[-1] ^= 1
    file.write_bytes(changed)
    assert scores.stored_scores(Run(run.path)) is None


def test_a_damaged_file_counts_as_none(run: Run) -> None:
    path = scores.store_scores(run)
    path.write_bytes(path.read_bytes()[:200])
    assert scores.stored_scores(run) is None


def test_data_that_changed_since_training_are_not_scored(run: Run) -> None:
    corpus = run.card.corpus.model_copy(update={"content_hash": "another"})
    run.card = run.card.model_copy(update={"corpus": corpus})
    with pytest.raises(ValueError, match="another content hash"):
        scores.score_tokens(run)


def test_a_run_that_predicts_no_words_is_refused(run: Run) -> None:
    run.card = run.card.model_copy(update={"capabilities": ["Embeds"]})
    with pytest.raises(ValueError, match="predicts no words"):
        scores.score_tokens(run)


SHIPPED_SCORED = [path.parent.parent.name for path in sorted(SHIPPED.glob("*/scores/valid.parquet"))]


@pytest.mark.parametrize("name", SHIPPED_SCORED)
def test_shipped_scores_belong_to_their_run_and_are_small(name: str) -> None:
    run = Run(SHIPPED / name)
    found = scores.stored_scores(run)
    assert found is not None and scores.stored_reference(run) is not None
    assert scores.summary(found)["loss"] == pytest.approx(run.card.metrics["valid"]["loss"], rel=1e-4)
    assert len(found) == run.card.corpus.n_tokens["valid"]
    assert (run.path / "scores" / "valid.parquet").stat().st_size <= 1.5 * 2**20


def test_the_twins_ship_with_scores() -> None:
    assert {"lstm-untied", "lstm-tied"} <= set(SHIPPED_SCORED)
