"""Runs are found, and whatever is no run is named with its reason and stops nothing."""

import json
import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from reprlearn.runs import RunError, find_runs, load, store

ROOT = Path(__file__).parents[2]


@pytest.fixture
def runs(tiny_runs, tmp_path, monkeypatch):
    """A copy of two good runs, alone in the store."""
    root = shutil.copytree(tiny_runs, tmp_path / "runs")
    monkeypatch.setattr(store, "SHIPPED", tmp_path / "none")
    monkeypatch.setenv("REPRLEARN_RUNS", str(root))
    return root


def broken_reason(folder: Path) -> str:
    """Why `folder` is broken, with the other run still found."""
    found, broken = find_runs()
    assert [entry.name for entry in broken] == [folder.name]
    assert len(found) >= 1
    with pytest.raises(RunError):
        load(folder.name)
    return broken[0].reason


def edit_card(folder: Path, **fields) -> None:
    path = folder / "card.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **fields}))


def test_good_runs_are_found_by_name_and_by_path(runs):
    found, broken = find_runs()
    assert [run.name for run in found] == ["tiny-tied", "tiny-untied"] and not broken
    assert load("tiny-tied").card == load(runs / "tiny-tied").card


def test_a_run_elsewhere_is_found_by_its_folder_as_it_was_named(runs, monkeypatch):
    (runs / "tiny-tied").rename(runs.parent / "demo")
    monkeypatch.chdir(runs.parent)
    assert load("demo").name == load("./demo").name == "demo"


@pytest.mark.parametrize("size", [0, 4, 100, -1])
def test_truncated_weights(runs, size):
    path = runs / "tiny-tied" / "weights.safetensors"
    path.write_bytes(path.read_bytes()[:size])
    reason = broken_reason(path.parent)
    assert "tiny-tied: weights.safetensors" in reason and ("truncated" in reason or "cut off" in reason)


def test_missing_weights(runs):
    (runs / "tiny-tied" / "weights.safetensors").unlink()
    assert broken_reason(runs / "tiny-tied") == "tiny-tied: weights.safetensors is missing"


def test_wrong_schema(runs):
    edit_card(runs / "tiny-tied", schema_version=99)
    assert "schema version 99" in broken_reason(runs / "tiny-tied")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{", "cannot be read"),
        ("[]", "schema version None"),
        ('{"schema_version": 1}', "field name"),
        ("\xff", "cannot be read"),
    ],
)
def test_broken_cards(runs, text, named):
    (runs / "tiny-tied" / "card.json").write_text(text, encoding="latin-1")
    assert named in broken_reason(runs / "tiny-tied")


def test_a_card_that_names_a_tensor_there_is_not(runs):
    edit_card(runs / "tiny-tied", matrices={"input": "embedding.weight", "output": "nowhere"})
    assert "no tensor 'nowhere'" in broken_reason(runs / "tiny-tied")


def test_a_foreign_folder_is_named(runs):
    (runs / "holiday pictures").mkdir()
    assert "not a run" in broken_reason(runs / "holiday pictures")


@pytest.mark.parametrize(
    "header",
    ["[]", "{}", '{"a": {}}', '{"a": {"data_offsets": [1], "shape": [1]}}', '{"a": 3}', "[" * 100_000],
)
def test_headers_that_are_none(runs, header):
    content = struct.pack("<Q", len(header)) + header.encode() + b"\0" * 64
    (runs / "tiny-tied" / "weights.safetensors").write_bytes(content)
    assert "tiny-tied: weights.safetensors is not a safetensors file" in broken_reason(runs / "tiny-tied")


def test_a_card_with_another_number_of_words_than_the_matrix(runs):
    corpus = json.loads((runs / "tiny-tied" / "card.json").read_text())["corpus"]
    edit_card(runs / "tiny-tied", corpus={**corpus, "n_words": 7})
    assert "the card names 7 words" in broken_reason(runs / "tiny-tied")


def test_a_card_with_a_loss_that_is_no_number(runs):
    edit_card(runs / "tiny-tied", metrics={"test": {"loss": float("nan")}})
    assert "metrics.test.loss" in broken_reason(runs / "tiny-tied")


def test_an_unfinished_training_is_named_with_what_to_do(runs):
    (runs / "tiny.partial").mkdir()
    assert "--resume" in broken_reason(runs / "tiny.partial")


def test_hidden_folders_and_files_are_passed_over(runs):
    (runs / ".cache").mkdir()
    (runs / "notes.txt").write_text("x")
    assert find_runs()[1] == []


def test_a_name_that_a_shipped_run_has_is_reported(runs, monkeypatch):
    monkeypatch.setattr(store, "SHIPPED", shutil.copytree(runs, runs.parent / "shipped"))
    found, broken = find_runs()
    assert len(found) == 2 and all("rename" in entry.reason for entry in broken)


@pytest.mark.parametrize("name", ["../runs/x", "..", ".", "", "no-such", "a/b", "\x00", "x" * 5000])
def test_names_that_are_no_runs(runs, name):
    with pytest.raises(RunError, match="there is no run"):
        load(name)


def test_matrices_are_read_only_and_need_no_model(runs):
    matrix = load("tiny-untied").matrix("input")
    assert matrix.dtype == np.float32
    with pytest.raises(ValueError, match="read-only"):
        matrix[0] = 1
    with pytest.raises(RunError, match="no matrix 'middle'"):
        load("tiny-untied").matrix("middle")


def test_finding_runs_imports_neither_torch_nor_pandas(runs):
    code = (
        "import sys; from reprlearn import find_runs; runs, _ = find_runs(); print(len(runs) >= 2, runs[0].card.n_parameters > 0);"
        "print([name for name in ('torch', 'pandas', 'numpy', 'streamlit') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout.split("\n")[:2] == ["True True", "[]"], done.stderr
