"""The causal objective: which words a step reads, and that evaluation scores every token once."""

import math
from itertools import pairwise

import numpy as np
import pytest
import torch

from reprlearn.data.corpora import Corpus
from reprlearn.data.vocabulary import Vocabulary
from reprlearn.nn.config import GPTConfig, LSTMConfig
from reprlearn.objectives.augmented import augmented_cross_entropy
from reprlearn.objectives.causal import CausalObjective
from reprlearn.objectives.config import CausalConfig

OBJECTIVE = CausalObjective(CausalConfig(sequence_length=5))


def corpus(n: int, n_words: int = 30) -> Corpus:
    """A random text; word 0 is `<unk>`, word 1 `<eos>`."""
    stream = np.random.default_rng(n).integers(0, n_words, n).astype(np.int32)
    words = ["<unk>", "<eos>", *(f"w{i}" for i in range(2, n_words))]
    vocabulary = Vocabulary(words, np.bincount(stream, minlength=n_words))
    return Corpus("random", "", "", "", vocabulary, {"train": stream, "valid": stream})


@pytest.fixture(scope="module")
def model():
    return LSTMConfig(width=8, n_layers=1, dropout=0.0).build(30, torch.Generator().manual_seed(0)).eval()


def test_batches_read_each_column_in_order_and_predict_the_word_after():
    text = corpus(103)
    batches = list(OBJECTIVE.batches(text, 4))
    assert len(batches) == OBJECTIVE.n_batches(text, 4)
    ids, targets = (torch.cat(parts, dim=1) for parts in zip(*batches, strict=True))
    column = (103 - 1) // 4
    for i in range(4):
        start = i * column
        assert ids[i].tolist() == text.splits["train"][start : start + column].tolist()
        assert targets[i].tolist() == text.splits["train"][start + 1 : start + column + 1].tolist()


def test_a_later_start_gives_the_same_batches():
    text = corpus(103)
    whole, rest = list(OBJECTIVE.batches(text, 4)), list(OBJECTIVE.batches(text, 4, first=2))
    assert all(torch.equal(a.ids, b.ids) for a, b in zip(whole[2:], rest, strict=True))


def test_processes_share_the_columns():
    text = corpus(103)
    whole = list(OBJECTIVE.batches(text, 4))
    shares = [list(OBJECTIVE.batches(text, 4, rank=rank, n_ranks=2)) for rank in range(2)]
    for batch, *parts in zip(whole, *shares, strict=True):
        assert torch.equal(batch.ids, torch.cat([part.ids for part in parts]))


def test_a_batch_that_does_not_split_is_refused():
    with pytest.raises(ValueError, match="5 does not split over 2"):
        next(OBJECTIVE.batches(corpus(103), 5, n_ranks=2))


def test_a_text_shorter_than_a_batch_is_refused():
    with pytest.raises(ValueError, match="too short"):
        OBJECTIVE.n_batches(corpus(4), 8)


@torch.no_grad()
def naive_log_probabilities(model, stream) -> torch.Tensor:
    """One token at a time from `<eos>`, the state carried."""
    state, previous, scored = None, 1, []
    for token in stream.tolist():
        hidden, state = model(torch.tensor([[previous]]), state)
        scored.append(model.output(hidden)[0, 0].log_softmax(0)[token])
        previous = token
    return torch.stack(scored).double()


