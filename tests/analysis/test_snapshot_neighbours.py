"""Neighbours while a model is trained: those of a naive count, from a run that is finished or is not."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from reprlearn.analysis.snapshot_neighbours import FAMILIAR, neighbourhoods, probe_words
from reprlearn.runs import Run

K = 5


def naive(matrix: np.ndarray, i: int) -> list[int]:
    rows = matrix.astype(np.float64)
    cosines = rows @ rows[i] / np.linalg.norm(rows, axis=1) / np.linalg.norm(rows[i])
    return [int(j) for j in np.argsort(-cosines) if j != i][:K]


def test_they_are_the_nearest_of_the_words_kept_after_each_snapshot(tiny_runs: Path) -> None:
    run = Run(tiny_runs / "tiny-tied")
    found = neighbourhoods(run.path, K)
    assert found is not None and found.epochs == tuple(run.snapshots) == (0.0, 1.0, 2.0, 3.0)
    assert list(found.words) == [run.vocabulary.words[i] for i in run.snapshots[0.0]["word_ids"]]
    for epoch, snapshot in run.snapshots.items():
        for i in (0, 7, 19):
            assert found.of(found.words[i], epoch) == [found.words[j] for j in naive(snapshot["input"], i)]


def test_what_is_kept_and_what_is_new_is_counted_word_by_word(tiny_runs: Path) -> None:
    found = neighbourhoods(tiny_runs / "tiny-tied", K)
    assert found is not None
    kept = found.kept().to_dict()
    for before, epoch in zip(found.epochs, found.epochs[1:], strict=False):
        common = [len(set(found.of(word, before)) & set(found.of(word, epoch))) for word in found.words]
        assert kept[epoch] == pytest.approx(np.mean(common))
    table = found.table(list(found.words))
    assert len(table) == len(found.words) * len(found.epochs) * K
    assert not table.loc[table["epoch"] == 0, "is_new"].to_numpy().any()
    new = table.loc[table["epoch"] == 3, "is_new"].to_numpy().sum()
    assert kept[3.0] == pytest.approx(K - new / len(found.words))


def test_the_level_of_guessing_is_the_entropy_of_the_training_counts(tiny_runs: Path) -> None:
    run = Run(tiny_runs / "tiny-untied")
    found = neighbourhoods(run.path)
    counts = run.vocabulary.counts[run.vocabulary.counts > 0].astype(float)
    shares = counts / counts.sum()
    assert found is not None and found.frequency_loss == pytest.approx(-(shares * np.log(shares)).sum())


def test_a_training_without_snapshots_yet_has_none(tmp_path: Path) -> None:
    assert neighbourhoods(tmp_path) is None


def test_a_file_that_is_being_written_is_an_error_and_no_crash(tiny_runs: Path, tmp_path: Path) -> None:
    shutil.copytree(tiny_runs / "tiny-tied", tmp_path / "run")
    words = tmp_path / "run" / "words.parquet"
    words.write_bytes(words.read_bytes()[:50])
    with pytest.raises(ValueError, match=r"words\.parquet"):
        neighbourhoods(tmp_path / "run")
    for file in (tmp_path / "run" / "snapshots").iterdir():
        file.write_bytes(b"")
    with pytest.raises(ValueError, match="snapshots"):
        neighbourhoods(tmp_path / "run")


def test_familiar_words_are_watched_first_and_others_where_there_are_none() -> None:
    assert probe_words([*map(str, range(50)), "she", "good"], 2) == ["good", "she"]
    assert "good" in FAMILIAR
    strange = ["<unk>", "<eos>", ",", *(f"word{i}" for i in range(100))]
    chosen = probe_words(strange)
    assert len(chosen) == 4 and not {"<unk>", "<eos>", ","} & set(chosen)
    assert probe_words(["<unk>", "<eos>"]) == [] and probe_words(["a"]) == ["a"]
