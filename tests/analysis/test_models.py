from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from reprlearn.analysis.models import compare_cards, readable
from reprlearn.runs.card import read_card


def test_a_pair_that_differs_in_tying_shows_it_and_what_follows(tiny_runs: Path) -> None:
    untied, tied = (read_card(tiny_runs / name) for name in ("tiny-untied", "tiny-tied"))
    rows = {row.field: row for row in compare_cards(untied, tied)}
    assert (rows["recipe.model.tied"].a, rows["recipe.model.tied"].b, rows["recipe.model.tied"].differs) == (
        "no",
        "yes",
        True,
    )
    assert rows["n_parameters"].differs and rows["metrics.test.perplexity"].differs
    assert rows["n_parameters"].a == f"{untied.n_parameters:,}"
    assert not rows["seed"].differs and not rows["corpus.content_hash"].differs
    recipe = {field for field, row in rows.items() if field.startswith("recipe.") and row.differs}
    assert recipe == {"recipe.name", "recipe.model.tied"}
    assert not any(row.differs for row in compare_cards(untied, untied))


def test_fields_that_one_card_lacks_are_shown(tiny_runs: Path) -> None:
    card = read_card(tiny_runs / "tiny-tied")
    fewer = card.model_copy(update={"metrics": {"test": {}}})
    rows = {row.field: row for row in compare_cards(fewer, card)}
    assert rows["metrics.test.perplexity"].a == "–" and rows["metrics.test.perplexity"].differs


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
    code = "import sys, reprlearn.analysis.models; sys.exit(bool({'torch', 'pandas', 'numpy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], timeout=60).returncode == 0
