"""The recipes of models that are trained on much text to be of use elsewhere."""

from __future__ import annotations

from dataclasses import replace

from reprlearn.data.config import TextData
from reprlearn.nn.config import BERTConfig, ELMoConfig, GPTConfig
from reprlearn.objectives.config import BidirectionalConfig, CausalConfig, MaskedConfig
from reprlearn.recipes.fit_config import FitConfig
from reprlearn.recipes.recipe import Recipe

_FIT = FitConfig(
    optimiser="muon",
    learning_rate=0.01,
    matrix_rate=0.02,
    momentum=0.9,
    second_moment_decay=0.98,
    warmup_steps=100,
    clip_norm=1.0,
    precision="bf16",
    epochs=3,
    batch_size=32,
    snapshot_words=600,
)

ELMO = Recipe(
    name="elmo",
    summary="Two recurrent language models, one a direction, over words made of their characters",
    data=TextData(corpus="reviews-full"),
    model=ELMoConfig(width=160),
    objective=BidirectionalConfig(),
    fit=replace(_FIT, epochs=2),
)
BERT = Recipe(
    name="bert",
    summary="A transformer that reads from both sides and fills in words that were taken out",
    data=TextData(corpus="reviews-full"),
    model=BERTConfig(width=160),
    # The paper's 0.15 learns less from a text that is read so few times: 5.17 nats for 4.77 after 1.5 million tokens, read once
    # (validation text, every seventh word masked).
    objective=MaskedConfig(share=0.3),
    fit=replace(_FIT, epochs=5, batch_size=16),
)
GPT = replace(
    BERT,
    name="gpt",
    summary="A transformer of BERT's size that reads from the left and predicts the next word",
    model=GPTConfig(tied=True, width=160),
    objective=CausalConfig(sequence_length=128),
    fit=replace(_FIT, batch_size=16),
)

PRETRAINED = (ELMO, BERT, GPT)
