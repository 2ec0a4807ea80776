"""What a language model thought of every token of a split: one pass over the text, stored with the run.

Whatever is asked of it afterwards (by frequency, calibration, the neighbours of the right word) needs no model, and two
runs over one text are compared token by token.

A token's neighbours come from `reference_neighbours`, which no model made.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from reprlearn.analysis.reference_neighbours import reference_neighbours
from reprlearn.analysis.stored import made_from
from reprlearn.cache import whole_file

if TYPE_CHECKING:
    from reprlearn.data.corpora import Corpus
    from reprlearn.runs import Run

FOLDER, REFERENCE, SPLIT = "scores", "reference-neighbours.parquet", "valid"
FORMAT = 1
"""Raise this whenever the same run would be scored otherwise."""
ROWS_PER_BLOCK = 128  # 128 x 10,000 logits stay within the shared cache while they are asked k + 3 times
COLUMNS = {
    "position": np.int32, "word_id": np.int32, "log_probability": np.float32, "rank": np.int32,
    "top_probability": np.float32, "hit": np.bool_, "neighbour_probability": np.float32, "neighbour_rank": np.float32,
}  # fmt: skip
_KEY = b"reprlearn"


def score_tokens(run: Run, split: str = SPLIT) -> pd.DataFrame:
    """One row a token of the split, in the order of the text; every token is scored once, what came before it as context.

    position:               in the split
    word_id:                the right word
    log_probability:        of the right word, nats
    rank:                   of the right word, 1 = the first guess
    top_probability, hit:   of the first guess, and whether it was right
    neighbour_probability:  of the right word's reference neighbours together; NaN for a word without any
    neighbour_rank:         their median rank
    ValueError when the run predicts no words, or its data are no longer what it was trained on.
    """
    corpus = _corpus(run, split)
    return _scored(run.model, corpus, split, reference_neighbours(corpus))


def store_scores(run: Run, split: str = SPLIT) -> Path:
    """Score a split and keep it with the run, beside the neighbours it was asked for; returns the file of the scores."""
    corpus = _corpus(run, split)
    neighbours = reference_neighbours(corpus)
    path = run.path / FOLDER / f"{split}.parquet"
    _write(run, run.path / FOLDER / REFERENCE, pd.DataFrame(neighbours).rename(columns=str))
    _write(run, path, _scored(run.model, corpus, split, neighbours))
    return path


def stored_scores(run: Run, split: str = SPLIT) -> pd.DataFrame | None:
    """What `store_scores` kept, log-probabilities and probabilities to three digits; None where nothing was kept, or for
    other weights or another text.
    """
    return _read(run, run.path / FOLDER / f"{split}.parquet")


def stored_reference(run: Run) -> np.ndarray | None:
    """(V, k) int32: the reference neighbours that the stored scores were asked for; None as for `stored_scores`."""
    table = _read(run, run.path / FOLDER / REFERENCE)
    return None if table is None else table.to_numpy(np.int32)


def summary(scores: pd.DataFrame) -> dict[str, float]:
    """A few figures of a scored split, loss in nats a token: what the command line prints."""
    column = {name: scores[name].to_numpy(np.float64) for name in scores}
    loss = -float(column["log_probability"].mean())
    return {
        "tokens": len(scores),
        "loss": loss,
        "perplexity": float(np.exp(loss)),
        "accuracy": float(column["hit"].mean()),
        "median_rank": float(np.median(column["rank"])),
        "neighbour_probability": float(np.nanmean(column["neighbour_probability"])),
    }


def _corpus(run: Run, split: str) -> Corpus:
    if "Predicts" not in run.card.capabilities:
        raise ValueError(f"{run.name} predicts no words, so there are no words to score")
    corpus = run.recipe.data.load()
    if split not in corpus.splits:
        raise ValueError(f"there is no split {split!r}; there are: {', '.join(corpus.splits)}")
    if corpus.content_hash != run.card.corpus.content_hash:
        raise ValueError(
            f"the data {corpus.name} are not what {run.name} was trained on any more (another content hash)"
        )
    return corpus  # type: ignore[return-value]  # what predicts words was trained on a text


def _scored(model: Any, corpus: Corpus, split: str, neighbours: np.ndarray) -> pd.DataFrame:
    # torch takes seconds to import, and stored scores are read without it.
    import torch

    from reprlearn.objectives.reading import hidden_states

    stream = torch.from_numpy(corpus.splits[split].astype(np.int64))
    near = torch.from_numpy(neighbours.astype(np.int64))
    weight, bias = model.output_embedding(), model.output_bias()
    pieces = []
    with torch.inference_mode():
        for positions, hidden in hidden_states(model, stream, corpus.vocabulary.end_id):
            for at, rows in zip(positions.split(ROWS_PER_BLOCK), hidden.split(ROWS_PER_BLOCK), strict=True):
                logits = torch.nn.functional.linear(rows, weight, bias).float()
                columns = _asked(logits, stream[at], near)
                pieces.append({"position": at.numpy(), **{name: column.numpy() for name, column in columns.items()}})
    table = {name: np.concatenate([piece[name] for piece in pieces]).astype(kind) for name, kind in COLUMNS.items()}
    return pd.DataFrame(table).sort_values("position", ignore_index=True)


def _asked(logits: Any, words: Any, near: Any) -> dict[str, Any]:
    """The columns of `score_tokens` for n positions: logits (n, V), the right words (n,), neighbours of all words (V, k)."""
    import torch

    normaliser = logits.logsumexp(1)
    own = logits.gather(1, words[:, None])
    top, first = logits.max(1)
    ids = near[words]  # (n, k), -1 where there is no neighbour
    there = ids >= 0
    theirs = logits.gather(1, ids.clamp(min=0))
    ranks = torch.stack([(logits > one[:, None]).sum(1) for one in theirs.unbind(1)], dim=1) + 1.0
    probability = ((theirs - normaliser[:, None]).exp() * there).sum(1)
    none = ~there.any(1)
    return {
        "word_id": words,
        "log_probability": own.squeeze(1) - normaliser,
        "rank": 1 + (logits > own).sum(1),
        "top_probability": (top - normaliser).exp(),
        "hit": first == words,
        "neighbour_probability": probability.masked_fill(none, torch.nan),
        # The median of an even number of ranks lies half-way between the middle two.
        "neighbour_rank": ranks.masked_fill(~there, torch.nan).nanquantile(0.5, dim=1),
    }


def _write(run: Run, path: Path, table: pd.DataFrame) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kept = table.drop(columns="position", errors="ignore")  # the rows are in the order of the text
    for name in ("log_probability", "top_probability", "neighbour_probability"):
        if name in kept:
            kept[name] = _rounded(kept[name].to_numpy(np.float32))
    spread = [name for name in kept if kept[name].dtype == np.float32 and name != "neighbour_rank"]
    encodings = dict.fromkeys(spread, "BYTE_STREAM_SPLIT")
    arrow = pa.Table.from_pandas(kept, preserve_index=False).replace_schema_metadata(
        {_KEY: json.dumps(made_from(run, FORMAT))}
    )
    with whole_file(path) as temporary:
        others: Any = [name for name in kept if name not in spread]
        pq.write_table(
            arrow, temporary, compression="zstd", compression_level=15, use_dictionary=others, column_encoding=encodings
        )


def _rounded(values: np.ndarray) -> np.ndarray:
    """float32 with 12 bits of its fraction (a relative error of at most 1/8192), the rest zero, so that it packs well."""
    return ((values.view(np.uint32) + np.uint32(1 << 10)) & np.uint32(0xFFFFF800)).view(np.float32)


def _read(run: Run, path: Path) -> pd.DataFrame | None:
    import pyarrow.parquet as pq

    with suppress(OSError, KeyError, TypeError, ValueError):  # pyarrow's errors are kinds of the first and the last
        table = pq.read_table(path, memory_map=False)
        if json.loads((table.schema.metadata or {})[_KEY]) != made_from(run, FORMAT):
            return None
        frame = table.to_pandas()
        if path.name == REFERENCE:
            return frame
        frame.insert(0, "position", np.arange(len(frame), dtype=np.int32))
        return frame.astype(COLUMNS)[list(COLUMNS)]
    return None
