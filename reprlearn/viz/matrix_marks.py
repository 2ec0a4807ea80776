"""How the matrices of the runs on one screen are told apart: the run's own mark, and input or output by shade and weight.

An input matrix is drawn thin and hollow, an output matrix thick and filled; so are the two parts of a tied model's
gradient, which have one colour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reprlearn.viz import style
from reprlearn.viz.run_marks import RunMark, run_marks

WIDTHS_PX = {"input": 1.8, "output": 3.4}


def matrix_marks(roles: Mapping[str, str]) -> dict[tuple[str, str], RunMark]:
    """The marks of (run name, "input" or "output"), of runs as `run_marks` takes them."""
    marks = {}
    for name, mark in run_marks(roles).items():
        for which in WIDTHS_PX:
            role = f"{mark.role}_{which}" if f"{mark.role}_{which}" in style.ROLES else mark.role
            marks[name, which] = replace(mark, role=role, colour=style.colour_of(role))
    return marks


def drawn_as(mark: RunMark, which: str) -> str:
    """A tied matrix is both: it is drawn as an output matrix, unless it is held against itself."""
    return "output" if mark.role.startswith("tied") else which


def line(mark: RunMark, which: str) -> dict[str, Any]:
    """For `line=` of a trace of one matrix."""
    return {**mark.line, "width": WIDTHS_PX[which]}


def marker(mark: RunMark, which: str, size: int = 11) -> dict[str, Any]:
    """For `marker=` of a trace of one matrix: hollow for an input matrix, filled for an output matrix."""
    hollow = "-open" if which == "input" else ""
    return {
        "color": mark.colour,
        "symbol": mark.symbol + hollow,
        "size": size,
        "line": {"color": mark.colour, "width": 2},
    }
