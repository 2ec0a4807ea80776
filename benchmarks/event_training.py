"""Training speed of the event models against RMTPP of easy-tpp 0.3.0, on the same sequences, and what both then know.

    python3.11 -m venv PEER
    PEER/bin/pip install torch==2.13.0 easy-tpp==0.3.0
    python -m benchmarks.event_training --peer-python PEER/bin/python [--epochs 12] [--threads 1 2]

easy-tpp brings dependencies of its own, so it runs in its own interpreter (`benchmarks.peers.rmtpp`); without one only
our side is measured. All train on `flights`: same sequences, width, sequences a batch, threads and epochs, in turns of
an epoch. Speed is predicted events over the seconds of the training steps, the making of batches included, validation
not; padding does not count. Each side keeps the epoch with its best validation loss.

What is not alike, and who gains by it:

- RMTPP is a plain tanh RNN, ours an LSTM with four times its recurrent weights: the peer gains.
- RMTPP's likelihood has an integral over every gap, taken at 20 moments for each type: ours predicts the type alone
  where the gap is known ahead, and the type and the logarithm of the gap elsewhere.
- The package pads what shuffling throws together and builds attention masks that RMTPP does not read: its own way, left
  as it is. "by length" hands it the sequences shortest first, without shuffling, so that hardly anything is padding: the
  most its speed can be. In that order it hardly learns, so it only runs a few epochs.
- Ours cuts sequences after 512 events; of the 2,929 a handful are longer. Every event is still predicted.
- Ours has the recipe's learning rate and schedule; the peer's rate, which is constant, and its unit of time are the best
  of those tried (`PEER_RATE`).
- "gaps" reads what RMTPP reads: types, and the time between them. RMTPP answers twice: with its own prediction, which
  draws the time of the event, and with the likeliest type at the time it really had, which "gaps" is told as well.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import torch

from benchmarks.peers.process import PeerProcess
from benchmarks.peers.rmtpp import Settings
from reprlearn.data.event_config import EventData
from reprlearn.data.events.flights import SCALARS
from reprlearn.data.events.log import EventLog
from reprlearn.fit import fit
from reprlearn.recipes import Recipe, find_recipe
from reprlearn.runs import load

SPEED_EPOCHS = 3
"""Epochs where only the speed is of interest."""
PEER_RATE, PEER_HOURS = 0.01, 1000.0
"""Learning rate and unit of time of RMTPP. Of 800 sequences it learned more in 5 epochs with a rate of 0.01 (validation
accuracy 0.23) than with 0.003 (0.20); 0.02 was level with 0.01 after 3 epochs. With the mean gap of 87 hours as its
unit, as the package has it, a few long gaps make the loss explode (accuracy 0.04 after 2 epochs)."""


@dataclass
class Contender:
    """A training that takes its turns: each `next(epochs)` trains one and gives its events/s.

    n_epochs:  it takes part in so many rounds; fewer than all: its accuracy is not asked for
    """

    name: str
    epochs: Iterator[float]
    n_epochs: int
    is_peer: bool
    speeds: list[float] = field(default_factory=list)

    def median(self) -> float:
        """Of the epochs but the first, which warms up."""
        return statistics.median(self.speeds[1:] or self.speeds)


def our_recipes(n_epochs: int) -> dict[str, Recipe]:
    """What is compared, by the name it has in the table."""
    found = {"none": find_recipe("flights-none"), "soft one-hot": find_recipe("flights-soft-one-hot")}
    gaps = tuple(scalar for scalar in SCALARS if scalar.name in ("last gap", "next gap"))
    found["soft one-hot, gaps"] = replace(
        found["soft one-hot"], name="gaps", data=EventData(log="flights", scalars=gaps)
    )
    return {name: replace(recipe, fit=replace(recipe.fit, epochs=n_epochs)) for name, recipe in found.items()}


def our_epochs(recipe: Recipe, out: Path) -> Iterator[float]:
    """Events/s of each epoch of the product's own training."""
    before, first, seconds = 0, 0, 0.0
    for record in fit(recipe, out):
        seconds += (record.tokens - before) / record.tokens_per_second
        before = record.tokens
        if record.valid_loss is not None:
            yield (record.tokens - first) / seconds
            first, seconds = record.tokens, 0.0


