"""Runs: what a training leaves behind, read, written and found."""

from reprlearn.runs.card import Card, RunError
from reprlearn.runs.run import Run
from reprlearn.runs.store import BrokenRun, find_runs, load, roots

__all__ = ["BrokenRun", "Card", "Run", "RunError", "find_runs", "load", "roots"]
