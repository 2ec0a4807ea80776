"""A folder of Hugging Face's: the model's settings, the names of its tokens, and which tensors are its two matrices.

Nothing in it is run: weights are read from safetensors files alone, the tokenizer by the tokenizers library, and settings that
name code of the folder's own (`auto_map`) are left out of what is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from reprlearn.data.config import DataError
from reprlearn.data.vectors.blocks import check_size, shown
from reprlearn.data.vectors.recognise import Source
from reprlearn.data.vectors.tensors import DTYPES, Tensor, open_tensors

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# Names of the embedding of tokens in the model families that transformers knows, and of the matrix that predicts.
_INPUT = re.compile(
    r"(?:^|\.)(?:wte|embed_tokens|embed_in|word_embeddings?|tok_embeddings|shared|tokens_embed|encoder_embedding)\.weight"
)
_OUTPUT = re.compile(
    r"(?:^|\.)(?:lm_head|embed_out|output_projection|predictions\.decoder|vocab_projector|generator_lm_head)\.weight"
)
_HEADS = ("LMHead", "CausalLM", "MaskedLM", "ForPreTraining", "ConditionalGeneration")
MAX_JSON_BYTES = 64 << 20
SPACE = "▁"
"""Marks a token that begins with a space, as SentencePiece writes it."""


@dataclass(frozen=True)
class ModelFolder:
    """What a folder holds.

    config:         settings as `config.json` has them, without what names code
    tensors:        all weights, by name
    input, output:  names of the matrices; the same name when they are tied, output None where the model predicts no token
    tokenizer, words:  how it cuts text, and a readable name for each of the V rows
    end_id, unknown_id:  ids of the token a text begins after (None where there is none), and of unknown text (-1: none)
    """

    config: dict[str, Any]
    tensors: dict[str, Tensor]
    input: str
    output: str | None
    tokenizer: Tokenizer
    words: tuple[str, ...]
    end_id: int | None
    unknown_id: int

    @property
    def tied(self) -> bool | None:
        return None if self.output is None else self.output == self.input


def read_folder(source: Source) -> ModelFolder:
    """Read a model folder's settings and tokens, and find its matrices. DataError for what is missing or does not fit."""
    assert source.config and source.tokenizer, "a source of this format"
    config = _json(source.config)
    config = {
        key: value for key, value in config.items() if key not in ("auto_map", "_name_or_path", "custom_pipelines")
    }
    tensors = _tensors(source.matrices)
    found = _matrix(tensors, _INPUT)
    if found is None:
        matrices = [name for name, tensor in tensors.items() if len(tensor.shape) == 2][:6]
        raise DataError(
            f"no embedding of tokens among the weights, whose names are like {', '.join(matrices)[:160] or 'none'}"
        )
    rows, width = tensors[found].shape
    check_size(f"tensor {found!r}", rows, width)
    output = _output(config, tensors, found)
    settings = _json(source.tokenizer)
    tokenizer, names = _tokens(source.tokenizer, rows)
    unknown = _unknown(settings)
    words = readable_tokens(names, byte_level=_is_byte_level(settings))
    return ModelFolder(
        config | {"tie_word_embeddings": output == found}, tensors, found, output, tokenizer, words,
        _end_id(config, rows), names.index(unknown) if unknown in names else -1,
    )  # fmt: skip


def is_output(name: str) -> bool:
    """Whether a tensor's name is that of a matrix that predicts tokens."""
    return bool(_OUTPUT.search(name))


def readable_tokens(names: Sequence[str], *, byte_level: bool) -> tuple[str, ...]:
    """A name for each token that reads like its text, all different: of byte-level tokens ("ĠcafÃ©") the text their bytes are
    ("▁café"), where they are whole characters.
    """
    if not byte_level:
        return tuple(names)
    to_byte = {character: byte for byte, character in _byte_characters().items()}
    taken, found = set(names), []
    for name in names:
        text = _decoded(name, to_byte)
        if text is None or text == name or text in taken:
            found.append(name)
            continue
        taken.add(text)
        found.append(text)
    return tuple(found)


def _decoded(name: str, to_byte: Mapping[str, int]) -> str | None:
    """A token's text with its leading space marked; None for parts of characters, other white space, and special tokens."""
    if not all(character in to_byte for character in name):
        return None
    try:
        text = bytes(to_byte[character] for character in name).decode("utf-8")
    except UnicodeDecodeError:
        return None
    rest = text.removeprefix(" ")
    if not text or any(character.isspace() or not character.isprintable() for character in rest):
        return None
    return SPACE + rest if text != rest else rest


