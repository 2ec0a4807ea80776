"""Sampled continuations: seeded, the same model state as reading the whole text, never a word that was filtered out."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from reprlearn.analysis.continuation import MAX_WORDS, continue_prompt
from reprlearn.analysis.prediction import next_tokens, read_prompt
from reprlearn.runs import Run
from tests.analysis.conftest import MadeRun

PROMPT = "the story is slow but"


@pytest.fixture(scope="module")
def trained(tiny_runs) -> Run:
    return Run(tiny_runs / "tiny-untied")


def test_a_seed_repeats_and_a_longer_text_begins_with_the_shorter(trained: Run) -> None:
    long = continue_prompt(trained, PROMPT, 30, seed=3)
    assert long["word"].tolist() == continue_prompt(trained, PROMPT, 30, seed=3)["word"].tolist()
    assert long["word"].tolist()[:7] == continue_prompt(trained, PROMPT, 7, seed=3)["word"].tolist()
    assert len({tuple(continue_prompt(trained, PROMPT, 10, seed=seed)["word"]) for seed in range(5)}) > 1
    assert continue_prompt(trained, PROMPT, 0).empty


def test_each_word_is_drawn_from_what_the_model_expects_after_all_before_it(trained: Run) -> None:
    drawn = continue_prompt(trained, PROMPT, 12, seed=1)
    ids = torch.tensor([[trained.vocabulary.end_id, *trained.vocabulary.encode(PROMPT), *drawn["word_id"]]])
    rows = trained.model.next_token_logits(ids)[0].log_softmax(-1).numpy()[-13:-1]
    own = rows[np.arange(12), drawn["word_id"]]
    np.testing.assert_allclose(np.log(drawn["probability"]), own, atol=1e-4)
    np.testing.assert_array_equal(drawn["rank"], 1 + (rows > own[:, None]).sum(axis=1))
    np.testing.assert_allclose(drawn["surprisal_bits"], -own / np.log(2), atol=1e-3)


def test_a_model_of_limited_context_goes_on_beyond_it(tmp_path) -> None:
    from reprlearn.nn.config import GPTConfig

    words = ["<unk>", "<eos>", "a", "b", "c"]
    config = GPTConfig(width=8, n_layers=1, n_heads=2, context_length=6, dropout=0.0)
    model = config.build(5, torch.Generator().manual_seed(0)).eval()
    run = MadeRun({"input": np.eye(5, dtype=np.float32)}, tmp_path, words=words, model=model)
    drawn = continue_prompt(run, "a b c", 15, seed=0)
    assert len(drawn) == 15
    known = [word for word in drawn["word"] if word in "abc"]
    assert known, "something to read on with"
    # The first word beyond the context is still what the model says of the last six words.
    ids = [1, 2, 3, 4, *drawn["word_id"]]
    for i in (0, 1, 5, 14):
        window = torch.tensor([ids[: 4 + i][-6:]])
        row = model.next_token_logits(window)[0, -1].softmax(0).detach().numpy()
        assert float(drawn["probability"].to_numpy()[i]) == pytest.approx(row[ids[4 + i]], rel=1e-4)


def test_filters_hold_at_every_step_and_one_word_is_no_choice(trained: Run) -> None:
    greedy = continue_prompt(trained, PROMPT, 10, seed=9, top_k=1)
    assert set(greedy["rank"]) == {1} and set(greedy["sampling_probability"]) == {1.0}
    assert greedy["word"].iloc[0] == next_tokens(trained, PROMPT)["word"].iloc[0]
    assert max(continue_prompt(trained, PROMPT, 60, seed=9, top_k=3)["rank"]) <= 3


def test_draws_follow_the_distribution(trained: Run) -> None:
    first = [continue_prompt(trained, PROMPT, 1, seed=seed)["word_id"].iloc[0] for seed in range(400)]
    expected = np.exp(read_prompt(trained, PROMPT).next_log_probabilities)
    top = int(expected.argmax())
    share, spread = first.count(top) / 400, np.sqrt(expected[top] * (1 - expected[top]) / 400)
    assert abs(share - expected[top]) < 4 * spread


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"n_words": -1}, "n_words=-1"), ({"n_words": MAX_WORDS + 1}, "n_words"), ({"n_words": 1, "seed": -2}, "seed=-2"),
     ({"n_words": 1, "temperature": 0.0}, "temperature=0")],
)  # fmt: skip
def test_wrong_questions_are_refused(trained: Run, wrong: dict, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        continue_prompt(trained, PROMPT, **wrong)
