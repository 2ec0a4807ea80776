"""What is written in a format is read back, to the last bit, and as the programs that made the formats read it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from reprlearn.data.vectors import blocks, lines
from reprlearn.data.vectors.blocks import Words
from reprlearn.data.vectors.reading import read_vectors
from reprlearn.data.vectors.recognise import recognise
from reprlearn.data.vectors.tensors import TensorWriter, open_tensors
from tests import vector_files as made

# What stands in a text of vectors: no spaces, which separate, and nothing that ends a line.
WORDS = st.text(st.characters(exclude_categories=("Z", "C"), exclude_characters="\ufeff"), min_size=1, max_size=12)
FLOATS = st.floats(width=32, allow_nan=False, allow_infinity=False)
Table = tuple[list[str], np.ndarray]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Distinct words and their rows, of width 2 at least; the first word is none that could be a header."""
    words = draw(st.lists(WORDS, min_size=1, max_size=8, unique=True))
    width = draw(st.integers(2, 5))
    matrix = draw(arrays.arrays(np.float32, (len(words), width), elements=FLOATS))
    return [f"w{word}" for word in words], matrix


def read(folder: Path, files: dict[str, bytes]) -> tuple[dict[str, np.ndarray], Words, str]:
    """{matrix: rows}, the words, and the format."""
    source = recognise(made.write(folder, files))
    parts: dict[str, list[np.ndarray]] = {}
    words = read_vectors(source, lambda which, rows: parts.setdefault(which, []).append(rows.copy()))
    return {which: np.concatenate(each) for which, each in parts.items()}, words, source.format


def npy_bytes(matrix: np.ndarray) -> bytes:
    import io

    buffer = io.BytesIO()
    np.save(buffer, matrix)
    return buffer.getvalue()


def in_format(name: str, words: list[str], matrix: np.ndarray) -> dict[str, bytes]:
    data = np.ascontiguousarray(matrix, dtype="<f4").tobytes()
    return {
        "glove": lambda: {"v.txt": made.glove(words, matrix)},
        "word2vec-text": lambda: {"v.vec": made.word2vec_text(words, matrix)},
        "word2vec-binary": lambda: {"v.bin": made.word2vec_binary(words, matrix)},
        "npy": lambda: {"v.npy": npy_bytes(matrix), "words.txt": made.lines(words)},
        "projector": lambda: {
            "vectors.tsv": b"".join(
                line.split(b"\t", 1)[1] + b"\n" for line in made.glove(words, matrix, "\t").splitlines()
            ),
            "metadata.tsv": made.lines(words),
        },
        "safetensors": lambda: {
            "v.safetensors": made.safetensors_bytes({"table": ("F32", matrix.shape, data)}),
            "words.txt": made.lines(words),
        },
    }[name]()


@pytest.mark.parametrize("name", ["glove", "word2vec-text", "word2vec-binary", "npy", "projector", "safetensors"])
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(table=tables())
def test_what_is_written_is_read_back(name: str, table: Table) -> None:
    words, matrix = table
    with tempfile.TemporaryDirectory() as folder:
        found, read_words, kind = read(Path(folder), in_format(name, words, matrix))
    assert kind == name and read_words.words == words and list(found) == ["input"]
    assert found["input"].dtype == np.float32 and np.array_equal(found["input"], matrix)


@pytest.mark.parametrize("binary", [False, True])
def test_gensim_writes_what_is_read_here_and_reads_the_same(tmp_path: Path, binary: bool) -> None:
    models = pytest.importorskip("gensim.models")
    words, matrix = made.places_and_foods()
    vectors = models.KeyedVectors(vector_size=6)
    vectors.add_vectors([*words, "señor", "日本"], np.concatenate([matrix, matrix[:2]]))
    vectors.save_word2vec_format(tmp_path / "theirs", binary=binary)
    found, read_words, kind = read(tmp_path, {"theirs": (tmp_path / "theirs").read_bytes()})
    assert kind == f"word2vec-{'binary' if binary else 'text'}" and read_words.words == vectors.index_to_key
    assert np.allclose(found["input"], vectors.vectors, atol=0 if binary else 1e-6)

    content = made.word2vec_binary(words, matrix, breaks=False) if binary else made.word2vec_text(words, matrix)
    (ours,) = made.write(tmp_path, {"ours": content})
    theirs = models.KeyedVectors.load_word2vec_format(str(ours), binary=binary)
    assert theirs.index_to_key == list(words) and np.array_equal(theirs.vectors, matrix)


