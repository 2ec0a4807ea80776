from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from reprlearn.analysis.export import csv, projector_tsv, word2vec_text, write_export
from tests.analysis.conftest import MadeRun

HOSTILE = [
    "<unk>",
    "<eos>",
    "plain",
    "a\tb",
    "a_b",
    "line\nbreak",
    "=1+1",
    "+7",
    "-x",
    "@cell",
    '"quoted"',
    "a,b",
    " ",
    "né",
    "'s",
]


@pytest.fixture
def hostile(tmp_path: Path) -> MadeRun:
    draw = np.random.default_rng(0)
    return MadeRun({"input": draw.normal(size=(len(HOSTILE), 4)).astype(np.float32)}, tmp_path, words=HOSTILE)


def test_gensim_reads_the_word2vec_text(hostile: MadeRun, tmp_path: Path) -> None:
    from gensim.models import KeyedVectors

    path = tmp_path / "vectors.txt"
    path.write_bytes(word2vec_text(hostile, "input"))
    loaded = KeyedVectors.load_word2vec_format(str(path), binary=False)
    assert len(loaded) == len(HOSTILE), "no word is lost, not even of two that look the same without white space"
    np.testing.assert_array_equal(loaded.vectors, hostile.matrix("input"))
    assert loaded.index_to_key[2] == "plain" and loaded.index_to_key[13] == "né"


def test_projector_files_have_a_row_a_word(hostile: MadeRun) -> None:
    vectors, metadata = (part.decode().split("\n") for part in projector_tsv(hostile, "input"))
    assert vectors[-1] == metadata[-1] == ""
    assert len(vectors) - 1 == len(metadata) - 2 == len(HOSTILE)
    assert metadata[0].split("\t") == ["word", "count", "norm", "cluster_label"]
    assert all(len(line.split("\t")) == 4 for line in [*vectors[:-1], *metadata[:-1]])
    read = np.array([[float(value) for value in line.split("\t")] for line in vectors[:-1]], dtype=np.float32)
    np.testing.assert_array_equal(read, hostile.matrix("input"))


def test_no_text_in_a_csv_runs_as_a_formula() -> None:
    frame = pd.DataFrame({"word": HOSTILE, "count": -np.arange(len(HOSTILE)), "known": True})
    content = csv(frame)
    read = pd.read_csv(io.BytesIO(content), encoding="utf-8-sig", keep_default_na=False)
    assert not read["word"].str.lstrip().str.startswith(("=", "+", "-", "@")).any()
    assert [word.removeprefix("'") for word in read["word"]] == [word.removeprefix("'") for word in HOSTILE]
    assert read["count"].tolist() == frame["count"].tolist(), "negative numbers stay numbers"


def test_vectors_as_csv(hostile: MadeRun, tmp_path: Path) -> None:
    (path,) = write_export(hostile, "csv", "input", tmp_path)
    read = pd.read_csv(path, encoding="utf-8-sig", keep_default_na=False)
    np.testing.assert_allclose(read[["v1", "v2", "v3", "v4"]], hostile.matrix("input"), rtol=1e-6)


@pytest.mark.parametrize(("to", "n_files"), [("word2vec", 1), ("projector", 2), ("csv", 1)])
def test_files_are_named_after_run_and_matrix(hostile: MadeRun, tmp_path: Path, to: str, n_files: int) -> None:
    paths = write_export(hostile, to, "input", tmp_path / "new" / "folder")
    assert len(paths) == n_files
    assert all(path.name.startswith("made-input") and path.stat().st_size > 100 for path in paths)


def test_an_unknown_format_is_named(hostile: MadeRun, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="'xlsx'"):
        write_export(hostile, "xlsx", "input", tmp_path)
