"""What commands print: tables, one JSON document, and lines to whoever sits at the terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reprlearn.runs import Card


def run_row(name: str, card: Card) -> tuple[str, ...]:
    """A run as a row of `list`."""

    def quality(split: str) -> str:
        """Perplexity; where there is none, the share of texts that it tells right, or of blanks that it fills in right."""
        metrics = card.metrics.get(split, {})
        if "perplexity" in metrics:
            return f"{metrics['perplexity']:.1f}"
        return f"{metrics['accuracy']:.1%}" if "accuracy" in metrics else ""

    tied, n = {True: "tied", False: "untied", None: ""}[card.tied], card.n_parameters
    parameters = f"{n / 1e6:.2f}M" if n >= 1e6 else f"{n / 1e3:.0f}k"
    return (
        name,
        card.architecture,
        tied,
        card.corpus.name,
        parameters,
        quality("valid"),
        quality("test"),
        _made(card),
    )


def _made(card: Card) -> str:
    """How long the training took, or that there was none, and when it was."""
    if card.training is None:
        return f"imported, {card.imported.finished[:10]}" if card.imported else ""
    seconds = card.training.wall_seconds
    trained = f"{seconds / 60:.0f} min" if seconds >= 60 else f"{seconds:.0f} s"
    return f"{trained}, {card.training.finished[:10]}"


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as their widest cell."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    for row in [head, *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def print_values(values: Mapping[str, Any]) -> None:
    """A line a value, the names flush right."""
    for key, value in values.items():
        print(f"{key:>24}  {value:,.4f}" if isinstance(value, float) else f"{key:>24}  {value}")


def in_words(value: Any) -> str:
    """A value of a description as people read it."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {item:,}" for key, item in value.items())
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def print_json(document: Any) -> int:
    """The document on standard output; the exit status of success."""
    json.dump(document, sys.stdout, indent=2, ensure_ascii=False, allow_nan=False)
    print()
    return 0


def say(line: str) -> int:
    """A line on standard error; the exit status of success."""
    print(line, file=sys.stderr)
    return 0


def mistake(line: str) -> int:
    """What a user's mistake is answered with, on one line, and its exit status."""
    return say("error: " + " ".join(line.split())) or 2
