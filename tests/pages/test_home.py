"""Home: the gallery, broken folders among it, and two cards compared."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from reprlearn.analysis.cards import label
from reprlearn.ui.text import as_text, t
from tests.pages.opening import opened


def home(**query: str) -> AppTest:
    return opened(**query)


def texts(at: AppTest) -> str:
    return "\n".join(each.value for each in (*at.markdown, *at.subheader, *at.caption))


def main_links(at: AppTest) -> list[tuple[str, str]]:
    return [(link.label, parse_qs(link.proto.query_string).get("run", [""])[0]) for link in at.main.page_link]


def test_every_run_is_a_card_with_its_figures_and_links(only_tiny_runs: Path) -> None:
    at = home()
    for name in ("tiny-tied", "tiny-untied"):
        card = json.loads((only_tiny_runs / name / "card.json").read_text(encoding="utf-8"))
        assert as_text(name) in [each.value for each in at.subheader]
        assert f"{card['metrics']['test']['perplexity']:,.1f}" in [each.value for each in at.metric]
        assert f"{card['metrics']['valid']['perplexity']:,.1f}" in texts(at)
        assert (t("frame.embedding_space"), name) in main_links(at)
        assert (t("frame.next_token"), name) in main_links(at)
    assert "tied" in texts(at) and "untied" in texts(at)


def test_a_run_on_events_is_told_of_in_events(only_tiny_runs: Path) -> None:
    card = only_tiny_runs / "tiny-tied" / "card.json"
    fields = json.loads(card.read_text(encoding="utf-8"))
    fields["corpus"] |= {"kind": "events", "name": "trips", "n_tokens": {"train": 912}}
    fields["corpus"]["n_sequences"] = {"train": 40}
    fields["recipe"]["model"] = {"kind": "event", "encoding": "soft-one-hot"}
    fields["metrics"]["test"] |= {"accuracy": 0.345, "majority_accuracy": 0.109}
    fields["capabilities"] = ["Embeds", "PredictsEvents", "EncodesScalars", "Buckets"]
    card.write_text(json.dumps(fields), encoding="utf-8")
    at = home()
    assert t("home.card.log", log="trips", events="912", sequences="40") in texts(at)
    assert t("home.card.accuracy", accuracy="34.5%", majority="10.9%") in texts(at)
    assert as_text("soft-one-hot") in texts(at), "the encoding stands where others say whether they are tied"
    assert (t("frame.soft_one_hot"), "tiny-tied") in main_links(at)
    assert (t("frame.next_token"), "tiny-tied") not in main_links(at)
    assert [each for each in texts(at).split("\n") if t("home.gallery.events", log="trips") in each]


def test_a_broken_folder_is_a_card_with_its_reason_and_the_rest_work(only_tiny_runs: Path) -> None:
    (only_tiny_runs / "nothing").mkdir()
    weights = only_tiny_runs / "tiny-tied" / "weights.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])
    at = home()
    assert as_text("no card.json, so this is not a run") in texts(at)
    assert "truncated" in texts(at)
    assert as_text("tiny-untied") in [each.value for each in at.subheader]
    assert ("tiny-tied" not in [name for _, name in main_links(at)]) and at.metric


def test_an_unfinished_training_is_no_broken_folder(only_tiny_runs: Path) -> None:
    (only_tiny_runs / "tiny-more.partial").mkdir()
    at = home()
    assert as_text("tiny-more") in [each.value for each in at.subheader]
    assert t("home.unfinished.help") in texts(at)
    assert t("home.broken.help") not in texts(at), "nobody is told to delete what is being trained"


def test_foreign_names_and_summaries_are_text(only_tiny_runs: Path) -> None:
    evil = "<img src=x onerror=alert(1)> [a](javascript:b) **c** :material/home: $d$"
    card = only_tiny_runs / "tiny-tied" / "card.json"
    card.write_text(json.dumps({**json.loads(card.read_text(encoding="utf-8")), "summary": evil}), encoding="utf-8")
    (only_tiny_runs / "tiny-tied").rename(only_tiny_runs / "*evil* <b>")
    at = home()
    assert not any(element.proto.allow_html for element in at.markdown)
    assert evil not in texts(at) and as_text(evil) in texts(at)
    assert as_text("*evil* <b>") in [each.value for each in at.subheader]


def test_two_cards_are_compared_field_by_field(only_tiny_runs: Path) -> None:
    at = home(card_a="tiny-untied", card_b="tiny-tied")
    tables = [each.value for each in at.markdown if each.value.startswith("| ")]
    different, same = tables[0], tables[1]
    assert f"| {label('tied')} | no | yes |" in different and f"| {label('tied')} |" not in same
    assert as_text(label("corpus.content_hash")) in same and as_text(label("corpus.content_hash")) not in different
    at.selectbox(key="card_b").set_value("tiny-untied").run()
    assert not at.exception
    assert t("home.compare.equal") in texts(at)


def test_an_unknown_run_in_the_link_is_said(only_tiny_runs: Path) -> None:
    at = home(card_a="*gone*")
    assert any(as_text("*gone*") in warning.value for warning in at.warning)
    assert at.selectbox(key="card_a").value == "tiny-tied"


def test_an_empty_store_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REPRLEARN_RUNS", str(tmp_path / "none yet"))
    monkeypatch.setattr("reprlearn.runs.store.SHIPPED", tmp_path / "none")
    at = home()
    assert [code.value for code in at.code] == ["python -m reprlearn train quick-demo"]
    assert not at.selectbox


def change(card: Path, **changes: object) -> None:
    """Write other values into a card."""
    card.write_text(json.dumps({**json.loads(card.read_text(encoding="utf-8")), **changes}), encoding="utf-8")


def test_models_stand_in_groups_by_what_they_are_for(only_tiny_runs: Path) -> None:
    for name, does in (
        ("vectors", ["Embeds"]),
        ("contextual", ["Embeds", "Contextual"]),
        ("classifier", ["Classifies", "Embeds"]),
    ):
        shutil.copytree(only_tiny_runs / "tiny-tied", only_tiny_runs / name)
        change(only_tiny_runs / name / "card.json", name=name, capabilities=does)
    shown = texts(home())
    groups = [t(f"home.gallery.{name}") for name in ("text", "vectors", "contextual", "classifiers")]
    runs = ["tiny\\-untied", "vectors", "contextual", "classifier"]
    places = [shown.index(f"**{each}**") for pair in zip(groups, runs, strict=True) for each in pair]
    assert places == sorted(places)
    assert shown.count(f"badge[{t('kind.classifier')}]") == 1, "a classifier has no output matrix that could be tied"


@pytest.mark.parametrize(("order", "first"), [("quality", "tiny-untied"), ("size", "tiny-tied"), ("name", "tiny-tied")])
def test_they_are_sorted_by_quality_size_or_name(only_tiny_runs: Path, order: str, first: str) -> None:
    for name, loss, n in (("tiny-untied", 1.0, 2_000), ("tiny-tied", 2.0, 1_000)):
        metrics = {"test": {"loss": loss, "perplexity": 1.0}, "valid": {"perplexity": 1.0}}
        change(only_tiny_runs / name / "card.json", metrics=metrics, n_parameters=n)
    shown = texts(home(sorted=order))
    names = sorted(("tiny-untied", "tiny-tied"), key=lambda name: shown.index(f"**{as_text(name)}**"))
    assert names[0] == first