def _byte_characters() -> dict[int, str]:
    """How byte-level BPE (Radford et al. 2019) writes each byte: printable ones as they are, the others from U+0100 on."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    return {byte: chr(byte) for byte in plain} | {byte: chr(256 + i) for i, byte in enumerate(others)}


def _tensors(files: Sequence[Path]) -> dict[str, Tensor]:
    found: dict[str, Tensor] = {}
    for file in files:
        for name, tensor in open_tensors(file).items():
            if name in found:
                raise DataError(f"{file.name}: tensor {shown(name)} stands in {found[name].path.name} already")
            found[name] = tensor
    return found


def _matrix(tensors: Mapping[str, Tensor], pattern: re.Pattern[str]) -> str | None:
    """The first matrix, in the order of the file, whose name is like that."""
    return next(
        (
            name
            for name, tensor in tensors.items()
            if pattern.search(name) and len(tensor.shape) == 2 and tensor.dtype in DTYPES and name.endswith(".weight")
        ),
        None,
    )


def _output(config: Mapping[str, Any], tensors: Mapping[str, Tensor], input_name: str) -> str | None:
    """The matrix that predicts: the input's where the two are tied, or else one of its own. None where none predicts.

    Models are tied unless they say otherwise, and do not always write it down; a copy of the input is the input.
    """
    predicts = any(head in str(each) for each in config.get("architectures") or () for head in _HEADS)
    own, said = _matrix(tensors, _OUTPUT), config.get("tie_word_embeddings")
    if own is None or tensors[own].shape != tensors[input_name].shape:
        return input_name if predicts and said is not False else None
    return input_name if said or _equal(tensors[own], tensors[input_name]) else own


def _equal(a: Tensor, b: Tensor) -> bool:
    n = max(1, (1 << 21) // max(1, a.shape[1]))
    blocks = (slice(start, start + n) for start in range(0, a.shape[0], n))
    return all(np.array_equal(a.floats(rows), b.floats(rows)) for rows in blocks)


def _end_id(config: Mapping[str, Any], n_rows: int) -> int | None:
    """The token a text begins after: that of a beginning, or else of an end, of which there may be several."""
    for key in ("bos_token_id", "eos_token_id"):
        value = config.get(key)
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < n_rows:
            return value
    return None


def _tokens(path: Path, n_rows: int) -> tuple[Tokenizer, list[str]]:
    """The tokenizer, and a name for each row: its token, or for rows that no token has, one that says so."""
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_str(path.read_text(encoding="utf-8"))
        ids = tokenizer.get_vocab(with_added_tokens=True)
    except BaseException as error:  # the library raises bare Exceptions, and panics that are none
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise DataError(f"{path.name}: no tokenizer ({' '.join(str(error).split())[:160]})") from None
    if not ids or max(ids.values()) >= n_rows:
        raise DataError(
            f"{path.name}: its tokens have ids up to {max(ids.values(), default=-1):,}, however: the embedding has {n_rows:,} rows; "
            "the two are not of one model"
        )
    names = [f"<no token {i}>" for i in range(n_rows)]
    for token, i in ids.items():
        names[i] = token
    if len(set(names)) != len(names):
        raise DataError(f"{path.name}: two of its tokens have one name")
    return tokenizer, names


def _json(path: Path) -> dict[str, Any]:
    size = path.stat().st_size
    if size > MAX_JSON_BYTES:
        raise DataError(f"{path.name}: {size:,} bytes, more than the {MAX_JSON_BYTES:,} such a file may have")
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise DataError(f"{path.name}: no JSON ({' '.join(str(error).split())[:160]})") from None
    if not isinstance(found, dict):
        raise DataError(f"{path.name}: an object of settings is needed, however: {type(found).__name__}")
    return found


def _unknown(settings: Mapping[str, Any]) -> str | None:
    model = settings.get("model")
    unknown = model.get("unk_token") if isinstance(model, dict) else None
    return unknown if isinstance(unknown, str) else None


def _is_byte_level(settings: Mapping[str, Any]) -> bool:
    decoder = settings.get("decoder")
    parts = decoder.get("decoders") or [decoder] if isinstance(decoder, dict) else []
    return any(isinstance(part, dict) and part.get("type") == "ByteLevel" for part in parts)
