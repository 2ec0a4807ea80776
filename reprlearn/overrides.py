"""A recipe's fields from the command line."""

from __future__ import annotations

from typing import Any


def override(recipe: Any, arguments: list[str]) -> Any:
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
