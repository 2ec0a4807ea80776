"""Words and numbers as figures write them."""

from __future__ import annotations


def plain(word: str) -> str:
    """A word as text: Plotly reads a few HTML tags in labels, and words of a corpus are not to be read as any."""
    return word.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def percent(share: float) -> str:
    """A probability for a label: about two significant digits, "0" only for zero itself."""
    if share == 0:
        return "0%"
    if share < 0.0001:
        return "&lt; 0.01%"
    return f"{share:.2%}" if share < 0.01 else f"{share:.1%}"
