"""How the runs on one screen are told apart: by the colour of what they are, and within one colour by dash, marker and fill.

Three untied models are all the colour of untied models. What differs between them must not be a colour, which
means something, nor be seen by colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reprlearn.viz import style

DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x", "star", "hexagon")


@dataclass(frozen=True)
class RunMark:
    """How one run is drawn in every figure of a screen."""

    colour: str
    """Hex colour of the run's role."""
    dash: str
    """Dash of its lines, by `nth`."""
    symbol: str
    """Marker of its points; unlike that of any other of the first eight runs."""
    nth: int
    """How many runs of the same role come before it."""
    role: str
    """The role of `viz.style` it is drawn as."""

    @property
    def line(self) -> dict[str, Any]:
        """For `line=` of a trace of lines."""
        return {"color": self.colour, "dash": self.dash, "width": 2.5}

    @property
    def bar(self) -> dict[str, Any]:
        """For `marker=` of a trace of bars: filled, pale with an outline, hatched, and so on within one role."""
        look = style.bar(self.role, self.nth % 2)
        hatch = ("", "x", ".", "-")[self.nth // 2 % 4]
        if not hatch:
            return look
        ground = look["color"] if self.nth % 2 else "rgba(0,0,0,0)"
        line = {"color": self.colour, "width": 2}
        pattern = {"shape": hatch, "fgcolor": self.colour, "bgcolor": ground, "size": 7}
        return {"color": look["color"], "line": line, "pattern": pattern}


def run_marks(roles: Mapping[str, str]) -> dict[str, RunMark]:
    """The marks of runs, {run name: role of `viz.style`}, in the order in which the runs are shown.

    A run keeps its mark in all figures that are given the same runs in the same order. ValueError for an unknown role.
    """
    used: list[str] = []
    marks = {}
    for i, (name, role) in enumerate(roles.items()):
        nth = used.count(role)
        used.append(role)
        marks[name] = RunMark(style.colour_of(role), DASHES[nth % len(DASHES)], SYMBOLS[i % len(SYMBOLS)], nth, role)
    return marks
