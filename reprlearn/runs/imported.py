"""Runs made of files that somebody brings: vectors in any of the formats read here, or a model folder of Hugging Face's.

Nothing was trained, so such a run has no recipe, no curves and no snapshots; its card says what it was made from.
"""

from __future__ import annotations

import hashlib
import platform
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

import reprlearn
from reprlearn.cache import make_readable, new_folder
from reprlearn.data.vectors.blocks import OnProgress, ignore
from reprlearn.data.vectors.recognise import FORMATS, Source
from reprlearn.data.word_list import TokenList, WordList
from reprlearn.runs import card as cards
from reprlearn.runs import weights
from reprlearn.runs.run import IMPORTED_CONFIG

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
# Reading is most of the work; the rest is a hash over the files.
_READING = 0.9


@dataclass(frozen=True)
class _Made:
    """What is known once the words and weights of a run are written."""

    architecture: str
    n_words: int
    width: int
    tied: bool | None
    n_parameters: int
    capabilities: list[str]
    matrices: dict[str, str]
    note: str = ""


def check_name(name: str) -> str:
    """The name, which becomes a folder's; ValueError for one that may not."""
    if not NAME.fullmatch(name) or name.endswith(".partial"):
        raise ValueError(
            f"a name is made of letters A-Z, digits, '.', '_' and '-', begins with a letter or digit, and does not end in .partial: "
            f"{name[:120]!r}"
        )
    return name


def suggested_name(source: Source) -> str:
    """A name that may be given, after the first file (of a model folder, the folder)."""
    first = source.matrices[0]
    stem = first.parent.name if source.format == "hugging-face" else first.name.rsplit(".", 1)[0]
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-._")[:60].rstrip("-._")
    return name.removesuffix(".partial") or "vectors"


def import_run(source: Source, folder: Path, on_progress: OnProgress = ignore, first: int | None = None) -> Path:
    """Make a run of files in `folder`, whose name is the run's; whole or not at all. Returns the folder.

    first:  of files of very many words, take so many and no more
    ValueError where the name may not be, something stands there already, or (DataError) the files are not what they should be.
    """
    check_name(folder.name)
    if folder.exists():
        raise ValueError(f"{folder.name}: there is a run of this name already; choose another name")
    with new_folder(folder) as temporary:
        if first is not None and source.format == "hugging-face":
            raise ValueError("a model is taken whole, with all its tokens")
        make = _model if source.format == "hugging-face" else partial(_vectors, first=first)
        made = make(source, temporary, lambda share: on_progress(_READING * share))
        make_readable(temporary / weights.FILE_NAME)
        _card(folder.name, source, made, temporary, first).write(temporary)
        temporary.chmod(0o755)
        on_progress(1.0)
    return folder


def _vectors(source: Source, folder: Path, on_progress: OnProgress, first: int | None) -> _Made:
    from reprlearn.data.vectors.reading import read_vectors
    from reprlearn.data.vectors.tensors import TensorWriter

    writer = TensorWriter(folder / weights.FILE_NAME)
    width = 0

    def write(which: str, rows: np.ndarray) -> None:
        nonlocal width
        width = rows.shape[1]
        writer.append(which, rows)

    try:
        words = read_vectors(source, write, on_progress, first)
    except BaseException:
        writer.abandon()
        raise
    writer.close()
    WordList(words.words, words.counts).save(folder)
    matrices = {name: name for name in ("input", "output")[: len(source.matrices)]}
    return _Made(
        architecture="vectors",
        n_words=len(words),
        width=width,
        tied=False if len(matrices) > 1 else None,
        n_parameters=len(matrices) * len(words) * width,
        capabilities=["Embeds"],
        matrices=matrices,
    )


