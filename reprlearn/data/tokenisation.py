"""How text is cut into words. The way back is `reprlearn.data.joining`.

*Tokenised* text is put into Unicode's composed form (NFC) and lower-cased, then cut into

- words: letters and digits, with an apostrophe inside (``o'clock``), and a point or comma inside a number (``2.5``);
- clitics, as in the Penn Treebank: ``don't`` -> ``do n't``, ``movie's`` -> ``movie 's``;
- ``...`` and ``--`` (a run of two or more points or hyphens, the ellipsis sign, an en or em dash);
- every other sign by itself, so ``well-made`` is ``well - made``.

*As is* means that somebody has done this already: words stand between spaces and nothing is changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

UNKNOWN = "<unk>"
END = "<eos>"

_LETTER = r"[\p{L}\p{M}\p{N}]"
_CLITIC = rf"'(?:s|m|d|ll|re|ve)(?!{_LETTER})"
_NOT = rf"n't(?!{_LETTER})"
# A stem stops where n't begins: "don't" is "do" and "n't".
_STEM = rf"(?:(?!{_NOT}){_LETTER})+"
_NUMBER = rf"\p{{Nd}}+(?:[.,]\p{{Nd}}+)+(?!{_LETTER})"
_WORD = rf"{_STEM}(?:(?!{_CLITIC})'{_STEM})*"
_TOKEN = "|".join(("<unk>", "<eos>", _NOT, _CLITIC, _NUMBER, _WORD, r"\.\.\.", "--", r"\S"))
_SPACED = r"[^ \t\r\n\f\v]+"


def new_tokenizer(words: Sequence[str], as_is: bool) -> Tokenizer:
    """A word-level tokenizer whose ids are the positions in `words`; `words` holds ``<unk>``."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(words)}, unk_token=UNKNOWN))
    pattern = _SPACED if as_is else _TOKEN
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(pattern), behavior="removed", invert=True)
    if not as_is:
        replacements = (
            (r"\p{Cc}", " "),
            ("[\u2018\u2019\u201b\u02bc\u00b4`]", "'"),
            ("[\u201c\u201d\u201e\u00ab\u00bb]", '"'),
            ("\u2026", "..."),
            ("[\u2013\u2014]", "--"),
            (r"\.{2,}", "..."),
            ("-{2,}", "--"),
        )
        tokenizer.normalizer = normalizers.Sequence(
            [
                # Soft hyphens and marks without width go first, and lower-casing comes before composing: either may
                # bring a letter and its accent together.
                normalizers.Replace(Regex("[\u00ad\u200b-\u200f\u2060\ufeff]"), ""),
                normalizers.Lowercase(),
                normalizers.NFC(),
                *(normalizers.Replace(Regex(pattern), content) for pattern, content in replacements),
            ]
        )
    return tokenizer


def cut(tokenizer: Tokenizer, text: str) -> list[str]:
    """The tokens of `text` as written (after normalising), whether the vocabulary knows them or not."""
    if tokenizer.normalizer is not None:
        text = tokenizer.normalizer.normalize_str(text)
    assert tokenizer.pre_tokenizer is not None
    return [token for token, _ in tokenizer.pre_tokenizer.pre_tokenize_str(text)]
