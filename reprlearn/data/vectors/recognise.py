"""What a handful of files is: told from what is in them, not from what they are called, and refused where it could run code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reprlearn.data.config import DataError
from reprlearn.data.vectors.arrays import open_npy
from reprlearn.data.vectors.lines import MAX_LINE_BYTES, are_numbers, first_lines
from reprlearn.data.vectors.tensors import Tensor, open_tensors
from reprlearn.data.vectors.text import header_of

Format = Literal["glove", "word2vec-text", "word2vec-binary", "npy", "projector", "safetensors", "hugging-face"]
Kind = Format | Literal["list"]
"""What one file is; a list is a text that is no vectors."""
FORMATS: dict[str, str] = {
    "glove": "GloVe text",
    "word2vec-text": "word2vec text",
    "word2vec-binary": "word2vec binary",
    "npy": "NumPy array and words",
    "projector": "TensorBoard projector",
    "safetensors": "safetensors and words",
    "hugging-face": "Hugging Face model",
}
HAVE_WORDS = ("glove", "word2vec-text", "word2vec-binary")
"""Formats with the words in them, a word and its vector one after the other."""
MAX_FILES = 64
CONFIG, TOKENIZER = "config.json", "tokenizer.json"
_UNPACK = "unpack it first, and take the files within"
_FOREIGN = (
    (b"PK\x03\x04", f"is a zip archive (or an .npz, or a PyTorch checkpoint); {_UNPACK}"),
    (b"\x1f\x8b", f"is compressed (gzip); {_UNPACK}"),
    (b"BZh", f"is compressed (bzip2); {_UNPACK}"),
    (b"\xfd7zXZ", f"is compressed (xz); {_UNPACK}"),
    (b"7z\xbc\xaf", f"is a 7-Zip archive; {_UNPACK}"),
    (b"\x28\xb5\x2f\xfd", f"is compressed (zstd); {_UNPACK}"),
    (b"\x89HDF", "is an HDF5 file; save its vectors as .npy"),
    (b"GGUF", "is a GGUF file; save the model with save_pretrained (safetensors)"),
    (b"PAR1", "is a Parquet file; save its vectors as .npy with a word list"),
)
_PICKLE = (
    "is a Python pickle, which may run code when it is opened; save it anew, as word2vec text, .npy or safetensors"
)


@dataclass(frozen=True)
class Source:
    """Files that belong together.

    matrices:  the file of the input matrix and, of a pair, that of the output matrix; of a model folder, its weights
    tensors:   of a safetensors file, the tensor of each matrix
    words:     the word list, where the format has none
    config, tokenizer:  of a model folder
    """

    format: Format
    matrices: tuple[Path, ...]
    tensors: tuple[Tensor, ...] = ()
    words: Path | None = None
    config: Path | None = None
    tokenizer: Path | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """All files that are read, each once."""
        return tuple(dict.fromkeys(each for each in (*self.matrices, self.words, self.config, self.tokenizer) if each))

    def swapped(self) -> Source:
        """The same with input and output the other way round."""
        return Source(self.format, self.matrices[::-1], self.tensors[::-1], self.words, self.config, self.tokenizer)


def recognise(paths: Sequence[Path]) -> Source:
    """What these files are together; a folder stands for the files in it. Of a pair of matrices the first is the input.

    DataError for files that are nothing here, are not enough, or could run code.
    """
    files = _files(paths)
    by_name = {file.name: file for file in files}
    if CONFIG in by_name:
        return _model_folder(by_name)
    kinds: dict[Path, Kind] = {file: kind_of(file) for file in files}
    if {*kinds.values()} & {"npy", "projector", "safetensors"}:  # beside these, any text is the words
        kinds = {file: "list" if kind in ("glove", "word2vec-text") else kind for file, kind in kinds.items()}
    lists = [file for file in files if kinds[file] == "list"]
    found: dict[Format, list[Path]] = {}
    for file, kind in kinds.items():
        if kind != "list":
            found.setdefault(kind, []).append(file)
    if len(found) != 1:
        raise DataError(_not_one_kind(found, lists))
    ((kind, matrices),) = found.items()
    if len(matrices) > 2:
        raise DataError(f"{len(matrices)} files of vectors: one is needed, or a pair (input and output matrix)")
    if kind in HAVE_WORDS:
        if lists:
            raise DataError(
                f"{lists[0].name}: is no file of vectors, and {matrices[0].name} has its words in it; leave it out"
            )
        return Source(kind, tuple(matrices))
    if len(lists) != 1:
        raise DataError(_no_list(kind, matrices, lists))
    if kind == "safetensors":
        return _of_tensors(matrices, lists[0])
    return Source(kind, tuple(matrices), words=lists[0])


def kind_of(file: Path) -> Kind:
    """What one file is; "list" for a text that is no vectors. DataError for content that is nothing here."""
    with file.open("rb") as opened:
        head = opened.read(64)
    if not head:
        raise DataError(f"{file.name}: is empty")
    for magic, said in _FOREIGN:
        if head.startswith(magic):
            raise DataError(f"{file.name}: {said}")
    if head.startswith(b"\x80") and head[1:2] <= b"\x05":
        raise DataError(f"{file.name}: {_PICKLE}")
    if head.startswith(b"\x93NUMPY"):
        return "npy"
    if head[8:9] == b"{" and int.from_bytes(head[:8], "little") < 1 << 32:
        return "safetensors"
    if head.lstrip().startswith((b"{", b"[{")) and file.suffix == ".json":
        raise DataError(f"{file.name}: is JSON, and no {CONFIG} of a Hugging Face model beside it")
    if header_of(file) is not None:
        return "word2vec-text" if _has_text_vectors(file) else "word2vec-binary"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DataError(f"{file.name}: is UTF-16; save it as UTF-8")
    if _is_binary(file):
        raise DataError(f"{file.name}: is none of the formats that are read here")
    return _kind_of_text(file)


def _kind_of_text(file: Path) -> Kind:
    lines = first_lines(file)
    line = lines[0] if lines else b""
    tabs = line.split(b"\t")
    if len(tabs) > 1 and are_numbers(tabs):
        return "projector"
    fields = tabs if len(tabs) > 2 else line.split(b" ")
    return "glove" if len(fields) > 2 and are_numbers(fields[-1:]) else "list"


def _has_text_vectors(file: Path) -> bool:
    """Whether text follows the header of a word2vec file. The bytes of numbers may happen to be letters, but then no number ends the
    line, and the file is as long as one of binary numbers.
    """
    if _is_binary(file):
        return False
    lines, header = first_lines(file), header_of(file)
    assert header is not None, "it has one"
    if len(lines) < 2 or are_numbers(lines[1].split(b" ")[-1:]):
        return True
    return file.stat().st_size < header[0] * (4 * header[1] + 2)


def _is_binary(file: Path) -> bool:
    """Whether bytes occur that a text does not have; behind the first line, which word2vec's binary files write as text."""
    with file.open("rb") as opened:
        opened.readline(MAX_LINE_BYTES)
        sample = opened.read(1 << 16) if opened.tell() < MAX_LINE_BYTES else b""
    if not sample:
        with file.open("rb") as opened:
            sample = opened.read(1 << 16)
    try:
        text = sample.decode("utf-8")
    except UnicodeDecodeError as error:
        # A character may be cut in two at the end of the sample.
        if error.start < len(sample) - 3:
            return True
        text = sample[: error.start].decode("utf-8")
    return any(ord(letter) < 9 for letter in text)


