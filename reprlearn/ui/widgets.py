"""Widgets that several pages share. Each keeps its state in the URL and checks on the server what the browser sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NoReturn

import streamlit as st

from reprlearn.runs import RunError
from reprlearn.ui import loaders, presenting, shown, take_away
from reprlearn.ui.files import download, file_name, theme
from reprlearn.ui.links import in_link
from reprlearn.ui.text import as_text, small, t, unmarked

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

    from reprlearn.runs import Run

__all__ = [
    "asked",
    "download",
    "matrix_picker",
    "no_runs",
    "open_run",
    "opening",
    "run_picker",
    "say_ignored",
    "show",
    "table",
    "theme",
]

TRAIN_COMMAND = "python -m reprlearn train quick-demo"
# The pair that is looked at first, where it is installed.
FIRST_CHOICE = {"run": "lstm-untied", "other": "lstm-tied", "card_a": "lstm-untied", "card_b": "lstm-tied"}
SECOND = ("other", "card_b")


def run_picker(
    capability: str | None,
    key: str,
    *,
    label: str | None = None,
    default: str | None = None,
    among: Sequence[str] | None = None,
    label_visibility: Literal["visible", "collapsed"] = "visible",
    say_unfit: bool = True,
) -> Run:
    """Choose one of the runs that have `capability` (None: any); the choice is the query parameter `key`.

    It starts at `default`, else at the shipped run that `FIRST_CHOICE` names, else at the first run (the second, for a key
    that compares). Where there is no such run the page says how to make one, and stops. `among`: the names to choose from.
    say_unfit: whether to say that a run the link asks for cannot do this; a page may have said it better.
    """
    names = [run.name for run in loaders.runs_with(capability) if among is None or run.name in among]
    if not names:
        no_runs()
        st.stop()
    start = default or FIRST_CHOICE.get(key, "")
    asked = st.query_params.get(key)
    index = names.index(start) if start in names else min(len(names) - 1, int(key in SECOND))
    name = st.selectbox(
        label or t("run.label"), names, index=index, key=key, bind="query-params", label_visibility=label_visibility
    )
    if asked and asked not in names:
        there = asked in [run.name for run in loaders.runs_with(None)]
        said = {"name": as_text(asked), "shown": as_text(name)}
        if say_unfit or not there:
            st.warning(t("run.unfit", **said) if there else t("run.gone", **said), icon=":material/link_off:")
    if name not in names:
        st.stop()
    return open_run(name)


def open_run(name: str) -> Run:
    """`loaders.run` of a run that is listed. Where it has to be fetched first the page says so, and waits; where it cannot be
    opened the page says why, and stops.
    """
    origin = next((run.origin for run in loaders.runs_with(None) if run.name == name), None)
    waiting = st.spinner(t("run.fetching", name=as_text(name), origin=as_text(origin))) if origin else nullcontext()
    try:
        with waiting:
            return loaders.run(name)
    except RunError as error:
        _cannot_open(name, error)


def matrix_picker(run: Run, key: str, *, label: str | None = None) -> str:
    """Choose "input" or "output"; a tied run has one matrix, which is said instead of asked, and "input" returned."""
    distinct = list(run.card.distinct_matrices)
    if len(distinct) == 1:
        st.markdown(small(t("matrix.tied")))
        return distinct[0]
    names = list(run.card.matrices)

    def draw() -> str | None:
        return st.segmented_control(
            label or t("matrix.label"), names, required=True, key=key, help=t("matrix.help"),
            format_func=lambda name: t(f"matrix.{name}"),
        )  # fmt: skip

    return in_link(key, {name: name for name in names}, draw)


def asked(*keys: str) -> dict[str, list[str]]:
    """What the link says of these query parameters, to be read before their widgets are drawn."""
    return {key: st.query_params.get_all(key) for key in keys}


def say_ignored(wanted: dict[str, list[str]], page: str) -> None:
    """Streamlit drops what it cannot use from the URL without a word; whoever followed the link to this page should know.

    wanted: what `asked` returned before the widgets were drawn.
    """
    ignored = [
        f"{key}={' '.join(values)}"
        for key, values in wanted.items()
        # What a widget would start at anyway is dropped as well, and is no loss.
        if values and st.query_params.get_all(key) != values and str(st.session_state.get(key)) != values[-1]
    ]
    first = f"{page}_opened" not in st.session_state
    st.session_state[f"{page}_opened"] = True
    if first and ignored:
        st.warning(t("link.ignored", values=as_text(", ".join(ignored))), icon=":material/link_off:")


@contextmanager
def opening(run: Run) -> Iterator[None]:
    """Around the first use of a run's weights or words: where they cannot be read, the page says so and stops."""
    try:
        yield
    except RunError as error:
        _cannot_open(run.name, error)


