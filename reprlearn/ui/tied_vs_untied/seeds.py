"""Over seeds: tying, the augmented loss and both against the plain model, trained several times; what was published beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from reprlearn.analysis import twins_benchmark
from reprlearn.ui import widgets
from reprlearn.ui.links import in_link
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.text.numbers import compact, decimal
from reprlearn.viz.run_marks import run_marks
from reprlearn.viz.seeds import as_percent, seed_differences
from reprlearn.viz.text import plain

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.ui.tied_vs_untied.controls import View

PLAIN, TIED, BOTH = "plain", "RE", "REAL"
ROLES = {"plain": "untied", "AL": "untied", "RE": "tied", "REAL": "tied"}
# Inan, Khosravi & Socher 2016: test perplexity on the Penn Treebank, two layers of 200.
PUBLISHED = {"plain": 87.3, "AL": 82.9, "RE": 85.1, "REAL": 82.7}
VERDICTS = ("better", "worse", "no difference")


def show(view: View) -> None:
    """The verdicts in words, the intervals, and the table they come from."""
    folder = twins_benchmark.RESULTS
    corpora = list(dict.fromkeys(twins_benchmark.cells(folder)["corpus"].astype(str)))
    if not corpora:
        st.info(t("tied.seeds.none"))
        return
    corpus = _choose(corpora)
    table, extra = _results(corpus, str(folder), _times())
    rows = table.to_dict("records")
    judged = [row for row in rows if row["verdict"]]
    if not judged:
        st.info(t("tied.seeds.none"))
        return
    n_seeds = min(int(row["n_seeds"]) for row in rows)
    st.markdown(f"{t('tied.seeds.lead', corpus=as_text(corpus), n=n_seeds)} {claims(judged)}")
    _figure(judged, extra, corpus, n_seeds)
    widgets.table(_spoken(rows), "seeds_table", title=t("tied.part.seeds"))
    st.markdown(small(t("tied.seeds.note")))


def title_of(judged: list[dict[Any, Any]], corpus: str, n_seeds: int) -> str:
    """The finding as a figure's title: which forms are better than plain, which worse, and which neither."""
    said = [t(f"tied.seeds.title.{verdict.replace(' ', '_')}", forms=_named(judged, verdict)) for verdict in VERDICTS
            if any(row["verdict"] == verdict for row in judged)]  # fmt: skip
    sentence = "; ".join(said)
    return t("tied.seeds.title", said=sentence[:1].upper() + sentence[1:], corpus=plain(corpus), n=n_seeds)


def claims(judged: list[dict[Any, Any]]) -> str:
    """Which of the published improvements were seen here, and which were not."""
    confirmed, not_confirmed = _named(judged, "better"), _named(judged, "worse", "no difference")
    said = [t("tied.seeds.published")]
    if confirmed:
        said.append(t("tied.seeds.confirmed", forms=confirmed))
    if not_confirmed:
        said.append(t("tied.seeds.not_confirmed", forms=not_confirmed))
    return " ".join(said)


def _named(judged: list[dict[Any, Any]], *verdicts: str) -> str:
    names = [t(f"tied.seeds.form.{row['form']}") for row in judged if row["verdict"] in verdicts]
    return t("tied.seeds.and").join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _choose(corpora: list[str]) -> str:
    def draw() -> str | None:
        return st.segmented_control(
            t("tied.seeds.corpus"),
            corpora,
            required=True,
            key="corpus",
            label_visibility="collapsed",
            format_func=as_text,
        )

    return in_link("corpus", {name: name for name in corpora}, draw) if len(corpora) > 1 else corpora[0]


def _times() -> tuple[int, ...]:
    found = [twins_benchmark.RESULTS / name for name in (twins_benchmark.CELLS, twins_benchmark.BLOCKS)]
    return tuple(path.stat().st_mtime_ns if path.is_file() else 0 for path in found)


@st.cache_data(max_entries=8, show_spinner=False)
def _results(corpus: str, folder: str, times: tuple[int, ...]) -> tuple[pd.DataFrame, tuple[float, float, float]]:
    """The table of the forms, and what the augmented loss adds to tying: difference, low, high."""
    losses = twins_benchmark.block_losses(twins_benchmark.RESULTS)
    own = losses.loc[losses["corpus"] == corpus]
    both = {TIED, BOTH} <= set(own["form"])
    added = twins_benchmark.difference_to(own, BOTH, TIED) if both else (np.nan, np.nan, np.nan)
    return twins_benchmark.results(corpus, twins_benchmark.RESULTS), added


def _figure(judged: list[dict[Any, Any]], added: tuple[float, float, float], corpus: str, n_seeds: int) -> None:
    import pandas as pd

    rows = [
        {name: row[name] for name in ("form", "difference", "low", "high")}
        | {"label": t("tied.seeds.row", form=t(f"tied.seeds.form.{row['form']}"), other=t("tied.seeds.form.plain"))}
        for row in judged
    ]
    if not np.isnan(added[0]):
        label = t("tied.seeds.row", form=t("tied.seeds.form.REAL"), other=t("tied.seeds.form.RE"))
        rows.append({"form": BOTH, "label": label, **dict(zip(("difference", "low", "high"), added, strict=True))})
    figure = seed_differences(
        pd.DataFrame(rows), run_marks(ROLES), title=title_of(judged, corpus, n_seeds),
        axis_title=t("tied.seeds.axis"), theme=widgets.theme(),
    )  # fmt: skip
    widgets.show(figure, "seeds", alt=t("tied.seeds.alt"))


def _spoken(rows: list[dict[Any, Any]]) -> pd.DataFrame:
    """The table as text, what was published in its last column."""
    import pandas as pd

    spoken = [
        {
            "form": t(f"tied.seeds.full.{row['form']}"),
            "parameters": compact(row["n_parameters"]),
            "loss": _loss(row["loss"], row["loss_spread"]),
            "perplexity": decimal(row["perplexity"]),
            "difference": as_percent(row["difference"]) if row["verdict"] else "",
            "interval": t("tied.seeds.interval", low=as_percent(row["low"]), high=as_percent(row["high"]))
            if row["verdict"]
            else "",
            "published": _published(row["form"]),
        }
        for row in rows
    ]
    return pd.DataFrame(spoken).rename(columns=lambda name: t(f"tied.seeds.column.{name}"))


def _loss(mean: float, spread: float) -> str:
    """With its standard deviation over the seeds, where there are several."""
    return decimal(mean, 3) if np.isnan(spread) else f"{decimal(mean, 3)} ± {decimal(spread, 3)}"


def _published(form: str) -> str:
    change = PUBLISHED[form] / PUBLISHED[PLAIN]
    return decimal(PUBLISHED[form]) if form == PLAIN else f"{decimal(PUBLISHED[form])} ({as_percent(np.log(change))})"
