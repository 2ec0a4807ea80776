"""Numbers, dates and durations as readers of the present language write them."""

from __future__ import annotations

from datetime import datetime

from reprlearn.ui.text import t


def compact(number: float) -> str:
    """
    >>> compact(4_653_200), compact(110_482), compact(912)
    ('4.65M', '110k', '912')
    """
    for size, suffix in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(number) >= size * 0.9995:
            return f"{number / size:.3g}{suffix}"
    return f"{number:.3g}" if number < 1 else f"{number:.0f}"


def decimal(number: float | None, digits: int = 1) -> str:
    """The number with thousands separated; a dash where there is none."""
    return t("number.none") if number is None else f"{number:,.{digits}f}"


def duration(seconds: float) -> str:
    """How long something took, in the unit that says it best."""
    for size, key in ((3600.0, "number.hours"), (60.0, "number.minutes")):
        if seconds >= 1.5 * size:
            return t(
                key, n=f"{seconds / size:.1f}".removesuffix(".0") if seconds < 10 * size else f"{seconds / size:.0f}"
            )
    return t("number.seconds", n=f"{seconds:.0f}")


def day(timestamp: str) -> str:
    """The date (UTC) of an ISO 8601 time; as it stands when it is none."""
    try:
        return f"{datetime.fromisoformat(timestamp):%Y-%m-%d}"
    except ValueError:
        return timestamp
