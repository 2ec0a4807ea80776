"""What figures say by themselves can be said in another language, and wide letters are given the room they take."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from hypothesis import given
from hypothesis import strategies as st

import reprlearn.viz
from reprlearn.viz.labels import label_box, place_labels
from reprlearn.viz.text import n_columns, wrapped
from reprlearn.viz.words import WORDS
from reprlearn.viz.wrapped_title import LINE_PX, wrapped_title

MODULES = sorted(Path(reprlearn.viz.__file__).parent.glob("*.py"))


def said() -> Iterator[tuple[str, ast.Call]]:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                yield path.name, node


def keys(node: ast.expr) -> list[str]:
    """The words that a call may ask for: one, one of two, or those of a pattern."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return [*keys(node.body), *keys(node.orelse)]
    if isinstance(node, ast.JoinedStr):
        pattern = "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+" for part in node.values
        )
        return [key for key in WORDS if re.fullmatch(pattern, key)]
    return []


def test_words_are_there_and_are_given_their_values() -> None:
    for name, call in said():
        given_values = {keyword.arg for keyword in call.keywords}
        for key in keys(call.args[0]):
            assert key in WORDS, f"{name}:{call.lineno} says {key!r}"
            fields = {field.split(".")[0] for _, field, _, _ in Formatter().parse(WORDS[key]) if field}
            assert None in given_values or fields == given_values, f"{name}:{call.lineno} {key}: {given_values}"


def test_all_words_are_said() -> None:
    used = {key for _, call in said() for key in keys(call.args[0])} | {"rises", "falls"}  # which a variable says
    assert not WORDS.keys() - used


def test_nothing_is_said_before_it_is_known_to_whom() -> None:
    """A default that a function's head says would be said once, in whatever language was spoken first."""
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            heads = [*function.args.defaults, *function.args.kw_defaults]
            assert not [each for each in heads if each is not None and "say(" in ast.unparse(each)], path.name
        assert not [node for node in tree.body if isinstance(node, ast.Assign) and "say(" in ast.unparse(node)], (
            path.name
        )


def test_hangul_takes_the_room_of_two_letters() -> None:
    assert (
        n_columns("perplexity") == 10
        and n_columns("퍼플렉서티") == 10
        and n_columns("“p” ≈ α × 2") == len("“p” ≈ α × 2")
    )
    assert label_box(0, 0, "코사인", 15)[2] == label_box(0, 0, "cosine", 15)[2]


def test_hangul_labels_do_not_cover_each_other() -> None:
    labels = ["가까운 단어들", "먼 단어들", "그 사이"]
    placed = place_labels([[0, 0], [60, 0], [0, 20]], labels, [3, 2, 1], 15, max_shift_px=200)  # pyright: ignore
    assert len(placed) == 3
    centres = {0: (0, 0), 1: (60, 0), 2: (0, 20)}
    boxes = {i: (centres[i][0] + dx, centres[i][1] + dy, len(labels[i]) * 15 / 2) for i, dx, dy in placed}
    for i, (x, y, half) in boxes.items():
        for j, (other_x, other_y, other_half) in boxes.items():
            assert i == j or abs(x - other_x) >= half + other_half - 15 or abs(y - other_y) >= 15


@given(st.text(alphabet="abc -,.é", max_size=200), st.integers(5, 60))
def test_latin_wraps_as_textwrap_wraps_it(text: str, width: int) -> None:
    text = " ".join(text.split())
    assert wrapped(text, width) == textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


@given(st.text(alphabet="가나다 단어ab", max_size=200), st.integers(8, 60))
def test_no_line_is_wider_than_asked_but_for_one_word(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert " ".join(lines) == " ".join(text.split())
    assert all(n_columns(line) <= width or " " not in line for line in lines)


def test_a_korean_title_gets_the_lines_it_needs() -> None:
    title = "모든 모델에서 가장 가까운 단어는 " * 4
    head = wrapped_title(title, per_line=82, legend=False)
    lines = head["title"]["text"].split("<br>")
    assert len(lines) == 2 and all(len(line) <= 60 for line in lines)
    assert head["margin_t"] == 56 + LINE_PX
