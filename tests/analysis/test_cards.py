from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from reprlearn.analysis.cards import compare_cards, label, readable
from reprlearn.runs.card import read_card


def test_a_pair_that_differs_in_tying_shows_it_and_what_follows(tiny_runs: Path) -> None:
    untied, tied = (read_card(tiny_runs / name) for name in ("tiny-untied", "tiny-tied"))
    rows = {row.field: row for row in compare_cards(untied, tied)}
    assert (rows["tied"].a, rows["tied"].b, rows["tied"].differs) == ("no", "yes", True)
    assert rows["n_parameters"].differs and rows["metrics.test.perplexity"].differs
    assert rows["n_parameters"].a == f"{untied.n_parameters:,}"
    assert not rows["seed"].differs and not rows["corpus.content_hash"].differs
    recipe = {field for field, row in rows.items() if field.startswith("recipe.") and row.differs}
    assert recipe == set(), "what the recipe repeats of the card is said once"
    assert not {"recipe.name", "recipe.summary", "recipe.fit.seed", "recipe.model.tied", "recipe.model.width"} & set(
        rows
    )
    assert not any(row.differs for row in compare_cards(untied, untied))


def test_fields_that_one_card_lacks_are_shown(tiny_runs: Path) -> None:
    card = read_card(tiny_runs / "tiny-tied")
    fewer = card.model_copy(update={"metrics": {"test": {}}})
    rows = {row.field: row for row in compare_cards(fewer, card)}
    assert rows["metrics.test.perplexity"].a == "–" and rows["metrics.test.perplexity"].differs


def test_a_recipe_that_says_otherwise_than_its_card_is_shown(tiny_runs: Path) -> None:
    card = read_card(tiny_runs / "tiny-tied")
    rows = {row.field: row for row in compare_cards(card.model_copy(update={"seed": 7}), card)}
    assert (rows["seed"].a, rows["recipe.fit.seed"].a, rows["recipe.fit.seed"].differs) == ("7", "0", False)


def test_a_text_and_a_log_of_events_are_compared_in_a_readable_order(tiny_runs: Path) -> None:
    text = read_card(tiny_runs / "tiny-tied")
    recipe = {**text.recipe, "data": {"kind": "events", "log": "flights", "table": None}}
    corpus = text.corpus.model_copy(update={"kind": "events", "n_sequences": {"train": 9}})
    metrics = {"test": {"loss": 1.0, "accuracy": 0.5}}
    events = text.model_copy(update={"recipe": recipe, "corpus": corpus, "metrics": metrics})
    rows = compare_cards(text, events)
    sections = [row.field.rsplit(".", 1)[0] for row in rows if "." in row.field]
    starts = [section for i, section in enumerate(sections) if i == 0 or sections[i - 1] != section]
    twice = {section for section in starts if starts.count(section) > 1}
    assert twice <= {"corpus"}, "a section stands in one place; the corpus has others within"
    fields = [row.field for row in rows]
    assert fields.index("recipe.data.log") < fields.index("recipe.model.n_layers")
    assert fields.index("metrics.test.accuracy") == max(i for i, f in enumerate(fields) if f.startswith("metrics.test"))
    assert "recipe.data.table" not in fields, "nothing on one side and nothing on the other is no difference"
    assert not [row for row in rows if row.a == row.b == "–" and row.differs]


def test_labels_are_words_and_no_two_the_same(tiny_runs: Path) -> None:
    card = read_card(tiny_runs / "tiny-tied")
    labels = [row.label for row in compare_cards(card, card)]
    assert len(set(labels)) == len(labels) and not any("_" in each or "." in each for each in labels)
    assert label("training.tokens_per_second") == "tokens per second"
    assert label("metrics.test.bigram_map_at_5") == "test: bigram MAP at 5"


def test_values_read_like_values() -> None:
    assert readable("n_parameters", 4_653_200) == "4,653,200"
    assert readable("n_bytes", 18_612_800) == "18.6 MB"
    assert readable("training.wall_seconds", 5400) == "1 h 30 min"
    assert readable("training.wall_seconds", 95.0) == "2 min"
    assert readable("training.wall_seconds", 9.26) == "9.3 s"
    assert readable("metrics.test.tokens", 82_430.0) == "82,430"
    assert readable("seed", 12345) == "12345"
    assert readable("tied", True) == "yes"
    assert readable("recipe.data.folder", None) == "–"
    assert readable("capabilities", ["Embeds", "Predicts"]) == "Embeds, Predicts"
    assert readable("corpus.content_hash", "0123456789abcdef") == "0123456789ab…"
    assert readable("training.finished", "2024-05-01T10:20:30+00:00") == "2024-05-01 10:20 UTC"


def test_the_gallery_compares_cards_without_torch_or_pandas() -> None:
    code = "import sys, reprlearn.analysis.cards; sys.exit(bool({'torch', 'pandas', 'numpy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], timeout=60).returncode == 0
