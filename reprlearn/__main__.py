"""The command line: `python -m reprlearn COMMAND`.

With `--json` a command prints one JSON document on standard output and nothing else. Progress and messages go to
standard error. A user's mistake is one line there and exit status 2. Each command imports what it needs when it runs,
so that `list` and `recipes` answer at once.
"""

from __future__ import annotations

import argparse
import errno
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reprlearn import commands
from reprlearn.printing import mistake, say

WITH_OVERRIDES = ("train", "estimate")  # any field of the recipe is an option of these
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options, rest = _parser().parse_known_args(arguments)
    if rest and options.command not in WITH_OVERRIDES:
        return mistake(f"unknown option {rest[0]!r}; see `python -m reprlearn {options.command} --help`")
    try:
        return options.run(options, rest) if options.command in WITH_OVERRIDES else options.run(options)
    except ValueError as error:  # every error of a user's making is one
        return mistake(str(error))
    except OSError as error:  # a full disk, a folder that may not be written
        room = "make room, and " if error.errno in FULL else ""
        goes_on = f"; {room}the training goes on with --resume" if room and options.command == "train" else ""
        return mistake(f"{error.filename or options.command}: {error.strerror or error}{goes_on}")
    except KeyboardInterrupt:
        hint = "; the training goes on with --resume" if options.command == "train" else ""
        return say(f"stopped{hint}") or 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m reprlearn", description="Train small language models, and see what they learned."
    )
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(
        name: str, run: Any, text: str, *, has_json: bool = False, has_run: bool = False, own_help: bool = False
    ) -> argparse.ArgumentParser:
        command = subparsers.add_parser(name, help=text, description=text, allow_abbrev=False, add_help=not own_help)
        command.set_defaults(run=run)
        if has_run:
            command.add_argument("run_name", metavar="RUN", help="a run's name, its folder or its URL")
        if has_json:
            command.add_argument("--json", action="store_true", help="print one JSON document")
        return command

    add("list", commands.list_runs, "List the runs, shipped ones and your own.", has_json=True)
    add("recipes", commands.list_recipes, "List the recipes.", has_json=True)
    add("data", commands.list_data, "List the corpora and event logs: source, licence, sizes.", has_json=True)
    command = add(
        "train", commands.train, "Train a recipe; any field of it can be set, as in --model.tied False.", own_help=True
    )
    command.add_argument(
        "recipe", nargs="?", metavar="RECIPE", help="name of a recipe; `train RECIPE --help` shows its fields"
    )
    command.add_argument("--out", type=Path, metavar="DIR", help="folder for the run (default: runs/RECIPE)")
    command.add_argument("--resume", action="store_true", help="go on with an unfinished training")
    command.add_argument(
        "--progress", type=Path, metavar="DIR", help="for programs: write the progress into this folder"
    )
    text = "Say how large a recipe is and how long it would take here; any field of it can be set, as for train."
    command = add("estimate", commands.estimate, text, has_json=True, own_help=True)
    command.add_argument("recipe", nargs="?", metavar="RECIPE", help="name of a recipe")
    command.add_argument("--seconds", type=float, default=10.0, help="for how long it is tried out (default: 10)")
    text = "Make a run of vectors or a model you bring: word2vec, GloVe, .npy, projector TSV, safetensors, a Hugging Face folder."
    command = add("import", commands.import_files, text, has_json=True)
    command.add_argument(
        "files", nargs="+", type=Path, metavar="FILE",
        help="the files that belong together, or their folder; of two matrices the first is the input, the second the output",
    )  # fmt: skip
    command.add_argument("--name", help="name of the run (default: after the first file)")
    command.add_argument("--first", type=int, metavar="N", help="take the first N words of a GloVe or word2vec file")
    command = add("evaluate", commands.evaluate, "Score a run on a split.", has_json=True, has_run=True)
    command.add_argument("--split", default="test", help="train, valid or test (default: test)")
    command.add_argument(
        "--data",
        type=Path,
        metavar="PATH",
        help="score this folder, or table of events, instead",
    )
    text = "Hold a run's word vectors against people's judgements."
    command = add("similarity", commands.similarity, text, has_json=True, has_run=True)
    command.add_argument("--store", action="store_true", help="write the result into the run's card")
    text = "Score every token of a split, and store it with the run for the pages."
    command = add("score", commands.score, text, has_json=True, has_run=True)
    command.add_argument("--split", default="valid", help="train, valid or test (default: valid, which the pages read)")
    text = "Measure how much the vectors of each word spread with its context, and store it with the run for the pages."
    add("context", commands.context, text, has_json=True, has_run=True)
    command = add("map", commands.make_maps, "Compute and store a run's maps and neighbour tables.", has_run=True)
    command.add_argument("--like", metavar="RUN", help="lay the maps out like those of another run")
    command = add("export", commands.export, "Write a run's embeddings for other programs.", has_run=True)
    command.add_argument("--to", required=True, choices=("word2vec", "projector", "csv", "html"))
    command.add_argument("--matrix", default="input", choices=("input", "output"))
    command.add_argument(
        "--out", type=Path, default=Path("."), metavar="DIR", help="folder for the files (default: here)"
    )
    command = add("publish", commands.publish, "Copy a finished run to a root that others read.", has_run=True)
    command.add_argument("root", metavar="ROOT", help="a folder or a URL, such as s3://bucket/prefix")
    command.add_argument("--replace", action="store_true", help="take the place of a run of the same name")
    return parser


if __name__ == "__main__":
    sys.exit(main())
