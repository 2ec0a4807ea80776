"""Keep how a small model was trained on a text that does not ship: its curve and its size, for the page to plot.

    python -m reprlearn train ptb-small --data.folder DIR
    python -m benchmarks.small_model [RUN]

Writes `benchmarks/results/ptb_small.csv` (`analysis.small_model.curve_of`): no weights, no words, no folder.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from reprlearn.analysis import small_model
from reprlearn.cache import whole_file
from reprlearn.runs import load


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("run", nargs="?", default="ptb-small", metavar="RUN", help="a run's name or its folder")
    parser.add_argument("--results", type=Path, default=small_model.RESULTS)
    options = parser.parse_args()
    run = load(options.run)
    curve = small_model.curve_of(run)
    options.results.mkdir(parents=True, exist_ok=True)
    with whole_file(options.results / small_model.CURVE) as path:
        curve.to_csv(path, index=False, float_format="%.6g")
    training = run.card.trained
    print(
        f"{run.name}: {run.card.n_parameters:,} parameters, perplexity {run.card.metrics['valid']['perplexity']:.1f} valid"
        f" after {training.wall_seconds / 60:.1f} min ({training.epochs} epochs), {training.machine}"
    )


if __name__ == "__main__":
    main()
