"""Files of vectors and models as other programs write them, made in a moment: what the readers and the Library are tested on."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file

PLACES = ("paris", "berlin", "rome", "madrid", "lisbon")
FOODS = ("bread", "cheese", "olives", "wine", "soup")


def glove(words: Sequence[str], matrix: np.ndarray, separator: str = " ") -> bytes:
    """GloVe's text; nine digits give every float32 back as it was."""
    lines = (
        separator.join([word, *(f"{number:.9g}" for number in row.tolist())])
        for word, row in zip(words, matrix, strict=True)
    )
    return "".join(f"{line}\n" for line in lines).encode()


def word2vec_text(words: Sequence[str], matrix: np.ndarray) -> bytes:
    return f"{len(matrix)} {matrix.shape[1]}\n".encode() + glove(words, matrix)


def word2vec_binary(words: Sequence[str], matrix: np.ndarray, *, breaks: bool = True) -> bytes:
    """As the original program writes it; others leave the line `breaks` out."""
    end = b"\n" if breaks else b""
    rows = (word.encode() + b" " + row.astype("<f4").tobytes() + end for word, row in zip(words, matrix, strict=True))
    return f"{len(matrix)} {matrix.shape[1]}\n".encode() + b"".join(rows)


def lines(words: Sequence[str]) -> bytes:
    return "".join(f"{word}\n" for word in words).encode()


def places_and_foods(seed: int = 0) -> tuple[tuple[str, ...], np.ndarray]:
    """Ten words in two groups that lie far apart, width 6."""
    draw = np.random.default_rng(seed)
    centres = np.repeat([[5.0, 0, 0, 0, 0, 0], [0, 5.0, 0, 0, 0, 0]], 5, axis=0)
    return PLACES + FOODS, (centres + draw.normal(size=(10, 6))).astype(np.float32)


def write(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write the files into a folder, which is made, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in files]


def tokenizer_json() -> str:
    """A byte-level tokenizer of a few tokens: letters, "Ġthe", "Ġfilm", "cafÃ©", and an end of text."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

    letters = [*"abcdefghijklmnopqrstuvwxyz", "Ġ", "Ã", "©"]
    merges = [("Ġ", "t"), ("Ġt", "h"), ("Ġth", "e"), ("Ġ", "f"), ("Ġf", "i"), ("Ġfi", "l"), ("Ġfil", "m")]
    merges += [("c", "a"), ("ca", "f"), ("Ã", "©"), ("caf", "Ã©")]
    words = [*letters, *dict.fromkeys("".join(pair) for pair in merges)]
    tokenizer = Tokenizer(models.BPE({word: i for i, word in enumerate(words)}, merges))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken("<|endoftext|>", special=True)])
    return tokenizer.to_str()


def model_folder(folder: Path, *, tied: bool = True, n_spare: int = 3, width: int = 8, **settings: Any) -> Path:
    """A GPT-2 of one layer as save_pretrained leaves it, made by hand: no transformers are needed. `n_spare` rows have no token."""
    tokenizer = tokenizer_json()
    n_tokens = len(json.loads(tokenizer)["model"]["vocab"]) + 1
    n_rows, draw = n_tokens + n_spare, np.random.default_rng(0)
    shapes = {
        "transformer.wte.weight": (n_rows, width), "transformer.wpe.weight": (16, width),
        "transformer.h.0.ln_1.weight": (width,), "transformer.h.0.ln_1.bias": (width,),
        "transformer.h.0.attn.c_attn.weight": (width, 3 * width), "transformer.h.0.attn.c_attn.bias": (3 * width,),
        "transformer.h.0.attn.c_proj.weight": (width, width), "transformer.h.0.attn.c_proj.bias": (width,),
        "transformer.h.0.ln_2.weight": (width,), "transformer.h.0.ln_2.bias": (width,),
        "transformer.h.0.mlp.c_fc.weight": (width, 4 * width), "transformer.h.0.mlp.c_fc.bias": (4 * width,),
        "transformer.h.0.mlp.c_proj.weight": (4 * width, width), "transformer.h.0.mlp.c_proj.bias": (width,),
        "transformer.ln_f.weight": (width,), "transformer.ln_f.bias": (width,),
    } | ({} if tied else {"lm_head.weight": (n_rows, width)})  # fmt: skip
    tensors = {name: draw.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    config = {
        "architectures": ["GPT2LMHeadModel"], "model_type": "gpt2", "vocab_size": n_rows, "n_positions": 16, "n_embd": width,
        "n_layer": 1, "n_head": 2, "bos_token_id": n_tokens - 1, "eos_token_id": n_tokens - 1, "tie_word_embeddings": tied,
        **settings,
    }  # fmt: skip
    folder.mkdir(parents=True)
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "tokenizer.json").write_text(tokenizer, encoding="utf-8")
    return folder


def safetensors_bytes(tensors: Mapping[str, tuple[str, Sequence[int], bytes]]) -> bytes:
    """A safetensors file by hand, {name: (dtype, shape, data)}: of types that numpy does not have, or wrong on purpose."""
    header, at = {}, 0
    for name, (dtype, shape, data) in tensors.items():
        header[name] = {"dtype": dtype, "shape": list(shape), "data_offsets": [at, at + len(data)]}
        at += len(data)
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + b"".join(data for _, _, data in tensors.values())
