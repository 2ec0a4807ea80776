"""What is kept of a small model's trainings: its curve without its text, the cost of each ingredient, the time to the peer's quality."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from benchmarks import small_model as command
from reprlearn.analysis import small_model
from reprlearn.runs import Run


def test_a_curve_is_kept_without_the_text_or_where_it_lies(tiny_runs: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("sys.argv", ["small_model", str(tiny_runs / "tiny-tied"), "--results", str(tmp_path)])
    command.main()
    run, kept = Run(tiny_runs / "tiny-tied"), small_model.curve(tmp_path)
    assert len(kept) == len(run.curves)
    np.testing.assert_allclose(kept["valid_loss"].to_numpy(float), run.curves["valid_loss"].to_numpy(float), rtol=1e-5)
    assert set(kept["n_parameters"]) == {run.card.n_parameters}
    assert (np.diff(kept["minutes"].to_numpy(float)) > 0).all() and np.isfinite(
        kept["teraoperations"].to_numpy(float)
    ).all()
    written = (tmp_path / small_model.CURVE).read_text(encoding="utf-8")
    assert str(tiny_runs.parent) not in written and "wonderful" not in written


def test_nothing_kept_is_an_empty_table(tmp_path: Path) -> None:
    assert small_model.curve(tmp_path).empty and small_model.peer_curve(tmp_path).empty
    assert small_model.ingredients(small_model.ingredient_cells(tmp_path)).empty
    assert small_model.qualities(tmp_path) is None


def cells(*rows: tuple[str, int, float]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["instead", "seed", "valid_loss"])
    return table.assign(n_parameters=1000, minutes=8.0)


def test_an_ingredient_brings_what_is_lost_without_it() -> None:
    whole = [4.50, 4.52, 4.48]
    table = small_model.ingredients(
        cells(("no_dropout", 0, 4.40), *(("nothing", i, loss) for i, loss in enumerate(whole)), ("untied", 0, 4.80))
    )
    assert list(table["instead"]) == ["untied", "no_dropout", "nothing"], "the dearest first, the whole last"
    np.testing.assert_allclose(table["difference"], [0.30, -0.10, 0.0], atol=1e-12)
    half = stats.t.ppf(0.975, 2) * np.std(whole, ddof=1) * np.sqrt(1 + 1 / 3)
    np.testing.assert_allclose(table["high"] - table["difference"], [half, half, 0], atol=1e-12)
    np.testing.assert_allclose(table["difference"] - table["low"], [half, half, 0], atol=1e-12)


def test_one_training_of_the_whole_recipe_gives_no_interval() -> None:
    table = small_model.ingredients(cells(("nothing", 0, 4.5), ("untied", 0, 4.8)))
    assert np.isnan(table.loc[table["instead"] == "untied", ["low", "high"]].to_numpy()).all()
    assert small_model.ingredients(cells(("untied", 0, 4.8))).empty, (
        "without the whole there is nothing to compare with"
    )


def write_qualities(folder: Path, own: list[float]) -> None:
    rows = [("peer", i + 1, 1000 * (i + 1), 60.0 * (i + 1), value, 0.5) for i, value in enumerate([200, 120, 125])]
    rows += [("ptb-quick", i + 1, 1000 * (i + 1), 15.0 * (i + 1), value, 0.5) for i, value in enumerate(own)]
    pd.DataFrame(rows, columns=small_model.PEER_COLUMNS).to_csv(folder / small_model.PEER, index=False)


def test_the_time_to_the_peer_s_best_is_that_of_the_first_epoch_as_good(tmp_path: Path) -> None:
    write_qualities(tmp_path, [150, 119, 110])
    assert small_model.qualities(tmp_path) == {
        "n_epochs": 3, "peer_perplexity": 120, "peer_minutes": 2.0, "minutes": 0.5, "perplexity": 110,
    }  # fmt: skip
    assert np.exp(small_model.peer_curve(tmp_path)["valid_loss"]).tolist() == pytest.approx([200, 120, 125])
    write_qualities(tmp_path, [150, 121])
    found = small_model.qualities(tmp_path)
    assert found is not None and np.isnan(found["minutes"]) and found["perplexity"] == 121
