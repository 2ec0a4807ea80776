"""A review that a visitor types: what every trained classifier says of it, side by side, and which words moved it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.analysis.transfer_reading import strongest
from reprlearn.runs import RunError
from reprlearn.ui import loaders, widgets
from reprlearn.ui.frame import RUN_KEY
from reprlearn.ui.presenting import px
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.transfer.words import share
from reprlearn.viz.transfer_words import moved_words, signed

if TYPE_CHECKING:
    from reprlearn.analysis.transfer_reading import Reading
    from reprlearn.runs import Run

CAPABILITY = "Classifies"
REVIEW, PUT = "review", "review_put"
COMMAND = "python -m reprlearn train bert-sentences"
MAX_CHARACTERS, MAX_WORDS, MOST_RUNS = 6000, 128, 8
EXAMPLES = ("irony", "negation", "mixed")
N_BARS = 8
# From these shares of the strongest word's move on, a word is coloured, and bold.
COLOURED, BOLD = 0.15, 0.5
MOST_UNKNOWN = 12


def show() -> None:
    """The box to type in, the answers in one sentence, and a card for each classifier."""
    runs = classifiers()
    if not runs:
        with st.container(border=True):
            st.markdown(t("transfer.try.none"))
            st.code(COMMAND, language="bash")
        return
    st.markdown(t("transfer.try.lead", n=max(run.card.recipe["data"].get("max_words", MAX_WORDS) for run in runs)))
    text = _review()
    readings = _read(runs, text)
    if not readings:
        return
    if not any(reading.tokens for reading in readings.values()):
        st.info(t("transfer.try.empty"))
        return
    st.markdown(f"#### {agreement({name: reading.probability for name, reading in readings.items()})}")
    reach = max(float(abs(reading.moved).max(initial=0)) for reading in readings.values())
    with st.grid(min_column_width=330, gap="medium"):
        for name, reading in readings.items():
            with st.container(border=True, height="stretch"):
                _card(loaders.run(name), reading, reach)
    st.markdown(small(t("transfer.try.note")))


def classifiers() -> list[Run]:
    """The runs that classify, the one a link asks for first."""
    runs, asked = loaders.runs_with(CAPABILITY), st.query_params.get(RUN_KEY)
    return sorted(runs, key=lambda run: run.name != asked)[:MOST_RUNS]


def put(text: str) -> None:
    """Put a text into the box; for callbacks, which run before it is drawn."""
    st.session_state[REVIEW] = text[:MAX_CHARACTERS]
    st.session_state[PUT] = True


def _review() -> str:
    """The text, cut down to what is read at the most; notices say so."""
    linked = st.query_params.get(REVIEW, "")
    # What was put there stands in the session state, which a first text would be at odds with.
    first = "" if st.session_state.pop(PUT, False) else t("transfer.try.first")
    text = st.text_area(
        t("transfer.try.review"), first, key=REVIEW, bind="query-params", height=100, max_chars=MAX_CHARACTERS
    ) or ""  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(small(t("transfer.try.examples")), width="content")
        for name in EXAMPLES:
            example = t(f"transfer.try.example.{name}")
            label = t(f"transfer.try.examples.{name}")
            st.button(label, key=f"example_{name}", on_click=put, args=(example,), help=as_text(example))
    if max(len(text), len(linked)) > MAX_CHARACTERS:
        st.warning(t("transfer.try.cut.characters", n=f"{MAX_CHARACTERS:,}"))
    return text[:MAX_CHARACTERS]


def _read(runs: list[Run], text: str) -> dict[str, Reading]:
    """What each run that can be opened says; of the others it is said why not."""
    readings = {}
    for each in runs:
        try:
            readings[each.name] = reading_of(loaders.run(each.name), text)
        except RunError as error:
            said = {"name": as_text(each.name), "reason": as_text(error)}
            st.error(t("run.broken", **said), icon=":material/broken_image:")
    longest = max((reading.n_words for reading in readings.values()), default=0)
    shortest = min((len(reading.tokens) for reading in readings.values()), default=0)
    if longest > shortest:
        st.warning(t("transfer.try.cut", n=shortest, of=f"{longest:,}"))
    return readings


def agreement(probabilities: dict[str, float]) -> str:
    """What the classifiers find, and where they differ which of them is surest of either."""
    n, positive = len(probabilities), sum(p > 0.5 for p in probabilities.values())
    if n == 1:
        name = as_text(next(iter(probabilities)))
        return t("transfer.try.one.positive", run=name) if positive else t("transfer.try.one.negative", run=name)
    if n == 2 and positive != 1:
        return t("transfer.try.both.positive") if positive else t("transfer.try.both.negative")
    if positive in (0, n):
        return t("transfer.try.agree.positive", n=n) if positive else t("transfer.try.agree.negative", n=n)
    ends = {
        key: t("transfer.try.run", run=as_text(name), share=share(probabilities[name]))
        for key, name in (
            ("high", max(probabilities, key=probabilities.__getitem__)),
            ("low", min(probabilities, key=probabilities.__getitem__)),
        )
    }
    return t("transfer.try.split", positive=positive, n=n, **ends)


def _card(run: Run, reading: Reading, reach: float) -> None:
    """One classifier: its answer, the words that moved it, and the text as it read it."""
    positive = reading.probability > 0.5
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        with st.container(gap="xxsmall", width=px(190)):
            st.markdown(f"**{as_text(run.name)}**")
            st.badge(
                t("transfer.try.positive") if positive else t("transfer.try.negative"),
                color="green" if positive else "violet",
            )
        st.metric(t("transfer.try.probability"), share(reading.probability), width="content")
    st.markdown(small(_about(run)))
    words = strongest(reading, N_BARS)
    st.markdown(_moved(words.iloc[0]["token"], float(words.iloc[0]["moved"])))
    figure = moved_words(
        words, reach=reach, axis_title=t("transfer.try.axis"), unknown_text=t("transfer.try.unknown.bar"),
        alone_text=t("transfer.try.without"), theme=widgets.theme(),
    )  # fmt: skip
    said = ", ".join(f"{row['token']} {signed(row['moved'])}" for row in words.to_dict("records"))
    widgets.show(figure, f"moved_{run.name}", alt=t("transfer.try.alt", run=run.name, words=said))
    st.markdown(coloured(reading, reach))
    unknown = list(
        dict.fromkeys(token for token, known in zip(reading.tokens, reading.known, strict=True) if not known)
    )
    if unknown:
        listed = as_text(", ".join(unknown[:MOST_UNKNOWN])) + ("…" if len(unknown) > MOST_UNKNOWN else "")
        st.markdown(small(t("transfer.try.unknown", words=listed)))


def _moved(word: str, moved: float) -> str:
    if moved == 0:
        return t("transfer.try.still")
    side = t("transfer.try.positive") if moved > 0 else t("transfer.try.negative")
    return t("transfer.try.moved", word=as_text(word), change=signed(moved), side=side)


def coloured(reading: Reading, reach: float) -> str:
    """The text as Markdown: the words that speak for either side on its colour, the strongest bold, unknown ones grey.

    reach: how far the strongest word of all classifiers moved its own (nats), by which all are measured.
    """
    said = []
    for token, known, moved in zip(reading.tokens, reading.known, reading.moved, strict=True):
        word = as_text(token) if known else f":gray[{as_text(token)}]"
        part = abs(moved) / reach if reach else 0.0
        if part >= COLOURED:
            ground = "green" if moved > 0 else "violet"
            word = f":{ground}-background[{f'**{word}**' if part >= BOLD else word}]"
        said.append(word)
    return " ".join(said)


def _about(run: Run) -> str:
    """What the classifier was trained on, and how good it is at that."""
    data, test = run.card.recipe.get("data", {}), run.card.metrics.get("test", {})
    accuracy = test.get("accuracy")
    task = {"sentences": t("transfer.task.sentences"), "reviews": t("transfer.task.reviews")}.get(data.get("task"), "")
    n_labels = data.get("n_labels")
    return t(
        "transfer.try.about", task=as_text(task),
        labels=f"{n_labels:,}" if isinstance(n_labels, int) else t("transfer.axis.all"),
        accuracy=t("number.none") if accuracy is None else share(accuracy),
    )  # fmt: skip


def reading_of(run: Run, text: str) -> Reading:
    """`analysis.transfer_reading.read_text`, cached; to read only."""
    return _reading(loaders.stamp(run.path), run, text)


@st.cache_resource(max_entries=128, show_spinner=False)
def _reading(stamp: loaders.Stamp, _run: Run, text: str) -> Reading:
    from reprlearn.analysis.transfer_reading import read_text

    with loaders.forward_lock:
        return read_text(_run, text)
