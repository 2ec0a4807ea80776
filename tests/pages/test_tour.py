"""The guided tour: every step in both languages and both modes, asked and revealed, with the runs there are and without any."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import numpy as np
import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from reprlearn.runs import Run
from reprlearn.runs.store import SHIPPED
from reprlearn.ui import keys
from reprlearn.ui.frame import PAGES
from reprlearn.ui.presenting import LEAVE, MEASURED
from reprlearn.ui.text import t
from reprlearn.ui.text.languages import speaking
from reprlearn.ui.tour import buckets, rare_words, tying
from reprlearn.ui.tour.navigation import BACK, FORWARD
from reprlearn.ui.tour.steps import STEPS
from tests.mapped_runs import write_mapped_runs
from tests.pages.opening import opened

HANGUL = re.compile("[가-힣]")
SOFT = "synthetic-soft-one-hot"
NAMES = [step.name for step in STEPS]
ASKED = ["next-token", "tying", "rare-words", "buckets"]
UNTIED, TIED, AUGMENTED = "tiny-untied", "tiny-tied", "tiny-untied-al"


@pytest.fixture(scope="module")
def every_run(tiny_runs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twins of every kind, mapped words, and a soft one-hot whose true ranges are known."""
    root = tmp_path_factory.mktemp("tour")
    shutil.copytree(tiny_runs, root, dirs_exist_ok=True)
    shutil.copytree(root / UNTIED, root / AUGMENTED)
    card = Run(root / UNTIED).card
    recipe = {**card.recipe, "objective": {**card.recipe["objective"], "augmented_gain": 0.5}, "name": AUGMENTED}
    card.model_copy(update={"name": AUGMENTED, "recipe": recipe}).write(root / AUGMENTED)
    agrees = {"input": {"wordsim353": {"n": 200.0, "coverage": 0.5, "spearman": 0.3}}}
    Run(root / TIED).card.model_copy(update={"similarity": agrees}).write(root / TIED)
    shutil.copytree(SHIPPED / SOFT, root / SOFT)
    return write_mapped_runs(root)


