"""What a visitor asks: a prompt, any number of models, how a word would be drawn. Every choice is a query parameter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.runs import RunError
from reprlearn.ui import loaders, widgets
from reprlearn.ui.frame import OTHER_KEY, RUN_KEY, RUNS_KEY
from reprlearn.ui.links import in_link
from reprlearn.ui.several_runs import several_runs
from reprlearn.ui.text import as_text, t
from reprlearn.viz.style import role

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from reprlearn.analysis.prediction import PromptReading
    from reprlearn.runs import Run

# Percent-encoded at nine characters each, which is what a letter of another script takes, it still fits into a link.
MAX_PROMPT_CHARACTERS, MAX_WORD_CHARACTERS = 6000, 60
TOP_K = (1, 2, 3, 5, 10, 20, 50, 100, 500, 1000)
CHOSEN, PROMPT = "chosen", "prompt"
FIRST_CHOICE = ("lstm-untied", "lstm-tied")
# Of a link that names a model and one to compare it with, when it was last followed.
FOLLOWED = "next_token_followed"


@dataclass(frozen=True)
class Sampling:
    """How a word would be drawn; None keeps all words."""

    temperature: float
    top_k: int | None
    top_p: float


@dataclass(frozen=True)
class View:
    """A prompt as the models have read it.

    readings: of each run, in the visitor's order.  roles: {run name: role of `viz.style`}, for all figures of the page.
    chosen: what was typed or clicked as a candidate, "" for none.
    """

    prompt: str
    runs: tuple[Run, ...]
    readings: dict[str, PromptReading]
    roles: dict[str, str]
    sampling: Sampling
    n_shown: int
    chosen: str


def choose(runs_place: DeltaGenerator) -> View:
    """Draw the controls, that of the models in `runs_place`, and let the models read.

    The page says what it could not use, and stops where no model is left.
    """
    # Read before the widgets are drawn, which cut and drop what they cannot hold.
    asked = widgets.asked("temperature", "top_k", "top_p", "shown")
    with runs_place:
        names = _runs()
    prompt, cut = _prompt()
    sampling, n_shown, chosen = _numbers(st.columns(5, gap="medium"))
    widgets.say_ignored(asked, "next_token")
    if cut:
        st.warning(t("next_token.prompt.cut", n=MAX_PROMPT_CHARACTERS))
    runs, readings = _read(names, prompt)
    if not runs:
        st.stop()
    roles = {run.name: role(run.card.tied) for run in runs}
    return View(prompt, tuple(runs), readings, roles, sampling, n_shown, chosen)


def _prompt() -> tuple[str, bool]:
    """The prompt, and whether it had to be cut."""
    linked = st.query_params.get(PROMPT, "")
    prompt = st.text_area(
        t("next_token.prompt"), t("next_token.prompt.first"), key=PROMPT, bind="query-params", height=76,
        max_chars=MAX_PROMPT_CHARACTERS, help=t("next_token.prompt.help"),
    ) or ""  # fmt: skip
    return prompt[:MAX_PROMPT_CHARACTERS], max(len(prompt), len(linked)) > MAX_PROMPT_CHARACTERS


def _runs() -> list[str]:
    """Names of the models, in the visitor's order, one at least."""
    names = [run.name for run in loaders.runs_with("Predicts")]
    if not names:
        widgets.no_runs()
        st.stop()
    listed = st.query_params.get_all(RUNS_KEY)
    pair = [name for key in (RUN_KEY, OTHER_KEY) for name in st.query_params.get_all(key)[-1:]]
    followed = not listed and pair and pair != st.session_state.get(FOLLOWED)
    new = RUNS_KEY not in st.session_state or followed
    asked = (listed or pair) if new else []
    st.session_state[FOLLOWED] = pair
    first = start(names, listed, pair)
    if new and listed:
        st.query_params[RUNS_KEY] = first
    chosen = several_runs(
        first,
        lambda: st.multiselect(
            t("next_token.runs"), names, key=RUNS_KEY, bind="query-params", help=t("next_token.runs.help"),
            placeholder=t("next_token.runs.placeholder"), label_visibility="collapsed",
        ),
        new=bool(new),
    )  # fmt: skip
    chosen = [name for name in dict.fromkeys(chosen) if name in names]  # a client may send anything
    if not chosen:
        st.info(t("next_token.runs.none"))
        st.stop()
    _say_gone([name for name in asked if name not in names], chosen)
    return chosen


