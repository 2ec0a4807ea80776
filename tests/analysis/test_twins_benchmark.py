"""The twins' table: blocks hold every word once, differences are paired, the verdict is that of the interval."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from reprlearn.analysis import twins_benchmark as benchmark


def stored(folder: Path, effects: dict[str, float], n_tokens: int = 30_250, n_seeds: int = 4) -> Path:
    """Results in which each form loses its effect (nats a word) more than plain, but for noise."""
    draw = np.random.default_rng(0)
    hard = draw.normal(5, 3, n_tokens)  # some words are harder, for all forms alike
    cells, blocks = [], []
    for form, effect in {"plain": 0.0, **effects}.items():
        for seed in range(n_seeds):
            key = {"corpus": "made up", "form": form, "seed": seed}
            log_p = -(hard + effect + draw.normal(0, 0.5, n_tokens))
            cells.append(key | {"loss": -log_p.mean(), "n_parameters": 10})
            blocks.append(pd.DataFrame(key | dict(benchmark.in_blocks(log_p))))
    pd.DataFrame(cells).to_csv(folder / benchmark.CELLS, index=False)
    pd.concat(blocks).to_parquet(folder / benchmark.BLOCKS)
    return folder


@pytest.mark.parametrize("n", [1, 499, 500, 501, 2600])
def test_every_word_is_in_one_block(n):
    log_p = -np.random.default_rng(n).exponential(size=n)
    blocks = benchmark.in_blocks(log_p)
    n_tokens, loss = blocks["n_tokens"].to_numpy(), blocks["loss"].to_numpy()
    assert n_tokens.sum() == n and n_tokens.max() <= 500
    assert loss.sum() == pytest.approx(-log_p.sum())
    assert loss[-1] == pytest.approx(-log_p[500 * (len(blocks) - 1) :].sum())


def test_the_verdict_is_that_of_the_interval(tmp_path):
    table = benchmark.results("made up", stored(tmp_path, {"AL": 0.05, "RE": -0.05, "REAL": 0.0})).to_dict("records")
    verdicts = {row["form"]: row["verdict"] for row in table}
    assert verdicts == {"plain": "", "AL": "worse", "RE": "better", "REAL": "no difference"}
    assert list(verdicts) == list(benchmark.FORMS)
    plain, row = table[0], table[2]
    # The mean of the differences is the difference of the means.
    assert row["difference"] == pytest.approx(row["loss"] - plain["loss"])
    assert row["low"] < row["difference"] < row["high"]
    assert row["perplexity"] == pytest.approx(np.exp(row["loss"]))


def test_seeds_only_one_of_them_has_are_left_out(tmp_path):
    losses = benchmark.block_losses(stored(tmp_path, {"RE": -0.1}))
    fewer = losses.loc[(losses["form"] == "plain") | (losses["seed"] < 2)]
    both = losses.loc[losses["seed"] < 2]
    assert benchmark.difference_to(fewer, "RE", "plain") == benchmark.difference_to(both, "RE", "plain")
    none = losses.loc[(losses["form"] == "plain") == (losses["seed"] < 2)]
    assert np.isnan(benchmark.difference_to(none, "RE", "plain")).all()


def test_without_results_there_is_no_table(tmp_path):
    assert not len(benchmark.results("reviews", tmp_path))
    assert not len(benchmark.results("another", stored(tmp_path, {})))
