"""What a visitor may do with the controls of a page: which can be changed, and to what."""

from __future__ import annotations

import random
from typing import Any

from benchmarks.visiting import Control, Value, Visitor

WORDS = ("good", "film", "the", "terrible", "music", "never", "paris", "1")
PROMPTS = ("this film was", "i have never seen such a", "the acting is good but the story", "what a")
MOST_CHOSEN = 3
MOST_OPTIONS = 200  # looked at; a list of every word of a model has ten thousand
LARGEST = 1000.0


def usable(visitor: Visitor) -> list[str]:
    """Ids of the controls that can be changed now, and answer by themselves: not those of a form, which waits for its button."""
    return [
        control_id
        for control_id, control in visitor.controls.items()
        if not control.proto.disabled and not control.proto.form_id and _others(control, visitor.values.get(control_id))
    ]


def choose(visitor: Visitor, control_id: str, draw: random.Random) -> Value:
    """Another value for a control than the one it has."""
    return draw.choice(_others(visitor.controls[control_id], visitor.values.get(control_id), draw))


def _others(control: Control, now: Value | None, draw: random.Random | None = None) -> list[Value]:
    """Some of the values a control could have but has not. Where there are too many, `draw` says which."""
    draw = draw or random.Random(0)
    found = _values(control.kind, control.proto, draw)
    return [value for value in found if value != (_present(control) if now is None else now)]


def _values(kind: str, proto: Any, draw: random.Random) -> list[Value]:
    if kind == "checkbox":
        return [True, False]
    if kind in ("selectbox", "radio"):
        return list(proto.options[:MOST_OPTIONS])
    if kind == "text_area":
        return list(PROMPTS)
    if kind == "text_input":
        return list(WORDS)
    if kind == "button_group":
        return [[option.content] for option in proto.options if option.content and not option.content_icon]
    if kind == "multiselect":
        options = list(proto.options[:MOST_OPTIONS])
        most = min(len(options), proto.max_selections or MOST_CHOSEN, MOST_CHOSEN)
        return [draw.sample(options, n) for n in range(min(2, most), most + 1) if n]
    if kind == "number_input":
        low = proto.min if proto.has_min else -LARGEST
        high = proto.max if proto.has_max else LARGEST
        return list(_steps(low, min(high, low + 40 * proto.step), proto.step))
    assert kind == "slider", kind
    return _places(proto, draw)


def _places(slider: Any, draw: random.Random) -> list[Value]:
    """Where a slider's one handle, or its two, may stand; of a slider of options, the options' texts."""
    stops: list[Any] = list(slider.options) or _steps(slider.min, slider.max, slider.step)
    if len(slider.default) == 1:
        return [[stop] for stop in stops]
    pairs = [sorted(draw.sample(range(len(stops)), 2)) for _ in range(8)] if len(stops) > 1 else []
    return [[stops[low], stops[high]] for low, high in pairs]


def _steps(low: float, high: float, step: float) -> list[float]:
    return [low + i * step for i in range(min(int((high - low) / step + 1e-9) + 1, MOST_OPTIONS))] if step > 0 else []


def _present(control: Control) -> Value | None:
    """The value a control was drawn with."""
    kind, proto = control.kind, control.proto
    if kind == "checkbox":
        return proto.value if proto.set_value else proto.default
    if kind in ("selectbox", "radio"):
        if proto.set_value:
            return proto.raw_value
        return proto.options[proto.default] if proto.HasField("default") and proto.options else None
    if kind in ("button_group", "multiselect"):
        options = [getattr(option, "content", option) for option in proto.options]
        return list(proto.raw_values) if proto.set_value else [options[i] for i in proto.default]
    if kind == "slider":
        if proto.options:
            return list(proto.raw_value) if proto.set_value else [proto.options[int(i)] for i in proto.default]
        return list(proto.value if proto.set_value else proto.default)
    return proto.value if proto.set_value else proto.default
