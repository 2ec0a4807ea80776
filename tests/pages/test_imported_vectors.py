"""Vectors that were brought on the Embedding space page: without counts, sentences or a training, and with very many words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from reprlearn.analysis import leading_words
from reprlearn.data.vectors.recognise import recognise
from reprlearn.runs.imported import import_run
from reprlearn.ui.embedding_space import scene
from reprlearn.ui.text import t
from tests import vector_files as made
from tests.pages.opening import opened

N = 240


@pytest.fixture(autouse=True)
def _brought(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPRLEARN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("REPRLEARN_RUNS", str(tmp_path / "runs"))
    monkeypatch.setattr("reprlearn.runs.store.SHIPPED", tmp_path / "none")
    draw = np.random.default_rng(0)
    words = [f"w{i}" for i in range(N)]
    matrix = (np.repeat(draw.normal(size=(8, 6)) * 4, N // 8, axis=0) + draw.normal(size=(N, 6))).astype(np.float32)
    files = made.write(tmp_path / "files", {"v.txt": made.glove(words, matrix), "c.txt": made.glove(words, -matrix)})
    import_run(recognise(files[:1]), tmp_path / "runs" / "single")
    import_run(recognise(files), tmp_path / "runs" / "pair")


def visit(**query: Any) -> AppTest:
    at = opened("embedding_space", **query)
    assert not at.error
    return at


def said(at: AppTest) -> str:
    return "\n".join(each.value for each in (*at.markdown, *at.caption, *at.header, *at.subheader))


def test_what_is_not_known_of_vectors_is_not_asked(tmp_path: Path) -> None:
    at = visit(run="single", map="pca2", word="w7")
    assert t("embedding_space.title.tied.vectors", run="single") in said(at)
    assert "log_frequency" not in at.selectbox(key="colour").options and not at.select_slider
    assert not [each for each in at.button if each.key and each.key.startswith("sentences_")]
    assert list(at.dataframe[0].value.columns) == ["word", "cosine"] and len(at.dataframe[0].value) == 10
    assert t("embedding_space.shown.all", n=str(N)) in said(at)
    pair = visit(run="pair", matrix="output", map="pca2")
    assert t("embedding_space.title.output.vectors", run="pair") in said(pair)


def test_of_very_many_words_a_sample_is_drawn_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leading_words, "MAPPED_WORDS", 50)
    monkeypatch.setattr(scene, "MAX_POINTS", 50)
    at = visit(run="single", word="w200")
    values = {"n": "50", "n_in_band": str(N), "n_words": str(N)}
    assert t("embedding_space.shown.sampled.uncounted", **values) in said(at)
    assert t("embedding_space.computing.part.uncounted", n="20,000") in said(at), (
        "UMAP is made of the first ones when it is asked for"
    )
    assert len(at.dataframe[0].value) == 10, "neighbours are sought among all"
    assert {word for word in at.dataframe[0].value["word"]} <= {f"w{i}" for i in range(180, 210)}

    at = visit(run="single", other="pair", compare="true", map="pca2", word="w7")
    assert t("embedding_space.shown.shared", n="50", n_words=str(N)) not in said(at)
    assert any("100%" in each.value for each in at.markdown), "the same vectors keep all their neighbours"


def test_the_maps_command_leaves_the_table_of_neighbours_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reprlearn.analysis import layouts
    from reprlearn.analysis.projection import Layout
    from reprlearn.runs import Run

    monkeypatch.setattr(leading_words, "MAPPED_WORDS", 50)
    run, real = Run(tmp_path / "runs" / "single"), layouts.compute

    def compute(run: Run, which: str, config: Any, **how: Any) -> Layout:
        import dataclasses

        layout = real(run, which, dataclasses.replace(config, method="pca"), **how)
        return dataclasses.replace(layout, config=config)

    monkeypatch.setattr(layouts, "compute", compute)  # UMAP takes half a minute to start
    lines = list(layouts.store_maps(run))
    assert "no table of neighbours for 240 words" in lines[0]
    assert sorted(file.name for file in run.maps_folder.iterdir()) == [
        "input-umap-2d.parquet", "input-umap-3d.parquet", "input-words.parquet"
    ]  # fmt: skip
