"""Progress on a terminal: one tqdm bar, and a line an epoch."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from tqdm import tqdm

from reprlearn.progress import Progress


def show(progress: Iterable[Progress], out: Path) -> None:
    """Run a training to its end with a bar on standard error (on the first process only)."""
    main = os.environ.get("RANK", "0") == "0"
    bar: tqdm | None = None
    for record in progress:
        if not main:
            continue
        if bar is None:
            bar = tqdm(total=record.total_steps, initial=record.step, unit="step", dynamic_ncols=True, smoothing=0.05)
        bar.update(record.step - bar.n)
        bar.set_postfix_str(
            f"loss {record.train_loss:.3f}, ppl {_perplexity(record.train_loss)}, {record.tokens_per_second:,.0f} tokens/s"
        )
        if record.valid_loss is not None:
            bar.write(epoch_line(record), file=sys.stderr)
    if bar is not None:
        bar.close()
        bar.write(f"the run is in {out}", file=sys.stderr)


def epoch_line(record: Progress) -> str:
    """What is said of a finished epoch."""
    return (
        f"epoch {record.epoch}: valid loss {record.valid_loss:.4f}, perplexity {_perplexity(record.valid_loss or 0.0)},"
        f" after {record.elapsed_seconds / 60:.1f} min"
    )


def _perplexity(loss: float) -> str:
    return f"{math.exp(loss):,.1f}" if loss < 20 else "over 4e8"
