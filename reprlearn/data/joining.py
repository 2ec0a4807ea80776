"""Readable text from tokens: no space before a comma, ``do n't`` put together, quotes around what they quote.

The text, cut again, gives the tokens it was made of: where two tokens would run into one, the space between them stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_CLITIC = re.compile(r"'(?:s|m|d|ll|re|ve)|n't")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_CLOSING = frozenset({",", ";", ":", "!", "?", ".", "...", "%", ")", "]"})
_OPENING = frozenset({"(", "[", "$", "#", "\u00a3", "\u20ac"})
_BETWEEN = frozenset({"-", "/"})
_QUOTES = frozenset({'"', "'"})


def join(words: Iterable[str]) -> str:
    """The text of the tokens `words`, with spaces where a reader expects them."""
    words = list(words)
    text = ""
    glued = True  # nothing stands before the first token, so no space does
    open_quotes: set[str] = set()
    for i, word in enumerate(words):
        last = words[i - 1] if i else ""
        following = words[i + 1] if i + 1 < len(words) else ""
        rule = _quote_sides if word in _QUOTES else _sides
        to_last, to_following = rule(last, word, following, open_quotes)
        text += word if glued or to_last else f" {word}"
        glued = to_following
    return text


def _sides(last: str, word: str, following: str, open_quotes: set[str]) -> tuple[bool, bool]:
    """Whether `word` stands close to the token before it, and to the one after it."""
    if _CLITIC.fullmatch(word):
        return _is_word(last), False
    if word in _BETWEEN:
        # Most hyphens of reviews are inside words: "well-made" was cut in three.
        both = _is_word(last) and _is_word(following)
        return both, both
    if word in _CLOSING:
        # Points run together would be an ellipsis.
        return not (word.startswith(".") and last.endswith(".")), False
    return False, word in _OPENING


def _quote_sides(last: str, word: str, following: str, open_quotes: set[str]) -> tuple[bool, bool]:
    """The same for a quotation mark, which opens and closes in turn; `open_quotes` keeps the turn."""
    if word in open_quotes:
        open_quotes.remove(word)
        return True, False
    if word == "'" and _is_word(last) and last.endswith("s"):
        return True, False  # the heroes' end
    open_quotes.add(word)
    # An apostrophe close to "s" or "ll" would be cut as a clitic.
    return False, word == '"' or (_is_word(following) and not _CLITIC.fullmatch(word + following))


def _is_word(token: str) -> bool:
    return _WORD.fullmatch(token) is not None and not _CLITIC.fullmatch(token)
