"""The command line: `python -m reprlearn COMMAND`.

With `--json` a command prints one JSON document on standard output and nothing else. Progress and messages go to
standard error. A user's mistake is one line there and exit status 2. Each command imports what it needs when it runs,
so that `list` and `recipes` answer at once.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reprlearn.runs import Card, Run


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options, rest = _parser().parse_known_args(arguments)
    if rest and options.command != "train":
        return _mistake(f"unknown option {rest[0]!r}; see `python -m reprlearn {options.command} --help`")
    try:
        return options.run(options, rest) if options.command == "train" else options.run(options)
    except ValueError as error:  # every error of a user's making is one
        return _mistake(str(error))
    except OSError as error:  # a full disk, a folder that may not be written
        return _mistake(f"{error.filename or options.command}: {error.strerror or error}")
    except KeyboardInterrupt:
        hint = "; the training goes on with --resume" if options.command == "train" else ""
        return _say(f"stopped{hint}") or 130


def list_runs(options: argparse.Namespace) -> int:
    from reprlearn.runs import find_runs

    runs, broken = find_runs()
    if options.json:
        cards = [{"run": run.name, "path": str(run.path), **run.card.model_dump()} for run in runs]
        return _print_json({"runs": cards, "broken": [{"run": b.name, "reason": b.reason} for b in broken]})
    rows = [_row(run.name, run.card) for run in runs]
    _print_table(("run", "model", "tied", "corpus", "parameters", "valid", "test", "trained"), rows)
    for entry in broken:
        print(f"broken: {entry.reason}")
    return 0


def list_recipes(options: argparse.Namespace) -> int:
    from reprlearn.recipes import RECIPES

    if options.json:
        return _print_json([recipe.to_dict() for recipe in RECIPES.values()])
    _print_table(("recipe", "what it is for"), [(recipe.name, recipe.summary) for recipe in RECIPES.values()])
    return 0


def list_data(options: argparse.Namespace) -> int:
    from reprlearn.data.corpora import describe_corpora
    from reprlearn.data.events.log import describe_event_logs

    _say("reading the corpora and the event logs; the first time takes half a minute")
    found = [{"kind": "text", **row} for row in describe_corpora()]
    found += [{"kind": "events", **row} for row in describe_event_logs()]
    if options.json:
        return _print_json(found)
    for row in found:
        print("\n".join(f"{key:>14}  {_in_words(value)}" for key, value in row.items()), end="\n\n")
    print("          name  a folder of your own: train.txt, valid.txt and perhaps test.txt, with --data.folder DIR")
    print("          name  a table of your own: CSV or Parquet, one event a row, with --data.table FILE")
    return 0


def train(options: argparse.Namespace, overrides: list[str]) -> int:
    from reprlearn.recipes import RECIPES, find_recipe

    usage = "python -m reprlearn train RECIPE [--out DIR] [--resume] [--model.tied False ...]"
    if options.recipe is None and {"-h", "--help"} & set(overrides):
        print(f"usage: {usage}\n\n`train RECIPE --help` shows the fields of a recipe. Recipes: {', '.join(RECIPES)}")
        return 0
    if options.recipe not in RECIPES and overrides and overrides[0].startswith("-"):
        raise ValueError(f"the recipe comes first: {usage}")
    if options.recipe is None:
        raise ValueError(f"which recipe? {usage}; recipes: {', '.join(RECIPES)}")
    recipe = _override(find_recipe(options.recipe), overrides)
    out = options.out or _default_folder(recipe.name)

    from reprlearn.fit import TrainingError, fit
    from reprlearn.fit.bar import show

    try:
        show(fit(recipe, out, resume=options.resume), out)
    except TrainingError as error:
        return _say(f"error: {error}") or 1
    return 0


def evaluate(options: argparse.Namespace) -> int:
    from reprlearn.analysis.evaluation import evaluate as evaluate_run
    from reprlearn.runs import load

    result = evaluate_run(load(options.run_name), options.split, options.data)
    if options.json:
        return _print_json(result)
    print(
        "\n".join(
            f"{key:>24}  {value:,.4f}" if isinstance(value, float) else f"{key:>24}  {value}"
            for key, value in result.items()
        )
    )
    return 0


def make_maps(options: argparse.Namespace) -> int:
    from reprlearn.analysis.layouts import store_maps
    from reprlearn.runs import load

    for line in store_maps(load(options.run_name), like=load(options.like) if options.like else None):
        _say(line)
    return 0


def export(options: argparse.Namespace) -> int:
    from reprlearn.analysis.export import write_export
    from reprlearn.runs import load

    run = load(options.run_name)
    if options.to == "html":
        paths = [_write_map_page(run, options.matrix, options.out)]
    else:
        paths = write_export(run, options.to, options.matrix, options.out)
    for path in paths:
        _say(f"wrote {path}")
    return 0


def _write_map_page(run: Run, which: str, folder: Path) -> Path:
    """The run's UMAP as a page of its own, computed first where it is not stored."""
    from reprlearn.analysis.geometry import map_points
    from reprlearn.analysis.projection import ProjectionConfig, compute_layout, stored_layout
    from reprlearn.cache import write_atomically
    from reprlearn.viz.html import standalone_html
    from reprlearn.viz.maps import word_map

    config = ProjectionConfig(method="umap", n_dims=2)
    layout = stored_layout(run, which, config) or compute_layout(run, which, config)
    title = (
        f"{run.name}: {len(layout.points):,} words of the {which} matrix, trustworthiness {layout.trustworthiness:.2f}"
    )
    figure = word_map(map_points(run, which, layout), colour="cluster", title=title)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{run.name}-{which}.html"
    write_atomically(path, standalone_html(figure, title))
    return path


