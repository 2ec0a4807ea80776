"""Folders of text of one's own, and the cache behind all corpora."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from reprlearn.data import corpora, store
from reprlearn.data.config import DataError, TextData
from reprlearn.data.corpora import load_corpus
from reprlearn.data.documents import documents

MakeFolder = Callable[..., Path]


def words_of(corpus: corpora.Corpus, split: str) -> list[str]:
    return [corpus.vocabulary.words[i] for i in corpus.splits[split]]


def test_as_is_keeps_words_cases_and_unknowns(text_folder: MakeFolder) -> None:
    folder = text_folder(train=" The <unk> isn't N \n the N\n", valid="THE N\n")
    corpus = load_corpus(TextData(folder=folder, as_is=True))
    assert words_of(corpus, "train") == ["The", "<unk>", "isn't", "N", "<eos>", "the", "N", "<eos>"]
    assert words_of(corpus, "valid") == ["<unk>", "N", "<eos>"]
    assert corpus.vocabulary.counts[corpus.vocabulary.unknown_id] == 1
    assert len(corpus.vocabulary) == 6 and corpus.vocabulary.reserved_ids == ()
    assert corpus.name == "corpus"


def test_plain_text_is_cut(text_folder: MakeFolder) -> None:
    corpus = load_corpus(TextData(folder=text_folder(train="It isn't.\nIt is.", valid="It was."), n_words=5))
    assert words_of(corpus, "train") == ["it", "is", "<unk>", ".", "<eos>", "it", "is", ".", "<eos>"]
    assert corpus.vocabulary.counts.sum() == corpus.n_tokens["train"]


def test_byte_order_mark_windows_line_ends_and_blank_lines_change_nothing(text_folder: MakeFolder) -> None:
    plain = load_corpus(TextData(folder=text_folder("a", train="one two\nthree", valid="one")))
    odd = text_folder("b", train=b"\xef\xbb\xbfone two\r\n\r\n  \r\nthree\r\n\r\n", valid=b"one\r\n")
    assert load_corpus(TextData(folder=odd)).content_hash == plain.content_hash
    assert documents(TextData(folder=odd), "train")["document_id"].tolist() == ["train-1", "train-4"]


@pytest.mark.parametrize(
    ("splits", "message"),
    [
        ({"valid": "x"}, r"has no train\.txt; a folder of text holds train\.txt, valid\.txt"),
        ({"train": "x"}, r"has no valid\.txt; "),
        ({"train": "", "valid": "x"}, r"train\.txt is empty; "),
        ({"train": "x", "valid": b"\xef\xbb\xbf \r\n\n"}, r"valid\.txt is empty; "),
        ({"train": b"good\nb\xe4d\n", "valid": "x"}, r"train\.txt is not UTF-8: byte 0xe4 at offset 6 \(line 2\); "),
        ({"train": "x\n".encode("utf-16"), "valid": "x"}, r"train\.txt is not UTF-8: byte 0xff at offset 0 \(line 1\)"),
        ({"train": "x", "valid": "a\nb\0c"}, r"valid\.txt has a NUL character on line 2 .*; save it as UTF-8"),
    ],
)
def test_bad_files_are_one_clear_line(text_folder: MakeFolder, splits: dict[str, str], message: str) -> None:
    with pytest.raises(DataError, match=message) as caught:
        load_corpus(TextData(folder=text_folder(**splits)))
    assert "\n" not in str(caught.value)


def test_a_folder_that_is_none_is_one_clear_line(tmp_path: Path, text_folder: MakeFolder) -> None:
    with pytest.raises(DataError, match=r"^the folder .*nowhere does not exist; "):
        load_corpus(TextData(folder=tmp_path / "nowhere"))
    with pytest.raises(DataError, match=r"train\.txt is a file, not a folder; "):
        load_corpus(TextData(folder=text_folder(train="x") / "train.txt"))
    folder = text_folder("c", train="x")
    (folder / "valid.txt").mkdir()
    with pytest.raises(
        DataError, match=r"valid\.txt is a folder where the text file of the split 'valid' is expected$"
    ):
        load_corpus(TextData(folder=folder))


def test_a_split_that_is_not_there_is_named(text_folder: MakeFolder) -> None:
    config = TextData(folder=text_folder(train="x", valid="x"))
    with pytest.raises(DataError, match=r"has no split 'test'; it has train, valid$"):
        load_corpus(config, splits=["train", "test"])
    with pytest.raises(DataError, match=r"has no test\.txt; "):
        documents(config, "test")


def test_a_given_vocabulary_needs_only_the_split_asked_for(text_folder: MakeFolder) -> None:
    own = load_corpus(TextData(folder=text_folder("a", train="the film is good . <unk>", valid="the film"))).vocabulary
    other = text_folder("b", test="The film isn't <reserved-0> !\nGood .")
    corpus = load_corpus(TextData(folder=other), own, ["test"])
    assert corpus.vocabulary is own and list(corpus.splits) == ["test"]
    assert words_of(corpus, "test") == [
        "the", "film", "is", "<unk>", *["<unk>"] * 5, "<unk>", "<eos>", "good", ".", "<eos>",
    ]  # fmt: skip
    as_is = load_corpus(TextData(folder=other, as_is=True), own, ["test"])
    assert words_of(as_is, "test") == ["<unk>", "film", *["<unk>"] * 3, "<eos>", "<unk>", ".", "<eos>"]
    with pytest.raises(DataError, match=r"b has no valid\.txt"):
        load_corpus(TextData(folder=other), own, ["valid"])


@pytest.mark.parametrize(
    "bad",
    [
        {"n_words": 22},
        {"max_train_tokens": 0},
        {"corpus": "novels"},
        {"folder": Path("x"), "n_words": 2},
    ],
)
def test_a_config_that_makes_no_sense_is_refused(bad: dict) -> None:
    with pytest.raises(DataError, match=r"^[^\n]+$"):
        TextData(**bad)


def test_text_cut_already_needs_a_folder_to_load_not_to_be_described() -> None:
    with pytest.raises(DataError, match=r"--data\.folder DIR"):
        TextData(as_is=True).load()


def test_the_penn_treebank_has_its_well_known_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(__file__).parents[3] / "shared" / "data" / "ptb"
    if not folder.is_dir():
        pytest.skip("the Penn Treebank is not shipped: it is measured where a copy is at hand")
    corpus = load_corpus(TextData(folder=folder, as_is=True))
    assert corpus.n_tokens == {"train": 929_589, "valid": 73_760}
    assert len(corpus.vocabulary) == 10_000


class TestCache:
    @pytest.fixture(autouse=True)
    def own_cache(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setenv("REPRLEARN_CACHE", str(tmp_path / "own"))
        return tmp_path / "own"

    @pytest.fixture
    def encodings(self, monkeypatch: pytest.MonkeyPatch) -> list[object]:
        """Grows by one whenever a corpus is encoded and not found."""
        seen: list[object] = []
        encode = corpora.encode_splits
        monkeypatch.setattr(corpora, "encode_splits", lambda *args: seen.append(args) or encode(*args))
        return seen

    def test_what_is_found_is_what_was_made(self, text_folder: MakeFolder, encodings: list) -> None:
        config = TextData(folder=text_folder(train="a b a\nc", valid="a d"))
        made, found = load_corpus(config), load_corpus(config)
        assert len(encodings) == 1
        assert found.content_hash == made.content_hash and found.vocabulary.words == made.vocabulary.words
        assert all((found.splits[split] == made.splits[split]).all() for split in made.splits)
        assert load_corpus(config, splits=["valid"]).content_hash == made.content_hash

    def test_whatever_changes_the_result_makes_it_anew(self, text_folder: MakeFolder, encodings: list) -> None:
        folder = text_folder(train="a b.\nc", valid="a")
        for config in (
            TextData(folder=folder),
            TextData(folder=folder, as_is=True),
            TextData(folder=folder, n_words=3),
            TextData(folder=folder, max_train_tokens=5),
        ):
            load_corpus(config)
        (folder / "valid.txt").write_text("c")
        load_corpus(TextData(folder=folder))
        assert len(encodings) == 5

    @pytest.mark.parametrize("name", ["corpus.json", "train.npy", "words.parquet", "tokenizer.json"])
    @pytest.mark.parametrize("damage", ["gone", "cut short", "garbled", "a folder"])
    def test_a_damaged_entry_is_made_anew(
        self, text_folder: MakeFolder, own_cache: Path, encodings: list, name: str, damage: str
    ) -> None:
        config = TextData(folder=text_folder(train="a b a\nc", valid="a d"))
        made = load_corpus(config)
        (path,) = own_cache.glob(f"corpora/*/{name}")
        content = path.read_bytes()
        path.unlink()
        if damage == "cut short":
            path.write_bytes(content[: len(content) // 2])
        elif damage == "garbled":
            path.write_bytes(content[:-9] + bytes(255 - byte for byte in content[-9:]))
        elif damage == "a folder":
            path.mkdir()
        again = load_corpus(config)
        assert len(encodings) == 2
        assert again.content_hash == made.content_hash and words_of(again, "train") == words_of(made, "train")
        load_corpus(config)
        assert len(encodings) == 2, "the entry was not mended"
        assert [entry.name for entry in (own_cache / "corpora").iterdir() if entry.name.startswith(".")] == []

    def test_ids_altered_on_disk_are_noticed(self, text_folder: MakeFolder, own_cache: Path, encodings: list) -> None:
        config = TextData(folder=text_folder(train="a b a\nc", valid="a d"))
        made = load_corpus(config)
        (path,) = own_cache.glob("corpora/*/train.npy")
        np.save(path, made.splits["train"][::-1].copy())
        assert words_of(load_corpus(config), "train") == words_of(made, "train")
        assert len(encodings) == 2

    def test_a_damaged_table_is_made_anew(self, own_cache: Path) -> None:
        import pandas as pd

        frame = pd.DataFrame({"text": ["a", "b"]})
        store.cached_table({"x": 1}, lambda: frame)
        (path,) = own_cache.glob("corpora/*.parquet")
        assert store.cached_table({"x": 1}, lambda: pytest.fail("not found")).equals(frame)
        path.write_bytes(path.read_bytes()[:40])
        assert store.cached_table({"x": 1}, lambda: frame).equals(frame)
        assert store.cached_table({"x": 1}, lambda: pytest.fail("not mended")).equals(frame)

    def test_a_cache_that_cannot_be_written_is_done_without(self, text_folder: MakeFolder, own_cache: Path) -> None:
        own_cache.write_text("a file where the folder should be")
        corpus = load_corpus(TextData(folder=text_folder(train="a b a\nc", valid="a d")))
        assert words_of(corpus, "valid") == ["a", "<unk>", "<eos>"]
        assert own_cache.is_file()

    def test_an_emptied_cache_is_no_error(self, text_folder: MakeFolder, own_cache: Path, encodings: list) -> None:
        config = TextData(folder=text_folder(train="a b a\nc", valid="a d"))
        load_corpus(config)
        shutil.rmtree(own_cache)
        load_corpus(config)
        assert len(encodings) == 2
