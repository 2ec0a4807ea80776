from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from reprlearn.analysis import layouts
from reprlearn.analysis.projection import ProjectionConfig, compute_layout, run_path, stored_layout
from reprlearn.analysis.reduction import principal_components
from tests.analysis.conftest import MadeRun, two_matrices

PCA = ProjectionConfig(method="pca")


def test_a_computed_map_is_found_again_in_the_cache(made: MadeRun) -> None:
    assert stored_layout(made, "input", PCA) is None
    stages = []
    computed = compute_layout(made, "input", PCA, on_progress=lambda stage, fraction: stages.append((stage, fraction)))
    found = stored_layout(made, "input", PCA)
    assert found is not None
    pd.testing.assert_frame_equal(found.points, computed.points)
    assert found.trustworthiness == computed.trustworthiness
    assert found.explained_variance == computed.explained_variance
    assert found.versions["scikit-learn"]
    assert stages[-1] == ("done", 1.0)
    assert stored_layout(made, "output", PCA) is None, "the other matrix has no map"
    assert stored_layout(made, "input", ProjectionConfig(method="pca", n_dims=3)) is None


def test_a_map_of_another_matrix_does_not_count(made: MadeRun) -> None:
    for _ in zip(range(3), layouts.store_maps(made), strict=False):
        pass
    compute_layout(made, "input", PCA)
    made.matrices["input"] = made.matrices["input"] + 1
    assert stored_layout(made, "input", PCA) is None


def test_a_damaged_map_counts_as_absent(made: MadeRun, tmp_path: Path) -> None:
    compute_layout(made, "input", PCA)
    (file,) = (tmp_path / "cache" / "layouts").glob("*.parquet")
    file.write_bytes(file.read_bytes()[:-20])
    assert stored_layout(made, "input", PCA) is None
    file.write_bytes(b"no parquet")
    assert stored_layout(made, "input", PCA) is None


def test_a_cache_that_cannot_be_written_costs_only_the_cache(made: MadeRun, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.warns(UserWarning, match="not cached"):
        assert len(compute_layout(made, "input", PCA).points) == 120


@pytest.fixture
def quick_umap(monkeypatch: pytest.MonkeyPatch) -> list[np.ndarray | None]:
    """PCA in UMAP's place: what is stored, where and from which start does not depend on the method."""
    starts: list[np.ndarray | None] = []

    def project(matrix, config, neighbours=None, init=None, on_progress=None):
        starts.append(init)
        turned = principal_components(matrix, config.n_dims)[0][:, ::-1]
        return (turned if init is None else init + turned * 1e-3).astype(np.float32)

    monkeypatch.setattr("reprlearn.analysis.projection.project", project)
    return starts


def test_maps_of_an_untied_run_are_stored_for_both_matrices(made: MadeRun, quick_umap: list) -> None:
    lines = list(layouts.store_maps(made))
    files = {file.name for file in made.maps_folder.iterdir()}
    kinds = ["neighbours", "words", "umap-2d", "umap-3d"]
    assert files == {f"{which}-{kind}.parquet" for which in ("input", "output") for kind in kinds}
    assert len(lines) == len(files), "a line for each file"
    assert [start is None for start in quick_umap] == [True, True, False, False], "output starts from the input's map"
    expected = stored_layout(made, "input", ProjectionConfig())
    assert expected is not None
    np.testing.assert_array_equal(quick_umap[2], expected.points[["x", "y"]])


def test_a_tied_run_stores_its_one_matrix_once(tmp_path: Path, quick_umap: list) -> None:
    matrix = two_matrices()["input"]
    tied = MadeRun({"input": matrix, "output": matrix}, tmp_path, tied=True)
    list(layouts.store_maps(tied))
    assert not list(tied.maps_folder.glob("output-*"))
    assert run_path(tied, "output", PCA) == run_path(tied, "input", PCA)
    for which in ("input", "output"):
        assert stored_layout(tied, which, ProjectionConfig()) is not None


def test_a_twin_starts_from_the_other_runs_map(made: MadeRun, tmp_path: Path, quick_umap: list) -> None:
    list(layouts.store_maps(made))
    quick_umap.clear()
    words = [*made.vocabulary.words[:-1], "another"]
    twin = MadeRun({"input": two_matrices(seed=5)["input"]}, tmp_path / "twin", words=words)
    list(layouts.store_maps(twin, like=made))
    reference = stored_layout(made, "input", ProjectionConfig())
    mine = stored_layout(twin, "input", ProjectionConfig())
    assert reference is not None and mine is not None
    theirs = reference.points[["x", "y"]].to_numpy()
    np.testing.assert_array_equal(quick_umap[0][:-1], theirs[:-1])
    np.testing.assert_allclose(quick_umap[0][-1], theirs.mean(axis=0), atol=1e-5)
    np.testing.assert_allclose(mine.points[["x", "y"]].to_numpy()[:-1], theirs[:-1], atol=0.05)


def test_reading_what_is_stored_imports_nothing_heavy(made: MadeRun, quick_umap: list, tmp_path: Path) -> None:
    """A page shows a shipped map without umap, numba, scikit-learn or torch."""
    list(layouts.store_maps(made))
    np.save(tmp_path / "input.npy", made.matrix("input"))
    code = f"""
import sys
from pathlib import Path
import numpy as np
from tests.analysis.conftest import MadeRun
from reprlearn.analysis.projection import ProjectionConfig, stored_layout
from reprlearn.analysis.neighbours import neighbour_table, neighbours_of
from reprlearn.analysis.geometry import map_points
from reprlearn.viz.maps import word_map

run = MadeRun({{"input": np.load({str(tmp_path / "input.npy")!r})}}, Path({str(tmp_path)!r}))
layout = stored_layout(run, "input", ProjectionConfig())
points = map_points(run, "input", layout)
assert len(points) == 120 and neighbour_table(run, "input").k == 10
assert len(neighbours_of(run, "input", "word3")) == 10
assert len(word_map(points, colour="cluster").data[0].x) == 120
heavy = {{"umap", "numba", "torch", "sklearn", "streamlit"}} & set(sys.modules)
sys.exit(f"imported {{heavy}}" if heavy else 0)
"""
    root = Path(__file__).parents[2]
    result = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, result.stderr


@pytest.mark.slow
def test_umap_repeats_takes_the_exact_neighbours_and_keeps_groups_together(made: MadeRun) -> None:
    """The one test that runs UMAP itself: three groups of words stay groups, and the same seed gives the same map."""
    draw = np.random.default_rng(0)
    centres = draw.normal(size=(3, 8)) * 4
    group = np.arange(120) % 3
    made.matrices["input"] = (centres[group] + draw.normal(size=(120, 8)) * 0.3).astype(np.float32)
    progress = []
    config = ProjectionConfig(n_neighbors=10)
    layout = compute_layout(made, "input", config, lambda stage, fraction: progress.append((stage, fraction)))
    points = layout.points[["x", "y"]].to_numpy()
    middles = np.stack([points[group == i].mean(axis=0) for i in range(3)])
    distances = np.linalg.norm(points[:, None] - middles, axis=2)
    np.testing.assert_array_equal(distances.argmin(axis=1), group)
    assert layout.trustworthiness > 0.85
    assert layout.versions["umap-learn"]
    fractions = [fraction for _, fraction in progress]
    assert fractions == sorted(fractions) and [stage for stage, _ in progress].count("umap") >= 2
    again = compute_layout(made, "input", config)
    np.testing.assert_array_equal(again.points, layout.points)
