"""Runs made of files: whole or not at all, with a card that says what they are, and open to every analysis that fits them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reprlearn.analysis.neighbours import neighbours_of
from reprlearn.data.vectors.recognise import recognise
from reprlearn.data.word_list import TokenList
from reprlearn.runs import Run, RunError
from reprlearn.runs.imported import import_run, suggested_name
from tests import vector_files as made


def brought(tmp_path: Path, files: dict[str, bytes], name: str = "own") -> Run:
    return Run(import_run(recognise(made.write(tmp_path / f"files-{name}", files)), tmp_path / "runs" / name))


def test_vectors_are_a_run_that_embeds(tmp_path: Path) -> None:
    words, matrix = made.places_and_foods()
    run = brought(tmp_path, {"my vectors.txt": made.glove(words, matrix)})
    card = run.card
    assert run.vocabulary.words == words and np.array_equal(run.matrix("input"), matrix)
    assert (card.capabilities, card.matrices, card.tied) == (["Embeds"], {"input": "input"}, None)
    assert (card.n_parameters, card.width, card.corpus.kind, card.training) == (60, 6, "imported", None)
    assert (
        card.imported is not None
        and card.imported.format == "glove"
        and list(card.imported.files) == ["my vectors.txt"]
    )
    assert set(neighbours_of(run, "input", "rome", k=4)["word"]) == set(made.PLACES) - {"rome"}
    with pytest.raises(RunError, match="made from files, so it has no recipe"):
        _ = run.recipe
    with pytest.raises(RunError, match="vectors alone"):
        _ = run.model


def test_a_pair_is_an_untied_run(tmp_path: Path) -> None:
    words, a = made.places_and_foods(0)
    run = brought(tmp_path, {"w.txt": made.glove(words, a), "c.txt": made.glove(words, -a)})
    assert run.card.tied is False and run.card.distinct_matrices == ("input", "output")
    assert np.array_equal(run.matrix("output"), -a)


def test_counts_come_with_the_metadata(tmp_path: Path) -> None:
    files = {"vectors.tsv": b"1\t2\n3\t4\n", "metadata.tsv": b"word\tcount\na\t5\nb\t9\n"}
    run = brought(tmp_path, files)
    assert run.vocabulary.counts.tolist() == [5, 9] and run.vocabulary.has_counts
    assert not brought(tmp_path, {"v.txt": b"a 1 2\n"}, "plain").vocabulary.has_counts


def test_what_is_exported_is_imported_as_it_was(tmp_path: Path, tiny_runs: Path) -> None:
    from reprlearn.analysis.export import write_export

    trained = Run(tiny_runs / "tiny-untied")
    for to in ("word2vec", "projector"):
        paths = write_export(trained, to, "output", tmp_path / to)
        run = Run(import_run(recognise(paths), tmp_path / "runs" / to))
        assert run.vocabulary.words == trained.vocabulary.words
        assert np.array_equal(run.matrix("input"), trained.matrix("output"))
    assert np.array_equal(run.vocabulary.counts, trained.vocabulary.counts), "the projector's metadata has them"


def test_a_large_matrix_stays_in_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reprlearn.runs.weights.MAPPED_BYTES", 100)
    words, matrix = made.places_and_foods()
    mapped = brought(tmp_path, {"v.txt": made.glove(words, matrix)}).matrix("input")
    base: Any = mapped
    while getattr(base, "base", None) is not None and not isinstance(base, np.memmap):
        base = base.base
    assert isinstance(base, np.memmap) and not mapped.flags.writeable
    assert np.array_equal(mapped, matrix)


def test_a_name_that_is_taken_is_left_alone(tmp_path: Path) -> None:
    run = brought(tmp_path, {"v.txt": b"a 1 2\n"})
    with pytest.raises(ValueError, match="there is a run of this name already"):
        brought(tmp_path, {"v.txt": b"b 3 4\n"})
    assert Run(run.path).vocabulary.words == ("a",)


@pytest.mark.parametrize(
    ("file", "name"),
    [("glove.6B.50d.txt", "glove.6B.50d"), ("my vectors (1).bin", "my-vectors-1"), ("벡터.txt", "vectors"), ("..x.txt", "x"),
     ("a.partial.txt", "a"), ("<b>.txt", "b"), ("x" * 150 + ".txt", "x" * 60)],
)  # fmt: skip
def test_a_suggested_name_may_be_given(tmp_path: Path, file: str, name: str) -> None:
    from reprlearn.runs.imported import check_name

    paths = made.write(tmp_path, {file: b"a 1 2\n"})
    assert check_name(suggested_name(recognise(paths))) == name


@pytest.mark.parametrize("tied", [True, False])
def test_a_model_folder_opens_with_its_matrices_by_its_tokens(tmp_path: Path, tied: bool) -> None:
    folder = made.model_folder(tmp_path / "my-gpt", tied=tied)
    source = recognise([folder])
    run = Run(import_run(source, tmp_path / "runs" / suggested_name(source)))
    words, card = run.vocabulary.words, run.card
    assert run.name == "my-gpt" and "Embeds" in card.capabilities and card.architecture == "GPT2LMHeadModel"
    assert {"▁the", "▁film", "café", "<|endoftext|>", "a"} <= set(words), "byte-level tokens by the text they are"
    assert words[-1] == f"<no token {len(words) - 1}>", "rows beyond the tokens have names too"
    assert card.tied is tied and card.distinct_matrices == (("input",) if tied else ("input", "output"))
    assert run.matrix("input").shape == (len(words), 8)


def test_a_tied_copy_is_stored_once(tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    folder = made.model_folder(tmp_path / "m", tied=True)
    tensors = load_file(folder / "model.safetensors")
    save_file(tensors | {"lm_head.weight": tensors["transformer.wte.weight"].copy()}, folder / "model.safetensors")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config.pop("tie_word_embeddings")  # it is told by the weights
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    run = Run(import_run(recognise([folder]), tmp_path / "runs" / "m"))
    assert run.card.tied is True and "lm_head.weight" not in load_file(run.path / "weights.safetensors")
    assert run.card.n_parameters == sum(tensor.size for tensor in tensors.values())


def test_an_encoder_is_vectors_alone_and_says_so(tmp_path: Path) -> None:
    folder = made.model_folder(tmp_path / "m", architectures=["GPT2Model"], tie_word_embeddings=None)
    run = Run(import_run(recognise([folder]), tmp_path / "runs" / "m"))
    assert run.card.capabilities == ["Embeds"] and set(run.card.matrices) == {"input"}
    assert run.card.imported is not None and "does not predict tokens" in run.card.imported.note


def test_a_model_predicts_what_transformers_predicts(tmp_path: Path) -> None:
    transformers = pytest.importorskip("transformers", reason="transformers is optional")
    torch = pytest.importorskip("torch")
    from reprlearn.analysis.continuation import continue_prompt
    from reprlearn.analysis.prediction import next_tokens, read_prompt

    folder = made.model_folder(tmp_path / "m", tied=False)
    run = Run(import_run(recognise([folder]), tmp_path / "runs" / "m"))
    assert run.card.capabilities == ["Embeds", "Predicts"] and isinstance(run.vocabulary, TokenList)
    prompt = "the film café"
    reading = read_prompt(run, prompt)
    assert reading.tokens == ("t", "h", "e", "▁film", "▁", "café") and reading.known.all()
    assert run.vocabulary.join(reading.tokens) == prompt

    theirs = transformers.AutoModelForCausalLM.from_pretrained(folder, local_files_only=True).eval()
    ids = [run.vocabulary.end_id, *run.vocabulary.encode(prompt)]
    with torch.inference_mode():
        logits = theirs(torch.tensor([ids])).logits[0, -1]
    expected = logits.softmax(-1).numpy()
    found = next_tokens(run, prompt).sort_values("word_id")["probability"].to_numpy()
    assert np.allclose(found, expected, atol=1e-5)
    assert len(continue_prompt(run, prompt, 40)) == 40, "beyond its context of 16 tokens"
    with pytest.raises(ValueError, match="made from files"):
        from reprlearn.analysis.evaluation import evaluate

        evaluate(run, "test")


def test_the_version_that_is_named_is_the_one_that_is_tested() -> None:
    from reprlearn.nn.hugging_face import VERSION

    root = Path(__file__).parents[2]
    for file, wanted in (
        ("requirements-dev.txt", f"transformers=={VERSION} "),
        ("README.md", f"pip install transformers=={VERSION}`"),
    ):
        assert wanted in (root / file).read_text(encoding="utf-8"), file


def test_half_of_a_file_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full in the middle of the work."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reprlearn.data.word_list.WordList.save", full)
    with pytest.raises(OSError, match="No space left"):
        brought(tmp_path, {"v.txt": b"a 1 2\n"})
    assert not list((tmp_path / "runs").iterdir())
