"""The columns of a table of one's own: a preview, and who plays which role."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

import streamlit as st

from reprlearn.data.event_config import EventData, ScalarColumn, Transform
from reprlearn.recipes import Recipe
from reprlearn.ui.presenting import px
from reprlearn.ui.text import as_text, t

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.jobs.uploads import Upload

MOST_SCALARS = 12
UNITS = ("hours", "days", "minutes", "seconds")
TRANSFORMS = get_args(Transform)
PREVIEW_PX = 190


def roles(recipe: Recipe, upload: Upload) -> Recipe | None:
    """Draw the preview and the choices; the recipe on this table, or None where the roles do not go together, which is said."""
    about = upload.table
    assert about is not None and isinstance(recipe.data, EventData)
    _preview(upload, about)
    names = [column["name"] for column in about["columns"]]
    kinds = {column["name"]: column["kind"] for column in about["columns"]}
    chosen: dict[str, str | None] = {}
    for place, role in zip(st.columns(3), ("sequence", "time", "type"), strict=True):
        guess = about["roles"].get(role)
        chosen[role] = place.selectbox(
            t(f"train.table.{role}"), names, index=names.index(guess) if guess in names else None,
            key=f"role_{role}_{upload.key}", help=t(f"train.table.{role}.help"),
        )  # fmt: skip
    unit = _unit(upload.key) if kinds.get(chosen["time"] or "") == "number" else "hours"
    numbers = [name for name in names if kinds[name] == "number" and name not in chosen.values()]
    rows = _scalars(upload.key, numbers)
    try:
        data = replace(
            recipe.data, table=upload.data, time_unit=unit, scalars=tuple(map(_scalar, rows)), scalar_columns=(),
            **{f"{role}_column": column for role, column in chosen.items()},
        )  # fmt: skip
    except ValueError as error:
        st.warning(as_text(error), icon=":material/table:")
        return None
    return replace(recipe, data=data)


def _preview(upload: Upload, about: dict[str, Any]) -> None:
    import pandas as pd

    from reprlearn.ui.train.data import remove_button

    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        size = {"rows": f"{about['n_rows']:,}", "columns": len(about["columns"])}
        st.markdown(t("train.table.rows", name=as_text(upload.name), **size), width="content")
        remove_button(upload)
    frame = pd.DataFrame(about["rows"], columns=[column["name"] for column in about["columns"]])
    st.dataframe(frame, hide_index=True, height=PREVIEW_PX, alt=t("train.table.alt"), key="table_preview")


def _unit(key: str) -> Any:
    unit = st.selectbox(
        t("train.table.unit"), UNITS, key=f"unit_{key}", format_func=lambda each: t(f"train.unit.{each}"), width=px(220)
    )
    return unit if unit in UNITS else UNITS[0]


def _scalars(key: str, numbers: Sequence[str]) -> list[dict[Any, Any]]:
    """The numbers that are read beside the types, a row each that says how."""
    chosen = st.multiselect(
        t("train.table.scalars"), numbers, key=f"scalars_{key}", help=t("train.table.scalars.help"),
        max_selections=MOST_SCALARS, placeholder=t("train.table.placeholder"),
    )  # fmt: skip
    chosen = [name for name in dict.fromkeys(chosen) if name in numbers][:MOST_SCALARS]  # a client may send anything
    return _treatment(key, chosen).to_dict("records") if chosen else []


def treatment_key(key: str, chosen: Sequence[str]) -> str:
    """Of the editor; other numbers have one of their own, since edits go by their rows."""
    return f"treatment_{key}_{hashlib.sha256(json.dumps(list(chosen)).encode()).hexdigest()[:12]}"


def _treatment(key: str, chosen: Sequence[str]) -> pd.DataFrame:
    """A row for each number, to be edited."""
    import pandas as pd

    frame = pd.DataFrame(
        {"name": list(chosen), "transform": "standardise", "period": float("nan"), "ahead": False}
    ).astype({"period": "float64"})
    config = st.column_config
    return st.data_editor(
        frame, hide_index=True, disabled=["name"], key=treatment_key(key, chosen), alt=t("train.table.scalars.alt"),
        column_config={
            "name": config.TextColumn(t("train.table.scalar")),
            "transform": config.SelectboxColumn(
                t("train.table.transform"), options=list(TRANSFORMS), required=True, help=t("train.table.transform.help")
            ),
            "period": config.NumberColumn(t("train.table.period"), min_value=0.0, help=t("train.table.period.help")),
            "ahead": config.CheckboxColumn(t("train.table.ahead"), help=t("train.table.ahead.help")),
        },
    )  # fmt: skip


def _scalar(row: dict[Any, Any]) -> ScalarColumn:
    column, ahead = str(row["name"]), bool(row["ahead"])
    period = float(row["period"]) if row["transform"] == "cyclic" and row["period"] == row["period"] else None
    return ScalarColumn(
        name=f"next {column}" if ahead else column,
        column=column,
        known_ahead=ahead,
        transform=row["transform"],
        period=period,
    )
