"""A link reopens the view: on every page, what a link says stands in the controls, and nothing of it is called unknown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reprlearn.ui.frame import PAGES
from reprlearn.ui.links import MOST_SELECTED
from reprlearn.ui.text import t
from tests.mapped_runs import write_mapped_runs
from tests.pages.opening import opened

# (page, what the link says, what then stands in the session).
LINKS: list[tuple[str, dict[str, str | list[str]], dict[str, Any]]] = [
    ("home", {"card_a": "gpt-tied", "card_b": "lstm-tied-al", "sorted": "size"},
     {"card_a": "gpt-tied", "card_b": "lstm-tied-al", "sorted": "size"}),
    ("embedding_space",
     {"run": "demo-untied", "matrix": "output", "map": "pca2", "colour": "norm", "word": "w17", "selected": "3-17-40"},
     {"run": "demo-untied", "matrix": "output", "map": "pca2", "colour": "norm", "word": "w17"}),
    ("embedding_space", {"run": "demo-untied", "other": "demo-tied", "compare": "true", "changes_order": "least", "band": ["30", "300"]},
     {"compare": True, "other": "demo-tied", "changes_order": "least", "band": (30, 300)}),
    ("next_token",
     {"runs": ["gpt-tied", "lstm-tied"], "prompt": "the film", "temperature": "0.5", "top_k": "20", "top_p": "0.9", "shown": "12",
      "chosen": "was", "order": "own", "length": "3", "seed": "7", "position": "2", "tau": "5", "gain": "1"},
     {"runs": ["gpt-tied", "lstm-tied"], "prompt": "the film", "temperature": 0.5, "top_k": 20, "top_p": 0.9, "shown": 12,
      "chosen": "was", "order": "own", "length": 3, "seed": 7, "position": 2, "tau": 5.0, "gain": 1.0}),
    ("tied_vs_untied", {"runs": ["lstm-tied", "lstm-untied"], "part": "answer", "against": "minutes"},
     {"runs": ["lstm-tied", "lstm-untied"], "part": "answer", "against": "minutes"}),
    ("tied_vs_untied", {"part": "words", "near": "good", "dial_word": "great", "dial_tau": "2", "dial_gain": "1.5",
      "dial_run": "lstm-tied"},
     {"part": "words", "near": "good", "dial_word": "great", "dial_tau": 2.0, "dial_gain": 1.5, "dial_run": "lstm-tied"}),
    ("tied_vs_untied", {"part": "matrices", "look": "placed", "order": "alike", "fewest": "100"},
     {"part": "matrices", "look": "placed", "order": "alike", "fewest": 100}),
    ("tied_vs_untied", {"part": "film", "film": "lstm-tied-input", "beside": "none", "film_map": "pca"},
     {"part": "film", "film": ("lstm-tied", "input"), "beside": ("", ""), "film_map": "pca"}),
    ("tied_vs_untied", {"part": "sizes"}, {"part": "sizes"}),
    ("context", {"part": "attention", "run": "gpt-tied", "sentence": "the film was not good", "head": "2.1"},
     {"part": "attention", "run": "gpt-tied", "sentence": "the film was not good", "head": (2, 1)}),
    ("transfer", {"part": "try", "review": "not bad"}, {"part": "try"}),
    ("soft_one_hot", {"run": "flights-soft-one-hot", "scalar": "distance", "value": "500", "bucket_temperature": "0.5",
      "closer": "path"},
     {"run": "flights-soft-one-hot", "scalar": "distance", "value": 500.0, "bucket_temperature": 0.5, "closer": "path"}),
    ("soft_one_hot", {"run": "flights-soft-one-hot", "part": "two", "other": "flights-quantile"},
     {"part": "two", "other": "flights-quantile"}),
    ("train", {"recipe": "lstm-tied", "set": "lstm-tied:fit.epochs=9"}, {"recipe": "lstm-tied", "lstm-tied.fit.epochs": 9}),
    ("train", {"part": "watch"}, {"part": "watch"}),
    ("library", {}, {}),
    ("report", {}, {}),
]  # fmt: skip


@pytest.fixture(autouse=True)
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The shipped runs, and two with known maps."""
    write_mapped_runs(tmp_path / "runs", 240)
    monkeypatch.setenv("REPRLEARN_RUNS", str(tmp_path / "runs"))
    monkeypatch.setenv("REPRLEARN_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("REPRLEARN_READONLY", raising=False)
    yield tmp_path


@pytest.mark.parametrize(("page", "query", "state"), LINKS, ids=lambda value: value if isinstance(value, str) else "")
def test_what_a_link_says_is_chosen(page: str, query: dict, state: dict) -> None:
    at = opened(page, **query)
    assert not [each.value for each in at.warning if "link" in each.icon], "nothing of the link is left out"
    for key, value in state.items():
        assert at.session_state[key] == value, key
    kept = {key: at.query_params[key] for key in query if key in at.query_params}
    # What is chosen without a link need not be said.
    by_default = {"run": "flights-soft-one-hot"} if page == "soft_one_hot" else {}
    assert kept == {key: said for key, said in query.items() if by_default.get(key) != said}, (
        "the address goes on saying it"
    )


def test_every_page_has_a_link_here() -> None:
    assert {page for page, _, _ in LINKS} >= {page.name for page in PAGES if page.name != "tour"}


def test_a_selection_stands_in_the_link_and_is_made_by_it() -> None:
    at = opened("embedding_space", run="demo-untied", selected="3-17-40-999999-x")
    heading = t("embedding_space.selection", n="3")
    assert heading in [each.value for each in at.subheader]
    assert at.query_params["selected"] == "3-17-40", "what is no word is left out"
    at.session_state["maps"] = {"selected": {"ids": list(range(2, 7)), "nonce": 1}}
    at.run()
    assert at.query_params["selected"] == "2-3-4-5-6", "the visitor's own takes its place"
    at.session_state["maps"] = {"selected": {"ids": [], "nonce": 1}}
    at.run()
    assert "selected" not in at.query_params and heading not in [each.value for each in at.subheader]


def test_a_selection_too_large_for_a_link_is_left_out_of_it() -> None:
    ids = "-".join(map(str, range(2, 2 + MOST_SELECTED + 50)))
    at = opened("embedding_space", run="demo-untied", selected=ids)
    assert len(at.query_params["selected"].split("-")) <= MOST_SELECTED