def _cannot_open(name: str, error: RunError) -> NoReturn:
    st.error(t("run.broken", name=as_text(name), reason=as_text(error)), icon=":material/broken_image:")
    st.stop()


def no_runs() -> None:
    """What to do where there is nothing to show."""
    with st.container(border=True):
        st.subheader(t("run.none"), anchor=False)
        st.markdown(t("run.none.help"))
        st.code(TRAIN_COMMAND, language="bash")


def show(
    figure: go.Figure,
    key: str,
    *,
    alt: str,
    title: str = "",
    height_px: int | None = None,
    on_click: Callable[[list], None] | None = None,
) -> None:
    """Draw a figure of `reprlearn.viz` in the visitor's theme, and beneath it what can be done with it; larger, and by itself,
    where they are presenting.

    alt: says in words what it shows.  title: Markdown, where the page says it and not the figure.
    height_px: how high it is in presentation mode, in a window of 1280 x 720; by default as much higher as it is larger.
    on_click: called with the customdata of a clicked point before the page runs again. What a client sends is not trusted: it
        has to check it.
    """
    from reprlearn.viz.style import themed

    images = {"format": "svg", "filename": file_name(key, *shown.runs())}
    config = {
        "displaylogo": False, "scrollZoom": False, "toImageButtonOptions": images,
        # What is shown here is not uploaded to plotly's cloud.
        "modeBarButtonsToRemove": ["sendChartToCloud", "sendDataToCloud"],
    }  # fmt: skip
    how: dict[str, Any] = {}
    if on_click is not None:
        how = {"on_select": partial(_clicked, key, on_click), "selection_mode": "points"}
    drawn = presenting.enlarged(themed(figure, theme()), height_px)
    with st.container(gap="xxsmall"):
        st.plotly_chart(drawn, theme=None, key=key, alt=alt, config=config, **how)
        take_away.figures(key, lambda: [figure], alt=alt, title=title, chart=key)


def _clicked(key: str, on_click: Callable[[list], None]) -> None:
    points: Any = st.session_state[key]["selection"]["points"]
    # Of two traces that lie over each other one is hit; a click elsewhere chooses nothing, and changes nothing.
    for point in points[-1:]:
        data = point.get("customdata") if isinstance(point, dict) else None
        on_click(list(data) if isinstance(data, list | tuple) else [])


def table(
    frame: pd.DataFrame, key: str, *, title: str, column_config: dict[str, Any] | None = None, **options: Any
) -> None:
    """A table whose own tools save it as CSV, and beneath it a pin for the report.

    title: Markdown; what it shows, also for a screen reader.  options: as of `st.dataframe`.
    """
    columns = column_config or {}
    with st.container(gap="xxsmall"):
        st.dataframe(frame, key=key, hide_index=True, alt=unmarked(title), column_config=columns, **options)
        labels = {name: config.get("label") if isinstance(config, dict) else config for name, config in columns.items()}
        take_away.table(key, frame, {name: str(label) for name, label in labels.items() if label}, title=title)
