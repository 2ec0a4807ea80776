"""Placing text labels on a map so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from reprlearn.viz.text import n_columns

# Width of an average character and height of a line, in font sizes; padding of the label's box in pixels.
Box = tuple[float, float, float, float]
Line = tuple[float, float, float, float]
_CHARACTER, _LINE, _PADDING_PX = 0.56, 1.35, 6


def place_labels(
    centres_px: np.ndarray,
    labels: Sequence[str],
    weights: np.ndarray,
    text_px: float,
    max_shift_px: float = 40.0,
    first_shift_px: float = 0.0,
    avoid: Sequence[Box] = (),
    *,
    leaders: bool = False,
) -> list[tuple[int, float, float]]:
    """(index, dx, dy) in pixels of each label's box centre from its own point of `centres_px` (n, 2); no boxes overlap.

    Heaviest labels first; a label moves along a spiral, from `first_shift_px` outwards, to the nearest free
    place. One with no free place within `max_shift_px` is left out rather than laid over another.
    avoid: boxes taken already, (x, y, half width, half height) in pixels, as `label_box` gives them.
    leaders: a line will lead from each point to its label: the nearest free place is taken where it crosses no label, and none
        of the lines this one, or the fewest.
    """
    centres_px = np.asarray(centres_px, dtype=np.float64)
    placed, texts, lines = list(avoid), list[Box](), list[Line]()
    shifts, result = _spiral(first_shift_px, max_shift_px), []
    for i in np.argsort(-np.asarray(weights), kind="stable"):
        point = float(centres_px[i, 0]), float(centres_px[i, 1])
        boxes = (label_box(point[0] + dx, point[1] + dy, labels[int(i)], text_px) for dx, dy in shifts)
        free = (box for box in boxes if not any(_overlap(box, other) for other in placed))
        box = next(free, None)
        if box is None:
            continue
        if leaders:
            box = min(chain([box], free), key=lambda each: _n_crossings((*point, *each[:2]), each, lines, texts))
        placed.append(box)
        texts.append(box)
        lines.append((*point, *box[:2]))
        result.append((int(i), box[0] - point[0], box[1] - point[1]))
    return result


def _n_crossings(line: Line, box: Box, lines: Sequence[Line], texts: Sequence[Box]) -> int:
    return sum(crosses(line, text) for text in texts) + sum(crosses(other, box) for other in lines)


def crosses(line: Line, box: Box) -> bool:
    """Whether a part of the line, (x0, y0, x1, y1), lies in the box."""
    x, y, half_width, half_height = box
    first, last = 0.0, 1.0  # the share of the line that is left, cut at one side after the other
    for start, end, low, high in (
        (line[0], line[2], x - half_width, x + half_width),
        (line[1], line[3], y - half_height, y + half_height),
    ):
        if start == end:
            if not low < start < high:
                return False
            continue
        sides = (low - start) / (end - start), (high - start) / (end - start)
        first, last = max(first, min(sides)), min(last, max(sides))
    return first < last


def _overlap(box: Box, other: Box) -> bool:
    return abs(box[0] - other[0]) < box[2] + other[2] and abs(box[1] - other[1]) < box[3] + other[3]


def label_box(x_px: float, y_px: float, label: str, text_px: float) -> Box:
    """The room a label centred here takes, (x, y, half width, half height) in pixels."""
    return x_px, y_px, (n_columns(label) * _CHARACTER * text_px + _PADDING_PX) / 2, (_LINE * text_px + _PADDING_PX) / 2


def _spiral(start_px: float, radius_px: float) -> list[tuple[float, float]]:
    """Shifts in pixels from the start outwards; vertical moves first, since labels are wide and low."""
    shifts = [(0.0, start_px)]
    for distance in np.arange(start_px + 6.0, radius_px + 1, 6.0):
        for angle in (90, -90, 60, -60, 120, -120, 30, -30, 150, -150, 0, 180):
            turn = np.deg2rad(angle)
            shifts.append((float(distance * np.cos(turn)), float(distance * np.sin(turn))))
    return shifts
