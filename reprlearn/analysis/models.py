"""Two cards side by side, field by field; needs neither torch nor pandas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from reprlearn.runs.card import Card

NONE = "–"


class Row(NamedTuple):
    """One field of two cards: its dotted name, what each holds as text, and whether they differ."""

    field: str
    a: str
    b: str
    differs: bool


def compare_cards(a: Card, b: Card) -> list[Row]:
    """Every field of either card, in the cards' own order; a field that only one card has is compared with "–"."""
    flat_a, flat_b = (dict(_flat(card.model_dump(mode="json"))) for card in (a, b))
    # The order of a, with the fields only b has after it.
    fields = dict.fromkeys([*flat_a, *flat_b])
    missing = object()
    return [
        Row(
            field,
            readable(field, flat_a[field]) if field in flat_a else NONE,
            readable(field, flat_b[field]) if field in flat_b else NONE,
            flat_a.get(field, missing) != flat_b.get(field, missing),
        )
        for field in fields
    ]


def _flat(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from _flat(inner, f"{name}.{key}" if name else str(key))
    else:
        yield name, value


def readable(field: str, value: Any) -> str:
    """A card's value as a person reads it: thousands marked, sizes and durations with their units, hashes cut short."""
    last = field.rsplit(".", 1)[-1]
    if value is None or value == [] or value == {}:
        return NONE
    if isinstance(value, bool):
        return "yes" if value else "no"
    if last == "content_hash":
        return f"{value[:12]}…"
    if last == "finished":
        return _when(value)
    if isinstance(value, int | float):
        return _number(last, value)
    return ", ".join(str(item) for item in value) if isinstance(value, list) else str(value)


def _number(last: str, value: float) -> str:
    if last == "n_bytes":
        return f"{value / 1e6:,.1f} MB"
    if last.endswith("_seconds") and value >= 60:
        minutes = round(value / 60)
        return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
    if last.endswith("_seconds"):
        return f"{value:.1f} s"
    if last == "tokens_per_second":
        return f"{value:,.0f}"
    if last.startswith("perplexity"):
        return f"{value:,.2f}"
    # Metrics count tokens in floats, which are whole numbers all the same.
    if isinstance(value, int) or (float(value).is_integer() and abs(value) >= 1000):
        # A seed is a name, not an amount.
        return str(int(value)) if last == "seed" else f"{int(value):,}"
    return f"{value:.4g}"


def _when(value: str) -> str:
    try:
        return datetime.fromisoformat(value).strftime("%Y-%m-%d %H:%M UTC")
    except ValueError:
        return value
