"""The downstream results: means are those of the cells, differences are paired, verdicts those of the intervals."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from reprlearn.analysis import transfer
from reprlearn.analysis.transfer import accuracies, layer_accuracies, mix_shares, read_results
from reprlearn.analysis.transfer_differences import contrasts, difference, interval_of_mean, leads
from reprlearn.analysis.transfer_ways import BY_NAME, WAYS
from tests.transfer_results import SKILL, texts, write_results

N_TEXTS = 600


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tasks = {task: texts(N_TEXTS, task) for task in ("sentences", "reviews")}
    return write_results(tmp_path_factory.mktemp("results"), tasks, budgets=(100, 300, 2_000))


@pytest.fixture(scope="module")
def results(folder: Path) -> transfer.Results:
    found = read_results("sentences", folder)
    assert found is not None
    return found


def test_tables_are_of_one_task_and_its_texts(results):
    assert set(results.cells["task"]) == {"sentences"} and len(results.texts) == N_TEXTS
    assert results.budgets == [100, 300, 2_000] and results.all_labels == 2_000
    assert results.ways == [way.name for way in WAYS]


def test_accuracies_are_those_of_the_chosen_cells_over_the_seeds(results):
    table = accuracies(results)
    assert len(table) == len(WAYS) * 3
    cells = results.cells.loc[results.cells["chosen"]]
    for row in table.to_dict("records"):
        own = cells.loc[(cells["way"] == row["way"]) & (cells["n_labels"] == row["n_labels"]), "accuracy_test"]
        assert row["accuracy"] == pytest.approx(own.mean(), abs=1e-6)
        assert row["low"] < row["accuracy"] < row["high"]
        of_features = 1 if row["n_labels"] == results.all_labels else 3
        assert row["n_seeds"] == (2 if BY_NAME[row["way"]].trains_the_network else of_features)
        spread = own.std() if row["n_seeds"] > 1 else np.nan
        assert row["spread"] == pytest.approx(spread, abs=1e-6, nan_ok=True)
        assert row["layers"] == ("1" if row["use"] == "features" and row["model"] != "word2vec" else "")


def test_the_interval_is_as_wide_as_a_share_of_so_many_texts_is_unsure():
    draw = np.random.default_rng(0)
    values = (draw.random((4_000, 1)) < 0.7).astype(np.float64)
    mean, low, high = interval_of_mean(values)
    assert mean == pytest.approx(values.mean())
    assert high - low == pytest.approx(2 * 1.96 * np.sqrt(0.7 * 0.3 / 4_000), rel=0.15)
    uneven = interval_of_mean(values[:777])
    assert uneven[0] == pytest.approx(values[:777].mean()), "groups of unequal sizes are weighed by them"


def test_a_difference_is_paired_over_the_draws_both_were_given(results):
    found = difference(results, "bert-fine-tuned", "bert-features", 300)
    one, other = (results.correct(way, 300) for way in ("bert-fine-tuned", "bert-features"))
    assert list(one) == [0, 1] and list(other) == [0, 1, 2]
    assert found.difference == pytest.approx((one - other[[0, 1]]).to_numpy().mean())
    back = difference(results, "bert-features", "bert-fine-tuned", 300)
    assert back.difference == pytest.approx(-found.difference)
    assert back.verdict == {"better": "worse", "worse": "better", "level": "level"}[found.verdict]
    assert difference(results, "bert-fine-tuned", "bert-random", 300).verdict == "better"
    assert difference(results, "tf-idf", "tf-idf", 300) == (0, 0, 0)
    assert np.isnan(difference(results, "tf-idf", "bert-random", 55)).all()


def test_pairing_makes_the_interval_narrower_than_two_means_have():
    draw = np.random.default_rng(0)
    hard = draw.normal(size=(600, 1))  # some texts are, for both ways
    one, other = ((draw.normal(0.5, 0.3, (600, 5)) > hard).astype(np.float64) for _ in range(2))
    widths = [high - low for _, low, high in map(interval_of_mean, (one, other, one - other))]
    assert widths[2] < 0.5 * np.hypot(widths[0], widths[1])


def test_who_leads_is_the_best_mean_and_the_verdict_that_of_its_interval(results):
    table = accuracies(results)
    for row in leads(results, table).to_dict("records"):
        own = table.loc[table["n_labels"] == row["n_labels"]].sort_values("accuracy", ascending=False)
        assert [row["way"], row["second"]] == own["way"].tolist()[:2]
        assert row["verdict"] == ("better" if row["ahead_low"] > 0 else "level")
        assert ("bert-random" in row["level"]) is False, "far behind"
        assert (row["second"] in row["level"]) == (row["verdict"] == "level")


def test_one_way_alone_leads_nobody(tmp_path):
    write_results(tmp_path, {"sentences": texts(50, "s")}, ways=WAYS[:1], budgets=(10,))
    found = read_results("sentences", tmp_path)
    assert found is not None
    row = leads(found, accuracies(found)).to_dict("records")[0]
    assert (row["second"], row["verdict"], row["level"]) == ("", "", []) and np.isnan(row["ahead"])
    assert contrasts(found, accuracies(found), 10).empty and layer_accuracies(found, 10).empty


def test_contrasts_choose_by_the_validation_texts(results):
    table = accuracies(results)
    table.loc[table["way"] == "word2vec-features", "accuracy_valid"] = 0.99
    table.loc[table["way"] == "elmo-random", "accuracy_valid"] = 0.98
    rows = contrasts(results, table, 300).to_dict("records")
    assert [(row["one"], row["other"]) for row in rows[:2]] == [
        ("word2vec-features", "tf-idf"),
        ("word2vec-features", "elmo-random"),
    ]
    assert [row["question"] for row in rows] == ["baseline"] * 2 + ["tuning"] * 3 + ["pretraining"] * 3
    assert len({(row["one"], row["other"]) for row in rows}) == len(rows), "nothing is compared twice"
    assert {row["n_seeds"] for row in rows[2:]} == {2}


def test_layers_are_measured_each_and_the_mix_s_shares_averaged(results):
    table = layer_accuracies(results, 300)
    assert table["model"].tolist() == ["elmo"] * 3 + ["gpt"] * 3 + ["bert"] * 4
    assert table.loc[table["n_chosen"] > 0, "layer"].tolist() == [1, 1, 1]
    for _, own in table.groupby("model"):
        best = own.loc[own["best"]].to_dict("records")
        assert len(best) == 1 and best[0]["accuracy"] == own["accuracy"].to_numpy().max() and best[0]["level"]
    mixes = results.cells.loc[(results.cells["way"] == "elmo-mix") & (results.cells["n_labels"] == 300)]
    assert mix_shares(mixes) == pytest.approx([0.2, 0.5, 0.3])
    assert mix_shares(mixes.iloc[:0]) == []


def test_without_all_tables_there_are_no_results(tmp_path, folder):
    assert read_results("sentences", tmp_path) is None
    assert read_results("books", folder) is None
    for name in (transfer.CELLS, transfer.LOG_ODDS):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    assert read_results("sentences", tmp_path) is None


def test_tables_that_cannot_be_read_or_do_not_belong_together_are_said(tmp_path, folder):
    for name in (transfer.CELLS, transfer.LOG_ODDS, transfer.TEXTS):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    rows = pd.read_parquet(tmp_path / transfer.TEXTS)
    rows.loc[rows["position"] < 50].to_parquet(tmp_path / transfer.TEXTS)
    with pytest.raises(ValueError, match="not of the same 50 texts"):
        read_results("sentences", tmp_path)
    (tmp_path / transfer.LOG_ODDS).write_bytes(b"PAR1 no more")
    with pytest.raises(ValueError, match="cannot be read"):
        read_results("sentences", tmp_path)


def test_a_column_that_is_missing_is_named(tmp_path, folder):
    for name in (transfer.LOG_ODDS, transfer.TEXTS):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    pd.read_csv(folder / transfer.CELLS).drop(columns="n_valid").to_csv(tmp_path / transfer.CELLS, index=False)
    with pytest.raises(ValueError, match="has no column 'n_valid'"):
        read_results("sentences", tmp_path)


def test_a_way_of_another_version_is_passed_over(tmp_path, folder):
    for name in (transfer.CELLS, transfer.LOG_ODDS, transfer.TEXTS):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    cells = pd.read_csv(tmp_path / transfer.CELLS)
    cells.loc[cells["way"] == "tf-idf", "way"] = "rocchio"
    cells.to_csv(tmp_path / transfer.CELLS, index=False)
    found = read_results("sentences", tmp_path)
    assert found is not None and "tf-idf" not in found.ways and len(found.ways) == len(WAYS) - 1


def test_names_of_ways_are_told_apart():
    assert len(BY_NAME) == len(WAYS) and set(SKILL) == {way.use for way in WAYS}
