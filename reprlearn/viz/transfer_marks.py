"""How ways of use are told apart: the kind of model by colour and marker, what is done with it by the dash of the line.

The colours are none of the roles of `viz.style`: these models differ by more than whether they are tied. They keep a contrast of
3:1 on the light and the dark page, and apart for colour-blind readers by lightness and marker.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reprlearn.viz import style

COLOURS = {
    "tf-idf": style.colour_of("neutral"),
    "word2vec": "#91654F",
    "elmo": "#A8780A",
    "gpt": "#1C8FA8",
    "bert": "#8762BD",
}
SYMBOLS = {"tf-idf": "x", "word2vec": "triangle-up", "elmo": "diamond", "gpt": "square", "bert": "circle"}
DASHES = {"counts": "solid", "features": "dash", "mix": "dashdot", "fine-tuned": "solid", "random": "dot"}
# Whose markers are open: filled ones make use of a trained model as it is, or of all of it.
OPEN = ("mix", "random")


@dataclass(frozen=True)
class WayMark:
    """How a way is drawn: `line` and `marker` of a trace."""

    colour: str
    symbol: str
    dash: str
    open: bool

    @property
    def line(self) -> dict[str, Any]:
        return {"color": self.colour, "dash": self.dash, "width": 2.5}

    @property
    def marker(self) -> dict[str, Any]:
        # An open marker hides the line that runs through it on neither theme: Plotly's own open symbols do not.
        symbol = f"{self.symbol}-open" if self.open else self.symbol
        return {"symbol": symbol, "size": 10, "color": self.colour, "line": {"width": 2, "color": self.colour}}


def way_mark(model: str, use: str, *, neutral: bool = False) -> WayMark:
    """The mark of a way; `neutral` shows the use alone, in grey. One that is not known is drawn as TF-IDF is."""
    colour = style.colour_of("neutral") if neutral else COLOURS.get(model, COLOURS["tf-idf"])
    return WayMark(colour, "circle" if neutral else SYMBOLS.get(model, "x"), DASHES.get(use, "solid"), use in OPEN)
