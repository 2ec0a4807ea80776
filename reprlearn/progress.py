"""The record of a training step. Imports nothing, so that every layer may speak it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What training reports from time to time, and what a run's curves are made of.

    Losses are in nats a token. `train_loss` is the mean over the steps since the previous record. `valid_loss` is set on
    the record that ends an epoch. The gradient norms are those of one step, the first since the previous record, before
    clipping: the part of the gradient that reaches the input matrix through the words read, and the part that reaches
    the output matrix through the words predicted. A tied model has one matrix, and both parts still are told apart.
    """

    step: int
    total_steps: int
    epoch: int
    tokens: int
    train_loss: float
    learning_rate: float
    tokens_per_second: float
    elapsed_seconds: float
    valid_loss: float | None = None
    input_gradient_norm: float | None = None
    output_gradient_norm: float | None = None
