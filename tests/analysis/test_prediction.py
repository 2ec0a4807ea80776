from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from reprlearn.analysis import prediction
from reprlearn.analysis.prediction import (
    alternatives_from,
    effective_words,
    entropy_bits,
    next_tokens,
    next_tokens_from,
    read_prompt,
    surprisal,
)
from reprlearn.analysis.sampling import sampling_probabilities
from tests.analysis.conftest import MadeRun

WORDS = ["<unk>", "<eos>", "a", "b", "c"]
# Row i: the distribution after word i. After <eos> comes "a" (1/2), after "a" comes "b" (1/4), after "b" comes
# "c" (1/8).
AFTER = np.array(
    [
        [0.2, 0.2, 0.2, 0.2, 0.2],
        [0.125, 0.125, 0.5, 0.125, 0.125],
        [0.25, 0.125, 0.125, 0.25, 0.25],
        [0.5, 0.125, 0.125, 0.125, 0.125],
        [0.0625, 0.0625, 0.125, 0.25, 0.5],
    ]
)


class Bigrams:
    """Predicts from the last word alone, so that every figure is known by hand; logits are off by a constant a row."""

    def next_token_logits(self, ids: torch.Tensor) -> torch.Tensor:
        return torch.log(torch.tensor(AFTER, dtype=torch.float32))[ids] + ids[..., None].float()


