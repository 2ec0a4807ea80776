"""Every word a visitor reads. `t(key, **values)` looks it up; a language is one module that fills `TEXTS`."""

from __future__ import annotations

import re

from reprlearn.ui.text.en import TEXTS

__all__ = ["TEXTS", "as_text", "small", "t"]

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$^&=\"'])")
# Streamlit turns :name: and -> into pictures after the Markdown is parsed, where a backslash no longer protects them.
_JOINER = "\u2060"
_SHORTHAND = re.compile(r"(:|[<>=~-](?=[<>=~-]))")


def t(key: str, **values: object) -> str:
    """The text of `key`, its {fields} filled with `values`. KeyError when there is no such text.

    Texts are Markdown. A value that comes from outside (the name of a run, a word, a file) goes through `as_text` first.

    >>> t("frame.name")
    'reprlearn'
    """
    return TEXTS[key].format(**values)


def as_text(value: object) -> str:
    """`value` as Markdown that shows exactly these characters on one line: no emphasis, link, formula, icon or HTML.

    >>> as_text("*a* [b](c)")
    '\\\\*a\\\\* \\\\[b\\\\]\\\\(c\\\\)'
    """
    one_line = " ".join(str(value).split())
    return _MARKDOWN.sub(r"\\\1", _SHORTHAND.sub(rf"\1{_JOINER}", one_line))


def small(markdown: str) -> str:
    """The same Markdown (one line) in small print, still dark enough to read from the back of a room, which captions are not."""
    return f":small[:gray[{markdown}]]"
