"""What pre-training and fine-tuning bring, which layer to take, and the table behind it all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from reprlearn.analysis.transfer import mix_shares
from reprlearn.analysis.transfer_ways import BY_NAME
from reprlearn.ui import widgets
from reprlearn.ui.text import small, t
from reprlearn.ui.text.numbers import decimal, duration
from reprlearn.ui.transfer import measured
from reprlearn.ui.transfer.words import contrast, listed, model_name, share, way_name
from reprlearn.viz.text import plain
from reprlearn.viz.transfer_differences import accuracy_differences
from reprlearn.viz.transfer_layers import layer_accuracies

if TYPE_CHECKING:
    from reprlearn.ui.transfer.measured import Measured


def contrasts(found: Measured, n_labels: int) -> None:
    """The comparisons people ask for, as intervals."""
    table = measured.contrasts(found, n_labels)
    if table.empty:
        return
    st.subheader(t("transfer.contrasts"), anchor=False)
    st.markdown(t("transfer.contrasts.lead"))
    said = contrasts_title(table, n_labels)
    rows = [
        {"label": t("transfer.contrasts.row", one=way_name(row["one"]), other=way_name(row["other"])),
         "model": BY_NAME[row["one"]].model, "use": BY_NAME[row["one"]].use,
         **{name: row[name] for name in ("difference", "low", "high")}}
        for row in table.to_dict("records")
    ]  # fmt: skip
    figure = accuracy_differences(
        pd.DataFrame(rows), title=plain(said), axis_title=t("transfer.contrasts.axis"), theme=widgets.theme()
    )
    widgets.show(figure, "contrasts", alt=t("transfer.contrasts.alt", title=said))


def contrasts_title(table: pd.DataFrame, n_labels: int) -> str:
    """What the best pre-trained way is to the baselines; without them, what the first row says."""
    rows = table.to_dict("records")
    about = [row for row in rows if row["question"] == "baseline"] or rows[:1]
    return t("transfer.contrasts.title", n=f"{n_labels:,}", said="; ".join(contrast(row) for row in about))


def layers(found: Measured, n_labels: int) -> None:
    """Each layer's states as features, for the models that have several."""
    table = measured.layers(found, n_labels)
    if table.empty:
        return
    st.subheader(t("transfer.layers"), anchor=False)
    st.markdown(t("transfer.layers.lead"))
    said = layers_title(table, n_labels)
    figure = layer_accuracies(
        table, names={model: model_name(model) for model in set(table["model"].astype(str))}, title=plain(said),
        axis_titles=(t("transfer.layers.axis"), t("transfer.axis.accuracy")), chosen_text=t("transfer.layers.chosen"),
        theme=widgets.theme(),
    )  # fmt: skip
    widgets.show(figure, "layers", alt=t("transfer.layers.alt", title=said))
    st.markdown(small(" ".join([t("transfer.layers.note"), *_mixes(found, n_labels)])))


def layers_title(table: pd.DataFrame, n_labels: int) -> str:
    """The layer of the highest mean accuracy of each model, and those that cannot be told from it."""
    said = []
    for row in table.loc[table["best"].astype(bool)].to_dict("records"):
        about = {"model": model_name(row["model"]), "layer": row["layer"], "accuracy": share(row["accuracy"])}
        own = table.loc[(table["model"] == row["model"]) & table["level"].astype(bool) & ~table["best"].astype(bool)]
        others = listed([str(layer) for layer in own["layer"]])
        said.append(
            t("transfer.layers.level", **about, others=others) if others else t("transfer.layers.best", **about)
        )
    return t("transfer.layers.title", n=f"{n_labels:,}", said="; ".join(said))


def _mixes(found: Measured, n_labels: int) -> list[str]:
    """The shares of the layers in each learned mix, a sentence a model."""
    cells = found.results.cells
    own = cells.loc[cells["n_labels"] == n_labels]
    said = []
    for way in found.results.ways:
        shares = mix_shares(own.loc[own["way"] == way]) if BY_NAME[way].use == "mix" else []
        if shares:
            each = [t("transfer.layers.share", layer=i, share=f"{value:.0%}") for i, value in enumerate(shares)]
            said.append(t("transfer.layers.mix", model=model_name(BY_NAME[way].model), shares=listed(each)))
    return said


def results_table(found: Measured) -> None:
    """All that the figures are made of, and both tables to take away."""
    st.subheader(t("transfer.table"), anchor=False)
    rows = [_spoken(row) for row in found.table.to_dict("records")]
    table = pd.DataFrame(rows).rename(columns=lambda name: t(f"transfer.column.{name}"))
    widgets.table(table, "results", title=t("transfer.table"), height=340)
    task = str(found.results.cells["task"].iloc[0])
    with st.container(horizontal=True):
        for key, what in (("table", found.table), ("cells", found.results.cells)):
            widgets.download(
                t("transfer.table.csv") if key == "table" else t("transfer.table.cells"),
                lambda what=what: what.to_csv(index=False).encode(), f"transfer-{task}-{key}.csv", "text/csv", f"csv_{key}",
            )  # fmt: skip


def _spoken(row: dict[Any, Any]) -> dict[str, str]:
    return {
        "way": way_name(row["way"]),
        "labels": f"{row['n_labels']:,}",
        "accuracy": t(
            "transfer.interval", value=share(row["accuracy"]), low=share(row["low"]), high=share(row["high"])
        ),
        "spread": t("number.none") if pd.isna(row["spread"]) else share(row["spread"]),
        "log_loss": decimal(row["log_loss"], 3),
        "layers": str(row["layers"]),
        "n_seeds": str(row["n_seeds"]),
        "seconds": duration(row["seconds"]),
        "run": str(row["run"]),
    }
