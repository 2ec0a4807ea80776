"""The reference: words that stand in one another's place are near, and nothing crosses from one text into the next."""

from __future__ import annotations

import numpy as np
import pytest

from reprlearn.analysis.reference_neighbours import contexts, neighbours_from, ppmi
from reprlearn.data.vocabulary import Vocabulary

WORDS = ("<unk>", "<eos>", "never", "a", "b", "c", "cat", "dog", "runs", "sleeps", "one", "two", "red", "blue")


def vocabulary() -> Vocabulary:
    return Vocabulary(WORDS, np.arange(len(WORDS)))


def stream(*texts: str) -> np.ndarray:
    return np.array([WORDS.index(word) for text in texts for word in [*text.split(), "<eos>"]], dtype=np.int32)


def test_contexts_are_counted_as_a_loop_would_with_the_side_they_stand_on() -> None:
    ids, n, window = stream("a b a c", "b c"), len(WORDS), 2
    expected = np.zeros((n, 2 * n))
    for i, word in enumerate(ids):
        for distance in (1, 2):
            for j, offset in ((i + distance, 0), (i - distance, n)):
                if word != 1 and 0 <= j < len(ids) and 1 not in ids[min(i, j) : max(i, j) + 1]:
                    expected[word, offset + ids[j]] += 1
    np.testing.assert_array_equal(contexts(ids, n, 1, window).toarray(), expected)


def test_ppmi_of_counts_whose_answer_is_known() -> None:
    from scipy.sparse import csr_matrix

    found = ppmi(csr_matrix(np.array([[8.0, 0, 0], [0, 1, 1]])), smoothing=1.0).toarray()
    np.testing.assert_allclose(found, [[np.log(10 / 8), 0, 0], [0, np.log(5), np.log(5)]])
    assert found.min() >= 0


def test_smoothing_takes_from_rare_contexts_what_they_get_for_being_rare() -> None:
    from scipy.sparse import csr_matrix

    counts = csr_matrix(np.array([[8.0, 0, 0], [0, 1, 1]]))
    assert ppmi(counts).toarray()[1, 1] < ppmi(counts, smoothing=1.0).toarray()[1, 1]


def test_words_in_one_anothers_place_are_neighbours_and_words_without_any_have_none() -> None:
    draw = np.random.default_rng(0)
    texts = [
        f"{draw.choice(['one', 'two'])} {draw.choice(['red', 'blue'])} {draw.choice(['cat', 'dog'])} "
        f"{draw.choice(['runs', 'sleeps'])}"
        for _ in range(300)
    ]
    found = neighbours_from(stream(*texts), vocabulary(), k=3, width=4, window=3)
    nearest = {WORDS[i]: WORDS[j] for i, j in enumerate(found[:, 0]) if j >= 0}
    pairs = [("cat", "dog"), ("runs", "sleeps"), ("one", "two"), ("red", "blue")]
    assert all(nearest[a] == b and nearest[b] == a for a, b in pairs)
    assert (found[[0, 1, 2, 3]] == -1).all(), "<unk>, <eos> and words that never occur have no neighbours"
    assert not np.isin(found, [0, 1, 2]).any(), "and are nobody's"


def test_fewer_words_than_neighbours_leave_the_end_empty() -> None:
    found = neighbours_from(stream("a b a b", "b a"), vocabulary(), k=3, width=4, window=2)
    assert found[WORDS.index("a")].tolist() == [WORDS.index("b"), -1, -1]


@pytest.mark.parametrize("texts", [[], ["a"]])
def test_a_text_too_small_for_neighbours_gives_none(texts: list[str]) -> None:
    assert (neighbours_from(stream(*texts), vocabulary(), k=2, width=4, window=2) == -1).all()
