"""The bootstrap over units and seeds is the one that draws them one by one."""

import numpy as np

from reprlearn.analysis.paired_bootstrap import paired_bootstrap


def test_the_fast_bootstrap_is_the_plain_one():
    draw = np.random.default_rng(1)
    differences, n_events = draw.normal(1, 5, (12, 3)), draw.integers(1, 9, 12)
    means = []
    for _ in range(4000):
        rows, columns = draw.integers(0, 12, 12), draw.integers(0, 3, 3)
        means.append(differences[rows][:, columns].mean(axis=1).sum() / n_events[rows].sum())
    _, low, high = paired_bootstrap(differences, n_events)
    np.testing.assert_allclose([low, high], np.quantile(means, [0.025, 0.975]), atol=0.06 * (high - low))
