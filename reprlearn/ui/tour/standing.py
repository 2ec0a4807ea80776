"""What the steps stand on: runs by what they can do, the twins among them, and what to say where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from reprlearn.analysis.twins import Twins, augmented_gain, augmented_twins, tied_twins
from reprlearn.ui import loaders, token_scores
from reprlearn.ui.text import as_text, t
from reprlearn.ui.tied_vs_untied.scored import Scored, alike
from reprlearn.viz.seeds import as_percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reprlearn.runs import Run

MOST_PAIRS = 2


class NotHere(Exception):
    """A step has nothing to show. `key`: of the text that says what is missing; `command`: what makes it."""

    def __init__(self, key: str, command: str) -> None:
        super().__init__(key)
        self.key, self.command = key, command


def language_models(n: int) -> list[Run]:
    """Up to n language models, the untied twin and the tied one first; `NotHere` without any."""
    there = loaders.runs_with("Predicts")
    if not there:
        raise NotHere("tour.missing.models", "python -m reprlearn train lstm-untied")
    twins = tied_twins(there)
    names = [run.name for run in (*twins[0], *there)] if twins else [run.name for run in there]
    return [loaders.run(name) for name in dict.fromkeys(names)][:n]


def tied_pairs() -> list[Twins]:
    """Two pairs that differ in tying alone, those without the augmented loss, and of these the scored before others; `NotHere`
    without any.
    """
    pairs = tied_twins(loaders.runs_with("Predicts"))
    if not pairs:
        raise NotHere("tour.missing.tied", "python -m reprlearn train lstm-untied\npython -m reprlearn train lstm-tied")
    plain = [pair for pair in pairs if not augmented_gain(pair.without.card)]
    scored_first = sorted(plain or pairs, key=lambda pair: any(token_scores.of(run) is None for run in pair))
    return [opened(pair) for pair in scored_first[:MOST_PAIRS]]


def augmented_pair() -> Twins:
    """The first pair that differs in the augmented loss alone; `NotHere` without one."""
    pairs = augmented_twins(loaders.runs_with("Predicts"))
    if not pairs:
        raise NotHere(
            "tour.missing.augmented", "python -m reprlearn train lstm-untied\npython -m reprlearn train lstm-untied-al"
        )
    return opened(pairs[0])


def opened(twins: Twins) -> Twins:
    """The same runs as all visitors share them."""
    return Twins(*(loaders.run(run.name) for run in twins))


def scored(runs: Sequence[Run]) -> Scored | None:
    """Those of the runs whose tokens are scored and those of the first, which the others are held against; None where there are
    fewer than two.
    """
    scores = {run.name: token_scores.of(run) for run in runs}
    if scores[runs[0].name] is None:
        return None
    there = tuple(run for run in runs if scores[run.name] is not None)
    found = alike(Scored(there, runs[0], {name: table for name, table in scores.items() if table is not None}))
    return found if len(found.runs) > 1 else None


def surely_scored(runs: Sequence[Run]) -> Scored:
    """`scored`; `NotHere` where that is None."""
    found = scored(runs)
    if found is None:
        commands = [f"python -m reprlearn score {run.name}" for run in runs if token_scores.of(run) is None]
        raise NotHere("tour.missing.scores", "\n".join(commands) or "python -m reprlearn list")
    return found


def perplexity_change(row: dict[Any, Any]) -> dict[str, str]:
    """Difference, lower and upper of a row of `analysis.paired.against` as what they do to the perplexity; Markdown, and a dash
    where a text was too short for an interval.
    """
    names = ("difference", "lower", "upper")
    return {name: t("number.none") if np.isnan(row[name]) else as_text(as_percent(row[name])) for name in names}
