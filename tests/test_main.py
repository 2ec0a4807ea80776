"""The command line: one JSON document on standard output, one clear line for a mistake."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reprlearn.__main__ import main
from reprlearn.runs import store

ROOT = Path(__file__).parents[1]


@pytest.fixture
def runs(tiny_runs, tmp_path, monkeypatch):
    root = shutil.copytree(tiny_runs, tmp_path / "runs")
    monkeypatch.setattr(store, "SHIPPED", tmp_path / "none")
    monkeypatch.setenv("REPRLEARN_RUNS", str(root))
    return root


def answer(capsys, *arguments: str):
    """Exit status and the JSON document printed."""
    status = main([*arguments, "--json"])
    return status, json.loads(capsys.readouterr().out)


def mistake(capsys, *arguments: str) -> str:
    """The one line a mistake is answered with."""
    assert main(list(arguments)) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and err.startswith("error: ")
    return err


def test_list_names_runs_and_broken_ones(runs, capsys):
    (runs / "stray").mkdir()
    status, document = answer(capsys, "list")
    assert status == 0
    assert [card["run"] for card in document["runs"]] == ["tiny-tied", "tiny-untied"]
    assert document["broken"] == [{"run": "stray", "reason": "stray: no card.json, so this is not a run"}]
    assert main(["list"]) == 0
    text = capsys.readouterr().out
    assert "tiny-tied" in text and "broken: stray" in text


def test_data_names_source_licence_and_sizes(capsys):
    status, corpora = answer(capsys, "data")
    assert status == 0
    known = {corpus["name"]: corpus for corpus in corpora}
    assert {"reviews", "reviews-full"} <= known.keys()
    assert all(corpus["source"] and corpus["licence"] for corpus in corpora)
    assert 2_000_000 < known["reviews"]["n_tokens"]["train"] < known["reviews-full"]["n_tokens"]["train"]


def test_list_imports_neither_torch_nor_pandas(runs):
    code = "import sys; from reprlearn.__main__ import main; main(['list']); main(['recipes']); "
    code += "print([m for m in ('torch', 'pandas', 'numpy') if m in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, env=dict(os.environ))
    assert done.stderr.strip() == "[]"


def test_recipes(capsys):
    status, document = answer(capsys, "recipes")
    assert status == 0 and {"lstm-tied", "lstm-untied"} <= {recipe["name"] for recipe in document}


def test_evaluate_reproduces_the_card(runs, capsys):
    card = json.loads((runs / "tiny-tied" / "card.json").read_text())
    for split in ("valid", "test"):
        status, document = answer(capsys, "evaluate", "tiny-tied", "--split", split)
        assert status == 0 and (document["run"], document["split"]) == ("tiny-tied", split)
        for name, value in card["metrics"][split].items():
            assert document[name] == pytest.approx(value, rel=1e-4)


def test_score_stores_what_it_prints_and_agrees_with_the_card(runs, capsys):
    card = json.loads((runs / "tiny-tied" / "card.json").read_text())
    for split in ("valid", "test"):
        status, document = answer(capsys, "score", "tiny-tied", "--split", split)
        assert status == 0 and Path(document["path"]).is_file()
        assert document["loss"] == pytest.approx(card["metrics"][split]["loss"], abs=1e-3)
        assert document["tokens"] == card["metrics"][split]["tokens"]
    assert main(["score", "tiny-tied"]) == 0
    assert "perplexity" in capsys.readouterr().out


def test_similarity_prints_each_matrix_and_stores_it_when_asked(runs, capsys, monkeypatch):
    measures = {"wordsim353": {"n": 211.0, "coverage": 0.598, "spearman": 0.25}, "simlex999": {"n": 2.0, "coverage": 0.002},
                "analogies": {"n": 9.0, "coverage": 0.1, "accuracy": 1 / 3}}  # fmt: skip
    monkeypatch.setattr("reprlearn.analysis.similarity.similarity", lambda run: {"input": measures})
    path = runs / "tiny-tied" / "card.json"
    before = path.read_bytes()
    assert answer(capsys, "similarity", "tiny-tied") == (0, {"run": "tiny-tied", "similarity": {"input": measures}})
    assert path.read_bytes() == before, "nothing is stored unasked"
    assert main(["similarity", "tiny-tied", "--store"]) == 0
    out = capsys.readouterr().out
    assert all(part in out for part in ("0.250", "too few", "33.3% right", "211 (60%)"))
    assert store.load("tiny-tied").card.similarity == {"input": measures}


def test_similarity_without_gensim_is_one_line(runs, capsys, monkeypatch):
    monkeypatch.setattr("reprlearn.analysis.similarity.find_spec", lambda name: None)
    assert "gensim is not installed" in mistake(capsys, "similarity", "tiny-tied")


def test_evaluate_a_folder_with_the_words_of_the_run(runs, capsys, tmp_path):
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "test.txt").write_text("the film was zzzz .\nthe story is great .\n")
    status, document = answer(capsys, "evaluate", "tiny-tied", "--data", str(tmp_path / "text"))
    assert status == 0
    assert document["tokens"] == 12  # ten words and an <eos> a line
    assert document["unk_tokens"] == 1 + ("film" not in store.load("tiny-tied").vocabulary)


@pytest.mark.parametrize(
    ("to", "files"),
    [
        ("word2vec", ["tiny-tied-input.txt"]),
        ("projector", ["tiny-tied-input-metadata.tsv", "tiny-tied-input-vectors.tsv"]),
        ("csv", ["tiny-tied-input.csv"]),
    ],
)
def test_export_writes_the_vectors(runs, tmp_path, to, files):
    assert main(["export", "tiny-tied", "--to", to, "--out", str(tmp_path / "vectors")]) == 0
    written = sorted((tmp_path / "vectors").iterdir())
    assert [file.name for file in written] == files
    n_words = len(store.load("tiny-tied").vocabulary)
    assert all(n_words <= len(file.read_text().splitlines()) <= n_words + 1 for file in written)


@pytest.mark.slow
def test_map_stores_what_the_pages_show_and_html_exports_it(runs, capsys, tmp_path):
    assert main(["map", "tiny-tied"]) == 0
    stored = {file.name for file in (runs / "tiny-tied" / "maps").iterdir()}
    assert {
        "input-umap-2d.parquet",
        "input-umap-3d.parquet",
        "input-neighbours.parquet",
        "input-film.parquet",
    } <= stored
    assert not any(name.startswith("output") for name in stored)  # one matrix, stored once
    assert main(["export", "tiny-tied", "--to", "html", "--out", str(tmp_path)]) == 0
    page = (tmp_path / "tiny-tied-input.html").read_text(encoding="utf-8")
    assert "Plotly.newPlot" in page and "<script src=" not in page


def test_train_with_overrides_makes_the_run(runs, capsys, tiny_runs, tmp_path):
    out = tmp_path / "mine"
    arguments = (
        f"train lstm-tied --out {out} --data.folder {tiny_runs.parent / 'corpus'} --data.n-words 60 --model.width 8"
    )
    assert main([*arguments.split(), "--model.tied", "False", "--fit.epochs", "1", "--fit.batch-size", "4"]) == 0
    output = capsys.readouterr()
    assert output.out == "" and "perplexity" in output.err
    card = store.load(out).card
    assert (card.width, card.tied, card.trained.epochs) == (8, False, 1)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["train", "lstm-tide"], "lstm-tide"),
        (["train"], "lstm-tied"),
        (["train", "--model.width", "300", "lstm-tied"], "the recipe comes first"),
        (["train", "lstm-tied", "--name", "../x"], "name"),
        (["train", "lstm-tied", "--resume"], "nothing to resume"),
        (["train", "lstm-tied", "--fit.sed", "3"], "--fit.sed"),
        (["train", "lstm-tied", "--fit.seed", "x"], "--fit.seed"),
        (["train", "lstm-tied", "--fit.epochs", "0"], "fit.epochs"),
        (["train", "lstm-tied", "--data.folder", "/no/such/folder"], "/no/such/folder"),
        (["evaluate", "nothing"], "nothing"),
        (["evaluate", "tiny-tied", "--split", "prod"], "prod"),
        (["evaluate", "tiny-tied", "--data", "/no/such/folder"], "/no/such/folder"),
        (["evaluate", "tiny-tied", "--what"], "--what"),
        (["map", "nothing"], "nothing"),
        (["score", "nothing"], "nothing"),
        (["score", "tiny-tied", "--split", "../x"], "../x"),
        (["similarity", "nothing"], "nothing"),
    ],
)
def test_mistakes_are_one_line_that_names_the_thing(runs, capsys, arguments, named):
    assert named in mistake(capsys, *arguments)


def test_a_folder_that_cannot_be_written_is_one_line(runs, capsys, tmp_path):
    (tmp_path / "file").write_text("x")
    line = mistake(capsys, "export", "tiny-tied", "--to", "csv", "--out", str(tmp_path / "file"))
    assert str(tmp_path / "file") in line


def test_evaluate_refuses_a_text_that_changed(runs, capsys):
    path = runs / "tiny-tied" / "card.json"
    card = json.loads(path.read_text())
    path.write_text(json.dumps({**card, "corpus": {**card["corpus"], "content_hash": "0"}}))
    assert "content hash" in mistake(capsys, "evaluate", "tiny-tied")


def test_help_of_train_needs_no_recipe(capsys):
    assert main(["train", "--help"]) == 0
    assert "lstm-tied" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("files", "named"),
    [
        ({}, "train.txt"),
        ({"train.txt": b"a b\n"}, "valid.txt"),
        ({"train.txt": b"", "valid.txt": b"a\n"}, "train.txt"),
        ({"train.txt": b"caf\xe9 noir\n", "valid.txt": b"a\n"}, "UTF-8"),
    ],
)
def test_bad_folders_are_one_line(runs, capsys, tmp_path, files, named):
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    assert named in mistake(
        capsys, "train", "lstm-tied", "--out", str(tmp_path / "out"), "--data.folder", str(tmp_path)
    )
