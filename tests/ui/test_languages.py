"""Korean says what English says, and each visitor is answered in their own language."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from string import Formatter

import pytest

from reprlearn.analysis.cards import label
from reprlearn.data.vectors.recognise import FORMATS, recognise
from reprlearn.recipes import RECIPES
from reprlearn.recipes.fields import fields_of
from reprlearn.runs import Run
from reprlearn.runs.imported import import_run
from reprlearn.runs.store import SHIPPED
from reprlearn.ui import cards, widgets
from reprlearn.ui.text import en, ko, ko_fields, ko_phrases, phrase, t
from reprlearn.ui.text.languages import CATALOGUES, PHRASES, language, speaking
from reprlearn.ui.text.numbers import compact, duration
from reprlearn.viz.words import say
from tests import vector_files

OTHERS = sorted(set(CATALOGUES) - {"en"})
# What is no language's in particular, as it stands in every catalogue.
SAME = {
    *("frame.name", "frame.tab", "number.none"),
    # What the models are asked, who know English; the letters of a compass, as maps have them.
    *("next_token.prompt.first", "dial.context.first", "dial.word.first", "embedding_space.places.compass"),
    *("context.sentence.first", "context.a.first", "context.b.first", "transfer.try.first"),
    *(f"transfer.try.example.{name}" for name in ("irony", "negation", "mixed")),
    # Names of methods, measures and models
    *(
        "home.card.wordsim",
        "tied.film.method.umap",
        "tied.tiedness.measure.cka",
        "tied.tiedness.of.cka",
        "tied.tiedness.axis.cka",
        "next_token.top_k",
    ),
    *("next_token.top_p", "tied.seeds.form.AL", "bands.label.unknown", "soft_one_hot.proof.column.map_at_5"),
    "soft_one_hot.proof.column.mrr",
    *(f"context.kind.{name}" for name in ("elmo", "bert", "gpt", "word2vec")),
    *(f"transfer.model.{name}" for name in ("tf_idf", "elmo", "bert", "gpt", "word2vec")),
    "transfer.way.tf_idf",
    # Marks around words of a model
    *("train.words.near", "context.blank.gap"),
}
HANGUL = re.compile("[가-힣]")
CODE, LINK, BOLD = re.compile(r"`[^`]*`"), re.compile(r"\]\([^)]*\)"), re.compile(r"\*\*[^*]+\*\*")


def fields(text: str) -> list[str]:
    """The names of a text's {fields}, and of those that are left for a figure to fill, {{fields}}."""
    inner = re.sub(r"\{\{(.*?)\}\}", r"{\1}", text)
    return sorted({re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(inner) if name})


def part_of(key: str, parts: tuple) -> str:
    return next(part.__name__.rsplit(".", 1)[-1] for part in parts if key in part.TEXTS)


@pytest.mark.parametrize("other", OTHERS)
def test_every_text_is_in_every_language(other: str) -> None:
    theirs = CATALOGUES[other]
    missing: dict[str, list[str]] = {}
    for key in en.TEXTS.keys() - theirs.keys():
        module = part_of(key, en.PARTS).replace("en_", f"{other}_")
        missing.setdefault(f"reprlearn/ui/text/{module}.py", []).append(key)
    assert not missing, "\n".join(
        [f"not yet in {other} (a new module is also named in {other}.py):"]
        + [f"  {module}: {', '.join(sorted(keys))}" for module, keys in sorted(missing.items())]
    )
    assert not theirs.keys() - en.TEXTS.keys(), f"in {other} only: {sorted(theirs.keys() - en.TEXTS.keys())}"


def test_no_text_is_defined_twice() -> None:
    keys = [key for part in ko.PARTS for key in part.TEXTS]
    assert len(keys) == len(set(keys)), sorted(key for key in keys if keys.count(key) > 1)


def test_modules_stand_beside_each_other() -> None:
    for key in en.TEXTS.keys() & ko.TEXTS.keys():
        assert part_of(key, en.PARTS).replace("en_", "ko_") == part_of(key, ko.PARTS), key


def both(other: str) -> list[tuple[str, str, str]]:
    theirs = CATALOGUES[other]
    return [(key, text, theirs[key]) for key, text in en.TEXTS.items() if key in theirs]


@pytest.mark.parametrize("other", OTHERS)
def test_texts_take_the_same_values_and_hold_the_same_code_and_links(other: str) -> None:
    for key, english, theirs in both(other):
        assert fields(english) == fields(theirs), key
        assert sorted(CODE.findall(english)) == sorted(CODE.findall(theirs)), key
        assert sorted(LINK.findall(english)) == sorted(LINK.findall(theirs)), key
        assert len(BOLD.findall(english)) == len(BOLD.findall(theirs)), key
        assert english.count("<br>") == theirs.count("<br>"), key
        assert english.endswith(" ") == theirs.endswith(" "), key


def test_nothing_is_left_in_english() -> None:
    for key, english, korean in both("ko"):
        said = re.sub(r"\{[^{}]*\}|`[^`]*`", "", english)
        if key not in SAME and re.search(r"[^\W\d_]{2}", said):
            # A list, or a number with its unit, needs no word.
            assert HANGUL.search(korean) or re.fullmatch(r"[\W\d_]*(AL|MB|and)?[\W\d_]*", said), f"{key}: {korean}"
    for key in SAME:
        assert en.TEXTS[key] == ko.TEXTS[key], f"{key} is listed as the same in both languages"
    assert HANGUL.search("".join(ko.PHRASES.values()))