def _files(paths: Sequence[Path]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files += sorted(each for each in path.iterdir() if each.is_file() and not each.name.startswith("."))
        elif path.is_file():
            files.append(path)
        else:
            raise DataError(f"{path}: no such file")
    if not files:
        raise DataError("no files to read")
    names = [file.name for file in files]
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise DataError(f"{twice}: two files have this name")
    if len(files) > MAX_FILES and CONFIG not in names:
        raise DataError(f"{len(files):,} files, more than the {MAX_FILES} that are read together")
    return files


def _model_folder(by_name: dict[str, Path]) -> Source:
    """A model's files; others in the folder (its readme, other formats) are not read."""
    weights = [by_name[name] for name in sorted(by_name) if name.endswith(".safetensors")]
    if not weights:
        other = next(
            (name for name in sorted(by_name) if name.endswith((".bin", ".pt", ".pth", ".h5", ".msgpack", ".ckpt"))), ""
        )
        raise DataError(
            f"no .safetensors file beside {CONFIG}{f', and {other} is not read, since it may run code' if other else ''}; save the "
            "model anew with save_pretrained"
        )
    if TOKENIZER not in by_name:
        raise DataError(
            f"no {TOKENIZER} beside {CONFIG}: the words of the model are not known; save its (fast) tokenizer into the same folder"
        )
    return Source("hugging-face", tuple(weights), config=by_name[CONFIG], tokenizer=by_name[TOKENIZER])


def _of_tensors(files: list[Path], words: Path) -> Source:
    """One matrix, or two as wide and as high as each other; of a file with more, those with a row for each word."""
    tensors = [tensor for file in files for tensor in open_tensors(file).values() if len(tensor.shape) == 2]
    if not tensors:
        raise DataError(f"{files[0].name}: holds no matrix")
    if len(tensors) > 2:
        from reprlearn.data.vectors.lists import read_words

        n_words = len(read_words(words))
        tensors = [tensor for tensor in tensors if tensor.shape[0] == n_words] or tensors
    if len(tensors) > 2:
        names = ", ".join(tensor.name for tensor in tensors[:8])
        raise DataError(
            f"{files[0].name}: holds {len(tensors)} matrices ({names[:160]}); keep one, or a pair named input and output"
        )
    tensors.sort(key=lambda tensor: (_place_of(tensor.name), files.index(tensor.path), tensor.start))
    return Source("safetensors", tuple(tensor.path for tensor in tensors), tuple(tensors), words=words)


def _place_of(name: str) -> int:
    """0 for what calls itself the input, 2 for the output, 1 for what says nothing."""
    name = name.lower()
    return 0 if "input" in name else 2 if "out" in name or "context" in name else 1


def _not_one_kind(found: dict[Format, list[Path]], lists: list[Path]) -> str:
    if found:
        kinds = "; ".join(f"{files[0].name} is {FORMATS[kind]}" for kind, files in found.items())
        return f"files of several kinds: {kinds}; take those of one"
    return f"{lists[0].name}: no vectors in it, only text; a file of vectors is needed"


def _no_list(kind: str, matrices: list[Path], lists: list[Path]) -> str:
    if lists:
        return f"{len(lists)} word lists ({', '.join(file.name for file in lists[:4])}): one is needed"
    what = "metadata.tsv" if kind == "projector" else "a text with one word a line"
    return f"{matrices[0].name} holds numbers alone: its words are needed too ({what})"


def check_whole(source: Source) -> None:
    """DataError where the matrices of a pair cannot belong together, as far as that is told without reading them."""
    if source.format == "npy":
        shapes = {open_npy(path).shape for path in source.matrices}
        if len(shapes) > 1:
            raise DataError(f"the matrices of a pair have one shape, however: {' and '.join(map(str, sorted(shapes)))}")
    if source.format == "safetensors" and len({tensor.shape for tensor in source.tensors}) > 1:
        shapes = " and ".join(f"{tensor.name} {tensor.shape}" for tensor in source.tensors)
        raise DataError(f"the matrices of a pair have one shape, however: {shapes}")