def test_a_file_of_many_blocks_is_read_like_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = np.random.default_rng(0)
    words, matrix = [f"word{i}" for i in range(500)], draw.normal(size=(500, 7)).astype(np.float32)
    for module in ("lines", "binary"):
        monkeypatch.setattr(f"reprlearn.data.vectors.{module}.BLOCK_BYTES", 111)
    monkeypatch.setattr(blocks, "BLOCK_BYTES", 111)
    for name in ("glove", "word2vec-text", "word2vec-binary", "npy", "projector", "safetensors"):
        found, read_words, _ = read(tmp_path / name, in_format(name, words, matrix))
        assert read_words.words == words and np.array_equal(found["input"], matrix), name


@pytest.mark.parametrize("name", ["glove", "word2vec-text", "word2vec-binary"])
@pytest.mark.parametrize("first", [1, 7, 500, 9_999])
def test_the_first_words_of_a_file_that_is_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, first: int
) -> None:
    words, matrix = [f"word{i}" for i in range(500)], np.random.default_rng(0).normal(size=(500, 3)).astype(np.float32)
    monkeypatch.setattr(lines, "BLOCK_BYTES", 300)
    source = recognise(made.write(tmp_path, in_format(name, words, matrix)))
    rows: list[np.ndarray] = []
    found = read_vectors(source, lambda which, block: rows.append(block.copy()), first=first)
    assert found.words == words[:first] and np.array_equal(np.concatenate(rows), matrix[:first])
    monkeypatch.setattr(blocks, "MAX_WORDS", 400)
    if first <= 400:
        assert len(read_vectors(source, lambda which, block: None, first=first)) == first
    else:
        with pytest.raises(ValueError, match="more than the 400 that are read; keep the first ones"):
            read_vectors(source, lambda which, block: None, first=first)


def test_progress_rises_to_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "BLOCK_BYTES", 200)
    source = recognise(made.write(tmp_path, {"v.txt": made.glove(*made.places_and_foods())}))
    shares: list[float] = []
    read_vectors(source, lambda which, rows: None, shares.append)
    assert shares == sorted(shares) and shares[0] > 0 and shares[-1] == 1.0 and len(shares) > 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xef\xbb\xbfa 1 2\r\nb 3 4\r\n\r\n", ["a", "b"]),  # a mark, Windows' line ends, blank lines at the end
        (b"2 2\na 1 2 \nb 3 4 \n", ["a", "b"]),  # fastText and word2vec end each line with a space
        (b"a\t1\t2\nb\t3\t4\n", ["a", "b"]),
        (b"a 1 2\n. . . 3 4\n", ["a", ". . ."]),  # words with spaces, as GloVe's largest file has them
        (b"7 1 2\n8 3 4", ["7", "8"]),  # words that are numbers are no header
        ("a 1 2\n\u00a0\u2028b 3 4\n".encode(), ["a", "\u00a0\u2028b"]),  # Unicode's line ends end no line here
        (b'"a" 1 2\n\'b 3e0 .4e1\n', ['"a"', "'b"]),  # quotes quote nothing
    ],
)
def test_what_other_programs_write_a_little_differently(tmp_path: Path, content: bytes, words: list[str]) -> None:
    found, read_words, _ = read(tmp_path, {"v.txt": content})
    assert read_words.words == words
    assert np.array_equal(found["input"], [[1, 2], [3, 4]])