def _model(source: Source, folder: Path, on_progress: OnProgress) -> _Made:
    import json

    from reprlearn.data.vectors.hugging_face import is_output, read_folder
    from reprlearn.data.vectors.tensors import copy_tensors, open_tensors, read_tensor

    found = read_folder(source)
    on_progress(0.2)
    # A copy of a tied matrix is left out: one copy of tied weights is stored, as everywhere.
    dropped = [name for name in found.tensors if found.tied and name != found.input and is_output(name)]
    kept = [tensor for name, tensor in found.tensors.items() if name not in dropped]
    copy_tensors(kept, folder / weights.FILE_NAME, {"format": "pt"})
    on_progress(0.6)
    stored = open_tensors(folder / weights.FILE_NAME)
    matrices = {"input": found.input} | ({"output": found.output} if found.output else {})
    for name in dict.fromkeys(matrices.values()):
        for _ in read_tensor(stored[name]):  # says where a number is not finite
            pass
    (folder / IMPORTED_CONFIG).write_text(json.dumps(found.config, indent=2) + "\n", encoding="utf-8")
    note = _why_not_predicting(found, folder)
    if note:
        WordList(found.words).save(folder)
    else:
        assert found.end_id is not None, "a text begins after it"
        TokenList(found.words, found.tokenizer, found.end_id, found.unknown_id).save(folder)
    rows, width = found.tensors[found.input].shape
    return _Made(
        architecture=_architecture(found.config),
        n_words=rows,
        width=width,
        tied=found.tied,
        n_parameters=sum(tensor.n_numbers for tensor in kept),
        capabilities=["Embeds"] if note else ["Embeds", "Predicts"],
        matrices=matrices,
        note=note,
    )


def _why_not_predicting(found: Any, folder: Path) -> str:
    """Why the model's next-token distribution cannot be asked for; "" where it was, and answered."""
    if found.output is None:
        return "it does not predict tokens: its vectors are shown, and nothing else"
    if found.end_id is None:
        return "its settings name no token that a text begins after (bos_token_id or eos_token_id): only its vectors are shown"
    import torch

    from reprlearn.nn.hugging_face import load_language_model

    try:
        model = load_language_model(found.config, folder / weights.FILE_NAME)
        with torch.inference_mode():
            logits = model.next_token_logits(torch.tensor([[found.end_id]]))
    except ValueError as error:
        return f"only its vectors are shown: {error}"
    n_rows = found.tensors[found.input].shape[0]
    if logits.shape != (1, 1, n_rows) or not bool(logits.isfinite().all()):
        return "only its vectors are shown: it gives no finite score to each of its tokens"
    return ""


def _architecture(config: dict[str, Any]) -> str:
    named = config.get("architectures")
    first = named[0] if isinstance(named, list) and named else config.get("model_type")
    return re.sub(r"[^A-Za-z0-9_.-]", "", str(first))[:60] or "model"


def _card(name: str, source: Source, made: _Made, folder: Path, first: int | None) -> cards.Card:
    said = FORMATS[source.format] + ("" if first is None else f", the first {made.n_words:,} words")
    files = {file.name: _sha256(file) for file in source.files}
    kind = "words" if made.architecture == "vectors" else f"tokens of a {made.architecture}"
    pair = ": input and output matrix" if made.tied is False else ""
    return cards.Card(
        schema_version=cards.SCHEMA_VERSION,
        name=name,
        summary=f"{made.n_words:,} {kind}, width {made.width:,}{pair}",
        recipe={},
        seed=None,
        versions={"python": platform.python_version(), "reprlearn": reprlearn.__version__},
        corpus=cards.CorpusCard(
            kind="imported",
            name=source.matrices[0].name,
            source=f"{said}: {', '.join(files)}"[:500],
            licence="not known: it is what the makers of the files say",
            content_hash=hashlib.sha256("".join(files.values()).encode()).hexdigest(),
            n_words=made.n_words,
            n_tokens={},
        ),
        architecture=made.architecture,
        width=made.width,
        tied=made.tied,
        n_parameters=made.n_parameters,
        n_bytes=(folder / weights.FILE_NAME).stat().st_size,
        capabilities=made.capabilities,
        matrices=made.matrices,
        metrics={},
        training=None,
        imported=cards.ImportCard(
            format=source.format, files=files, note=made.note, finished=datetime.now(UTC).isoformat(timespec="seconds")
        ),
    )


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
