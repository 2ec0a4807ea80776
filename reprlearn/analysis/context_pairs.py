"""How far apart one word lands in two sentences, layer by layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from reprlearn.analysis.context_vectors import states_of
from reprlearn.analysis.neighbours import unit_rows

if TYPE_CHECKING:
    from reprlearn.analysis.typed import Typed
    from reprlearn.runs import Run


def shared_words(a: Typed, b: Typed, counts: np.ndarray) -> list[tuple[str, int]]:
    """(word as typed, its id) of each known word that stands in both, the rarest first: it is most likely the one that is meant.

    counts: (V,) how often each word stands in the training text.
    """
    in_b = set(b.ids[b.known].tolist())
    shared = {
        int(i): token
        for token, i, known in reversed(list(zip(a.tokens, a.ids.tolist(), a.known.tolist(), strict=True)))
        if known and i in in_b
    }
    ranked = sorted(shared, key=lambda i: (int(counts[i]), shared[i]))
    return [(shared[i], i) for i in ranked]


def apart(run: Run, a: Typed, b: Typed, word_id: int) -> pd.DataFrame:
    """The cosine of a word's vectors in two sentences, each read by itself, in each layer: layer, cosine.

    Of a word that stands in a sentence more than once, the first counts. ValueError where a sentence lacks it.
    """
    vectors = []
    for typed in (a, b):
        places = np.flatnonzero(typed.ids == word_id)
        if not len(places):
            raise ValueError(f"{run.vocabulary.words[word_id]!r} does not stand in both sentences")
        states = states_of(run, typed.ids)
        vectors.append(np.stack([unit_rows(layer[[places[0]]])[0] for layer in states]))
    cosines = (vectors[0] * vectors[1]).sum(axis=1).clip(-1, 1)
    return pd.DataFrame({"layer": np.arange(len(cosines)), "cosine": cosines.astype(np.float64)})
