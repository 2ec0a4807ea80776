"""A recipe's fields as a form shows them: name, help, default, and what may stand there.

The help of a field is the docstring beneath it, the very text that `--help` prints.
"""

from __future__ import annotations

import ast
import functools
import inspect
import math
import textwrap
import types
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from reprlearn.recipes.recipe import Recipe

GROUPS = ("data", "model", "objective", "fit")
Kind = Literal["switch", "choice", "whole", "real"]


@dataclass(frozen=True)
class Field:
    """A field of a recipe that holds one plain value.

    path:      as on the command line, "fit.learning_rate"
    kind:      a switch (bool), a choice of `options`, a whole number or a real one
    optional:  it may also be empty (None)
    """

    path: str
    help: str
    kind: Kind
    value: Any
    options: tuple[str, ...] = ()
    optional: bool = False

    @property
    def group(self) -> str:
        return self.path.partition(".")[0]

    @property
    def name(self) -> str:
        return self.path.partition(".")[2]


def fields_of(recipe: Recipe) -> tuple[Field, ...]:
    """The plain fields of the recipe's parts in their order, with the recipe's own values.

    What is no single value is left out (paths, columns, lists, parts of parts), and so is `kind`, which makes another recipe.
    """
    found = []
    for group in GROUPS:
        part = getattr(recipe, group)
        hints, helps = get_type_hints(type(part)), docstrings(type(part))
        for field in fields(part):
            described = _describe(hints[field.name])
            if field.name != "kind" and described is not None:
                kind, options, optional = described
                value = getattr(part, field.name)
                found.append(
                    Field(f"{group}.{field.name}", helps.get(field.name, ""), kind, value, options, optional)
                )  # fmt: skip
    return tuple(found)


def with_values(recipe: Recipe, values: Mapping[str, Any]) -> Recipe:
    """The recipe with other values in its fields, {path: value}. ValueError in one line that names the field."""
    there = {field.path: field for field in fields_of(recipe)}
    parts: dict[str, dict[str, Any]] = {}
    for path, value in values.items():
        if path not in there:
            raise ValueError(f"{recipe.name} has no field {path!r}")
        parts.setdefault(there[path].group, {})[there[path].name] = _checked(there[path], value)
    # A part at a time: its fields are judged together, an optimiser with the rate that suits it.
    return replace(recipe, **{group: replace(getattr(recipe, group), **part) for group, part in parts.items()})


def _checked(field: Field, value: Any) -> Any:
    if value is None and field.optional:
        return None
    if field.kind == "switch" and isinstance(value, bool):
        return value
    if field.kind == "choice" and value in field.options:
        return value
    if field.kind in ("whole", "real") and isinstance(value, int | float) and not isinstance(value, bool):
        if field.kind == "real" and math.isfinite(value):
            return float(value)
        if field.kind == "whole" and value == value // 1:
            return int(value)
    wanted = {
        "switch": "yes or no", "choice": f"one of {', '.join(field.options)}", "whole": "a whole number", "real": "a number"
    }  # fmt: skip
    raise ValueError(f"{field.path} must be {wanted[field.kind]}, however: {str(value)[:60]!r}")


def _describe(hint: Any) -> tuple[Kind, tuple[str, ...], bool] | None:
    """(kind, options, may be None) of a type; None for one that a form does not show."""
    optional = False
    if get_origin(hint) in (Union, types.UnionType):
        inner = [each for each in get_args(hint) if each is not types.NoneType]
        if len(inner) != 1:
            return None
        hint, optional = inner[0], True
    if get_origin(hint) is Literal:
        return "choice", tuple(map(str, get_args(hint))), optional
    kinds: dict[Any, Kind] = {bool: "switch", int: "whole", float: "real"}
    return (kinds[hint], (), optional) if hint in kinds else None


@functools.cache
def docstrings(config: type) -> dict[str, str]:
    """{field: the docstring beneath it} of a dataclass, on one line each."""
    assert is_dataclass(config)
    (body,) = ast.parse(textwrap.dedent(inspect.getsource(config))).body
    assert isinstance(body, ast.ClassDef)
    found = {}
    for field, text in zip(body.body, body.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(text, ast.Expr):
            value = text.value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                found[field.target.id] = " ".join(value.value.split())
    return found
