"""A film: frames hold still, what is said of them is what the snapshots hold, and two films in step move as wholes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from reprlearn.analysis import film as films
from reprlearn.analysis.neighbours import near_k, unit_rows
from reprlearn.analysis.reduction import principal_components
from reprlearn.analysis.tiedness import tiedness_by_epoch
from reprlearn.runs import Run

BOTH = [("tiny-untied", "input"), ("tiny-untied", "output"), ("tiny-tied", "input")]


def frame(film: films.Film, epoch: float) -> np.ndarray:
    return film.points.loc[film.points["epoch"] == epoch, ["x", "y"]].to_numpy(np.float64)


@pytest.mark.parametrize(("name", "which"), BOTH)
def test_the_projected_film_ends_in_the_map_of_its_words(tiny_runs: Path, name: str, which: str) -> None:
    run = Run(tiny_runs / name)
    film = films.film(run, which, "pca")
    assert film.epochs == list(run.snapshots)
    last = list(run.snapshots.values())[-1]
    np.testing.assert_allclose(frame(film, film.epochs[-1]), principal_components(last[which], 2)[0], atol=1e-3)
    assert 0 <= film.trustworthiness <= 1


def test_one_projection_serves_all_frames(tiny_runs: Path) -> None:
    # Where a word moves on the map is where it moved in the space, seen from the same side.
    run = Run(tiny_runs / "tiny-tied")
    film = films.film(run, "input", "pca")
    (first, a), (second, b) = list(run.snapshots.items())[:2]
    moved_in_space = b["input"].astype(np.float64) - a["input"]
    moved = frame(film, second) - frame(film, first)
    axes, *_ = np.linalg.lstsq(moved_in_space, moved, rcond=None)
    np.testing.assert_allclose(moved_in_space @ axes, moved, atol=1e-4)


@pytest.mark.parametrize(("name", "which"), BOTH)
def test_what_has_settled_is_counted_word_by_word(tiny_runs: Path, name: str, which: str) -> None:
    run = Run(tiny_runs / name)
    found = films.settled(run, which)
    matrices = [each[which].astype(np.float32) for each in run.snapshots.values()]
    k = near_k(len(matrices[0]))

    def near(matrix: np.ndarray, i: int) -> set[int]:
        cosines = unit_rows(matrix) @ unit_rows(matrix)[i]
        cosines[i] = -np.inf
        return set(np.argsort(-cosines, kind="stable")[:k].tolist())

    words = range(len(matrices[0]))
    naive = [np.mean([len(near(matrix, i) & near(matrices[-1], i)) / k for i in words]) for matrix in matrices]
    np.testing.assert_allclose(found["shared"], naive, atol=2e-3)
    assert found["shared"].iloc[-1] == 1
    half = films.half_settled(found)
    assert found.loc[found["epoch"] == half, "shared"].item() >= 0.5
    assert (found.loc[found["epoch"] < half, "shared"] < 0.5).all()


def test_what_goes_along_is_what_the_curves_and_snapshots_say(tiny_runs: Path) -> None:
    untied, tied = (Run(tiny_runs / name) for name in ("tiny-untied", "tiny-tied"))
    found = films.along(untied)
    expected = tiedness_by_epoch(untied, measures=["knn_overlap"])
    assert found["epoch"].tolist() == expected["epoch"].tolist()
    np.testing.assert_allclose(found["tied"], expected["knn_overlap"])
    assert np.isnan(found["perplexity"].iloc[0])
    smoothed = untied.curves["train_loss"].ewm(span=films.SMOOTHED_RECORDS).mean()
    assert found["perplexity"].iloc[-1] == pytest.approx(np.exp(smoothed.iloc[-1]))
    assert films.along(tied)["tied"].tolist() == [1.0] * len(tied.snapshots)


def test_a_training_that_ended_early_is_shown_at_its_own_epochs(tiny_runs: Path, tmp_path: Path) -> None:
    shutil.copytree(tiny_runs / "tiny-untied", tmp_path / "early")
    curves, card = (tmp_path / "early" / name for name in ("curves.parquet", "card.json"))
    written = json.loads(card.read_text())
    written["recipe"]["fit"]["epochs"] *= 4
    card.write_text(json.dumps(written))
    planned = pd.read_parquet(curves)
    planned.assign(total_steps=4 * planned["total_steps"]).to_parquet(curves)
    pd.testing.assert_frame_equal(films.along(Run(tmp_path / "early")), films.along(Run(tiny_runs / "tiny-untied")))


def test_a_film_in_step_is_moved_as_a_whole(tiny_runs: Path) -> None:
    film = films.film(Run(tiny_runs / "tiny-untied"), "input", "pca")
    turned = film.points.assign(x=5 - 3 * film.points["y"], y=2 + 3 * film.points["x"])
    back = films.in_step(films.Film(turned, "pca", film.trustworthiness), film)
    np.testing.assert_allclose(back.points[["x", "y"]], film.points[["x", "y"]], atol=1e-4)


def test_a_stored_film_is_found_again_and_one_of_another_matrix_is_not(
    tiny_runs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(films, "_aligned_umap", films._on_last_components)  # which compiles for half a minute
    for name in ("tiny-untied", "tiny-tied"):
        shutil.copytree(tiny_runs / name, tmp_path / name)
    run = Run(tmp_path / "tiny-untied")
    assert films.stored_film(run, "output") is None
    made = films.store_film(run, "output")
    found = films.film(run, "output")
    assert found.points.equals(made.points) and found.trustworthiness == made.trustworthiness
    assert films.stored_film(run, "input") is None
    other = Run(tmp_path / "tiny-tied")
    other.maps_folder.mkdir(exist_ok=True)
    shutil.copy(run.maps_folder / "output-film.parquet", other.maps_folder / "input-film.parquet")
    assert films.stored_film(other, "input") is None


def test_a_run_without_snapshots_has_no_film(tiny_runs: Path, tmp_path: Path) -> None:
    shutil.copytree(tiny_runs / "tiny-tied", tmp_path / "tiny-tied")
    run = Run(tmp_path / "tiny-tied")
    assert films.has_film(run)
    shutil.rmtree(run.snapshots_folder)
    assert not films.has_film(run)
    with pytest.raises(ValueError, match="tiny-tied has no film"):
        films.film(run, "input", "pca")


def test_every_word_has_a_group_and_every_group_a_name(tiny_runs: Path) -> None:
    run = Run(tiny_runs / "tiny-tied")
    grouped, names = films.groups(run, "input")
    assert grouped["word_id"].tolist() == next(iter(run.snapshots.values()))["word_ids"].tolist()
    assert set(grouped["group"]) == set(range(len(names)))
