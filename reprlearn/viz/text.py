"""Words and numbers as figures write them."""

from __future__ import annotations

import unicodedata


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


def n_columns(text: str) -> int:
    """How wide a text is, in average characters of a Latin script: one of Korean, Chinese or Japanese takes two.

    >>> n_columns("token"), n_columns("토큰")
    (5, 4)
    """
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def wrapped(text: str, per_line: int) -> list[str]:
    """The text in lines of at most so many columns (`n_columns`), broken at spaces; a longer word has a line of its own.

    >>> wrapped("가장 가까운 단어는 코사인 유사도로 정한다", 20)
    ['가장 가까운 단어는', '코사인 유사도로', '정한다']
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and n_columns(longer) <= per_line:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
