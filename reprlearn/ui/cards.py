"""Runs as cards: the gallery, the folders that cannot be opened, and two cards compared. Reads cards, never weights."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from reprlearn import jobs
from reprlearn.runs import BrokenRun, Run
from reprlearn.runs.store import PARTIAL_SUFFIX
from reprlearn.ui.frame import PAGES, RUN_KEY, link
from reprlearn.ui.text import as_text, phrase, small, t
from reprlearn.ui.text.numbers import compact, day, decimal, duration

if TYPE_CHECKING:
    from reprlearn.analysis.models import Row
    from reprlearn.runs import Card

# Streamlit's names for the colours that .streamlit/config.toml sets to the roles of reprlearn/viz/style.py.
_BADGES = {True: ("kind.tied", "blue"), False: ("kind.untied", "orange"), None: ("kind.none", "gray")}


def kind_badge(tied: bool | None) -> None:
    """ "tied" or "untied" in the colour that has this meaning on every page."""
    key, colour = _BADGES[tied]
    st.badge(t(key), color=colour)  # type: ignore[arg-type]


def gallery(runs: Sequence[Run], broken: Sequence[BrokenRun]) -> None:
    """A card for each run, then one for each folder that is none, in as many columns as the window holds.

    Models of text come first; those of events follow log by log, the best of a log before the others; then what was brought.
    """
    texts = [run for run in runs if run.card.corpus.kind == "text"]
    brought = [run for run in runs if run.card.imported is not None]
    logs = sorted({run.card.corpus.name for run in runs if run.card.corpus.kind == "events"})
    if texts and (logs or brought):
        st.markdown(f"**{t('home.gallery.text')}**")
    _grid([(_card, run) for run in texts])
    for log in logs:
        st.markdown(f"**{t('home.gallery.events', log=as_text(log))}**")
        own = [run for run in runs if run.card.corpus.kind == "events" and run.card.corpus.name == log]
        _grid([(_card, run) for run in sorted(own, key=_test_loss)])
    if brought:
        st.markdown(f"**{t('home.gallery.imported')}**")
        _grid([(_card, run) for run in brought])
    _grid([(_broken_card, folder) for folder in broken])


def _test_loss(run: Run) -> float:
    return run.card.metrics.get("test", {}).get("loss", math.inf)


def _grid(cards: Sequence[tuple[Callable[[Any], None], Any]]) -> None:
    """Cards side by side, each drawn by its own function."""
    if not cards:
        return
    with st.grid(min_column_width=340, gap="medium"):
        for draw, what in cards:
            with st.container(border=True, height="stretch"):
                draw(what)


def comparison(a: Run, b: Run) -> None:
    """The fields of two cards: those that differ, then, folded away, those that do not."""
    from reprlearn.analysis.models import compare_cards

    rows = compare_cards(a.card, b.card)
    different = [row for row in rows if row.differs]
    same = [row for row in rows if not row.differs]
    if different:
        st.markdown(t("home.compare.differ", n_different=len(different), n_same=len(same)))
        _table([(_field(row), _value(row, row.a), _value(row, row.b)) for row in different], (a.name, b.name))
    else:
        st.markdown(t("home.compare.equal"))
    if same:
        with st.expander(t("home.compare.same")):
            _table([(_field(row), _value(row, row.a)) for row in same], (f"{a.name} = {b.name}",))


def _field(row: Row) -> str:
    """A field's name and those of the sections it stands in, in the visitor's language."""
    return ": ".join(phrase(part) for part in row.label.split(": "))


def _value(row: Row, value: str) -> str:
    told = row.field.rpartition(".")[2] == "summary"  # the card's, or its recipe's
    return phrase(value) if told or value in ("yes", "no") else value


def summary(card: Card) -> str:
    """What the run is, in a line; what a card says of an import has its numbers in it, and so is put together anew."""
    if card.imported is None:
        return phrase(card.summary)
    size = {"n": f"{card.corpus.n_words:,}", "width": f"{card.width:,}"}
    if card.architecture == "vectors":
        said = t("kind.imported.words", **size)
    else:
        said = t("kind.imported.tokens", architecture=card.architecture, **size)
    return t("kind.imported.pair", said=said) if card.tied is False else said


def _card(run: Run) -> None:
    card = run.card
    events = card.corpus.kind == "events"
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.subheader(as_text(run.name), anchor=False, width="content")
        if card.imported is not None:
            st.badge(t("kind.imported"), color="gray", icon=":material/upload_file:")
        elif events:
            st.badge(as_text(card.recipe["model"].get("encoding", "")), color="gray")
        else:
            kind_badge(card.tied)
    st.markdown(as_text(summary(card)))
    first, parameters = st.columns(2)
    if card.imported is not None:
        first.metric(t("home.card.words"), compact(card.corpus.n_words), help=t("home.card.words.help"))
    elif _classifies(run):
        first.metric(t("home.card.test_accuracy"), _accuracy(run, "test"), help=t("home.card.test_accuracy.help"))
    else:
        first.metric(
            t("home.card.perplexity"), _perplexity(run, "test"),
            help=t("home.card.perplexity.help.events") if events else t("home.card.perplexity.help"),
        )  # fmt: skip
    parameters.metric(t("home.card.parameters"), compact(card.n_parameters), help=t("home.card.parameters.help"))
    details = st.container(gap="xxsmall")
    lines = _imported_lines if card.imported is not None else _event_lines if events else _text_lines
    for line in lines(run):
        details.markdown(small(line))
    if card.training is not None:
        trained = {"day": as_text(day(card.training.finished)), "duration": duration(card.training.wall_seconds)}
        details.markdown(small(t("home.card.training", epochs=card.training.epochs, **trained)))
    with st.container(horizontal=True):
        for page in PAGES:
            if page.needs in card.capabilities:
                link(page, {RUN_KEY: run.name})


def _text_lines(run: Run) -> list[str]:
    card, corpus = run.card, run.card.corpus
    model = {"architecture": as_text(card.architecture), "width": card.width, "n_words": f"{corpus.n_words:,}"}
    return [
        t("home.card.valid_accuracy", accuracy=_accuracy(run, "valid"))
        if _classifies(run)
        else t("home.card.valid", perplexity=_perplexity(run, "valid")),
        t("home.card.model", **model),
        t("home.card.corpus", corpus=as_text(corpus.name), tokens=compact(corpus.n_tokens.get("train", 0))),
    ]


def _imported_lines(run: Run) -> list[str]:
    """Of what was brought: how wide, from which files, and when."""
    card, made = run.card, run.card.imported
    assert made is not None, "it was brought"
    model = {"architecture": as_text(card.architecture), "width": card.width}
    return [
        t("home.card.imported", **model),
        t("library.from", source=as_text(card.corpus.source), day=as_text(day(made.finished))),
    ]


def _event_lines(run: Run) -> list[str]:
    """As for text, in the words of event logs; accuracy stands beside that of the most common type, which may be near."""
    card, corpus, test = run.card, run.card.corpus, run.card.metrics.get("test", {})
    model = {"architecture": as_text(card.architecture), "width": card.width, "n_types": f"{corpus.n_words:,}"}
    accuracy, majority = (_share(test.get(name)) for name in ("accuracy", "majority_accuracy"))
    size = {
        "events": compact(corpus.n_tokens.get("train", 0)),
        "sequences": compact((corpus.n_sequences or {}).get("train", 0)),
    }
    return [
        t("home.card.accuracy", accuracy=accuracy, majority=majority),
        t("home.card.model.events", **model),
        t("home.card.log", log=as_text(corpus.name), **size),
    ]


def _broken_card(folder: BrokenRun) -> None:
    if folder.name.endswith(PARTIAL_SUFFIX):
        name = folder.name.removesuffix(PARTIAL_SUFFIX)
        st.subheader(as_text(name), anchor=False)
        st.badge(t("home.unfinished"), color="gray", icon=":material/hourglass_empty:")
        if name in [job.name for job in jobs.read_all()[0]]:
            (train,) = (page for page in PAGES if page.name == "train")
            link(train, {"part": "watch", "job": name}, label=t("train.home"))
        else:
            st.markdown(t("home.unfinished.help"))
        return
    st.subheader(as_text(folder.name), anchor=False)
    if folder.is_root:
        st.badge(t("home.unreachable"), color="red", icon=":material/cloud_off:")
        st.markdown(as_text(folder.reason.removeprefix(f"{folder.name}: ")))
        st.markdown(small(t("home.unreachable.help")))
        return
    st.badge(t("home.broken"), color="red", icon=":material/broken_image:")
    # The reason names the folder first; the card already does.
    st.markdown(as_text(folder.reason.removeprefix(f"{folder.name}: ")))
    st.markdown(small(t("home.broken.help")))


def _classifies(run: Run) -> bool:
    """Whether it tells texts apart, and predicts no words that a perplexity could be of."""
    return "Classifies" in run.card.capabilities


def _accuracy(run: Run, split: str) -> str:
    return _share(run.card.metrics.get(split, {}).get("accuracy"))


def _perplexity(run: Run, split: str) -> str:
    return decimal(run.card.metrics.get(split, {}).get("perplexity"))


def _share(number: float | None) -> str:
    return t("number.none") if number is None else f"{number:.1%}"


def _table(rows: Sequence[tuple[object, ...]], names: tuple[str, ...]) -> None:
    """A plain Markdown table: large on a projector, and drawn without pandas."""
    header = (t("home.compare.field"), *map(as_text, names))
    lines = [header, ("---",) * len(header), *(tuple(as_text(cell) for cell in row) for row in rows)]
    st.markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))
