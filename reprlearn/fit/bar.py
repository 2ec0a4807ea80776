"""Progress on a terminal: one tqdm bar, and a line an epoch."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from tqdm import tqdm

from reprlearn.objectives.config import WITH_PERPLEXITY
from reprlearn.progress import Progress


def show(progress: Iterable[Progress], out: Path, objective: str) -> None:
    """Run a training by this kind of objective to its end, with a bar on standard error (on the first process only)."""
    main = os.environ.get("RANK", "0") == "0"
    bar: tqdm | None = None
    for record in progress:
        if not main:
            continue
        if bar is None:
            bar = tqdm(total=record.total_steps, initial=record.step, unit="step", dynamic_ncols=True, smoothing=0.05)
        bar.update(record.step - bar.n)
        loss, speed = record.train_loss, f"{record.tokens_per_second:,.0f} tokens/s"
        bar.set_postfix_str(f"loss {loss:.3f}{_perplexity(loss, objective, ', ppl ')}, {speed}")
        if record.valid_loss is not None:
            bar.write(epoch_line(record, objective), file=sys.stderr)
    if bar is not None:
        bar.close()
        bar.write(f"the run is in {out}", file=sys.stderr)


def epoch_line(record: Progress, objective: str) -> str:
    """What is said of a finished epoch of a training by this kind of objective."""
    loss, minutes = record.valid_loss or 0.0, record.elapsed_seconds / 60
    said = _perplexity(loss, objective, ", perplexity ")
    return f"epoch {record.epoch}: valid loss {loss:.4f}{said}, after {minutes:.1f} min"


def _perplexity(loss: float, objective: str, name: str) -> str:
    """The name and the perplexity; nothing where the loss is the logarithm of none."""
    if objective not in WITH_PERPLEXITY:
        return ""
    return name + (f"{math.exp(loss):,.1f}" if loss < 20 else "over 4e8")
