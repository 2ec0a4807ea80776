"""Whether one server serves a class: many visitors at once, each opening pages and changing controls.

    python -m benchmarks.visitors                    # 30 visitors, three pages and ten controls each
    python -m benchmarks.visitors --training         # once without, once with a training going on; the ratio of the medians
    python -m benchmarks.visitors --visitors 3 --pause 0

Starts a server of its own, and visitors that are real WebSocket sessions (`benchmarks/visiting.py`; no browser, so the time a
browser takes to draw is not in the figures). A visitor picks pages, controls and values at random, from a seed, and looks
for `--pause` seconds, on average, before touching the next control. Nothing is warmed up: the first visitors wait for what is
loaded once for all. The bars: no error, no lost session, memory below 3 GB, and with a training at most twice the median.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.controls import choose, usable
from benchmarks.serving import Server, Training
from benchmarks.visiting import Answer, Lost, Visitor

N_PAGES, N_CONTROLS = 3, 10
MOST_GB, MOST_RATIO = 3.0, 2.0
PAGES = Path(__file__).resolve().parents[1] / "pages"


@dataclass
class Tally:
    """What a crowd met with."""

    openings: list[tuple[str, float]] = field(default_factory=list)
    changes: list[tuple[str, float]] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    n_bytes: int = 0
    peak_gb: float = 0.0
    n_steps: int | None = None  # that the training took meanwhile

    @property
    def median(self) -> float:
        return float(np.median([seconds for _, seconds in self.changes])) if self.changes else float("nan")

    @property
    def failed(self) -> bool:
        return bool(self.errors or self.lost or not self.changes or self.peak_gb >= MOST_GB or self.n_steps == 0)


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    alone = _crowd(options, training=False)
    _print(alone, f"{options.visitors} visitors, {options.pause:g} s between controls")
    if not options.training:
        return int(alone.failed)
    beside = _crowd(options, training=True)
    _print(beside, f"the same with a training going on ({beside.n_steps:,} steps of it meanwhile)")
    ratio = beside.median / alone.median
    print(f"\nratio of the medians {ratio:.2f}, {'at most' if ratio <= MOST_RATIO else 'NOT at most'} {MOST_RATIO:g}")
    return int(alone.failed or beside.failed or not ratio <= MOST_RATIO)


def _parser() -> argparse.ArgumentParser:
    text = "Many visitors at once, each opening pages and changing controls."
    parser = argparse.ArgumentParser(prog="python -m benchmarks.visitors", description=text)
    parser.add_argument("--visitors", type=int, default=30, help="how many at once (default: 30)")
    parser.add_argument("--pause", type=float, default=2, help="seconds between two controls, on average (default: 2)")
    parser.add_argument("--patience", type=float, default=120, help="seconds until a session is lost (default: 120)")
    parser.add_argument("--training", action="store_true", help="compare with a training going on")
    parser.add_argument("--seed", type=int, default=0, help="of the visitors' choices (default: 0)")
    return parser


def _crowd(options: argparse.Namespace, *, training: bool) -> Tally:
    """All visitors against a server of their own, with or without a training beside it."""
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        # The training first: while it reads its corpus it is no load yet.
        with Training(Path(folder)) if training else nullcontext() as beside, Server(Path(folder)) as server:
            before = beside.n_steps() if beside else 0
            asyncio.run(_visit_all(server.url, options, tally))
            tally.n_steps = beside.n_steps() - before if beside else None
        tally.peak_gb = server.peak_gb
        if error := server.complaints():
            tally.errors[f"the server's log: {error}"] += 1
    return tally


async def _visit_all(url: str, options: argparse.Namespace, tally: Tally) -> None:
    await asyncio.gather(
        *(_visit(url, random.Random(f"{options.seed}/{i}"), options, tally) for i in range(options.visitors))
    )


async def _visit(url: str, draw: random.Random, options: argparse.Namespace, tally: Tally) -> None:
    pages = draw.sample(["", *sorted(page.stem for page in PAGES.glob("*.py"))], N_PAGES)
    left = N_CONTROLS
    try:
        async with Visitor(url, options.patience) as visitor:
            for i, page in enumerate(pages):
                _note(await visitor.open(page), page, tally.openings, tally)
                last = (left * (N_PAGES - 1 - i)) // (N_PAGES - i)  # what is left for the pages to come
                while left > last and (controls := usable(visitor)):
                    await asyncio.sleep(draw.expovariate(1 / options.pause) if options.pause else 0)
                    control_id = draw.choice(controls)
                    value = choose(visitor, control_id, draw)
                    _note(await visitor.change(control_id, value), page, tally.changes, tally)
                    left -= 1
    except Lost as error:
        tally.lost[str(error)] += 1


def _note(answer: Answer, page: str, waits: list[tuple[str, float]], tally: Tally) -> None:
    waits.append((page or "home", answer.seconds))
    tally.n_bytes += answer.n_bytes
    tally.errors.update(f"{page or 'home'}: {error}" for error in answer.errors)


def _print(tally: Tally, title: str) -> None:
    print(f"\n{title}\n\n{'seconds':<28}{'n':>6}{'median':>9}{'95 %':>9}{'slowest':>9}")
    for name, waits in (("a page opens", tally.openings), ("a control answers", tally.changes)):
        _row(name, [seconds for _, seconds in waits])
        for page in sorted({page for page, _ in waits}):
            _row(f"  {page}", [seconds for where, seconds in waits if where == page])
    below = "below" if tally.peak_gb < MOST_GB else "NOT below"
    print(f"\nerrors {tally.errors.total()}, lost sessions {tally.lost.total()}, {tally.n_bytes / 1e6:.0f} MB sent")
    print(f"memory of the server at its peak {tally.peak_gb:.2f} GB, {below} {MOST_GB:g} GB")
    for problem, n in (tally.errors + tally.lost).most_common():
        print(f"  {n} x {problem}")


def _row(name: str, seconds: list[float]) -> None:
    if seconds:
        median, most = np.median(seconds), np.percentile(seconds, 95)
        print(f"{name:<28}{len(seconds):>6}{median:>9.2f}{most:>9.2f}{max(seconds):>9.2f}")


if __name__ == "__main__":
    sys.exit(main())
