"""Does it help? Every encoding on the same log over several seeds, held against the soft one-hot; where it was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from reprlearn.analysis import encoding_benchmark
from reprlearn.ui import widgets
from reprlearn.ui.text import as_text, small, t
from reprlearn.viz.encodings import differences_figure

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.ui.soft_one_hot.controls import View

SHARES = ("gap_closed", "accuracy", "map_at_5")
VERDICTS = {"win": "beats", "tie": "ties", "loss": "loses"}


def table_of(view: View) -> pd.DataFrame | None:
    """The results for the run's log; None where there are none, and then the page offers nothing."""
    folder = encoding_benchmark.RESULTS
    times = []
    for name in (encoding_benchmark.CELLS, encoding_benchmark.SEQUENCES):
        try:
            times.append((folder / name).stat().st_mtime_ns)
        except OSError:
            return None
    table = _results(view.run.card.corpus.name, str(folder), tuple(times))
    return table if len(table) else None


@st.cache_data(max_entries=8, show_spinner=False)
def _results(log: str, folder: str, times: tuple[int, ...]) -> pd.DataFrame:
    return encoding_benchmark.results(log, encoding_benchmark.RESULTS)


def show(view: View, table: pd.DataFrame) -> None:
    """The verdicts, the paired differences and the table they come from."""
    rows = table.to_dict("records")
    n_seeds = min(int(row["n_seeds"]) for row in rows)
    st.markdown(t("soft_one_hot.proof.lead", log=as_text(view.run.card.corpus.name), n_seeds=n_seeds))
    said = []
    for verdict, key in VERDICTS.items():
        names = [f"**{as_text(row['encoding'])}**" for row in rows if row["verdict"] == verdict]
        if names:
            said.append(t(f"soft_one_hot.proof.{key}", names=", ".join(names)))
    st.markdown(" ".join(said))
    if said:
        verdicts = [row["verdict"] for row in rows if row["verdict"]]
        title = t(
            "soft_one_hot.proof.title",
            n_worse=verdicts.count("win"), n=len(verdicts), n_better=verdicts.count("loss"),
        )  # fmt: skip
        figure = differences_figure(table, title=title, axis_title=t("soft_one_hot.proof.axis"), theme=widgets.theme())
        widgets.show(figure, "differences", alt=t("soft_one_hot.proof.alt"))
    widgets.table(_spoken(rows), "proof", title=t("soft_one_hot.part.proof"))
    st.markdown(small(t("soft_one_hot.proof.note")))


def _spoken(rows: list[dict[Any, Any]]) -> pd.DataFrame:
    """The columns people ask for, as text; how much of the gap was closed only where the best there is is known."""
    import pandas as pd

    columns = {name: [_say(row[name], 4) for row in rows] for name in ("loss", "loss_spread", "difference")}
    columns["interval"] = [
        t("soft_one_hot.proof.interval", low=_say(row["low"], 4), high=_say(row["high"], 4)) if row["verdict"] else ""
        for row in rows
    ]
    shares = ["accuracy", "map_at_5"] if any(row["gap_closed"] != row["gap_closed"] for row in rows) else list(SHARES)
    columns |= {name: [f"{row[name]:.1%}".replace("-", "−") for row in rows] for name in shares}
    columns["mrr"] = [_say(row["mrr"], 3) for row in rows]
    named = {t(f"soft_one_hot.proof.column.{name}"): values for name, values in columns.items()}
    return pd.DataFrame({t("soft_one_hot.proof.column.encoding"): [str(row["encoding"]) for row in rows], **named})


def _say(number: float, digits: int) -> str:
    return t("number.none") if number != number else f"{number:.{digits}f}".replace("-", "−")
