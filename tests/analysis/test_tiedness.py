"""How tied a run is: exactly, where it is; by the measures of its matrices, epoch by epoch, where it is not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reprlearn.analysis.agreement import IDENTICAL, MEASURES, agreement, run_agreement
from reprlearn.analysis.spectrum import effective_rank, mean_cosine
from reprlearn.analysis.tiedness import between, is_tied, shape_by_epoch, tiedness, tiedness_by_epoch
from reprlearn.runs import load
from tests.analysis.conftest import MadeRun, two_matrices


def with_snapshots(run: MadeRun, n_words: int = 60) -> MadeRun:
    """After epoch 0 the two matrices know nothing of one another, after epoch 1 the output is the input."""
    ids = np.arange(n_words, dtype=np.int32)
    first = {"word_ids": ids, "input": run.matrix("input")[ids].astype(np.float16)}
    start, end = first | {"output": run.matrix("output")[ids].astype(np.float16)}, first | {"output": first["input"]}
    run.__dict__["snapshots"] = {0: start, 1: end}
    return run


def test_each_epoch_is_measured_over_the_words_of_its_snapshot(tmp_path: Path) -> None:
    run = with_snapshots(MadeRun(two_matrices(), tmp_path))
    found = tiedness_by_epoch(run)
    assert found["epoch"].tolist() == [0, 1] and found["n_words"].tolist() == [60, 60]
    a, b = (run.snapshots[0][which].astype(np.float32) for which in ("input", "output"))
    assert found[list(MEASURES)].iloc[0].to_dict() == pytest.approx({name: agreement(a, b)[name] for name in MEASURES})
    assert found[list(MEASURES)].iloc[1].to_dict() == pytest.approx(IDENTICAL, abs=1e-5)
    one = tiedness_by_epoch(run, measures=["cka"])
    assert one.columns.tolist() == ["epoch", "n_words", "cka", "chance_cka"]
    assert one["cka"].to_numpy() == pytest.approx(found["cka"].to_numpy())


def test_the_shape_of_each_matrix_after_each_epoch(tmp_path: Path) -> None:
    run = with_snapshots(MadeRun(two_matrices(), tmp_path))
    found = shape_by_epoch(run)
    assert list(zip(found["epoch"], found["matrix"], strict=True)) == [
        (e, m) for e in (0, 1) for m in ("input", "output")
    ]
    start = run.snapshots[0]["output"].astype(np.float64)
    assert found["effective_rank_centred"].iloc[1] == pytest.approx(effective_rank(start, centred=True))
    assert found["mean_cosine"].iloc[1] == pytest.approx(mean_cosine(start))
    run.__dict__["snapshots"] = {}
    assert shape_by_epoch(run).empty


def test_a_tied_run_is_tied_by_identity(tmp_path: Path) -> None:
    shared = two_matrices()["input"]
    run = MadeRun({"input": shared, "output": shared}, tmp_path, tied=True)
    ids = np.arange(60, dtype=np.int32)
    run.__dict__["snapshots"] = {0: {"word_ids": ids, "input": shared[ids]}}
    assert is_tied(run) and tiedness(run) == IDENTICAL
    found = tiedness_by_epoch(run)
    assert found[list(MEASURES)].iloc[0].to_dict() == IDENTICAL
    assert np.isnan(found["chance_cka"].to_numpy()).all()


def test_runs_without_snapshots_or_output_matrix_have_no_epochs(tmp_path: Path) -> None:
    run = MadeRun(two_matrices(), tmp_path)
    run.__dict__["snapshots"] = {}
    assert tiedness_by_epoch(run).empty
    reads = MadeRun({"input": run.matrix("input")}, tmp_path)
    assert tiedness_by_epoch(reads).empty and not is_tied(reads)
    with pytest.raises(ValueError, match="output"):
        tiedness(reads)


def test_the_tied_matrix_is_held_against_both_matrices_of_the_untied(tmp_path: Path) -> None:
    untied = MadeRun(two_matrices(), tmp_path / "untied")
    turn = np.linalg.qr(np.random.default_rng(3).normal(size=(8, 8)))[0].astype(np.float32)
    shared = untied.matrix("output") @ turn
    tied = MadeRun({"input": shared, "output": shared}, tmp_path / "tied", tied=True)
    table = between([untied, tied])
    found = {row["matrix"]: row for row in table.to_dict("records")}
    assert found["output"]["knn_overlap"] == pytest.approx(1)
    assert found["input"]["knn_overlap"] < 0.2
    assert found["input"]["cka"] == pytest.approx(run_agreement(tied, "input", untied, "input")["cka"])
    assert between([untied]).empty and between([tied]).empty


def test_what_the_shipped_twins_say() -> None:
    """Training without tying brings the two matrices together, far from all the way; and the tied one is like the output."""
    untied, tied = load("lstm-untied"), load("lstm-tied")
    epochs = tiedness_by_epoch(untied, measures=["knn_overlap"])
    shared, chance = (epochs[name].to_numpy() for name in ("knn_overlap", "chance_knn_overlap"))
    assert shared[0] < 2 * chance[0]
    assert 0.05 < shared[-1] < 0.5
    found = {row["matrix"]: row["cka"] for row in between([untied, tied], ["cka"]).to_dict("records")}
    assert found["output"] > found["input"]