@pytest.fixture
def losses(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`losses(tied=, augmented=)`: how many nats a token each twin loses more than the untied run, for all words or, as a function of
    the words' training counts, word by word.
    """

    def give(*, tied: Any = 0.0, augmented: Any = 0.0) -> None:
        more = {UNTIED: 0.0, TIED: tied, AUGMENTED: augmented}
        monkeypatch.setattr(
            "reprlearn.ui.token_scores.of", lambda run: _scores(run, more[run.name]) if run.name in more else None
        )
        st.cache_data.clear()  # what was said of other scores of the same files

    monkeypatch.setattr(
        "reprlearn.ui.token_scores.reference_neighbours", lambda run: np.tile([2, 3], (len(run.vocabulary), 1))
    )
    give()
    return give


def _scores(run: Run, more: Any) -> pd.DataFrame:
    counts = np.asarray(run.vocabulary.counts)
    words = np.resize(np.flatnonzero(counts), 12_000)
    noise = np.random.default_rng(sum(map(ord, run.name))).normal(0, 0.02, len(words))
    extra: Any = more(counts[words]) if callable(more) else more
    return pd.DataFrame(
        {"position": np.arange(len(words)), "word_id": words, "log_probability": -3.0 - extra + noise, "rank": 3,
         "top_probability": 0.2, "hit": False, "neighbour_probability": 0.1, "neighbour_rank": 4.0}
    )  # fmt: skip


@pytest.fixture
def visit(
    every_run: Path, losses: Callable[..., None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., AppTest]:
    """`visit(step, **query)` opens a step as a new visitor."""
    monkeypatch.setenv("REPRLEARN_RUNS", str(every_run))
    monkeypatch.setattr("reprlearn.runs.store.SHIPPED", tmp_path / "none")
    return tour


def tour(step: str | None = None, **query: str) -> AppTest:
    return opened("tour", **{"lang": "en", **({"step": step} if step else {}), **query})


def run(what: Any) -> AppTest:
    """The page after what was done to it, or to one of its widgets."""
    at = what.run()
    assert not at.exception
    return at


def forward(at: AppTest) -> AppTest:
    return run(at.button(key=FORWARD).click())


def asked(at: AppTest, key: str) -> str:
    """What the link says."""
    value = at.query_params[key]
    return value[-1] if isinstance(value, list) else value


def title(at: AppTest) -> str:
    return at.header[0].value


def charts(at: AppTest) -> list[str]:
    return [each.proto.id.rsplit("-", 1)[-1] for each in at.get("plotly_chart")]


def said(at: AppTest) -> str:
    return "\n".join(each.value for each in (*at.markdown, *at.code))


@pytest.mark.parametrize("present", [False, True], ids=["page", "presenting"])
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_whole_tour_is_taken_by_going_forward(visit: Callable[..., AppTest], lang: str, present: bool) -> None:
    at = visit(lang=lang, **({"present": "true"} if present else {}))
    for name in NAMES:
        with speaking(lang):
            assert title(at) == t(f"tour.title.{name}")
            assert t("tour.progress", n=NAMES.index(name) + 1, total=len(NAMES)) in at.get("progress")[0].proto.text
        if name in ASKED:
            assert not charts(at), "asked first, shown after"
            at = forward(at)
        assert len(charts(at)) == 1, name
        assert bool(HANGUL.search(said(at))) == (lang == "ko")
        assert bool(at.sidebar.page_link) != present
        for link in at.main.page_link:
            carried = parse_qs(link.proto.query_string)
            assert (carried["lang"], carried.get("present")) == ([lang], ["true"] if present else None)
        if name != NAMES[-1]:
            at = forward(at)
    assert at.button(key=FORWARD).disabled


def test_back_leads_back_and_an_answer_stays_revealed(visit: Callable[..., AppTest]) -> None:
    at = visit("tying")
    forward(at)
    at = forward(at)
    assert asked(at, "step") == "rare-words"
    at = run(at.button(key=BACK).click())
    assert asked(at, "step") == "tying" and charts(at) == ["tour_twins"]
    assert visit("representation").button(key=BACK).disabled
    assert not charts(visit("tying")), "another visitor is asked again"


def test_a_step_that_is_none_is_said_and_shown_as_text(visit: Callable[..., AppTest]) -> None:
    at = visit("<script>alert(1)</script>")
    assert title(at) == t("tour.title.representation")
    assert "script" in at.warning[0].value and "<script>" not in at.warning[0].value


def test_a_guess_is_judged_by_the_runs(visit: Callable[..., AppTest], losses: Callable[..., None]) -> None:
    losses(tied=-0.1)
    for guess, verdict in (("less", "✓"), ("more", "✗")):
        at = visit("tying")
        at.radio(key="tour_guess_tying").set_value(guess)
        at = forward(at)
        assert any(each.value.startswith(verdict) for each in at.markdown), guess


@pytest.mark.parametrize(("more", "verdict"), [(-0.1, "less"), (0.0, "none"), (0.1, "more")])
def test_what_is_said_of_tying_follows_the_twins(
    visit: Callable[..., AppTest], losses: Callable[..., None], more: float, verdict: str
) -> None:
    losses(tied=more)
    at = forward(visit("tying"))
    sayings = {"less": "better predictions", "none": "no difference in predictions", "more": "worse predictions"}
    assert [each for each, words in sayings.items() if words in said(at)] == [verdict]


@pytest.mark.parametrize(("more", "verdict"), [(-0.1, "better"), (0.0, "neither"), (0.1, "worse")])
def test_what_is_said_of_the_augmented_loss_follows_the_twins(
    visit: Callable[..., AppTest], losses: Callable[..., None], more: float, verdict: str
) -> None:
    losses(augmented=more)
    text = said(visit("augmented-loss"))
    assert re.findall(r"As a whole it predicts (\w+)", text) == [verdict]


@pytest.mark.parametrize(
    ("more", "where"),
    [
        (lambda counts: np.where(counts < 200, -0.2, 0.2), "rare"),
        (lambda counts: np.where(counts < 200, 0.2, -0.2), "frequent"),
        (-0.2, "all"),
        (0.2, "none"),
    ],
    ids=["rare", "frequent", "all", "none"],
)
def test_where_words_gain_follows_the_twins(
    visit: Callable[..., AppTest], losses: Callable[..., None], more: Any, where: str
) -> None:
    losses(augmented=more)
    at = visit("rare-words")
    at.radio(key="tour_guess_rare-words").set_value(where)
    assert any(each.value.startswith("✓") for each in forward(at).markdown)


def test_bands_that_gain_here_and_there_are_called_so() -> None:
    def bands(*verdicts: str) -> pd.DataFrame:
        return pd.DataFrame({"low": [*range(len(verdicts) - 1), np.nan], "verdict": verdicts})

    assert rare_words.gaining(bands("less", "none", "less", "none", "more")) == "some"
    assert rare_words.gaining(bands("less", "none", "more", "less")) == "rare", "<unk> is no word"


def test_learned_edges_are_judged_against_even_cuts() -> None:
    def match(learned: float, even: float) -> pd.DataFrame:
        return pd.DataFrame({"learned_off": [learned], "quantile_off": [even]})

    assert [buckets.verdict(match(*each)) for each in ((0.001, 0.1), (0.01, 0.005), (0.2, 0.3))] == [
        "found",
        "even",
        "missed",
    ]


def test_a_text_too_short_for_an_interval_has_dashes() -> None:
    row = {"pair": "LSTM", "saved": 0.4, "difference": -0.01, "lower": np.nan, "upper": np.nan, "verdict": "none"}
    assert "nan" not in tying.finding([row]) and tying.finding([row]).count(t("number.none")) == 2


def test_every_step_says_what_to_do_without_any_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REPRLEARN_RUNS", str(tmp_path))
    monkeypatch.setattr("reprlearn.runs.store.SHIPPED", tmp_path / "none")
    monkeypatch.setattr("reprlearn.analysis.transfer.RESULTS", tmp_path / "no results")
    at = tour()
    for name in NAMES:
        assert title(at) == t(f"tour.title.{name}")
        assert at.code and at.code[0].value.startswith("python -m ")
        if name != NAMES[-1]:
            at = forward(at)


def test_one_twin_alone_is_not_enough_and_is_said(
    visit: Callable[..., AppTest], every_run: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(every_run / UNTIED, tmp_path / "runs" / UNTIED)
    monkeypatch.setenv("REPRLEARN_RUNS", str(tmp_path / "runs"))
    for name, key in (("tying", "tied"), ("augmented-loss", "augmented")):
        at = visit(name)
        assert t(f"tour.missing.{key}") in said(at) and not charts(at)
    assert charts(forward(visit("next-token"))) == ["tour_expected"]


def test_presentation_mode_is_on_every_page_and_left_by_its_button(visit: Callable[..., AppTest]) -> None:
    at = visit("numbers", present="true")
    assert not at.sidebar.page_link
    at = run(at.button(key=LEAVE).click())
    assert "present" not in at.query_params and asked(at, "step") == "numbers"
    assert len(at.sidebar.page_link) == len(PAGES)
    at = run(at.sidebar.toggle(key="present_switch").set_value(True))
    assert asked(at, "present") == "true" and not at.sidebar.page_link


def test_figures_are_larger_when_presenting(visit: Callable[..., AppTest]) -> None:
    def tick_px(at: AppTest) -> float:
        spec = json.loads(at.get("plotly_chart")[0].proto.spec)
        return spec["layout"]["template"]["layout"]["xaxis"]["tickfont"]["size"]

    assert tick_px(visit("numbers", present="true")) == pytest.approx(1.25 * tick_px(visit("numbers")))


def test_the_window_a_browser_reports_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    for report, scale in (
        (1.5, 1.5),
        (40, keys.LARGEST),
        (0.001, keys.SMALLEST),
        ("2", 1),
        (True, 1),
        (None, 1),
        (-1, 1),
        (float("nan"), 1),
    ):
        monkeypatch.setattr(keys.st, "session_state", {MEASURED: {"scale": report}})
        assert keys.scale_of(MEASURED) == scale
    assert keys.scale_of("never said") == 1
