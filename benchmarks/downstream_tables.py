"""What `benchmarks.downstream` prints at its end, from what is stored."""

from __future__ import annotations

from pathlib import Path

from reprlearn.analysis.transfer import accuracies, read_results
from reprlearn.analysis.transfer_differences import contrasts, leads

QUESTIONS = {
    "baseline": "the best pre-trained way on the validation texts, against a baseline",
    "tuning": "fine-tuned, against features of the same model",
    "pretraining": "fine-tuned, against the same network from random weights",
}


def show(task: str, results: Path) -> None:
    """Print a task's accuracies, who leads, and the comparisons people ask for."""
    found = read_results(task, results)
    if found is None:
        return
    table = accuracies(found)
    print(f"\n{task}: accuracy on {len(found.texts):,} test texts, % [95 %] (seeds)")
    print(f"{'way':<18}" + "".join(f"{n:>26,} labels" for n in found.budgets))
    for way in found.ways:
        cells = []
        for n in found.budgets:
            own = table.loc[(table["way"] == way) & (table["n_labels"] == n)].to_dict("records")
            cells.append("{:.1f} [{:.1f}, {:.1f}] ({})".format(
                *(100 * own[0][name] for name in ("accuracy", "low", "high")), own[0]["n_seeds"]
            ) if own else "")  # fmt: skip
        print(f"{way:<18}" + "".join(f"{cell:>33}" for cell in cells))
    for row in leads(found, table).to_dict("records"):
        if row["verdict"]:
            print(
                "{n_labels:,} labels: {way} first, {ahead:+.2%} [{ahead_low:+.2%}, {ahead_high:+.2%}] to {second}"
                "; not told from it: {}".format(", ".join(row["level"]) or "none", **row)
            )
    for n in found.budgets:
        for row in contrasts(found, table, n).to_dict("records"):
            print(
                "{n_labels:,} labels: {one} less {other} {difference:+.2%} [{low:+.2%}, {high:+.2%}] {verdict} ({n_seeds} seeds;"
                " {asked})".format(n_labels=n, asked=QUESTIONS[row["question"]], **row)
            )
