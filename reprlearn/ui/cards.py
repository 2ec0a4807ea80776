"""Runs as cards, and two cards compared. Reads cards, never weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.runs import Run
from reprlearn.ui.frame import PAGES, RUN_KEY, link
from reprlearn.ui.text import as_text, phrase, small, t
from reprlearn.ui.text.numbers import compact, day, decimal, duration

if TYPE_CHECKING:
    from reprlearn.analysis.cards import Row
    from reprlearn.runs import Card

COMPARED_PX, MOST_IN_SIGHT = 430, 10
# Streamlit's names for the colours that .streamlit/config.toml sets to the roles of reprlearn/viz/style.py.
_BADGES = {True: ("kind.tied", "blue"), False: ("kind.untied", "orange"), None: ("kind.none", "gray")}


def kind_badge(tied: bool | None) -> None:
    """ "tied" or "untied" in the colour that has this meaning on every page."""
    key, colour = _BADGES[tied]
    st.badge(t(key), color=colour)  # type: ignore[arg-type]


def comparison(a: Run, b: Run) -> None:
    """The fields of two cards: those that differ, then, folded away, those that do not."""
    from reprlearn.analysis.cards import compare_cards

    rows = compare_cards(a.card, b.card)
    different = [row for row in rows if row.differs]
    same = [row for row in rows if not row.differs]
    if different:
        st.markdown(t("home.compare.differ", n_different=len(different), n_same=len(same)))
        with st.container(height=COMPARED_PX if len(different) > MOST_IN_SIGHT else "content", border=False):
            _table([(field(row), value(row, row.a), value(row, row.b)) for row in different], (a.name, b.name))
    else:
        st.markdown(t("home.compare.equal"))
    if same:
        with st.expander(t("home.compare.same")):
            _table([(field(row), value(row, row.a)) for row in same], (f"{a.name} = {b.name}",))


def field(row: Row) -> str:
    """A field's name and those of the sections it stands in, in the visitor's language."""
    return ": ".join(phrase(part) for part in row.label.split(": "))


def value(row: Row, value: str) -> str:
    """One of the field's values, in the visitor's language."""
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


def card(run: Run) -> None:
    """Name, kind, quality and size; the rest, and the ways to the pages that show the run, open from it."""
    with st.container(gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f"**{as_text(run.name)}**", width="content")
            with st.popover(t("home.card.open"), type="tertiary"):
                _details(run)
        label, value, _ = _quality(run)
        with st.container(gap=None):
            st.markdown(f":small[{t('home.card.quality', kind=_kind(run), label=label, value=as_text(value))}]")
            size = {"n": as_text(compact(run.card.n_parameters)), "corpus": as_text(run.card.corpus.name)}
            st.markdown(f":small[{t('home.card.size', **size)}]")


def _kind(run: Run) -> str:
    """What a run is, as a badge in a line; Markdown."""
    card = run.card
    if card.imported is not None:
        return f":gray-badge[{t('kind.imported')}]"
    if card.corpus.kind == "events":
        return f":gray-badge[{as_text(card.recipe['model'].get('encoding', ''))}]"
    if is_classifier(run):
        return f":gray-badge[{t('kind.classifier')}]"
    key, colour = _BADGES[card.tied]
    return f":{colour}-badge[{t(key)}]"


def _quality(run: Run) -> tuple[str, str, str]:
    """(label, value, help) of the number that tells a run from others of its kind."""
    if run.card.imported is not None:
        return t("home.card.words"), compact(run.card.corpus.n_words), t("home.card.words.help")
    if is_classifier(run):
        return t("home.card.test_accuracy"), _accuracy(run, "test"), t("home.card.test_accuracy.help")
    if fills_blanks(run):
        test = run.card.metrics["test"]
        said = {"counts": _share(test.get("neighbour_counts_accuracy")), "pseudo": decimal(test["pseudo_perplexity"])}
        return t("home.card.blanks"), _accuracy(run, "test"), t("home.card.blanks.help", **said)
    if is_word_vectors(run):
        return t("home.card.wordsim"), decimal(agreement(run, "wordsim353"), 2), t("home.card.wordsim.help")
    events = run.card.corpus.kind == "events"
    helped = t("home.card.perplexity.help.events") if events else t("home.card.perplexity.help")
    return t("home.card.perplexity"), _perplexity(run, "test"), helped


def _details(run: Run) -> None:
    """All the card says, and the pages that show the run."""
    card = run.card
    st.subheader(as_text(run.name), anchor=False)
    st.markdown(as_text(summary(card)))
    with st.container(horizontal=True):
        for page in PAGES:
            if page.needs in card.capabilities:
                link(page, {RUN_KEY: run.name})
    first, parameters = st.columns(2)
    label, value, helped = _quality(run)
    first.metric(label, value, help=helped)
    parameters.metric(t("home.card.parameters"), compact(card.n_parameters), help=t("home.card.parameters.help"))
    details = st.container(gap="xxsmall")
    imported, events = card.imported is not None, card.corpus.kind == "events"
    lines = _imported_lines if imported else _event_lines if events else _text_lines
    for line in lines(run):
        details.markdown(small(line))
    if card.training is not None:
        trained = {"day": as_text(day(card.training.finished)), "duration": duration(card.training.wall_seconds)}
        details.markdown(small(t("home.card.training", epochs=card.training.epochs, **trained)))


def _text_lines(run: Run) -> list[str]:
    card, corpus = run.card, run.card.corpus
    model = {"architecture": as_text(card.architecture), "width": card.width, "n_words": f"{corpus.n_words:,}"}
    return [
        _also_measured(run),
        t("home.card.model", **model),
        t("home.card.corpus", corpus=as_text(corpus.name), tokens=compact(corpus.n_tokens.get("train", 0))),
    ]


def _also_measured(run: Run) -> str:
    """What a run of text scored besides the number that stands first."""
    if is_classifier(run):
        return t("home.card.valid_accuracy", accuracy=_accuracy(run, "valid"))
    if fills_blanks(run):
        valid = run.card.metrics.get("valid", {})
        pseudo = decimal(valid.get("pseudo_perplexity"))
        return t("home.card.valid_blanks", accuracy=_accuracy(run, "valid"), pseudo=pseudo)
    if is_word_vectors(run):
        simlex, analogies = decimal(agreement(run, "simlex999"), 2), _share(agreement(run, "analogies", "accuracy"))
        return t("home.card.also_similar", simlex=simlex, analogies=analogies)
    return t("home.card.valid", perplexity=_perplexity(run, "valid"))


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


def is_classifier(run: Run) -> bool:
    """Whether it tells texts apart, and predicts no words that a perplexity could be of."""
    return "Classifies" in run.card.capabilities


def fills_blanks(run: Run) -> bool:
    """Whether it fills in words that were taken out, which no perplexity measures."""
    return "pseudo_perplexity" in run.card.metrics.get("test", {})


def is_word_vectors(run: Run) -> bool:
    """Whether it is a table of vectors that was trained as one, without a model that predicts by it."""
    return run.card.imported is None and set(run.card.capabilities) == {"Embeds"}


def agreement(run: Run, judgements: str, measure: str = "spearman") -> float | None:
    """How far the vectors by which it reads agree with people's judgements; None where that was not stored."""
    return run.card.similarity.get("input", {}).get(judgements, {}).get(measure)


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
