"""What is written when a training is complete: weights, vocabulary, curves and the card."""

from __future__ import annotations

import contextlib
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from accelerate import PartialState
from safetensors.torch import save_file
from torch import nn

import reprlearn
from reprlearn.cache import whole_file
from reprlearn.data.events.log import EventLog
from reprlearn.fit.state import parameters_of, put_parameters
from reprlearn.nn.capabilities import Embeds, Scores, capabilities, matrices, n_parameters
from reprlearn.objectives.base import Objective
from reprlearn.progress import Progress
from reprlearn.recipes import Recipe
from reprlearn.runs import card as cards
from reprlearn.runs import weights
from reprlearn.runs.run import CURVES, SNAPSHOTS

if TYPE_CHECKING:
    from reprlearn.data.corpora import Corpus

HALF_PRECISION_TOLERANCE = 1e-3  # nats a token by which rounding the weights may move the validation loss


def write_snapshot(folder: Path, model: nn.Module, epoch: float, n_words: int, corpus: Corpus | EventLog) -> None:
    """Keep the embeddings of the most frequent words as they are after `epoch` (1.5: half of the second), in half precision."""
    if not n_words or not isinstance(model, Embeds):
        return
    counts = torch.from_numpy(corpus.vocabulary.counts.copy())
    word_ids = counts.argsort(descending=True, stable=True)[:n_words]
    tensors = {"word_ids": word_ids.int(), "input": model.input_embedding().detach()[word_ids].half()}
    if isinstance(model, Scores) and model.output_embedding() is not model.input_embedding():
        tensors["output"] = model.output_embedding().detach()[word_ids].half()
    (folder / SNAPSHOTS).mkdir(exist_ok=True)
    path = folder / SNAPSHOTS / f"epoch-{f'{epoch:02.0f}' if epoch == int(epoch) else f'{epoch:05.2f}'}.safetensors"
    with whole_file(path) as temporary, weights.writing(path):  # the pages read along
        save_file({name: tensor.cpu() for name, tensor in tensors.items()}, temporary)


def write_run(
    folder: Path,
    recipe: Recipe,
    model: nn.Module,
    objective: Objective,
    corpus: Corpus | EventLog,
    records: Sequence[Progress],
    best_epoch: int,
) -> None:
    """Write a run's files into `folder`. The metrics on the card are those of the weights as saved."""
    import pandas as pd

    corpus.vocabulary.save(folder)
    pd.DataFrame([asdict(record) for record in records]).to_parquet(folder / CURVES, index=False)
    metrics = {"valid": _write_weights(folder, model, objective, corpus)}
    if "test" in corpus.splits:
        metrics["test"] = objective.evaluate(model, corpus, "test")
    for split, found in metrics.items():
        found |= objective.references(corpus, split)
    last = records[-1]
    tensors = matrices(model)
    cards.Card(
        schema_version=cards.SCHEMA_VERSION,
        name=recipe.name,
        summary=recipe.summary,
        recipe=recipe.to_dict(),
        seed=recipe.fit.seed,
        versions={"python": platform.python_version(), "torch": torch.__version__, "reprlearn": reprlearn.__version__},
        corpus=cards.CorpusCard(
            name=corpus.name,
            source=corpus.source,
            licence=corpus.licence,
            content_hash=corpus.content_hash,
            n_words=len(corpus.vocabulary),
            **_sizes(corpus),
        ),
        architecture=recipe.model.architecture,
        width=recipe.model.width,
        tied=tensors["input"] == tensors["output"] if hasattr(recipe.model, "tied") else None,
        n_parameters=n_parameters(model),
        n_bytes=(folder / weights.FILE_NAME).stat().st_size,
        capabilities=capabilities(model),
        matrices=tensors,
        metrics=metrics,
        training=cards.TrainingCard(
            wall_seconds=last.elapsed_seconds,
            tokens_per_second=last.tokens / last.elapsed_seconds,
            tokens=last.tokens,
            epochs=last.epoch,
            best_epoch=best_epoch,
            machine=_describe_machine(),
            finished=datetime.now(UTC).isoformat(timespec="seconds"),
        ),
    ).write(folder)


def _sizes(corpus: Corpus | EventLog) -> dict[str, Any]:
    if isinstance(corpus, EventLog):
        return {"kind": "events", "n_tokens": corpus.n_events, "n_sequences": corpus.n_sequences}
    return {"n_tokens": corpus.n_tokens}


def _write_weights(folder: Path, model: nn.Module, objective: Objective, corpus: Corpus | EventLog) -> dict[str, float]:
    """Save in half precision if that leaves the validation loss where it is, and return the metrics of what was saved."""
    exact = parameters_of(model)
    loss = objective.evaluate(model, corpus, "valid")["loss"]
    weights.write(folder, model, half=True)
    weights.read_into(folder, model)
    metrics = objective.evaluate(model, corpus, "valid")
    if abs(metrics["loss"] - loss) <= HALF_PRECISION_TOLERANCE:
        return metrics
    put_parameters(model, exact)
    weights.write(folder, model, half=False)
    return objective.evaluate(model, corpus, "valid")


def _describe_machine() -> str:
    """Processor, cores used and there, and processes, as the card names them."""
    name = platform.processor() or platform.machine()
    with contextlib.suppress(OSError, StopIteration):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        name = next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    processes = f", {PartialState().num_processes} processes" if PartialState().num_processes > 1 else ""
    return f"{name}, {torch.get_num_threads()} of {os.cpu_count()} cores{processes}, {platform.system()}"