def test_two_files_are_an_input_and_an_output_matrix(tmp_path: Path) -> None:
    words, a = made.places_and_foods(0)
    _, b = made.places_and_foods(1)
    pairs = {
        "text": {"w.txt": made.glove(words, a), "c.txt": made.glove(words, b)},
        "npy": {"w.npy": npy_bytes(a), "c.npy": npy_bytes(b.astype(np.float64)), "words.txt": made.lines(words)},
    }
    for name, files in pairs.items():
        found, read_words, _ = read(tmp_path / name, files)
        assert tuple(read_words.words) == words
        assert np.array_equal(found["input"], a) and np.array_equal(found["output"], b)
    swapped = recognise([tmp_path / "text" / "w.txt", tmp_path / "text" / "c.txt"]).swapped()
    assert [path.name for path in swapped.matrices] == ["c.txt", "w.txt"]


def test_tensors_are_told_by_their_names_and_by_the_words(tmp_path: Path) -> None:
    words, a = made.places_and_foods()
    b = -a
    tensors = {
        "output": ("F32", b.shape, b.tobytes()),
        "other": ("F32", (3, 6), a[:3].tobytes()),
        "bias": ("F32", (10,), a[:, 0].tobytes()),
        "input": ("F32", a.shape, a.tobytes()),
    }
    files = {"v.safetensors": made.safetensors_bytes(tensors), "words.txt": made.lines(words)}
    found, _, _ = read(tmp_path, files)
    assert np.array_equal(found["input"], a) and np.array_equal(found["output"], b)


def test_half_and_brain_floats_are_read_at_their_value(tmp_path: Path) -> None:
    words, matrix = made.places_and_foods()
    bits = matrix.view(np.uint32) >> 16
    brain = (bits.astype(np.uint32) << 16).view(np.float32)
    half = matrix.astype(np.float16)
    for dtype, data, expected in (
        ("BF16", bits.astype("<u2").tobytes(), brain),
        ("F16", half.tobytes(), half.astype(np.float32)),
        ("F64", matrix.astype("<f8").tobytes(), matrix),
    ):
        content = made.safetensors_bytes({"t": (dtype, matrix.shape, data)})
        found, _, _ = read(tmp_path / dtype, {"v.safetensors": content, "words.txt": made.lines(words)})
        assert np.array_equal(found["input"], expected), dtype


@pytest.mark.parametrize(
    ("metadata", "words", "counts"),
    [
        (b"word\tcount\tgroup\na\t5\tx\nb\t0\ty\n", ["a", "b"], [5, 0]),
        (b"group\tlabel\nx\ta\ny\tb\n", ["a", "b"], None),
        (b"a\nb\n", ["a", "b"], None),
        (b"word\na\nb\n", ["a", "b"], None),  # one column and one line more: a header
        (b"word\nlabel\n", ["word", "label"], None),  # no line more: these are the words
    ],
)
def test_the_projectors_metadata_names_the_words(
    tmp_path: Path, metadata: bytes, words: list[str], counts: list[int] | None
) -> None:
    found, read_words, kind = read(tmp_path, {"vectors.tsv": b"1\t2\n3\t4\n", "metadata.tsv": metadata})
    assert kind == "projector" and read_words.words == words and read_words.counts == counts
    assert np.array_equal(found["input"], [[1, 2], [3, 4]])


def test_a_file_written_row_by_row_is_a_safetensors_file(tmp_path: Path) -> None:
    from safetensors.numpy import load_file

    draw = np.random.default_rng(0)
    a, b = draw.normal(size=(2, 7, 3)).astype(np.float32)
    writer = TensorWriter(tmp_path / "t.safetensors")
    for name, matrix in (("input", a), ("output", b)):
        for start in (0, 2, 6):
            writer.append(name, matrix[start : {0: 2, 2: 6, 6: 7}[start]])
    writer.close()
    theirs = load_file(tmp_path / "t.safetensors")
    assert np.array_equal(theirs["input"], a) and np.array_equal(theirs["output"], b)
    ours = open_tensors(tmp_path / "t.safetensors")
    assert list(ours) == ["input", "output"] and np.array_equal(ours["output"].floats(slice(2, 5)), b[2:5])
