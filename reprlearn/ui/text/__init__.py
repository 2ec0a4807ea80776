"""Every word a visitor reads. `t(key, **values)` looks it up; a language is one module that fills `TEXTS`.

What `t` answers depends on the visitor. Whatever is kept for all of them therefore holds no text, or has `language()` in its key.
"""

from __future__ import annotations

import re

from reprlearn.ui.text.en import TEXTS
from reprlearn.ui.text.languages import CATALOGUES, PHRASES, language
from reprlearn.viz import words

__all__ = ["TEXTS", "as_text", "language", "phrase", "small", "t", "unmarked"]

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$^&=\"'])")
# Streamlit turns :name: and -> into pictures after the Markdown is parsed, where a backslash no longer protects them.
_JOINER = "\u2060"
_WRITTEN = re.compile(r"\\([\\`*_{}\[\]()<>#+\-.!|~$^&=\"'])|\*\*|\u2060")
_SHORTHAND = re.compile(r"(:|[<>=~-](?=[<>=~-]))")


def t(key: str, **values: object) -> str:
    """The text of `key` in the visitor's language, its {fields} filled with `values`. KeyError when there is no such text.

    Texts are Markdown. A value that comes from outside (the name of a run, a word, a file) goes through `as_text` first.

    >>> t("frame.name")
    'reprlearn'
    """
    spoken = CATALOGUES[language()]
    # A text that nobody has translated yet is better read in English than not at all; a test finds it.
    return (spoken if key in spoken else TEXTS)[key].format(**values)


def phrase(english: str) -> str:
    """What the code below the dashboard says in English, a recipe's summary or a field of a card, in the visitor's language; as
    it stands where that language does not know it.
    """
    return PHRASES.get(language(), {}).get(english, english)


def as_text(value: object) -> str:
    """`value` as Markdown that shows exactly these characters on one line: no emphasis, link, formula, icon or HTML.

    >>> as_text("*a* [b](c)")
    '\\\\*a\\\\* \\\\[b\\\\]\\\\(c\\\\)'
    """
    one_line = " ".join(str(value).split())
    return _MARKDOWN.sub(r"\\\1", _SHORTHAND.sub(rf"\1{_JOINER}", one_line))


def unmarked(markdown: str) -> str:
    """What a reader sees of a text of the catalogue: without its bold marks, and what `as_text` escaped as it was.

    >>> unmarked("**" + as_text("<unk>") + "**: 3.1 bits")
    '<unk>: 3.1 bits'
    """
    return _WRITTEN.sub(lambda found: found.group(1) or "", markdown)


def small(markdown: str) -> str:
    """The same Markdown (one line) in small print, still dark enough to read from the back of a room, which captions are not."""
    return f":small[:gray[{markdown}]]"


words.speak(lambda key, **values: t(f"figure.{key}", **values))
