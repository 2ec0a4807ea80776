"""Two cards side by side, field by field; needs neither torch nor pandas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from reprlearn.runs.card import Card

NONE = "–"


class Row(NamedTuple):
    """One field of two cards: its dotted name, what each holds as text, whether they differ, and the name as it is read."""

    field: str
    a: str
    b: str
    differs: bool
    label: str


def compare_cards(a: Card, b: Card) -> list[Row]:
    """Every field of either card, in the cards' own order; one that a single card has stands among its like, the other's
    is "–". Left out are fields of the recipe that repeat the card's own, and those of which neither card says anything.
    """
    flat_a, flat_b = (dict(_flat(card.model_dump(mode="json"))) for card in (a, b))
    rows = []
    for field in _merged([*flat_a], [*flat_b]):
        value_a, value_b = flat_a.get(field), flat_b.get(field)
        last = field.rsplit(".", 1)[-1]
        double = field.startswith("recipe.") and (value_a, value_b) == (
            flat_a.get(last, _LACKS),
            flat_b.get(last, _LACKS),
        )
        alone = (field in flat_a) != (field in flat_b)
        if double or (alone and readable(field, value_a) == readable(field, value_b) == NONE):
            continue
        differs = flat_a.get(field, _LACKS) != flat_b.get(field, _LACKS)
        rows.append(Row(field, readable(field, value_a), readable(field, value_b), differs, label(field)))
    return rows


def sections(card: Card) -> dict[str, list[Row]]:
    """What a card says by what it is about ("model", "data", "training", "numbers", "recipe"), fields it says nothing of left out.

    Of a `Row`, `a` is the value, and so is `b`.
    """
    found: dict[str, list[Row]] = {name: [] for name in dict.fromkeys(_SECTION_OF.values())}
    for name, value in _flat(card.model_dump(mode="json")):
        said = readable(name, value)
        section = _SECTION_OF.get(name.split(".")[0])
        if section is not None and said != NONE:
            found[section].append(Row(name, said, said, False, label(name)))
    return found


_SECTION_OF = {
    "architecture": "model", "width": "model", "tied": "model", "n_parameters": "model", "n_bytes": "model", "matrices": "model",
    "capabilities": "model", "corpus": "data", "imported": "data", "training": "training", "seed": "training",
    "versions": "training", "metrics": "numbers", "similarity": "numbers", "recipe": "recipe",
}  # fmt: skip
_LACKS = object()


def _merged(a: list[str], b: list[str]) -> list[str]:
    """The fields of both, in the order of `a`; what only `b` has follows the field of `a` it shares most sections with."""
    merged = list(a)
    for field in b:
        if field in merged:
            continue
        parts = field.split(".")[:-1]
        shared = [_n_shared(parts, other.split(".")[:-1]) for other in merged]
        # After the last of its like: those of `b` so keep their own order among themselves.
        merged.insert(max(i for i, n in enumerate(shared) if n == max(shared)) + 1, field)
    return merged


def _n_shared(a: list[str], b: list[str]) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def label(field: str) -> str:
    """A field's dotted name as a person says it.

    >>> label("training.tokens_per_second"), label("metrics.test.map_at_5"), label("recipe.fit.batch_size")
    ('tokens per second', 'test: MAP at 5', 'fit: batch size')
    """
    *sections, last = field.split(".")
    said = _LABELS.get(last) or " ".join(_WORDS.get(word, word) for word in last.split("_"))
    sections = [section.replace("_", " ") for section in sections if section not in _SILENT]
    named = [_LABELS.get(section.replace(" ", "_"), section) for section in sections]
    return ": ".join([*named, said])


# Sections whose fields say by themselves what they are of.
_SILENT = ("recipe", "training", "metrics")
_LABELS = {
    "n_words": "vocabulary", "n_tokens": "tokens", "n_sequences": "sequences", "n_parameters": "parameters", "n_bytes": "size",
    "n_layers": "layers", "n_buckets": "buckets", "schema_version": "version of the card", "as_is": "cut into words already",
    "max_length": "longest sequence", "max_train_tokens": "training tokens at most", "unk_tokens": "tokens out of vocabulary",
    "wall_seconds": "time", "similarity": "agreement with people", "wordsim353": "WordSim-353", "simlex999": "SimLex-999",
    "spearman": "Spearman's correlation", "n": "known pairs or questions",
}  # fmt: skip
_WORDS = {"mrr": "MRR", "map": "MAP", "n": "number of", "unk": "unknown words"}


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