@pytest.mark.parametrize("n", [1, 2, 127, 128, 129, 700])
def test_one_column_scores_every_token_after_all_before_it(model, n):
    stream = torch.from_numpy(corpus(n).splits["valid"]).long()
    scored = OBJECTIVE.stream_log_probabilities(model, stream, end_id=1, n_columns=1)
    torch.testing.assert_close(scored, naive_log_probabilities(model, stream), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("n_columns", [2, 3, 8])
def test_more_columns_score_the_same_tokens(model, n_columns):
    stream = torch.from_numpy(corpus(9_001).splits["valid"]).long()
    one = OBJECTIVE.stream_log_probabilities(model, stream, end_id=1, n_columns=1)
    many = OBJECTIVE.stream_log_probabilities(model, stream, end_id=1, n_columns=n_columns)
    assert len(many) == 9_001
    torch.testing.assert_close(many, one, rtol=1e-4, atol=1e-4)  # 256 words of context make up for all before them


def test_metrics_are_means_over_the_split(model):
    text = corpus(3_000)
    metrics = OBJECTIVE.evaluate(model, text, "valid")
    log_p = OBJECTIVE.stream_log_probabilities(model, torch.from_numpy(text.splits["valid"]).long(), 1)
    known = torch.from_numpy(text.splits["valid"]) != 0
    assert metrics["loss"] == pytest.approx(-log_p.mean().item())
    assert metrics["perplexity"] == pytest.approx(math.exp(metrics["loss"]))
    assert metrics["perplexity_without_unk"] == pytest.approx(math.exp(-log_p[known].mean().item()))
    assert (metrics["tokens"], metrics["unk_tokens"]) == (3_000, int((~known).sum()))


def test_evaluation_leaves_training_mode_as_it_was(model):
    model.train()
    OBJECTIVE.evaluate(model, corpus(300), "valid")
    assert model.training
    model.eval()


def test_the_parts_of_the_loss_add_up(model):
    """Augmented loss and projection regularisation come on top of the plain loss, each by its own field."""
    text = corpus(103)
    plain, augmented = (CausalObjective(CausalConfig(sequence_length=5, augmented_gain=gain)) for gain in (0.0, 0.6))
    batch = next(plain.batches(text, 4))
    hidden = model(batch.ids)[0].flatten(0, 1)
    scored = hidden, model.output_embedding(), model.output_bias(), batch.targets.flatten(), model.input_embedding()
    difference = augmented.loss(model, batch, None)[0] - plain.loss(model, batch, None)[0]
    expected = augmented_cross_entropy(*scored, temperature=10.0, gain=0.6) - augmented_cross_entropy(
        *scored, temperature=10.0, gain=0.0
    )
    torch.testing.assert_close(difference, expected, rtol=1e-3, atol=1e-6)
    # Scoring a split knows nothing of them: perplexities of all models are of one kind.
    assert plain.evaluate(model, text, "valid") == augmented.evaluate(model, text, "valid")


def test_projection_regularisation_adds_the_norm_of_the_projection(model):
    text = corpus(103)
    config = LSTMConfig(width=8, n_layers=1, dropout=0.0, projection=True)
    with_it = config.build(30, torch.Generator().manual_seed(0)).eval()
    plain, penalised = (CausalObjective(CausalConfig(sequence_length=5, projection_penalty=p)) for p in (0.0, 0.15))
    batch = next(plain.batches(text, 4))
    # It starts as the identity: the model is the one without.
    torch.testing.assert_close(plain.loss(with_it, batch, None)[0], plain.loss(model, batch, None)[0])
    difference = penalised.loss(with_it, batch, None)[0] - plain.loss(with_it, batch, None)[0]
    assert difference.item() == pytest.approx(0.15 * 8**0.5, rel=1e-4)
    with pytest.raises(ValueError, match=r"needs a model with a projection"):
        penalised.loss(model, batch, None)


def test_activation_penalties_add_mean_squares_of_the_states_and_of_their_change(model):
    text = corpus(103)
    batch = next(OBJECTIVE.batches(text, 4))
    hidden = model(batch.ids)[0]
    squares, changes = [], []
    for column in hidden.tolist():
        squares += [value**2 for state in column for value in state]
        changes += [(b - a) ** 2 for before, after in pairwise(column) for a, b in zip(before, after, strict=True)]
    plain = CausalObjective(CausalConfig(sequence_length=5)).loss(model, batch, None)[0].item()
    for config, expected in (
        (CausalConfig(sequence_length=5, activation_penalty=2.0), squares),
        (CausalConfig(sequence_length=5, change_penalty=2.0), changes),
    ):
        added = CausalObjective(config).loss(model, batch, None)[0].item() - plain
        assert added == pytest.approx(2 * sum(expected) / len(expected), rel=1e-3)


def test_a_rotated_text_is_read_whole_from_another_place_each_epoch():
    text = corpus(103)
    rotated = CausalObjective(CausalConfig(sequence_length=5, rotated=True))
    n = rotated.n_batches(text, 4)
    epochs = []
    for epoch, seed in ((0, 0), (1, 0), (0, 1), (0, 0)):
        batches = list(rotated.batches(text, 4, epoch=epoch, seed=seed))
        assert len(batches) == n
        columns = torch.cat([batch.ids for batch in batches], dim=1)
        read = columns.flatten().tolist()
        twice = text.splits["train"].tolist() * 2
        # Columns one after another are the text, begun somewhere and read around its end.
        assert any(twice[start : start + len(read)] == read for start in range(103))
        assert torch.equal(torch.cat([batch.targets for batch in batches], dim=1)[:, :-1], columns[:, 1:])
        epochs.append(read)
    assert epochs[0] == epochs[3]
    assert epochs[0] != epochs[1] != epochs[2] != epochs[0]


@pytest.fixture(scope="module")
def looking_back():
    """A transformer that looks back on 16 words, its weights large enough for them to matter."""
    config = GPTConfig(width=8, n_layers=1, n_heads=2, context_length=16, dropout=0.1)
    model = config.build(30, torch.Generator().manual_seed(0))
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.ndim == 2:
                parameter.mul_(20)
    return model.train()


@pytest.mark.parametrize("n", [1, 16, 17, 100])
@torch.no_grad()
def test_a_model_of_limited_context_is_scored_word_by_word(looking_back, n):
    stream = torch.from_numpy(corpus(n).splits["valid"]).long()
    scored = OBJECTIVE.stream_log_probabilities(looking_back, stream, end_id=1)
    assert looking_back.training
    looking_back.eval()
    text = [1, *stream.tolist()]
    starts = [0] if n <= 16 else [*range(0, n - 16, 8), n - 16]
    for i, token in enumerate(stream.tolist()):
        start = next(start for start in starts if i < start + 16)
        logits = looking_back.next_token_logits(torch.tensor([text[start : i + 1]]))[0, -1]
        assert scored[i].item() == pytest.approx(logits.log_softmax(0)[token].item(), abs=1e-4)
    looking_back.train()


def test_a_model_of_limited_context_carries_nothing_in_training(looking_back):
    batches = list(OBJECTIVE.batches(corpus(103), 4))
    looking_back.eval()
    _, carried = OBJECTIVE.loss(looking_back, batches[0], None)
    assert carried == ()
    first, after = (OBJECTIVE.loss(looking_back, batches[1], state)[0] for state in (None, carried))
    looking_back.train()
    assert torch.equal(first, after)
    with pytest.raises(ValueError, match="needs a model with a projection"):
        CausalObjective(CausalConfig(sequence_length=5, projection_penalty=0.1)).loss(looking_back, batches[0], None)
