"""The Embedding space page, as a visitor uses it, without a browser."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from reprlearn.analysis.projection import Layout, ProjectionConfig
from reprlearn.analysis.reduction import OnProgress
from reprlearn.runs import Run
from reprlearn.ui.embedding_space import panels
from reprlearn.ui.embedding_space.search import close_words
from reprlearn.ui.text import as_text, t
from tests.mapped_runs import TRUST, write_mapped_runs
from tests.pages.opening import APP, opened

PAGE = "pages/embedding_space.py"
N_WORDS = 240
Visit = Callable[..., AppTest]


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_mapped_runs(tmp_path_factory.mktemp("mapped"), N_WORDS)


@pytest.fixture
def visit(mapped: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Visit:
    monkeypatch.setenv("REPRLEARN_RUNS", str(mapped))
    monkeypatch.setenv("REPRLEARN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("reprlearn.runs.store.SHIPPED", tmp_path / "none")

    def open_page(**query: str | list[str]) -> AppTest:
        return opened("embedding_space", **{"run": "demo-untied", "other": "demo-tied", **query})

    return open_page


def said(at: AppTest) -> str:
    return "\n".join(
        each.value for each in (*at.header, *at.subheader, *at.markdown, *at.caption, *at.warning, *at.info)
    )


def table(at: AppTest, *columns: str) -> pd.DataFrame:
    found = [each.value for each in at.dataframe if set(columns) <= set(each.value.columns)]
    assert found, f"no table with {columns}"
    return found[0]


def test_the_neighbours_are_those_of_the_full_vectors(visit: Visit, mapped: Path) -> None:
    matrix = Run(mapped / "demo-untied").matrix("output")
    units = matrix / np.linalg.norm(matrix, axis=1, keepdims=True)
    cosines = units @ units[17]
    cosines[17] = -2
    best = np.argsort(-cosines)[:10]
    at = visit(word="w17", matrix="output")
    frame = table(at, "word", "cosine")
    assert frame["word"].tolist() == [f"w{i}" if i > 1 else ("<unk>", "<eos>")[i] for i in best]
    assert frame["cosine"].to_numpy() == pytest.approx(cosines[best], abs=1e-4)


def test_an_unknown_word_is_answered_with_near_spellings(visit: Visit) -> None:
    at = visit(word="w1717")
    assert t("embedding_space.unknown", word="w1717", n_words=str(N_WORDS), run=as_text("demo-untied")) in said(at)
    assert "w171" in [button.label for button in at.button]


def test_of_near_spellings_the_frequent_word_comes_first() -> None:
    words = ("film", "slim", "limp", "limb", "liam", "flam", "flimsy")
    run = SimpleNamespace(
        vocabulary=SimpleNamespace(words=words), card=SimpleNamespace(corpus=SimpleNamespace(kind="text"))
    )
    assert close_words.__wrapped__(None, run, "flim")[:2] == ["flimsy", "film"]  # type: ignore[attr-defined]


def test_a_tied_run_is_said_to_have_one_matrix(visit: Visit) -> None:
    at = visit(run="demo-tied")
    assert at.header[0].value == t("embedding_space.title.tied", run=as_text("demo-tied"))
    assert "matrix" not in [each.key for each in at.get("button_group")]


def test_values_that_mean_nothing_become_defaults_and_are_named(visit: Visit) -> None:
    evil = "<script>alert(1)</script>"
    at = visit(
        map=evil, colour="overlap; drop", band=["-5", "x"], compare="perhaps", word="w5", n_neighbors="1e9", seed="nan"
    )
    assert as_text(f"map={evil}") in at.warning[0].value
    assert at.selectbox(key="map").value == "umap2" and at.selectbox(key="colour").value == "cluster"
    assert len(table(at, "word", "cosine")) == 10


def test_the_selected_words_are_listed_by_frequency(visit: Visit) -> None:
    at = visit()
    at.session_state["maps"] = {"selected": {"ids": [40, 7, 12, 9999, "x"], "nonce": 0}}
    at.run()
    assert not at.exception
    assert table(at, "word", "cluster_label")["word"].tolist() == ["w7", "w12", "w40"]


def test_trustworthiness_and_the_number_of_words_are_said(visit: Visit, mapped: Path) -> None:
    at = visit()
    assert t("embedding_space.trust.good", score=f"{TRUST:.2f}") in said(at)
    assert t("embedding_space.shown.all", n=str(N_WORDS)) in said(at)
    some = visit(band=["10", "300"])
    counts = Run(mapped / "demo-untied").vocabulary.counts
    n = int(((counts >= 10) & (counts <= 300)).sum())
    assert 0 < n < N_WORDS
    assert t("embedding_space.shown.band", n=str(n), n_words=str(N_WORDS), n_in_band=str(n)) in said(some)


def test_comparing_ranks_words_by_how_much_their_neighbours_changed(visit: Visit) -> None:
    at = visit(compare="true", word="w17", colour="overlap")
    frame = table(at, "word", "overlap", "neighbours_a")
    assert frame["overlap"].is_monotonic_increasing and len(frame) == N_WORDS
    row = frame.set_index("word").loc["w17"]
    a, b = (set(row[f"neighbours_{side}"].split(", ")) for side in "ab")
    assert row["overlap"] == pytest.approx(len(a & b) / len(a | b))
    assert sum("cosine" in each.value for each in at.dataframe) == 2


def test_other_parameters_start_nothing_until_told_to(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple] = []
    drawn: list[object] = []
    how = panels.selection  # the last thing of the page
    monkeypatch.setattr(panels, "selection", lambda *arguments: (drawn.append(1), how(*arguments)))

    def compute(run: Run, which: str, config: ProjectionConfig, on_progress: OnProgress, init: object = None) -> Layout:
        asked.append((run.name, which, config.n_neighbors, config.min_dist))
        assert drawn, "the page is there while the map is made"
        on_progress("umap", 0.5)
        matrix = run.matrix(which)
        points = pd.DataFrame({"word_id": np.arange(len(matrix), dtype=np.int32), "x": matrix[:, 2], "y": matrix[:, 3]})
        return Layout(points, config, 0.5)

    monkeypatch.setattr("reprlearn.analysis.projection.compute", compute)
    at = visit(n_neighbors="42")
    assert asked == []
    assert t("embedding_space.trust.good", score=f"{TRUST:.2f}") in said(at), "the stored map stands in"
    drawn.clear()
    at.button(key="compute_map").click().run()
    assert not at.exception
    assert asked == [("demo-untied", "input", 42, 0.1)]
    assert t("embedding_space.trust.low", score="0.50") in said(at)
    again = visit(n_neighbors="42")
    assert asked == [("demo-untied", "input", 42, 0.1)], "computed once, it is read from the disk"
    assert t("embedding_space.trust.low", score="0.50") in said(again)


def test_showing_a_stored_map_imports_no_umap_and_no_torch(mapped: Path, tmp_path: Path) -> None:
    script = f"""
import sys
from streamlit.testing.v1 import AppTest
at = AppTest.from_file({APP!r}, default_timeout=60)
at.switch_page({PAGE!r})
at.query_params["run"] = "demo-untied"
at.query_params["word"] = "w17"
at.query_params["compare"] = "true"
at.run()
assert not at.exception, at.exception
heavy = {{"umap", "numba", "pynndescent", "torch", "sklearn"}} & set(sys.modules)
assert not heavy, heavy
"""
    environment = {**os.environ, "REPRLEARN_RUNS": str(mapped), "REPRLEARN_CACHE": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(APP).parent,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-1500:]


def test_words_are_emphasised_and_the_rest_of_a_sentence_is_text() -> None:
    from reprlearn.ui.embedding_space.sentences import emphasised

    assert emphasised("Red, *green* and reddish", ("red", "green")) == r"**Red**, \***green**\* and reddish"
