"""The words that figures say by themselves: in English, unless the program that draws them speaks another language.

What a figure is about (its title where a page knows it better, its axes, the names of its traces) is passed to it. What it
works out from its data, and what stands in its hover texts, it says with `say`. A figure so depends on the language: whoever
keeps one keeps it for one language.
"""

from __future__ import annotations

from collections.abc import Callable

WORDS: dict[str, str] = {
    # Values and axes
    "missing": "missing",
    "weight": "weight",
    "weight.none": "weight 0%",
    "bucket": "bucket",
    "probability": "probability",
    "axis.asinh": "{axis}, asinh scale",
    "axis.ahead": "{axis}, known of the next event",
    "shaded": "shaded: hardly any data",
    "range": "{low} to {high}",
    "density": "{data}: {share} from {low} to {high}",
    "component": "component {n} · {share} of variance",
    "within": "{value} ({low} to {high})",
    "labels": "{n} labels: {accuracy} ({low} to {high})",
    "certainty": "{low} to {high}: {n}",
    "interval": "{difference}, 95 % interval {low} to {high}",
    "interval.nats": "{difference} nats, 95 % interval {low} to {high}",
    "perplexity": "{change} perplexity",
    # Words on maps
    "occurrences": "occurrences {n}",
    "cosine": "cosine {cosine}",
    "places.pair": "{km} km, cosine distance {distance}",
    "places.bin": "{km} km: median {distance}",
    # Models
    "model": "model",
    "right": "right {accuracy} of {n}, sure {confidence}",
    "divergence": "divergence {divergence}, α {alpha}",
    "surprisal": "{bits} bits, {share}<br>rank {rank}",
    "sizes": "{n_words} words<br>{n_parameters} parameters, {size}",
    "sizes.saved": "width {width}: {share}",
    "norms.median": "{length}, median of {n}",
    # Soft buckets
    "held": "bucket {bucket}: {share}",
    "held.data": "bucket {bucket}: {share} of the data",
    "held.none": "{value}: in no bucket, with a vector of its own",
    "held.one": "{value} lies in bucket {bucket}",
    "held.two": "{value} lies between buckets {first} and {second}",
    "held.several": "{value} is spread over buckets {first} and {last}",
    "held.many": "{value} is spread over many buckets",
    "in_use": "Each of the {n} buckets is the heaviest somewhere",
    "in_use.single": "One bucket holds all",
    "unused": "{n} of {n_buckets} buckets are nowhere the heaviest: {buckets}",
    "unused.one": "1 of {n_buckets} buckets is nowhere the heaviest: {bucket}",
    "undecided": "Over {part} of the axis, no bucket has {share} of the weight",
    "undecided.nowhere": "Hard: everywhere one bucket has at least {share} of the weight",
    "effective": "{n} effective buckets",
    "effective.title": "A value lies in {low} to {high} of {n_buckets} buckets at once",
    "path": "The path of the vector",
    "path.smoothness": "smoothness {score}",
    "path.variance": "the map shows {share} of the path’s variance",
    "edges_off": "Learned edges are off by {learned} of the data, even shares by {even}",
    "edges_off.none": "No edge was learned",
    "alike": "Alike, with others between: {first} and {second}",
    "alike.none": "No value is much like another beyond its neighbours",
    "alike.pair": "{first} and {second}: {similarity}",
    "alike.same": "1: same",
    # What event models expect
    "unmoved": "as it was",
    "moved": "moved",
    "came": "came next",
    "ranked": "{word}: {share}, rank {rank}",
    "came.ranked": "{came}, rank {rank}",
    "expected": "{word} is expected next ({share})",
    "expected.came": "and it came",
    "expected.end": "nothing came: the sequence ends here",
    "expected.other": "{word} came: rank {rank} ({share})",
    "rises": "{word} rises from {before} to {after}",
    "falls": "{word} falls from {before} to {after}",
    "guess.stays": "and stays the first guess",
    "guess.becomes": "and becomes the first guess",
    "guess.other.stays": "{word} stays the first guess ({share})",
    "guess.other.becomes": "{word} becomes the first guess ({share})",
    "depends": "{word} depends most on the {scalar}",
    "depends.range": "from {low} at {low_value} to {high} at {high_value}",
    "depends.none": "The {scalar} hardly matters here",
    "depends.none.most": "no type moves by more than {share}",
    "average": "{word}: {low} to {high} on average",
    "average.range": "least at {low}, most at {high}; {shown} of {n} sequences drawn",
    "average.above.one": "{range} (1 goes higher)",
    "average.above": "{range} ({n} go higher)",
    "average.mean": "mean",
    "average.band": "80% of the sequences",
    "average.own": "this event",
    # Time lines
    "event.this": "this event",
    "event": "Event {n} of {n_events}: {word}",
    "event.last": "the last one: nothing came next",
    "event.next": "{word} came next",
    "event.when": "event {n}, {time}",
    "time.clock": "time (UTC)",
    "time.hours": "time (hours)",
    "time.day": "{time.day} {time:%b}",
    "time.date": "{time.day} {time:%b %Y}",
    "span.y": "{n} y",
    "span.d": "{n} d",
    "span.h": "{n} h",
    "span.min": "{n} min",
    "span.s": "{n} s",
    # Reports
    "report.made": "Made with reprlearn, {time}",
    "report.contents": "Contents",
    "report.runs": "The models",
    "report.gone": "{name} (no longer there)",
    "report.seen": "seen {time}",
    "report.open": "Open this view",
    "report.more": "{n} more rows are left out.",
    "report.noscript": "The figures need JavaScript, which is turned off here.",
}


def say(key: str, /, **values: object) -> str:
    """The words `key` with their {fields} filled, in the language that is spoken now. KeyError when there are no such words.

    >>> say("held", bucket=2, share="61%")
    'bucket 2: 61%'
    """
    return _look_up(key, **values)


def speak(look_up: Callable[..., str]) -> None:
    """From now on, what is said is what `look_up(key, **values)` answers, which is asked each time."""
    global _look_up
    _look_up = look_up


def _english(key: str, /, **values: object) -> str:
    return WORDS[key].format(**values)


_look_up: Callable[..., str] = _english
