"""How the page names ways of use and models, and writes differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reprlearn.ui.text import t
from reprlearn.viz.transfer_differences import as_points


def way_name(way: str) -> str:
    """A way of use in words; one that this program does not know, by its name."""
    return _said("transfer.way", way)


def model_name(model: str) -> str:
    """A kind of model in words."""
    return _said("transfer.model", model)


def use_name(use: str) -> str:
    """What is done with a model, in words."""
    return _said("transfer.use", use)


def _said(group: str, name: str) -> str:
    key = name.replace("-", "_")
    try:
        if group == "transfer.way":
            return t(f"transfer.way.{key}")
        return t(f"transfer.use.{key}") if group == "transfer.use" else t(f"transfer.model.{key}")
    except KeyError:
        return name


def share(value: float) -> str:
    """An accuracy or a probability."""
    return f"{value:.1%}"


def points(value: float, low: float, high: float, *, signed: bool = True) -> dict[str, str]:
    """A difference in percentage points and its interval, as the texts take them; without signs it is one that is won by."""
    said = {"points": as_points(value), "low": as_points(low), "high": as_points(high)}
    return said if signed else {name: number.removeprefix("+") for name, number in said.items()}


def contrast(row: Mapping[Any, Any]) -> str:
    """A row of `transfer_differences.contrasts` as a sentence, the loser's difference as what it loses by."""
    verdict = str(row["verdict"]) or "level"
    numbers = (row["difference"], row["low"], row["high"])
    if verdict == "worse":
        numbers = (-numbers[0], -numbers[2], -numbers[1])
    values = points(*numbers, signed=verdict == "level")
    return t(f"transfer.contrasts.{verdict}", one=way_name(row["one"]), other=way_name(row["other"]), **values)


def listed(names: Sequence[str]) -> str:
    """Names with commas between them."""
    return ", ".join(names)
