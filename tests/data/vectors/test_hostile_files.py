"""A table of files that lie, are broken, or would run code: each is refused in one clear line, and leaves nothing behind."""

from __future__ import annotations

import gzip
import io
import json
import pickle
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from reprlearn.data.vectors.recognise import recognise
from reprlearn.runs.imported import import_run
from tests import vector_files as made

WORDS, MATRIX = made.places_and_foods()
LIST = made.lines(WORDS)
BINARY = made.word2vec_binary(WORDS, MATRIX)
TENSORS = made.safetensors_bytes({"t": ("F32", MATRIX.shape, MATRIX.tobytes())})
WITNESS = "ran.txt"
Files = dict[str, bytes]


class _Runs:
    """Unpickled, it writes a file."""

    def __reduce__(self) -> tuple[Callable, tuple]:
        return (Path.write_text, (Path(WITNESS), "code ran"))


def npy(array: np.ndarray, **how: bool) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, **how)  # type: ignore[arg-type]
    return buffer.getvalue()


def npy_header(text: str) -> bytes:
    header = text.encode().ljust(117) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + bytes(64)


def zipped(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def safetensors_header(header: object, data: bytes = b"") -> bytes:
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def replaced(row: int, column: int, value: float) -> np.ndarray:
    matrix = MATRIX.copy()
    matrix[row, column] = value
    return matrix


OBJECTS = np.array([[_Runs(), _Runs()]], dtype=object)
TEXT: dict[str, tuple[Files, str]] = {
    "a short line": ({"v.txt": b"a 1 2 3\nb 4 5\n"}, "v.txt, line 2: 2 numbers, however the first vector has 3"),
    "a long line": ({"v.txt": b"a 1 2\nb 4 5 6\n"}, "v.txt, line 2: 3 numbers, however the first vector has 2"),
    "one short, one long": ({"v.txt": b"a 1 2\nb 4 5 6\nc 7\n"}, "line 2: 3 numbers"),
    "no number": ({"v.txt": b"a 1 2\nb 3 x\n"}, "v.txt, line 2: b'x' is no number"),
    "a number of Python's": ({"v.txt": b"a 1 2\nb 3 1_0\n"}, "line 2: b'1_0' is no number"),
    "a hexadecimal number": ({"v.txt": b"a 1 2\nb 3 0x1\n"}, "line 2: b'0x1' is no number"),
    "two spaces": ({"v.txt": b"a 1 2\nb 3  4\n"}, "v.txt, line 2: 3 numbers"),
    "NaN": ({"v.txt": b"a 1 2\nb nan 4\n"}, "v.txt, line 2: number 1 is nan; every number must be finite"),
    "infinity": ({"v.txt": b"a 1 2\nb 3 -inf\n"}, "line 2: number 2 is -inf"),
    "too large for float32": ({"v.txt": b"a 1 2\nb 3 1e99\n"}, "line 2: number 2 is inf"),
    "a word twice": ({"v.txt": b"a 1 2\nb 3 4\na 5 6\n"}, "v.txt, line 3: the word 'a' stands in line 1 already"),
    "no word": ({"v.txt": b"a 1 2\n 3 4\n"}, "v.txt, line 2: no word"),
    "a blank line": ({"v.txt": b"a 1 2\n\nb 3 4\n"}, "v.txt, line 2: 0 numbers"),
    "a word of 500 bytes": ({"v.txt": b"a 1 2\n" + b"x" * 500 + b" 3 4\n"}, "line 2: a word of 500 bytes"),
    "not UTF-8": ({"v.txt": b"a 1 2\n\xff\xfe 3 4\n"}, "is none of the formats that are read here"),
    "not UTF-8, far down": ({"v.txt": b"a 1 2\n" * 0 + made.glove([f"w{i}" for i in range(9000)], np.ones((9000, 3), np.float32))
                             + b"caf\xe9 1 1 1\n"}, "line 9,001: the word b'caf\\xe9' is not UTF-8"),
    "NUL far down": ({"v.txt": made.glove([f"w{i}" for i in range(9000)], np.ones((9000, 3), np.float32)) + b"a\x00b 1 1 1\n"},
                     "holds NUL bytes"),
    "UTF-16": ({"v.txt": "a 1 2\n".encode("utf-16")}, "v.txt: is UTF-16; save it as UTF-8"),
    "empty": ({"v.txt": b""}, "v.txt: is empty"),
    "prose": ({"v.txt": b"It was a dark and stormy night.\n"}, "v.txt: no vectors in it, only text"),
    "a header that says more": ({"v.vec": b"3 2\na 1 2\nb 3 4\n"}, "the first line says 3 words, however: 2 follow"),
    "a header that says less": ({"v.vec": b"1 2\na 1 2\nb 3 4\n"}, "the first line says 1 words, however: 2 follow"),
    "a header of another width": ({"v.vec": b"2 3\na 1 2\nb 3 4\n"}, "v.vec, line 2: 2 numbers"),
    "a header of 10^12 words": ({"v.vec": b"1000000000000 2\na 1 2\n"}, "more than the 400,000 that are read"),
    "a header of 10^9 numbers": ({"v.vec": b"2 1000000000\na 1 2\n"}, "vectors of 1,000,000,000 numbers, more than"),
    "a header of no words": ({"v.vec": b"0 0\na 1 2\n"}, "no vectors (0 words of width 0)"),
    "one line without end": ({"v.txt": b"a " + b"1" * 400_000 + b"\n"}, "v.txt: no vectors in it, only text"),
    "files of two kinds": ({"v.txt": b"a 1 2\n", "v.vec": b"1 2\na 1 2\n"}, "files of several kinds"),
    "three matrices": ({f"{i}.txt": b"a 1 2\n" for i in range(3)}, "3 files of vectors: one is needed, or a pair"),
    "a pair of other words": ({"a.txt": b"x 1 2\ny 3 4\n", "b.txt": b"x 1 2\nz 3 4\n"}, "b.txt: word 2 is 'z', however: a.txt has 'y'"),
    "a pair of other lengths": ({"a.txt": b"x 1 2\ny 3 4\n", "b.txt": b"x 1 2\n"}, "b.txt: 1 words, however: a.txt has 2"),
    "a pair of other widths": ({"a.txt": b"x 1 2\n", "b.txt": b"x 1 2 3\n"}, "b.txt: width 3, however: a.txt has 2"),
    "a word list too many": ({"v.txt": b"a 1 2\n", "words.txt": b"a\n"}, "words.txt: is no file of vectors"),
}  # fmt: skip
BINARIES: dict[str, tuple[Files, str]] = {
    "cut off in a vector": ({"v.bin": BINARY[:-9]}, "v.bin: cut off in word 10 of 10"),
    "words longer than the bytes left": ({"v.bin": made.word2vec_binary(["a" * 40, "b"], np.ones((2, 2), np.float32))[:-3]},
                                         "v.bin: cut off in word 2 of 2"),
    "says fewer than follow": ({"v.bin": BINARY.replace(b"10 6", b"9 6", 1)}, "the first line says 9 words, however: more follow"),
    "says more than follow": ({"v.bin": BINARY.replace(b"10 6", b"99 6", 1)}, "99 words of width 6 take"),
    "another width": ({"v.bin": BINARY.replace(b"10 6", b"10 5", 1)}, "v.bin, word 2"),
    "10^12 words": ({"v.bin": BINARY.replace(b"10 6", b"1000000000000 6", 1)}, "more than the 400,000 that are read"),
    "NaN": ({"v.bin": made.word2vec_binary(WORDS, replaced(3, 1, np.nan))}, "v.bin, word 4: number 2 is nan"),
    "a word twice": ({"v.bin": made.word2vec_binary(["a", "b", "a"], np.ones((3, 2), np.float32))},
                     "word 3: the word 'a' stands in word 1"),
    "a word not UTF-8": ({"v.bin": BINARY.replace(b"berlin", b"berl\xffn", 1)}, "word 2: the word b'berl\\xffn' is not UTF-8"),
    "no word at all": ({"v.bin": b"1 200\n" + bytes(1000)}, "v.bin, word 1: no word begins there"),
}  # fmt: skip
ARRAYS: dict[str, tuple[Files, str]] = {
    "a pickle": ({"v.bin": pickle.dumps(_Runs())}, "v.bin: is a Python pickle, which may run code"),
    "a pickle named .npy": ({"v.npy": pickle.dumps(_Runs()), "words.txt": LIST}, "v.npy: is a Python pickle"),
    "an array of objects": ({"v.npy": npy(OBJECTS, allow_pickle=True), "words.txt": b"a\n"}, "it holds Python objects, which may run code"),
    "an .npz": ({"v.npz": zipped("v.npy", npy(MATRIX)), "words.txt": LIST}, "v.npz: is a zip archive"),
    "a checkpoint of PyTorch": ({"model.bin": zipped("archive/data.pkl", pickle.dumps(_Runs()))}, "model.bin: is a zip archive"),
    "gzip": ({"v.txt.gz": gzip.compress(b"a 1 2\n")}, "v.txt.gz: is compressed (gzip); unpack it first"),
    "no words": ({"v.npy": npy(MATRIX)}, "v.npy holds numbers alone: its words are needed too"),
    "two lists": ({"v.npy": npy(MATRIX), "a.txt": LIST, "b.txt": LIST}, "2 word lists (a.txt, b.txt): one is needed"),
    "fewer words than rows": ({"v.npy": npy(MATRIX), "words.txt": b"a\nb\n"}, "words.txt: 2 words, however: the matrix has 10 rows"),
    "more words than rows": ({"v.npy": npy(MATRIX[:2]), "words.txt": LIST}, "words.txt: 10 words, however: the matrix has 2 rows"),
    "a list with a gap": ({"v.npy": npy(MATRIX[:3]), "words.txt": b"a\n\nb\n"}, "words.txt, line 2: no word"),
    "a list with a word twice": ({"v.npy": npy(MATRIX[:3]), "words.txt": b"a\nb\na\n"}, "line 3: the word 'a' stands in line 1"),
    "a vector": ({"v.npy": npy(MATRIX[0]), "words.txt": LIST}, "a matrix (words, width) is needed, however: its shape is (6,)"),
    "three axes": ({"v.npy": npy(MATRIX[None]), "words.txt": LIST}, "its shape is (1, 10, 6)"),
    "complex numbers": ({"v.npy": npy(MATRIX.astype(np.complex64)), "words.txt": LIST}, "numbers of type complex64"),
    "whole numbers": ({"v.npy": npy(MATRIX.astype(np.int32)), "words.txt": LIST}, "numbers of type int32"),
    "no rows": ({"v.npy": npy(MATRIX[:0]), "words.txt": LIST}, "v.npy: no vectors"),
    "cut off": ({"v.npy": npy(MATRIX)[:-7], "words.txt": LIST}, "v.npy: cannot be read as an .npy file"),
    "a header with code": ({"v.npy": npy_header("__import__('os').system('touch ran.txt')"), "words.txt": LIST},
                           "cannot be read as an .npy"),
    "a header of 10^15 rows": ({"v.npy": npy_header("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000000000, 4)}"),
                                "words.txt": LIST}, "cannot be read as an .npy"),
    "NaN": ({"v.npy": npy(replaced(4, 2, np.nan)), "words.txt": LIST}, "v.npy, row 5: number 3 is nan"),
    "too large for float32": ({"v.npy": npy(MATRIX.astype(np.float64) * 1e300), "words.txt": LIST}, "v.npy, row 1: number 1 is"),
    "a pair of other shapes": ({"a.npy": npy(MATRIX), "b.npy": npy(MATRIX[:5]), "words.txt": LIST},
                               "have one shape, however: (5, 6) and (10, 6)"),
    "NaN in a table": ({"v.tsv": b"1\t2\n3\tnan\n", "m.tsv": b"a\nb\n"}, "v.tsv, line 2: number 2 is nan"),
    "a short row": ({"v.tsv": b"1\t2\n3\n", "m.tsv": b"a\nb\n"}, "v.tsv, line 2: 1 number, however"),
    "a table without metadata": ({"v.tsv": b"1\t2\n3\t4\n"}, "v.tsv holds numbers alone: its words are needed too (metadata.tsv)"),
    "metadata of other length": ({"v.tsv": b"1\t2\n3\t4\n", "m.tsv": b"a\nb\nc\nd\n"}, "m.tsv: 4 words, however: the matrix has 2 rows"),
    "metadata without a header": ({"v.tsv": b"1\t2\n3\t4\n", "m.tsv": b"a\tx\nb\ty\n"}, "m.tsv: 1 words, however: the matrix has 2 rows"),
    "columns of one name": ({"v.tsv": b"1\t2\n", "m.tsv": b"word\tword\na\tb\n"}, "m.tsv, line 1: two columns have the same name"),
    "a count that is none": ({"v.tsv": b"1\t2\n", "m.tsv": b"word\tcount\na\t-5\n"}, "m.tsv, line 2: b'-5' is no count"),
    "a row of metadata too short": ({"v.tsv": b"1\t2\n", "m.tsv": b"word\tgroup\na\n"},
                                    "m.tsv, line 2: 1 columns, however the first line has 2"),
    "tensors cut off": ({"v.safetensors": TENSORS[:-5], "words.txt": LIST}, "v.safetensors: not a whole safetensors file"),
    "tensors and more": ({"v.safetensors": TENSORS + b"more", "words.txt": LIST}, "not a whole safetensors file"),
    "a tensor that lies elsewhere": (
        {"v.safetensors": safetensors_header({"t": {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 99]}}, bytes(16)),
         "words.txt": b"a\nb\n"}, "not a whole safetensors file"),
    "a tensor of another size": (
        {"v.safetensors": safetensors_header({"t": {"dtype": "F32", "shape": [2, 2**60], "data_offsets": [0, 16]}}, bytes(16)),
         "words.txt": b"a\nb\n"}, "not a whole safetensors file"),
    "a header that is no object": ({"v.safetensors": safetensors_header({"t": 3}), "words.txt": LIST}, "not a whole safetensors file"),
    "a matrix of bytes": ({"v.safetensors": made.safetensors_bytes({"t": ("U8", (10, 6), bytes(60))}), "words.txt": LIST},
                          "a matrix of F32, F16, F64, BF16 is needed, however: U8"),
    "no matrix": ({"v.safetensors": made.safetensors_bytes({"t": ("F32", (6,), bytes(24))}), "words.txt": LIST}, "holds no matrix"),
    "three matrices alike": ({"v.safetensors": made.safetensors_bytes({name: ("F32", (2, 2), bytes(16)) for name in "abc"}),
                              "words.txt": b"x\ny\n"}, "holds 3 matrices (a, b, c)"),
    "NaN in a tensor": ({"v.safetensors": made.safetensors_bytes({"t": ("BF16", (1, 2), b"\xc0\x7f\x00\x00")}), "words.txt": b"a\n"},
                        "tensor 't', row 1: number 1 is nan"),
    "JSON alone": ({"v.json": b'{"a": [1, 2]}'}, "v.json: is JSON"),
    "HDF5": ({"v.h5": b"\x89HDF\r\n\x1a\n" + bytes(100)}, "v.h5: is an HDF5 file"),
    "GGUF": ({"model.gguf": b"GGUF\x03" + bytes(100)}, "model.gguf: is a GGUF file"),
    "a picture": ({"v.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256))}, "v.png: is none of the formats that are read here"),
}  # fmt: skip


def folder_with(**changed: bytes | None) -> Files:
    """A model folder whose files (by their names without the ending) are others, or missing."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        files = {path.name: path.read_bytes() for path in made.model_folder(Path(folder) / "m").iterdir()}
    for name, content in changed.items():
        key = next(file for file in files if file.startswith(name))
        files.pop(key)
        if content is not None:
            files[key] = content
    return files


def tokenizer_with(**changed: object) -> bytes:
    return json.dumps(json.loads(made.tokenizer_json()) | changed).encode()


FOLDERS: dict[str, tuple[Callable[[], Files], str]] = {
    "weights as a pickle": (
        lambda: folder_with(model=None) | {"pytorch_model.bin": pickle.dumps(_Runs())},
        "no .safetensors file beside config.json, and pytorch_model.bin is not read, since it may run code",
    ),
    "no tokenizer": (lambda: folder_with(tokenizer=None), "no tokenizer.json beside config.json"),
    "a tokenizer that is none": (lambda: folder_with(tokenizer=b"{}"), "tokenizer.json: no tokenizer"),
    "a tokenizer that is a list": (lambda: folder_with(tokenizer=b"[1]"), "tokenizer.json: an object of settings is needed"),
    "a tokenizer of deep brackets": (lambda: folder_with(tokenizer=b"[" * 100_000), "tokenizer.json: no JSON"),
    "a tokenizer of another kind": (lambda: folder_with(tokenizer=tokenizer_with(model={"type": "X"})), "tokenizer.json: no tokenizer"),
    "settings that are none": (lambda: folder_with(config=b"{"), "config.json: no JSON"),
    "weights cut off": (lambda: folder_with(model=TENSORS[:-5]), "model.safetensors: not a whole safetensors file"),
    "weights of no language model": (lambda: folder_with(model=TENSORS), "no embedding of tokens among the weights"),
    "fewer rows than tokens": (
        lambda: folder_with(model=made.safetensors_bytes({"wte.weight": ("F32", (3, 2), bytes(24))})),
        "the embedding has 3 rows; the two are not of one model",
    ),
    "NaN among the weights": (
        lambda: folder_with(model=made.safetensors_bytes({"wte.weight": ("F32", (99, 1), b"\x00\x00\xc0\x7f" * 99)})),
        "tensor 'wte.weight', row 1: number 1 is nan",
    ),
    "two files with one tensor": (
        lambda: (files := folder_with()) | {"more.safetensors": files["model.safetensors"]},
        "stands in model.safetensors already",
    ),
}  # fmt: skip


def refusal(tmp_path: Path, files: Files) -> str:
    """The one line with which the files are refused; nothing of a run is left, and no code has run."""
    paths = made.write(tmp_path / "files", files)
    with pytest.raises(ValueError) as caught:
        import_run(recognise(paths), tmp_path / "runs" / "evil")
    assert not (tmp_path / "runs").exists() or not list((tmp_path / "runs").iterdir()), "something is left behind"
    assert not (Path.cwd() / WITNESS).exists() and not list(tmp_path.rglob(WITNESS)), "code in the file ran"
    said = str(caught.value)
    assert "\n" not in said and len(said) < 400
    return said


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("case", TEXT)
def test_texts(tmp_path: Path, case: str) -> None:
    files, expected = TEXT[case]
    assert expected in refusal(tmp_path, files)


@pytest.mark.parametrize("case", BINARIES)
def test_binaries(tmp_path: Path, case: str) -> None:
    files, expected = BINARIES[case]
    assert expected in refusal(tmp_path, files)


@pytest.mark.parametrize("case", ARRAYS)
def test_arrays_tables_and_tensors(tmp_path: Path, case: str) -> None:
    files, expected = ARRAYS[case]
    assert expected in refusal(tmp_path, files)


@pytest.mark.parametrize("case", FOLDERS)
def test_model_folders(tmp_path: Path, case: str) -> None:
    make, expected = FOLDERS[case]
    assert expected in refusal(tmp_path, make())


def test_the_pickles_of_this_table_would_run(tmp_path: Path) -> None:
    """Else the refusals above would prove nothing."""
    pickle.loads(pickle.dumps(_Runs()))
    assert (tmp_path / WITNESS).read_text() == "code ran"


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../../x", "/etc/x", "a/b", "<script>", ".hidden", "x.partial", "a" * 101, "é", "a b"]
)
def test_names_of_runs(tmp_path: Path, name: str) -> None:
    from reprlearn.runs.imported import check_name

    with pytest.raises(ValueError, match="a name is made of"):
        check_name(name)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no such file"):
        recognise([tmp_path / "nothing.txt"])
