"""The comparison with gensim: the interval of a difference is that of what it should hold, both sides are judged alike."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.word2vec import difference, judge, spearman
from reprlearn.analysis.neighbours import unit_rows
from reprlearn.data.config import TextData
from tests.conftest import write_sentences


def made_up(better: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Cosines of two models over 200 pairs and 5 seeds, of which the first hangs on the judgements by `better` more."""
    draw = np.random.default_rng(seed)
    judgements = draw.normal(size=200)
    hard = draw.normal(size=(200, 1))  # some pairs are odd, for both models
    own, peer = ((0.6 + more) * judgements[:, None] + hard + 0.3 * draw.normal(size=(200, 5)) for more in (better, 0.0))
    return own, peer, judgements


@pytest.mark.parametrize(("better", "sign"), [(0.4, 1), (-0.4, -1)])
def test_a_difference_that_is_there_is_outside_of_zero(better, sign):
    mean, low, high = difference(*made_up(better), n_resamples=300)
    assert sign * low > 0 and sign * high > 0 and low < mean < high
    own, peer, judgements = made_up(better)
    by_hand = np.mean([spearman(own[:, i], judgements) - spearman(peer[:, i], judgements) for i in range(5)])
    assert mean == pytest.approx(by_hand)


def test_a_model_against_itself_makes_no_difference():
    own, _, judgements = made_up(0.0)
    assert difference(own, own, judgements, n_resamples=50) == (0.0, 0.0, 0.0)


def test_words_that_a_model_does_not_know_are_not_judged(tmp_path, monkeypatch):
    pytest.importorskip("gensim")
    corpus = TextData(folder=write_sentences(tmp_path / "corpus")).load()
    from reprlearn.analysis import similarity

    folder = tmp_path / "judgements"
    folder.mkdir()
    pairs = "film\tstory\t8\nactor\tdirector\t7\nmusic\tunheard\t1\nslow\tboring\t6\n"
    for file in similarity.PAIR_SETS.values():
        (folder / file).write_text(pairs, encoding="utf-8")
    (folder / similarity.ANALOGY_FILE).write_text("film story actor director\n", encoding="utf-8")
    monkeypatch.setattr(similarity, "judgements_folder", lambda: folder)
    vectors = unit_rows(np.random.default_rng(0).normal(size=(len(corpus.vocabulary), 5)))
    cosines, measured = judge(vectors, corpus)
    assert set(cosines["pair"]) == {0, 1, 3} and set(measured) == {"wordsim353", "simlex999", "analogies"}
    vectors[corpus.vocabulary.id("slow")] = 0
    assert set(judge(vectors, corpus)[0]["pair"]) == {0, 1}
