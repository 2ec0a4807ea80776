"""What a trained model is worth on two tasks it was not trained for, taken as it is or fine-tuned, by the number of labels.

    python -m benchmarks.downstream [--tasks sentences reviews] [--budgets 100 300 1000 all] [--ways ...] [--results DIR]
        [--word2vec RUN] [--elmo RUN] [--gpt RUN] [--bert RUN] [--feature-seeds 5] [--tuning-seeds 3]

A text likes its film, or does not: sentences (Rotten Tomatoes), and the first 128 words of reviews (IMDB). A cell is a way of use
(`analysis.transfer_ways`), a number of labels, and a seed, which draws the labels: the same ones for all ways. Features, a mean over
a text's words, go into logistic regression; networks are trained whole by the recipe `MODEL-TASK`, longer where labels are few,
until the validation loss falls no more. The same 500 validation texts choose regularisation, layer and epoch for every way; the test
texts choose nothing. With all labels there is one draw, and one fit of a head, which stands for every seed.

Each finished cell is written at once, and skipped when the command is run again, unless a run, a recipe or the data have changed.
Several processes may work at one grid (OMP_NUM_THREADS=1 for each, as many as there are cores): with models of four million
parameters, two of them take some two hours on two cores, nearly all of it for the networks on reviews. A run that is
not there is said, and its ways are left out. The tables are printed at the end from what is stored; the Transfer page shows the same.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.downstream_cells import BUDGETS, TASKS, Cell, Setting, finish, write_texts
from benchmarks.downstream_tables import show
from reprlearn.analysis import transfer
from reprlearn.analysis.transfer_ways import BY_NAME, WAYS, Way
from reprlearn.runs import Run, RunError, load

RUNS = {"word2vec": "skip-gram", "elmo": "elmo", "gpt": "gpt", "bert": "bert"}


def main() -> None:
    options = _options()
    setting = Setting(find(options), options.results, options.features, options.feature_seeds)
    for task in options.tasks:
        write_texts(task, options.results)
    ways = [BY_NAME[name] for name in options.ways if _can(BY_NAME[name], setting)]
    # By seed first: an interrupted benchmark then holds whole comparisons of fewer seeds.
    for seed in range(max(options.feature_seeds, options.tuning_seeds)):
        for task in options.tasks:
            for budget in options.budgets:
                n_labels = None if budget == "all" else int(budget)
                for way in ways:
                    if seed < (options.tuning_seeds if way.trains_the_network else options.feature_seeds):
                        finish(Cell(task, way, n_labels, seed), setting)
    for task in options.tasks:
        show(task, options.results)


def find(options: argparse.Namespace) -> dict[str, Run]:
    """The runs that are there, by the kind of model; of the others it is said that their ways are left out."""
    runs = {}
    for model in RUNS:
        try:
            runs[model] = load(getattr(options, model))
        except RunError as error:
            print(f"the ways of {model} are left out: {error}", file=sys.stderr)
    return runs


def _can(way: Way, setting: Setting) -> bool:
    return way.use == "counts" or way.model in setting.runs


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tasks", nargs="+", default=TASKS, choices=TASKS)
    parser.add_argument("--budgets", nargs="+", default=BUDGETS, metavar="N", help="numbers of labels, or all")
    parser.add_argument("--ways", nargs="+", default=list(BY_NAME), choices=[way.name for way in WAYS], metavar="WAY")
    parser.add_argument("--feature-seeds", type=int, default=5, help="draws of labels for features")
    parser.add_argument("--tuning-seeds", type=int, default=3, help="draws of labels for networks, the first of those")
    for model, run in RUNS.items():
        parser.add_argument(
            f"--{model}", default=run, metavar="RUN", help=f"a run's name or its folder (default: {run})"
        )
    parser.add_argument("--results", type=Path, default=transfer.RESULTS)
    parser.add_argument(
        "--features",
        type=Path,
        default=Path(tempfile.gettempdir()) / "reprlearn-downstream",
        help="folder where features are kept between cells",
    )
    options = parser.parse_args()
    for budget in options.budgets:
        if budget != "all" and not (budget.isdecimal() and int(budget) >= 2):
            parser.error(f"--budgets takes numbers of labels from 2 on, or all, not {budget!r}")
    return options


if __name__ == "__main__":
    main()
