from __future__ import annotations

import pytest

from reprlearn.viz import style
from reprlearn.viz.run_marks import run_marks

ROLES = {"a": "untied", "b": "tied", "c": "untied", "d": "untied", "e": "untied", "f": "tied"}


def test_runs_of_a_role_share_its_colour_and_nothing_else() -> None:
    marks = run_marks(ROLES)
    assert {name: mark.colour for name, mark in marks.items()} == {
        name: style.ROLES[role] for name, role in ROLES.items()
    }
    untied = [mark for name, mark in marks.items() if ROLES[name] == "untied"]
    assert [mark.nth for mark in untied] == [0, 1, 2, 3]
    assert len({mark.dash for mark in untied}) == 4
    assert len({str(sorted(mark.bar.items())) for mark in untied}) == 4
    assert len({mark.symbol for mark in marks.values()}) == len(marks), "markers differ between roles too"


def test_a_run_keeps_its_mark_where_others_are_left_out_of_a_figure_but_not_of_the_page() -> None:
    marks = run_marks(ROLES)
    assert run_marks(ROLES) == marks
    assert (marks["b"].nth, marks["f"].nth) == (0, 1)
    assert marks["a"].line == {"color": style.ROLES["untied"], "dash": "solid", "width": 2.5}


def test_an_unknown_role_is_an_error() -> None:
    with pytest.raises(ValueError, match="purple"):
        run_marks({"a": "purple"})
