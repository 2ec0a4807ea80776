"""The recipes of the language models, tied and untied."""

from __future__ import annotations

from dataclasses import replace

from reprlearn.data.config import TextData
from reprlearn.nn.config import GPTConfig, LSTMConfig
from reprlearn.objectives.config import CausalConfig
from reprlearn.recipes.fit_config import FitConfig
from reprlearn.recipes.recipe import Recipe

# Muon against AdamW without momentum (rate 0.003), small twins on a seventh of the reviews, one seed, valid loss after four
# epochs: 4.671 against 4.996 nats untied, 4.684 against 5.021 tied. The embeddings' rate is what the augmented loss bears: at 0.03
# rows grow to squared lengths of 130 within an epoch, which its temperature of 10 asks the scores to match, and the loss climbs.
# Without it, the untied model comes to 4.689 nats at 0.01 and 4.700 at 0.03 after one epoch of three.
_FIT = FitConfig(
    epochs=3,
    batch_size=64,
    optimiser="muon",
    learning_rate=0.01,
    matrix_rate=0.03,
    momentum=0.0,
    warmup_steps=50,
    clip_norm=1.0,
    precision="bf16",
    snapshot_words=600,
    snapshots_per_epoch=2,
)

LSTM_UNTIED = Recipe(
    name="lstm-untied",
    summary="Two-layer LSTM of width 200 with an output matrix of its own",
    data=TextData(corpus="reviews"),
    model=LSTMConfig(width=200, n_layers=2, dropout=0.1),
    objective=CausalConfig(),
    fit=_FIT,
)
LSTM_TIED = replace(
    LSTM_UNTIED,
    name="lstm-tied",
    summary="The same LSTM with one matrix for the words it reads and the words it predicts",
    model=replace(LSTM_UNTIED.model, tied=True),
)


def _augmented(recipe: Recipe) -> Recipe:
    """The twin with the augmented loss; it differs in `augmented_gain` alone."""
    return replace(
        recipe,
        name=f"{recipe.name}-al",
        summary=f"{recipe.summary}, trained with the augmented loss",
        objective=replace(recipe.objective, augmented_gain=0.5),
    )


LSTM_UNTIED_AL, LSTM_TIED_AL = _augmented(LSTM_UNTIED), _augmented(LSTM_TIED)

GPT_UNTIED = replace(
    LSTM_UNTIED,
    name="gpt-untied",
    summary="Four-layer transformer of width 160 with an output matrix of its own",
    model=GPTConfig(width=160, n_layers=4, n_heads=4, context_length=128, dropout=0.1),
    objective=CausalConfig(sequence_length=128),
    fit=replace(_FIT, batch_size=16, learning_rate=0.01, matrix_rate=0.02, momentum=0.9, second_moment_decay=0.98),
)
GPT_TIED = replace(
    GPT_UNTIED,
    name="gpt-tied",
    summary="The same transformer with one matrix for the words it reads and the words it predicts",
    model=replace(GPT_UNTIED.model, tied=True),
)
QUICK_DEMO = replace(
    LSTM_TIED,
    name="quick-demo",
    summary="A small tied LSTM on a part of the reviews: visibly learns in under two minutes on two cores",
    data=TextData(corpus="reviews", n_words=5_000, max_train_tokens=200_000),
    model=LSTMConfig(tied=True, width=100, n_layers=1, dropout=0.1),
    fit=replace(LSTM_TIED.fit, epochs=5, batch_size=32, learning_rate=0.02, matrix_rate=0.02),
)

TWINS_SMALL_UNTIED = replace(
    LSTM_UNTIED,
    name="twins-small-untied",
    summary="Two-layer LSTM of width 100 on a seventh of the reviews, for comparisons over many seeds",
    data=TextData(corpus="reviews", n_words=5_000, max_train_tokens=300_000),
    model=LSTMConfig(width=100, n_layers=2, dropout=0.2),
    fit=replace(_FIT, epochs=5, batch_size=20, learning_rate=0.02, matrix_rate=0.02),
)
TWINS_SMALL_TIED = replace(
    TWINS_SMALL_UNTIED,
    name="twins-small-tied",
    summary="The same small LSTM with one matrix for the words it reads and the words it predicts",
    model=replace(TWINS_SMALL_UNTIED.model, tied=True),
)
TWINS_SMALL = (
    TWINS_SMALL_UNTIED,
    _augmented(TWINS_SMALL_UNTIED),
    TWINS_SMALL_TIED,
    _augmented(TWINS_SMALL_TIED),
)
"""Plain, AL, RE and REAL of Inan, Khosravi & Socher 2016, in this order."""

# Searched by the validation perplexity after two epochs of the Penn Treebank, one seed, dropout 0.1, batches of 32, the rate
# falling to zero: embeddings at 0.01 and matrices at 0.02 gave 115, 0.01 and 0.04 gave 121, 0.02 and 0.02 gave 108. Batches of 64
# are read 1.35 times as fast, since Muon's work is a step's; with the dropout below, after two epochs of three, they gave 125.0 at
# 0.02 and 123.4 at 0.03. AdamW alone gave 140 after four epochs. Dropout and the number of epochs have not been searched.
PTB_SMALL = Recipe(
    name="ptb-small",
    summary="A small model for an hour on two cores: wide layers behind a narrow tied embedding (on a folder of one's own)",
    data=TextData(as_is=True),
    model=LSTMConfig(tied=True, width=140, hidden_width=380, n_layers=2, dropout=0.2, recurrent_dropout=0.2),
    objective=CausalConfig(rotated=True),
    fit=FitConfig(
        epochs=26,
        batch_size=64,
        optimiser="muon",
        learning_rate=0.03,
        matrix_rate=0.03,
        momentum=0.0,
        warmup_steps=50,
        clip_norm=1.0,
        precision="bf16",
    ),
)
PTB_QUICK = replace(
    PTB_SMALL,
    name="ptb-quick",
    summary="The same model in a few minutes",
    model=replace(PTB_SMALL.model, dropout=0.1, recurrent_dropout=0.0),
    fit=replace(PTB_SMALL.fit, epochs=3),
)

LANGUAGE_MODELS = (
    LSTM_UNTIED,
    LSTM_TIED,
    LSTM_UNTIED_AL,
    LSTM_TIED_AL,
    GPT_UNTIED,
    GPT_TIED,
    QUICK_DEMO,
    *TWINS_SMALL,
    PTB_SMALL,
    PTB_QUICK,
)