def start(names: Sequence[str], listed: Sequence[str], pair: Sequence[str]) -> list[str]:
    """The models a link asks for that are here; for one that names none, or one alone, the pair that is looked at first.

    names: of the models there are.  listed: those of `?runs=`.  pair: those of `?run=` and `?other=`, which other pages
    and older links write.
    """
    found = [name for name in dict.fromkeys(listed or pair) if name in names]
    wanted = len(found) if listed and found else 2
    first = [name for name in (*reversed(FIRST_CHOICE), *names) if name in names] if found else [*FIRST_CHOICE, *names]
    if len(pair) > 1 and len(found) == 1 and pair[0] == pair[1]:
        return found  # somebody asked for one model twice
    return [*found, *(name for name in dict.fromkeys(first) if name in names and name not in found)][
        : max(wanted, len(found))
    ]


def _say_gone(missing: Sequence[str], shown: Sequence[str]) -> None:
    there = [run.name for run in loaders.runs_with(None)]
    for name in dict.fromkeys(missing):
        said = {"name": as_text(name), "shown": as_text(", ".join(shown))}
        st.warning(t("run.unfit", **said) if name in there else t("run.gone", **said), icon=":material/link_off:")


def _numbers(places: Sequence[DeltaGenerator]) -> tuple[Sampling, int, str]:
    """How a word would be drawn, how many are shown, and the one that is looked up."""
    temperature = places[0].slider(
        t("next_token.temperature"), 0.1, 3.0, 1.0, 0.1, key="temperature", bind="query-params",
        help=t("next_token.temperature.help"),
    )  # fmt: skip
    with places[1]:
        top_k = in_link("top_k", {None: "all", **{k: str(k) for k in TOP_K}}, _draw_top_k)
    top_p = places[2].slider(
        t("next_token.top_p"), 0.05, 1.0, 1.0, 0.05, key="top_p", bind="query-params", help=t("next_token.top_p.help")
    )
    shown = places[3].slider(t("next_token.shown"), 5, 30, 8, key="shown", bind="query-params")
    chosen = places[4].text_input(
        t("next_token.chosen"), key=CHOSEN, bind="query-params", help=t("next_token.chosen.help"),
        max_chars=MAX_WORD_CHARACTERS, placeholder=t("next_token.chosen.placeholder"),
    )  # fmt: skip
    # The browser keeps these in bounds; a hand-made request may not.
    sampling = Sampling(
        temperature=min(max(temperature, 0.1), 3.0),
        top_k=top_k,
        top_p=min(max(top_p, 0.05), 1.0),
    )
    return sampling, min(max(shown, 1), 30), (chosen or "").strip()[:MAX_WORD_CHARACTERS]


def _draw_top_k() -> int | None:
    return st.select_slider(
        t("next_token.top_k"), [*TOP_K, None], key="top_k", help=t("next_token.top_k.help"),
        format_func=lambda k: t("next_token.top_k.all") if k is None else str(k),
    )  # fmt: skip


def _read(names: Sequence[str], prompt: str) -> tuple[list[Run], dict[str, PromptReading]]:
    """The runs that could be opened, and the prompt as each has read it; of the others it is said why not."""
    runs, readings = [], {}
    for name in names:
        try:
            run = loaders.run(name)
            readings[name] = loaders.reading(run, prompt)
        except RunError as error:
            st.error(t("run.broken", name=as_text(name), reason=as_text(error)), icon=":material/broken_image:")
            continue
        runs.append(run)
    return runs, readings
