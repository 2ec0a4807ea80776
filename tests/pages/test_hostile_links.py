"""Links and prompts at their worst: every page opens on them, says so where it leaves something out, and runs none of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from reprlearn.ui.context.controls import PARTS as CONTEXT_PARTS
from reprlearn.ui.frame import PAGES
from reprlearn.ui.soft_one_hot.controls import PARTS as SOFT_ONE_HOT_PARTS
from reprlearn.ui.tied_vs_untied.controls import PARTS as TIED_PARTS
from reprlearn.ui.train.parts import PARTS as TRAIN_PARTS
from reprlearn.ui.transfer.controls import PARTS as TRANSFER_PARTS
from tests.pages.opening import opened

SCRIPT = "<script>alert(1)</script>"
HOSTILE = (
    SCRIPT,
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "../../../etc/passwd",
    "file:///etc/passwd",
    "\0",
    "\u202emoor",
    "{0.__class__}",
    "%s%n%00",
    "$\\input{x}$",
    "-1",
    "1e309",
    "nan",
    "9" * 400,
    "a " * 20_000,
    "",
    "'; DROP TABLE runs; --",
    "=cmd|' /C calc'!A0",
    "\U0001f600" * 3,
    "None",
)
# What the pages take from a link, `part` aside.
KEYS = (
    *("run", "other", "runs", "lang", "matrix", "colour", "labels", "dimensions", "method", "metric", "n_neighbors"),
    *(
        "min_dist",
        "seed",
        "near",
        "words",
        "word",
        "prompt",
        "temperature",
        "top_k",
        "top_p",
        "order",
        "compare",
        "shown",
    ),
    *("guess", "many", "draw_one", "draw_more", "draw_again", "position", "candidate", "look", "against", "points"),
    *("fewest", "pair", "corpus", "architecture", "cost", "agreement", "hardly", "centred", "subspace_text", "named"),
    *("film_map", "speed", "dial_run", "dial_context", "dial_word", "dial_gain", "dial_tau", "band", "scalar", "value"),
    *("missing", "sequence", "type", "bucket_temperature", "closer", "layer", "head", "at", "blank", "same", "first"),
    *("second", "task", "panels", "way", "review", "recipe", "set", "upload", "whose", "training", "step", "present"),
)
PARTS: dict[str, tuple[str, ...]] = {
    "tied_vs_untied": TIED_PARTS,
    "context": CONTEXT_PARTS,
    "transfer": TRANSFER_PARTS,
    "soft_one_hot": SOFT_ONE_HOT_PARTS,
    "train": TRAIN_PARTS,
}
OPENED = [(page.name, part) for page in PAGES for part in PARTS.get(page.name, ("",))]


@pytest.fixture(autouse=True)
def _runs(only_tiny_runs: Path) -> None:
    """Two tiny runs, so that a page has something to draw."""


def nothing_runs(at: AppTest) -> None:
    """No text of the page lets a browser read HTML in which something of the link stands as it came."""
    for each in at.get("markdown"):
        assert not (each.proto.allow_html and "alert(1)" in each.proto.body), each.proto.body
    assert not at.get("html") or all("alert(1)" not in each.proto.body for each in at.get("html"))


@pytest.mark.parametrize("turn", range(3))
@pytest.mark.parametrize(("page", "part"), OPENED)
def test_a_page_opens_on_any_link(page: str, part: str, turn: int) -> None:
    query = {key: HOSTILE[(7 * turn + i) % len(HOSTILE)] for i, key in enumerate(KEYS)}
    at = opened(page, **{**query, "part": part or SCRIPT})
    assert at.get("heading") or at.header or at.title
    nothing_runs(at)


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_a_prompt_is_words_and_nothing_else(value: str) -> None:
    at = opened("next_token", run="tiny-untied", other="tiny-tied")
    box = next(each for each in [*at.text_area, *at.text_input] if "prompt" in str(each.key))
    at = box.set_value(value).run()
    assert not at.exception, [each.value for each in at.exception]
    nothing_runs(at)


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_the_name_of_a_run_that_is_not_there_is_said_as_text(value: str) -> None:
    at = opened("embedding_space", run=value)
    nothing_runs(at)
    if value.strip("\0 "):
        said = " ".join(each.proto.body for each in [*at.warning, *at.info, *at.error])
        assert said and "<script" not in said.replace("\\<", "")
