"""The commands, each a function from its options to an exit status. Each imports what it needs when it runs."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from reprlearn.overrides import override
from reprlearn.printing import in_words, print_json, print_table, print_values, run_row, say

if TYPE_CHECKING:
    from reprlearn.recipes import Recipe
    from reprlearn.runs import Run


def list_runs(options: argparse.Namespace) -> int:
    from reprlearn.runs import find_runs

    runs, broken = find_runs()
    if options.json:
        cards = [{"run": run.name, "path": _where(run), **run.card.model_dump()} for run in runs]
        folders = [{"run": b.name, "reason": b.reason} for b in broken if not b.is_root]
        unreachable = [{"root": b.name, "reason": b.reason} for b in broken if b.is_root]
        return print_json({"runs": cards, "broken": folders, "unreachable": unreachable})
    rows = [run_row(run.name, run.card) for run in runs]
    print_table(("run", "model", "tied", "corpus", "parameters", "valid", "test", "trained"), rows)
    for entry in broken:
        print(f"{'out of reach' if entry.is_root else 'broken'}: {entry.reason}")
    return 0


def list_recipes(options: argparse.Namespace) -> int:
    from reprlearn.recipes import RECIPES

    if options.json:
        return print_json([recipe.to_dict() for recipe in RECIPES.values()])
    print_table(("recipe", "what it is for"), [(recipe.name, recipe.summary) for recipe in RECIPES.values()])
    return 0


def list_data(options: argparse.Namespace) -> int:
    from reprlearn.data.corpora import describe_corpora
    from reprlearn.data.events.log import describe_event_logs

    say("reading the corpora and the event logs; the first time takes half a minute")
    found = [{"kind": "text", **row} for row in describe_corpora()]
    found += [{"kind": "events", **row} for row in describe_event_logs()]
    if options.json:
        return print_json(found)
    for row in found:
        print("\n".join(f"{key:>14}  {in_words(value)}" for key, value in row.items()), end="\n\n")
    print("          name  a folder of your own: train.txt, valid.txt and perhaps test.txt, with --data.folder DIR")
    print("          name  a table of your own: CSV or Parquet, one event a row, with --data.table FILE")
    return 0


def train(options: argparse.Namespace, overrides: list[str]) -> int:
    recipe = _recipe(options.recipe, overrides, "train RECIPE [--out DIR] [--resume] [--model.tied False ...]")
    if recipe is None:
        return 0
    out = options.out or _default_folder(recipe.name)

    from reprlearn.fit import TrainingError, fit
    from reprlearn.fit.bar import show
    from reprlearn.fit.journal import train_watched

    try:
        if options.progress is not None:
            train_watched(recipe, out, options.progress, resume=options.resume)
        else:
            show(fit(recipe, out, resume=options.resume), out, recipe.objective.kind)
    except TrainingError as error:
        return say(f"error: {error}") or 1
    return 0


def estimate(options: argparse.Namespace, overrides: list[str]) -> int:
    recipe = _recipe(options.recipe, overrides, "estimate RECIPE [--seconds 10] [--json] [--model.tied False ...]")
    if recipe is None:
        return 0

    from reprlearn.fit.estimate import estimate as measure

    found = measure(recipe, options.seconds)
    if options.json:
        return print_json(found)
    print_values(found)
    return 0


def _recipe(name: str | None, overrides: list[str], usage: str) -> Recipe | None:
    """The recipe a command names, with its overrides; None where help was asked for, and printed."""
    from reprlearn.recipes import RECIPES, find_recipe

    usage = f"python -m reprlearn {usage}"
    if name is None and {"-h", "--help"} & set(overrides):
        verb = usage.split()[3]
        print(f"usage: {usage}\n\n`{verb} RECIPE --help` shows the fields of a recipe. Recipes: {', '.join(RECIPES)}")
        return None
    if (name is None or not (name in RECIPES or name.endswith(".json"))) and overrides and overrides[0].startswith("-"):
        raise ValueError(f"the recipe comes first: {usage}")
    if name is None:
        raise ValueError(f"which recipe? {usage}; recipes: {', '.join(RECIPES)}")
    recipe = find_recipe(name)
    return override(recipe, overrides) if overrides else recipe


def import_files(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from reprlearn.data.vectors.recognise import FORMATS, recognise
    from reprlearn.runs import Run
    from reprlearn.runs.imported import check_name, import_run, suggested_name

    source = recognise(options.files)
    folder = _default_folder(check_name(options.name or suggested_name(source)), new=True)
    say(f"{', '.join(file.name for file in source.files)}: {FORMATS[source.format]}")
    with tqdm(total=100, unit="%", bar_format="{l_bar}{bar}| {elapsed}", leave=False) as bar:
        run = Run(import_run(source, folder, lambda share: bar.update(100 * share - bar.n), options.first))
    card = run.card
    assert card.imported is not None, "it was made just now"
    if options.json:
        return print_json({"run": run.name, "path": str(folder), **card.model_dump()})
    say(f"{run.name}: {card.summary}, in {folder}")
    if card.imported.note:
        say(f"{run.name}: {card.imported.note}")
    return 0


def evaluate(options: argparse.Namespace) -> int:
    from reprlearn.analysis.evaluation import evaluate as evaluate_run
    from reprlearn.runs import load

    result = evaluate_run(load(options.run_name), options.split, options.data)
    if options.json:
        return print_json(result)
    print_values(result)
    return 0


def similarity(options: argparse.Namespace) -> int:
    from reprlearn.analysis.similarity import SET_NAMES, store_similarity
    from reprlearn.analysis.similarity import similarity as measure
    from reprlearn.runs import load

    run = load(options.run_name)
    if options.store:
        _refuse_copy(run)
    found = (store_similarity if options.store else measure)(run)
    if options.json:
        return print_json({"run": run.name, "similarity": found})
    rows = [
        (which, SET_NAMES[name], value, f"{int(measures['n']):,} ({measures['coverage']:.0%})")
        for which, of_sets in found.items()
        for name, measures in of_sets.items()
        for value in [_agreement(measures)]
    ]
    print_table(("matrix", "set", "agreement", "known"), rows)
    if options.store:
        say(f"stored in {run.path / 'card.json'}")
    return 0


def _agreement(measures: dict[str, float]) -> str:
    if "accuracy" in measures:
        return f"{measures['accuracy']:.1%} right"
    return f"{measures['spearman']:.3f} (Spearman)" if "spearman" in measures else "too few known"


def score(options: argparse.Namespace) -> int:
    from reprlearn.analysis.scores import store_scores, stored_scores, summary
    from reprlearn.runs import load

    run = _refuse_copy(load(options.run_name))
    path = store_scores(run, options.split)
    scores = stored_scores(run, options.split)
    assert scores is not None, path
    result = {"run": run.name, "split": options.split, **summary(scores), "path": str(path)}
    if options.json:
        return print_json(result)
    print_values(result)
    return 0


def context(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from reprlearn.analysis.context_spread import store_spread, stored_spread
    from reprlearn.runs import load

    run = _refuse_copy(load(options.run_name))
    bars: list[tqdm] = []

    def show(done: int, total: int) -> None:
        if not bars:
            bars.append(tqdm(total=total, unit="word", dynamic_ncols=True))
        bars[0].update(done - bars[0].n)

    path = store_spread(run, on_progress=show)
    for bar in bars:
        bar.close()
    spread = stored_spread(run)
    assert spread is not None, path
    last, layers = spread.of_layer(spread.n_layers - 1), spread.by_layer()
    if options.json:
        found = {"run": run.name, "path": str(path), "words": len(last)}
        return print_json({**found, "layers": layers.to_dict("records")})
    lines = [
        (str(row["layer"]), *(f"{row[name]:.3f}" for name in ("self_similarity", "baseline")))
        for row in layers.to_dict("records")
    ]
    print_table(("layer", "mean self-similarity", "any two words"), lines)
    print("spread most in the last layer: " + ", ".join(last["word"].head(10)))
    say(f"stored in {path}")
    return 0


def make_maps(options: argparse.Namespace) -> int:
    from reprlearn.analysis.layouts import store_maps
    from reprlearn.runs import load

    run = _refuse_copy(load(options.run_name))
    for line in store_maps(run, like=load(options.like) if options.like else None):
        say(line)
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
        say(f"wrote {path}")
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


def publish(options: argparse.Namespace) -> int:
    from reprlearn.runs import load
    from reprlearn.runs.publish import publish as publish_run

    where = publish_run(load(options.run_name), options.root, replace=options.replace)
    return say(f"published as {where}")


def _where(run: Run) -> str:
    return f"{run.origin}/{run.name}" if run.origin else str(run.path)


def _refuse_copy(run: Run) -> Run:
    """The run itself, when what is stored with it lasts; `ValueError` for the copy of a fetched one."""
    if run.origin:
        raise ValueError(
            f"{run.name} is read from {run.origin}, where nothing is added to a run: do this to the run's own folder,"
            " then `publish` it with --replace"
        )
    return run


def _default_folder(name: str, *, new: bool = False) -> Path:
    """Where the run of this name goes. ValueError where it must be `new`, and there is one."""
    from reprlearn.runs.store import is_taken, own_runs

    if new and is_taken(name):
        raise ValueError(f"there is a run named {name!r} already; choose another with --name")
    return own_runs() / name
