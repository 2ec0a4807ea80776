"""Where the tables of the benchmarks lie that pages show."""

from pathlib import Path

RESULTS = Path(__file__).resolve().parents[2] / "benchmarks" / "results"