class Recurrent(Bigrams):
    """Carries the number of words read in its state; from the 100th word on, "c" is certain."""

    def initial_state(self, batch_size: int) -> int:
        return 0

    def __call__(self, ids: torch.Tensor, state: int) -> tuple[torch.Tensor, int]:
        return torch.arange(state, state + ids.shape[1])[None], state + ids.shape[1]

    def output(self, n_read: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.one_hot(torch.where(n_read >= 99, 4, 2), 5).float() * 30


@pytest.fixture
def run(tmp_path) -> MadeRun:
    return MadeRun({"input": np.eye(5, dtype=np.float32)}, tmp_path, words=WORDS, model=Bigrams())


def test_the_distribution_after_the_prompt(run: MadeRun) -> None:
    frame = next_tokens(run, "a b")
    assert frame["word"].tolist() == ["<unk>", "<eos>", "a", "b", "c"], "by probability, then by id"
    np.testing.assert_allclose(frame["probability"], sorted(AFTER[3], reverse=True), rtol=1e-5)
    np.testing.assert_allclose(frame["sampling_probability"], frame["probability"], rtol=1e-5)
    assert frame["rank"].tolist() == [1, 2, 3, 4, 5]
    after_c = next_tokens(run, "c")
    assert after_c["word"].tolist() == ["c", "b", "a", "<unk>", "<eos>"]


def test_an_empty_prompt_is_read_as_the_end_of_a_text(run: MadeRun) -> None:
    assert next_tokens(run, "")["word"].iloc[0] == "a"
    assert len(surprisal(run, "  ")) == 0


def test_surprisal_of_a_word_comes_from_the_words_before_it(run: MadeRun) -> None:
    """Row i is the prediction for token i: off by one, these figures would be others."""
    frame = surprisal(run, "a b zebra c")
    assert frame["token"].tolist() == ["a", "b", "zebra", "c"]
    assert frame["known"].tolist() == [True, True, False, True]
    assert frame["word_id"].tolist() == [2, 3, 0, 4]
    np.testing.assert_allclose(frame["probability"], [0.5, 0.25, 0.5, 0.2], rtol=1e-5)
    np.testing.assert_allclose(frame["surprisal_bits"], [1, 2, 1, np.log2(5)], rtol=1e-5)
    assert frame["rank"].tolist() == [1, 1, 1, 1]
    assert surprisal(run, "b")["rank"].tolist() == [2]


def test_the_alternatives_of_a_position_are_those_for_it_and_not_for_the_next(run: MadeRun) -> None:
    frame = alternatives_from(read_prompt(run, "a b"))
    here = [frame.loc[frame["position"] == i] for i in range(2)]
    for found, row in zip(here, AFTER[[1, 2]], strict=True):  # after <eos>; after <eos> a
        assert found["word_id"].tolist() == np.argsort(-row, kind="stable").tolist()
        np.testing.assert_allclose(found["probability"], np.sort(row)[::-1], rtol=1e-5)
    assert here[0]["word"].iloc[0] == "a" and here[1]["word"].tolist() == ["<unk>", "b", "c", "<eos>", "a"]
    assert len(alternatives_from(read_prompt(run, ""))) == 0


@pytest.mark.parametrize("model", [Bigrams(), Recurrent()])
def test_a_long_prompt_read_in_pieces_gives_the_same(
    run: MadeRun, monkeypatch: pytest.MonkeyPatch, model: Bigrams
) -> None:
    run.model = model
    prompt = "a b c c b " * 50
    whole = read_prompt(run, prompt)
    monkeypatch.setattr(prediction, "PIECE", 7)
    pieces = read_prompt(run, prompt)
    np.testing.assert_allclose(pieces.log_probabilities, whole.log_probabilities, atol=1e-6)
    np.testing.assert_array_equal(pieces.ranks, whole.ranks)
    np.testing.assert_array_equal(pieces.top_ids, whole.top_ids)
    np.testing.assert_allclose(pieces.top_log_probabilities, whole.top_log_probabilities, atol=1e-6)
    np.testing.assert_allclose(pieces.next_log_probabilities, whole.next_log_probabilities, atol=1e-6)


def test_ten_thousand_words_carry_the_state_to_the_end(run: MadeRun) -> None:
    run.model = Recurrent()
    reading = read_prompt(run, "a " * 10_000)
    assert len(reading.tokens) == 10_000
    np.testing.assert_allclose(reading.log_probabilities[:99], 0, atol=1e-6)
    assert (reading.log_probabilities[99:] < -20).all()
    assert next_tokens_from(reading)["word"].iloc[0] == "c"


def test_a_trained_model_reads_in_pieces_what_it_reads_at_once(tiny_runs, monkeypatch: pytest.MonkeyPatch) -> None:
    from reprlearn.runs import Run

    trained = Run(tiny_runs / "tiny-untied")
    prompt = "the director is wonderful and i loved it . " * 3
    reading = read_prompt(trained, prompt)
    guessed = reading.ranks == 1
    assert guessed.any() and ((reading.top_ids[:, 0] == reading.word_ids) == guessed).all()
    context = torch.tensor([[trained.vocabulary.end_id, *trained.vocabulary.encode(prompt)]])
    expected = trained.model.next_token_logits(context)[0].log_softmax(-1).numpy()
    own = expected[np.arange(len(reading.tokens)), reading.word_ids]
    np.testing.assert_allclose(reading.log_probabilities, own, atol=1e-5)
    np.testing.assert_allclose(reading.next_log_probabilities, expected[-1], atol=1e-5)
    monkeypatch.setattr(prediction, "PIECE", 4)
    np.testing.assert_allclose(read_prompt(trained, prompt).log_probabilities, own, atol=1e-5)


@pytest.mark.parametrize("n_words", [3, 7, 8, 9, 40])
def test_a_model_of_limited_context_says_how_much_of_the_prompt_counted(run: MadeRun, n_words: int) -> None:
    from reprlearn.nn.config import GPTConfig

    config = GPTConfig(width=8, n_layers=1, n_heads=2, context_length=8, dropout=0.0)
    run.model = config.build(5, torch.Generator().manual_seed(0)).eval()
    words = np.random.default_rng(n_words).choice(["a", "b", "c"], n_words)
    reading = read_prompt(run, " ".join(words))
    assert len(reading.log_probabilities) == n_words and (reading.log_probabilities < 0).all()
    ids = torch.tensor([1, *reading.word_ids])
    expected = run.model.next_token_logits(ids[None, -8:])[0, -1].log_softmax(0).detach().numpy()
    np.testing.assert_allclose(reading.next_log_probabilities, expected, atol=1e-5)
    assert reading.context_length == 8
    # The last window holds 8 words; of a prompt of 8 or more, <eos> is the first to fall out.
    assert reading.n_out_of_context == max(0, n_words - 8)


def test_a_model_without_a_limit_leaves_nothing_out(run: MadeRun) -> None:
    reading = read_prompt(run, "a b " * 500)
    assert reading.context_length is None and reading.n_out_of_context == 0


def naive_sampling(
    probabilities: list[float], temperature: float, top_k: int | None, top_p: float | None
) -> list[float]:
    weights = [p ** (1 / temperature) for p in probabilities]
    order = sorted(range(len(weights)), key=lambda i: (-weights[i], i))[: top_k or len(weights)]
    total = sum(weights[i] for i in order)
    kept, mass = [], 0.0
    for i in order:
        if top_p is None or mass < top_p:
            kept.append(i)
        mass += weights[i] / total
    total = sum(weights[i] for i in kept)
    return [weights[i] / total if i in kept else 0.0 for i in range(len(weights))]


@given(
    st.lists(st.integers(1, 1000), min_size=2, max_size=12),
    st.floats(0.3, 3),
    st.none() | st.integers(1, 15),
    st.none() | st.floats(0.05, 0.95),
)
def test_temperature_and_filters_agree_with_a_plain_reading(counts, temperature, top_k, top_p) -> None:
    probabilities = [count / sum(counts) for count in counts]
    found = sampling_probabilities(np.log(probabilities), temperature, top_k, top_p)
    assert found.sum() == pytest.approx(1)
    assert (found > 0).any()
    if top_k is not None:
        assert (found > 0).sum() <= top_k
    expected = naive_sampling(probabilities, temperature, top_k, top_p)
    # Where the mass meets top_p within rounding, either reading is right.
    if (found > 0).sum() == sum(p > 0 for p in expected):
        np.testing.assert_allclose(found, expected, atol=1e-9)
    else:
        assert abs((found > 0).sum() - sum(p > 0 for p in expected)) == 1


def test_cases_by_hand() -> None:
    log_p = np.log([0.5, 0.3, 0.1, 0.1])
    np.testing.assert_allclose(sampling_probabilities(log_p, top_k=3), [5 / 9, 3 / 9, 1 / 9, 0], atol=1e-12)
    np.testing.assert_allclose(sampling_probabilities(log_p, top_p=0.79), [0.625, 0.375, 0, 0], atol=1e-12)
    np.testing.assert_allclose(sampling_probabilities(log_p, top_p=1e-9), [1, 0, 0, 0])
    np.testing.assert_allclose(sampling_probabilities(log_p, top_p=1.0), np.exp(log_p))
    squares = np.array([25, 9, 1, 1])
    np.testing.assert_allclose(sampling_probabilities(log_p, temperature=0.5), squares / 36, atol=1e-12)
    assert sampling_probabilities(log_p, temperature=1e-6).tolist() == [1, 0, 0, 0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"temperature": 0},
        {"temperature": -1.5},
        {"temperature": float("nan")},
        {"top_k": 0},
        {"top_p": 0.0},
        {"top_p": 1.5},
    ],
)
def test_settings_that_make_no_distribution_are_refused_with_their_value(run: MadeRun, wrong: dict) -> None:
    ((name, value),) = wrong.items()
    with pytest.raises(ValueError, match=f"{name}.*{value}"):
        next_tokens(run, "a", **wrong)


def test_entropy_counts_choices() -> None:
    assert entropy_bits(np.full(8, 1 / 8)) == pytest.approx(3)
    assert effective_words(np.full(8, 1 / 8)) == pytest.approx(8)
    assert entropy_bits(np.array([0.0, 1.0])) == 0