def _override(recipe: Any, arguments: list[str]) -> Any:
    """The recipe with the command line's `--model.tied False` and the like in it."""
    import contextlib
    import io
    import itertools

    import tyro

    program = f"python -m reprlearn train {recipe.name}"
    messages = io.StringIO()
    try:
        with contextlib.redirect_stderr(messages):
            return tyro.cli(
                type(recipe),
                default=recipe,
                args=arguments,
                prog=program,
                description=f"{recipe.summary}. Every field below can be set, beside --out DIR and --resume.",
                config=(tyro.conf.FlagConversionOff, tyro.conf.AvoidSubcommands),
            )
    except SystemExit as stop:
        if not stop.code:
            raise  # --help was asked for, and printed
        # tyro draws a box: a title, then what is wrong, then a rule.
        lines = [line.strip("│| \n") for line in messages.getvalue().splitlines()]
        text = itertools.groupby(lines[1:], key=lambda line: any(map(str.isalnum, line)))
        first = next((" ".join(part) for is_text, part in text if is_text), "these options do not fit the recipe")
        raise ValueError(f"{first} (see `{program} --help`)") from None


def _default_folder(name: str) -> Path:
    from reprlearn.runs.store import own_runs

    return own_runs() / name


def _row(name: str, card: Card) -> tuple[str, ...]:
    def perplexity(split: str) -> str:
        value = card.metrics.get(split, {}).get("perplexity")
        return "" if value is None else f"{value:.1f}"

    tied = {True: "tied", False: "untied", None: ""}[card.tied]
    seconds, n = card.training.wall_seconds, card.n_parameters
    trained = f"{seconds / 60:.0f} min" if seconds >= 60 else f"{seconds:.0f} s"
    minutes = f"{trained}, {card.training.finished[:10]}"
    parameters = f"{n / 1e6:.2f}M" if n >= 1e6 else f"{n / 1e3:.0f}k"
    return name, card.architecture, tied, card.corpus.name, parameters, perplexity("valid"), perplexity("test"), minutes


def _print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    for row in [head, *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _in_words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {item:,}" for key, item in value.items())
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _print_json(document: Any) -> int:
    json.dump(document, sys.stdout, indent=2, ensure_ascii=False, allow_nan=False)
    print()
    return 0


def _say(line: str) -> int:
    print(line, file=sys.stderr)
    return 0


def _mistake(line: str) -> int:
    return _say("error: " + " ".join(line.split())) or 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m reprlearn", description="Train small language models, and see what they learned."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(
        name: str, run: Any, text: str, *, has_json: bool = False, has_run: bool = False, own_help: bool = False
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text, allow_abbrev=False, add_help=not own_help)
        command.set_defaults(run=run)
        if has_run:
            command.add_argument("run_name", metavar="RUN", help="a run's name or its folder")
        if has_json:
            command.add_argument("--json", action="store_true", help="print one JSON document")
        return command

    add("list", list_runs, "List the runs, shipped ones and your own.", has_json=True)
    add("recipes", list_recipes, "List the recipes.", has_json=True)
    add("data", list_data, "List the corpora and event logs: source, licence, sizes.", has_json=True)
    command = add(
        "train", train, "Train a recipe; any field of it can be set, as in --model.tied False.", own_help=True
    )
    command.add_argument(
        "recipe", nargs="?", metavar="RECIPE", help="name of a recipe; `train RECIPE --help` shows its fields"
    )
    command.add_argument("--out", type=Path, metavar="DIR", help="folder for the run (default: runs/RECIPE)")
    command.add_argument("--resume", action="store_true", help="go on with an unfinished training")
    command = add("evaluate", evaluate, "Score a run on a split.", has_json=True, has_run=True)
    command.add_argument("--split", default="test", help="train, valid or test (default: test)")
    command.add_argument(
        "--data",
        type=Path,
        metavar="PATH",
        help="score this folder, or table of events, instead",
    )
    command = add("map", make_maps, "Compute and store a run's maps and neighbour tables.", has_run=True)
    command.add_argument("--like", metavar="RUN", help="lay the maps out like those of another run")
    command = add("export", export, "Write a run's embeddings for other programs.", has_run=True)
    command.add_argument("--to", required=True, choices=("word2vec", "projector", "csv", "html"))
    command.add_argument("--matrix", default="input", choices=("input", "output"))
    command.add_argument(
        "--out", type=Path, default=Path("."), metavar="DIR", help="folder for the files (default: here)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