def test_emphasis_in_korean_ends_at_a_space_or_a_sign() -> None:
    """Markdown closes no emphasis between a sign, in which a value may end, and a letter, such as that of a particle."""
    for key, korean in ko.TEXTS.items():
        for found in re.finditer(r"(?<!\*)(\*\*?)(?!\s)[^*]+\1", korean):
            after, before = korean[found.end() : found.end() + 1], korean[max(found.start() - 1, 0) : found.start()]
            sign = not re.match(r"\w", found.group()[-len(found.group(1)) - 1])
            field = found.group()[-len(found.group(1)) - 1] == "}"
            assert not (sign or field) or not re.match(r"\w", after), f"{key}: {found.group()}{after}"
            assert not re.match(r"\w", before), f"{key}: {before}{found.group()}"


def test_a_tilde_strikes_nothing_through() -> None:
    assert not [key for key, korean in ko.TEXTS.items() if "~" in korean]


@pytest.mark.parametrize("other", OTHERS)
def test_recipes_and_cards_are_told_of_in_every_language(other: str) -> None:
    written = [json.loads(path.read_text(encoding="utf-8")) for path in SHIPPED.glob("*/card.json")]
    recipes = [{"recipe": asdict(recipe)} for recipe in RECIPES.values()]
    said = {part for each in (*written, *recipes) for name in names(each) for part in label(name).split(": ")}
    said |= {recipe.summary for recipe in RECIPES.values()} | {"yes", "no"} | set(FORMATS.values())
    assert not said - PHRASES[other].keys(), f"not yet in {other}_phrases.py: {sorted(said - PHRASES[other].keys())}"


def test_the_help_of_every_field_of_every_recipe_is_in_korean_and_nothing_else_is() -> None:
    said = {field.help for recipe in RECIPES.values() for field in fields_of(recipe)}
    assert said == ko_fields.PHRASES.keys()
    assert not [korean for korean in ko_fields.PHRASES.values() if not HANGUL.search(korean)]
    assert not ko_fields.PHRASES.keys() & ko_phrases.PHRASES.keys()


@pytest.mark.parametrize("kind", ["one matrix", "two matrices", "model"])
def test_an_import_is_told_of_as_its_card_does_and_in_korean_with_the_same_numbers(kind: str, tmp_path: Path) -> None:
    words, matrix = vector_files.places_and_foods()
    if kind == "model":
        files = sorted(vector_files.model_folder(tmp_path / "model", tied=False).iterdir())
    else:
        said = {f"{i}.txt": vector_files.glove(words, matrix + i) for i in range(1 + (kind == "two matrices"))}
        files = vector_files.write(tmp_path / "vectors", said)
    card = Run(import_run(recognise(files), tmp_path / "brought")).card
    assert cards.summary(card) == card.summary
    with speaking("ko"):
        korean = cards.summary(card)
    assert HANGUL.search(korean) and sorted(re.findall(r"\d+", korean)) == sorted(re.findall(r"\d+", card.summary))
    assert ("출력 행렬" in korean) == (kind != "one matrix")


def names(value: object, before: str = "") -> list[str]:
    """Dotted names of the fields of nested mappings."""
    if isinstance(value, Mapping) and value:
        return [
            name for key, inner in value.items() for name in names(inner, f"{before}.{key}" if before else str(key))
        ]
    return [before]


def test_english_is_spoken_where_there_is_no_visitor() -> None:
    assert language() == "en" and t("number.hours", n=2) == "2 h" and phrase("yes") == "yes"


def test_what_is_said_inside_a_language_is_said_in_it() -> None:
    with speaking("ko"):
        assert (language(), t("number.hours", n=2), phrase("yes"), say("missing")) == ("ko", "2시간", "예", "결측")
        assert (duration(5400), duration(2400), duration(2), compact(4_653_200)) == ("1.5시간", "40분", "2초", "4.65M")
        assert say("time.date", time=datetime(2013, 1, 9)) == "2013년 1월 9일"
    assert (language(), say("missing"), say("time.date", time=datetime(2013, 1, 9))) == ("en", "missing", "9 Jan 2013")


def test_a_download_speaks_the_language_of_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its file is made when the button is pressed, in a thread that runs for no visitor."""
    made: list[Callable[[], bytes]] = []
    monkeypatch.setattr(widgets.st, "download_button", lambda *_, data, **__: made.append(data))
    with speaking("ko"):
        widgets.download("", lambda: t("home.title").encode(), "a.txt", "text/plain", key="a")
    with ThreadPoolExecutor() as pool:
        assert pool.submit(made[0]).result().decode() == ko.TEXTS["home.title"]
        assert pool.submit(t, "home.title").result() == en.TEXTS["home.title"]


def test_a_text_nobody_has_translated_is_read_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(ko.TEXTS, "home.title")
    with speaking("ko"):
        assert t("home.title") == en.TEXTS["home.title"]
        with pytest.raises(KeyError):
            t("no.such.text")
