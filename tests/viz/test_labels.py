"""Labels on a map: none covers another, and no line to one runs through the next."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reprlearn.viz.labels import crosses, label_box, place_labels

BOX = (10.0, 5.0, 4.0, 2.0)  # from 6 to 14, from 3 to 7


@pytest.mark.parametrize(
    ("line", "cut"),
    [
        ((0, 5, 20, 5), True),
        ((10, 5, 10.5, 5), True),  # within
        ((0, 0, 5, 5), False),  # ends before it
        ((0, 8, 20, 8), False),
        ((10, 0, 10, 20), True),
        ((15, 0, 15, 20), False),
        ((0, 0, 20, 10), True),
        ((4, 6, 8, 9), False),  # past a corner
    ],
)
def test_a_line_crosses_a_box_where_a_part_of_it_lies_within(line, cut):
    assert crosses(line, BOX) is cut


@given(st.tuples(*[st.floats(-30, 30, width=16)] * 4))
def test_it_says_what_many_points_of_the_line_say(line):
    x, y, half_width, half_height = BOX
    share = np.linspace(0, 1, 2001)
    px, py = line[0] + share * (line[2] - line[0]), line[1] + share * (line[3] - line[1])
    margin = 0.05  # what a corner lets through between two points
    within = (abs(px - x) < half_width - margin) & (abs(py - y) < half_height - margin)
    without = (abs(px - x) > half_width + margin) | (abs(py - y) > half_height + margin)
    if within.any():
        assert crosses(line, BOX)
    if without.all():
        assert not crosses(line, BOX)


def crossings(centres: np.ndarray, labels: list[str], placed: list[tuple[int, float, float]]) -> int:
    boxes = {i: label_box(centres[i, 0] + dx, centres[i, 1] + dy, labels[i], 14) for i, dx, dy in placed}
    lines = {i: (centres[i, 0], centres[i, 1], *boxes[i][:2]) for i in boxes}
    return sum(crosses(lines[i], boxes[j]) for i in boxes for j in boxes if i != j)


@pytest.mark.parametrize("seed", range(5))
def test_lines_to_the_names_of_a_dense_group_run_past_each_other(seed):
    labels = ["wonderful", "great", "brilliant", "excellent", "disappointing", "outstanding", "forgettable"]
    centres = np.random.default_rng(seed).normal(0, 8, (len(labels), 2))
    rings = [(x, y, 6.0, 6.0) for x, y in centres.tolist()]
    plain, led = (
        place_labels(centres, labels, -np.arange(len(labels)), 14, 140, first_shift_px=20, avoid=rings, leaders=leaders)
        for leaders in (False, True)
    )
    assert len(led) == len(plain) == len(labels), "none is left out for its line"
    assert [i for i, _, _ in led] == list(range(len(labels)))
    assert crossings(centres, labels, led) <= 1 < crossings(centres, labels, plain)
