"""Placing text labels on a map so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reprlearn.viz.text import n_columns

# Width of an average character and height of a line, in font sizes; padding of the label's box in pixels.
Box = tuple[float, float, float, float]
_CHARACTER, _LINE, _PADDING_PX = 0.56, 1.35, 6


def place_labels(
    centres_px: np.ndarray,
    labels: Sequence[str],
    weights: np.ndarray,
    text_px: float,
    max_shift_px: float = 40.0,
    first_shift_px: float = 0.0,
    avoid: Sequence[Box] = (),
) -> list[tuple[int, float, float]]:
    """(index, dx, dy) in pixels of each label's box centre from its own point of `centres_px` (n, 2); no boxes overlap.

    Heaviest labels first; a label moves along a spiral, from `first_shift_px` outwards, to the nearest free
    place. One with no free place within `max_shift_px` is left out rather than laid over another.
    avoid: boxes taken already, (x, y, half width, half height) in pixels, as `label_box` gives them.
    """
    centres_px = np.asarray(centres_px, dtype=np.float64)
    placed = list(avoid)
    result = []
    for i in np.argsort(-np.asarray(weights), kind="stable"):
        for dx, dy in _spiral(first_shift_px, max_shift_px):
            box = label_box(centres_px[i, 0] + dx, centres_px[i, 1] + dy, labels[int(i)], text_px)
            x, y, half_width, half_height = box
            if all(abs(x - px) >= half_width + pw or abs(y - py) >= half_height + ph for px, py, pw, ph in placed):
                placed.append(box)
                result.append((int(i), dx, dy))
                break
    return result


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
