from __future__ import annotations

import dataclasses
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from scipy import stats

from reprlearn.analysis import places as module
from reprlearn.analysis.places import EARTH_RADIUS_KM, great_circle_km, has_places
from tests.analysis.conftest import MadeRun
from tests.made_events import PLACES, made_log, made_run

# Their types do not know what a column holds, nor that a test's run is one.
geography: Any = module.geography
places: Any = module.places
spearmanr: Any = stats.spearmanr
LOG = made_log()


def naive_km(a: Any, b: Any) -> float:
    """The angle between the two directions from the Earth's centre."""
    directions = []
    for degrees in (a, b):
        lon, lat = np.radians(degrees)
        directions.append(np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]))
    return EARTH_RADIUS_KM * float(np.arctan2(np.linalg.norm(np.cross(*directions)), np.dot(*directions)))


def run_with(vectors: np.ndarray, longitude: np.ndarray, latitude: np.ndarray) -> SimpleNamespace:
    """A run whose types besides <oov> lie at these places."""
    n = len(longitude)
    vocabulary = SimpleNamespace(
        type_places=(None, *zip(longitude.tolist(), latitude.tolist(), strict=True)),
        words=("<oov>", *(f"p{i}" for i in range(n))),
        counts=np.array([0, *range(1000, 1000 + n)]),
    )
    return SimpleNamespace(vocabulary=vocabulary, matrix=lambda which: np.concatenate([vectors[:1], vectors]))


def test_places_are_longitude_and_latitude_of_the_types_that_have_any() -> None:
    table = places(made_run(LOG))
    assert table["word_id"].tolist() == [i for i, name in enumerate(LOG.types) if name in PLACES]
    for row in table.itertuples():
        assert (row.x, row.y) == PLACES[LOG.types[int(str(row.word_id))]]
        assert row.word == LOG.vocabulary.words[int(str(row.word_id))]


def test_distances_over_the_globe() -> None:
    points = [*PLACES.values(), (179.0, 10.0), (-179.0, 10.0), (0.0, 90.0), (10.0, -90.0)]
    found = great_circle_km(*np.array(points).T)
    for i, a in enumerate(points):
        for j, b in enumerate(points):
            assert found[i, j] == pytest.approx(naive_km(a, b), abs=0.01)
    assert found[7, 8] == pytest.approx(np.pi * EARTH_RADIUS_KM), "from pole to pole"
    assert found[5, 6] == pytest.approx(219, abs=1), "over the date line, not round the world"


def test_the_measure_agrees_with_a_plain_reading_of_spearman_and_mantel() -> None:
    draw = np.random.default_rng(0)
    n = 9
    lon, lat, vectors = draw.uniform(-120, -70, n), draw.uniform(25, 48, n), draw.normal(size=(n, 4))
    vectors[:, 0] += lon / 10
    found = geography(run_with(vectors, lon, lat), n_permutations=400, seed=1)
    pairs = [(i, j) for i in range(n) for j in range(i + 1, n)]
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosine = [1 - float(unit[i] @ unit[j]) for i, j in pairs]
    km = [naive_km((lon[i], lat[i]), (lon[j], lat[j])) for i, j in pairs]
    np.testing.assert_allclose(found.pairs["km"], km, atol=0.01)
    np.testing.assert_allclose(found.pairs["cosine_distance"], cosine, atol=1e-9)
    assert found.pairs[["a", "b"]].to_numpy().tolist() == [[f"p{i}", f"p{j}"] for i, j in pairs]
    assert found.correlation == pytest.approx(spearmanr(km, cosine).statistic)
    null, generator = [], np.random.default_rng(1)
    for _ in range(400):
        order = generator.permutation(n)
        moved = [naive_km((lon[order[i]], lat[order[i]]), (lon[order[j]], lat[order[j]])) for i, j in pairs]
        null.append(spearmanr(moved, cosine).statistic)
    assert found.p_value == pytest.approx((1 + sum(r >= found.correlation - 1e-9 for r in null)) / 401)


def test_vectors_that_are_the_map_are_told_from_vectors_that_know_nothing_of_it() -> None:
    draw = np.random.default_rng(0)
    lon, lat = draw.uniform(-120, -70, 40), draw.uniform(25, 48, 40)
    angles = np.radians(np.stack([lon, lat]))
    globe = np.stack(
        [np.cos(angles[1]) * np.cos(angles[0]), np.cos(angles[1]) * np.sin(angles[0]), np.sin(angles[1])], 1
    )
    knowing = geography(run_with(globe, lon, lat))
    assert knowing.correlation == pytest.approx(1) and knowing.p_value == pytest.approx(1 / 1000)
    blind = geography(run_with(draw.normal(size=(40, 3)), lon, lat))
    assert abs(blind.correlation) < 0.15 and blind.p_value > 0.05


def test_places_hardly_seen_are_left_out() -> None:
    draw = np.random.default_rng(0)
    lon, lat, vectors = draw.uniform(-120, -70, 12), draw.uniform(25, 48, 12), draw.normal(size=(12, 4))
    run = run_with(vectors, lon, lat)
    run.vocabulary.counts[[1, 5]] = [99, 3]
    found = geography(run, n_permutations=9)
    rest = [i for i in range(12) if i not in (0, 4)]
    alone = geography(run_with(vectors[rest], lon[rest], lat[rest]), n_permutations=9)
    assert (found.n_places, found.correlation) == (10, pytest.approx(alone.correlation))
    assert not {"p0", "p4"} & {*found.pairs["a"], *found.pairs["b"]}
    with pytest.raises(ValueError, match="seen 5000 times"):
        geography(run, min_count=5000)


def test_runs_without_places_are_told_so(made: MadeRun) -> None:
    assert has_places(made_run(LOG)) and not has_places(made)
    bare = dataclasses.replace(LOG, vocabulary=dataclasses.replace(LOG.vocabulary, type_places=None))
    assert not has_places(made_run(bare))
    with pytest.raises(ValueError, match="no places"):
        places(made)
