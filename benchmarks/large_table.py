"""Whether a table of a million events can be loaded, learned from and looked into, and what that takes.

    python -m benchmarks.large_table

Makes a CSV file of made-up purchases in a temporary folder, then in a process each: loads it, trains one epoch on it by
the command a user would type, and reads the buckets of the trained run. Prints the seconds and the peak memory of each.
The bar is 2 GB.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

N_EVENTS = 1_000_000
MOST_GB = 2.0
RECIPE = "flights-soft-one-hot"
SCALAR = "amount"
COLUMNS = ("customer", "time", "action", "<gap since>:asinh:unit=h", "amount:asinh:unit=EUR",
           "hour:cyclic=24:unit=h:ahead", "rating", "basket:asinh")  # fmt: skip
"""Sequence, time and type; then the scalars."""
LOADING = """
from pathlib import Path
from reprlearn.data.event_config import EventData
sequence, time, type_, *scalars = {columns!r}
log = EventData(table=Path({table!r}), sequence_column=sequence, time_column=time, type_column=type_,
                scalar_columns=tuple(scalars)).load()
print(f"{{sum(log.n_events.values()):,}} events of {{len(log.types)}} types, {{log.n_dropped}} sequences too short")
"""
LOOKING = """
import torch
import reprlearn
run = reprlearn.load({run!r})
scalar = next(s for s in run.vocabulary.scalars if s.name == {scalar!r})
values = torch.tensor(scalar.quantiles)
weights = run.model.bucket_weights(scalar.name, values)
print(f"{{scalar.name}}: {{weights.shape[1]}} buckets, {{len(weights.argmax(1).unique())}} of them the heaviest somewhere;",
      f"accuracy {{run.card.metrics['test']['accuracy']:.3f}} (most common type: {{run.card.metrics['test']['majority_accuracy']:.3f}})")
"""


@dataclass(frozen=True)
class Cost:
    """What a process took; `output` is what it printed."""

    seconds: float
    peak_gb: float
    output: str


def write_table(path: Path, n_events: int, seed: int = 0) -> None:
    """A CSV file in no order, with empty cells, NA, blank rows, quoted commas, refunds and customers seen once.

    The next action depends on the last and on the amount spent, so there is something to learn.
    """
    import numpy as np
    import pandas as pd

    random = np.random.default_rng(seed)
    n_customers, n_actions = max(20, n_events // 60), 200
    customers = random.zipf(1.3, n_events) % n_customers  # one of them, a robot perhaps, has an eighth of all events
    customers[: n_events // 2] = random.integers(n_customers, size=n_events // 2)
    customers[:1000] = n_customers + np.arange(1000)  # seen once
    customers.sort()
    hours = np.cumsum(random.lognormal(0.5, 1.5, n_events)) % (365 * 24)
    amount = np.round(random.lognormal(3, 1.5, n_events) * np.where(random.random(n_events) < 0.05, -1, 1), 2)
    order = np.lexsort((hours, customers))
    customers, hours = customers[order], hours[order]
    action = np.zeros(n_events, dtype=int)
    step = 1 + 7 * np.digitize(amount, [0, 10, 40, 200])
    jump = np.where(random.random(n_events) < 0.4, random.integers(n_actions, size=n_events), 0)
    action[1:] = np.cumsum(step + jump)[:-1] % n_actions
    moments = pd.DatetimeIndex(np.datetime64("2024-01-01", "s") + (hours * 3600).astype("timedelta64[s]"))
    table = pd.DataFrame({
        "customer": "customer " + pd.Series(customers).astype(str).str.zfill(6),
        "time": moments.strftime("%Y-%m-%dT%H:%M:%S"),
        "action": "buy, kind " + pd.Series(action).astype(str),  # the comma puts quotes around it
        "amount": amount.astype(str),
        "hour": np.round(hours % 24, 3),
        "rating": random.integers(1, 6, n_events).astype(str),
        "basket": random.poisson(3, n_events),
        "remark": "not read",
    })  # fmt: skip
    table.loc[random.random(n_events) < 0.1, "amount"] = ""
    table.loc[random.random(n_events) < 0.3, "rating"] = "NA"
    shuffled = table.iloc[random.permutation(n_events)]
    with path.open("w", encoding="utf-8", newline="") as file:
        for first in range(0, n_events, 100_000):
            shuffled.iloc[first : first + 100_000].to_csv(file, index=False, header=first == 0)
            file.write("\n")


def training_command(table: Path, out: Path) -> list[str]:
    """What a user would type after `python`."""
    sequence, moment, type_, *scalars = COLUMNS
    return ["-m", "reprlearn", "train", RECIPE, "--data.table", str(table), "--data.sequence-column", sequence,
            "--data.time-column", moment, "--data.type-column", type_, "--data.scalar-columns", *scalars,
            "--fit.epochs", "1", "--out", str(out)]  # fmt: skip


def cost_of(arguments: list[str]) -> Cost:
    """Run Python with `arguments` in a process of its own. Peak memory is the largest resident set, in 10^9 bytes."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"failed with status {process.returncode}: {shlex.join(['python', *arguments])}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(time.perf_counter() - start, usage.ru_maxrss * unit / 1e9, output.strip())


def main() -> int:
    if len(sys.argv) == 3:  # a process of its own makes the table: a child's peak counts from its parent's memory
        write_table(Path(sys.argv[1]), int(sys.argv[2]))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        table, run = Path(folder) / "events.csv", Path(folder) / "run"
        cost_of(["-m", "benchmarks.large_table", str(table), str(N_EVENTS)])
        command = training_command(table, run)
        print(f"{N_EVENTS:,} events, {table.stat().st_size / 1e6:.0f} MB of CSV; trained by\n")
        print(f"    {shlex.join(['python', *command])}\n")
        steps = {
            "load": ["-c", LOADING.format(columns=COLUMNS, table=str(table))],
            "train": command,
            "buckets": ["-c", LOOKING.format(run=str(run), scalar=SCALAR)],
        }
        print(f"{'':<10}{'seconds':>8}{'peak GB':>9}")
        costs = {}
        for name, arguments in steps.items():
            costs[name] = cost_of(arguments)
            print(f"{name:<10}{costs[name].seconds:>8.1f}{costs[name].peak_gb:>9.2f}  {costs[name].output}")
    most = max(cost.peak_gb for cost in costs.values())
    print(f"\npeak {most:.2f} GB, {'below' if most < MOST_GB else 'NOT below'} {MOST_GB:g} GB")
    return 0 if most < MOST_GB else 1


if __name__ == "__main__":
    sys.exit(main())