def compare(folder: Path, python: Path | None, log: EventLog, n_epochs: int, n_threads: int) -> None:
    """Train all in turns and print what they did."""
    torch.set_num_threads(n_threads)
    recipes = our_recipes(n_epochs)
    contenders = [
        Contender(name, our_epochs(recipe, folder / recipe.name), n_epochs, False) for name, recipe in recipes.items()
    ]
    fit_config = recipes["none"].fit
    peers: dict[str, PeerProcess] = {}
    for name, by_length in (("RMTPP", False), ("RMTPP, by length", True)):
        if python:
            settings = Settings(
                n_types=len(log.types), width=recipes["none"].model.width, batch_size=fit_config.batch_size,
                learning_rate=PEER_RATE, hours=PEER_HOURS, seed=fit_config.seed, n_threads=n_threads,
                by_length=by_length,
            )  # fmt: skip
            peers[name] = PeerProcess(python, folder / f"peer-{by_length}", log, settings)
            rounds = min(n_epochs, SPEED_EPOCHS) if by_length else n_epochs
            contenders.append(Contender(name, peers[name].epochs(), rounds, True))
    for epoch in range(n_epochs):
        for contender in (c for c in contenders if epoch < c.n_epochs):
            contender.speeds.append(next(contender.epochs))
            print(f"epoch {epoch + 1:>2}  {contender.name:<20}{contender.speeds[-1]:>10,.0f} events/s", file=sys.stderr)
    accuracies: dict[str, dict[str, float]] = {}
    for contender in contenders:
        if contender.is_peer:
            full = contender.n_epochs == n_epochs
            accuracies[contender.name] = peers[contender.name].accuracies(log) if full else {}
            peers[contender.name].stop()
        else:
            assert next(contender.epochs, None) is None  # what comes after the last epoch writes the run
            card = load(str(folder / recipes[contender.name].name)).card
            accuracies[contender.name] = {"": card.metrics["test"]["accuracy"]}
    _print(contenders, accuracies, n_epochs, n_threads)


def _print(contenders: list[Contender], accuracies: dict[str, dict[str, float]], n_epochs: int, n_threads: int) -> None:
    peers = [contender for contender in contenders if contender.is_peer]
    print(f"\n{n_threads} thread{'s' * (n_threads > 1)}, {n_epochs} epochs each\n")
    print(f"{'':<20}{'events/s':>10}  {'least … most':<18}{''.join(f'x {peer.name:<22}' for peer in peers)}accuracy")
    for contender in contenders:
        spread = f"{min(contender.speeds):,.0f} … {max(contender.speeds):,.0f}"
        ratios = "".join(f"{_ratio(contender, peer):<24}" for peer in peers)
        accuracy = ", ".join(f"{value:.4f} {how}".rstrip() for how, value in accuracies[contender.name].items())
        print(f"{contender.name:<20}{contender.median():>10,.0f}  {spread:<18}{ratios}{accuracy}")


def _ratio(contender: Contender, peer: Contender) -> str:
    """Ratio of the medians, and the least and the most of the rounds that both took part in."""
    if contender.is_peer:
        return ""
    rounds = [ours / theirs for ours, theirs in zip(contender.speeds, peer.speeds, strict=False)]
    return f"{contender.median() / peer.median():.1f} ({min(rounds):.1f} … {max(rounds):.1f})"


def main() -> int:
    assert __doc__
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer-python", type=Path, help="the interpreter that has easy-tpp")
    parser.add_argument("--epochs", type=int, default=find_recipe("flights-none").fit.epochs)
    parser.add_argument("--threads", type=int, nargs="+", default=[1], help="the first trains all epochs")
    options = parser.parse_args()
    if options.peer_python is None:
        print("without --peer-python only our side is measured; easy-tpp is installed by\n", file=sys.stderr)
        print("\n".join(__doc__.splitlines()[2:6]) + "\n", file=sys.stderr)
    log = EventData(log="flights").load()
    for n_epochs, n_threads in zip([options.epochs] + [SPEED_EPOCHS] * 9, options.threads, strict=False):
        with tempfile.TemporaryDirectory() as folder:
            compare(Path(folder), options.peer_python, log, n_epochs, n_threads)
    return 0


if __name__ == "__main__":
    sys.exit(main())
