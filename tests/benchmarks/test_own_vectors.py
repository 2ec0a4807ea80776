"""The benchmark's files are such as a user could have, and hold the same vectors in each format."""

from pathlib import Path

import numpy as np

from benchmarks.own_vectors import import_command, write_files
from reprlearn.__main__ import main
from reprlearn.runs import Run


def test_each_file_becomes_the_same_run(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("REPRLEARN_RUNS", str(tmp_path / "runs"))
    write_files(tmp_path, n_words=300, width=10)
    matrices = []
    for name in ("glove", "word2vec", "npy"):
        assert main(import_command(tmp_path, name)[2:]) == 0
        run = Run(tmp_path / "runs" / name)
        assert run.vocabulary.words[7] == "word7" and len(run.vocabulary) == 300
        matrices.append(run.matrix("input"))
    assert matrices[0].shape == (300, 10) and len(np.unique(matrices[0], axis=0)) > 290
    assert np.array_equal(matrices[1], matrices[2]) and np.allclose(matrices[0], matrices[2], atol=1e-6)
