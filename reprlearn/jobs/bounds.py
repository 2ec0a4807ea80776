"""How much of this machine a training may ask for: the bounds of a recipe's numbers, held on the server and shown in the form.

What makes sense at all is judged by the recipe itself; these are narrower, and about what a shared machine can bear.
"""

from __future__ import annotations

from reprlearn.jobs.rights import JobError
from reprlearn.recipes import Recipe
from reprlearn.recipes.fields import Field, fields_of

MOST_EMBEDDED = 40_000_000
"""Rows of the vocabulary times width: 160 MB in a matrix, and an optimiser holds three to five of them."""

BOUNDS: dict[str, tuple[float, float]] = {
    "data.n_words": (23, 100_000),
    "data.max_train_tokens": (1_000, 50_000_000),
    "data.n_labels": (2, 25_000),
    "data.draw": (0, 1_000_000),
    "data.n_valid": (2, 25_000),
    "data.max_words": (1, 1_024),
    "data.n_train_sequences": (1, 1_000_000),
    "model.width": (1, 2_048),
    "model.hidden_width": (1, 2_048),
    "model.n_layers": (1, 24),
    "model.n_heads": (1, 64),
    "model.context_length": (2, 1_024),
    "model.character_width": (1, 256),
    "model.n_highways": (0, 8),
    "model.longest_word": (5, 64),
    "model.n_buckets": (1, 1_024),
    "model.temperature": (0.001, 1_000),
    "model.frequency_scale": (0.001, 1_000),
    "model.dropout": (0, 0.95),
    "model.recurrent_dropout": (0, 0.95),
    "model.word_dropout": (0, 0.95),
    "objective.sequence_length": (2, 1_024),
    "objective.augmented_gain": (0, 100),
    "objective.augmented_temperature": (0.1, 1_000),
    "objective.projection_penalty": (0, 100),
    "objective.activation_penalty": (0, 100),
    "objective.change_penalty": (0, 100),
    "objective.window": (1, 50),
    "objective.n_negatives": (1, 100),
    "objective.n_noise": (1, 4_096),
    "objective.threshold": (0, 1),
    "objective.share": (0.01, 0.9),
    "objective.duration_weight": (0, 100),
    "objective.max_length": (1, 4_096),
    "fit.seed": (0, 2**31 - 1),
    "fit.epochs": (1, 200),
    "fit.patience": (1, 200),
    "fit.batch_size": (1, 1_024),
    "fit.learning_rate": (1e-6, 100),
    "fit.matrix_rate": (1e-6, 10),
    "fit.momentum": (0, 0.999),
    "fit.second_moment_decay": (0, 0.99999),
    "fit.weight_decay": (0, 10),
    "fit.hold": (0, 1),
    "fit.warmup_steps": (0, 100_000),
    "fit.clip_norm": (0.001, 1_000),
    "fit.snapshot_words": (0, 5_000),
    "fit.snapshots_per_epoch": (1, 20),
}


def bounds_of(field: Field) -> tuple[float, float] | None:
    """Least and most of a number; None for what is none. KeyError for a number nobody thought of bounding."""
    return BOUNDS[field.path] if field.kind in ("whole", "real") else None


def check_bounds(recipe: Recipe) -> None:
    """JobError: a number of the recipe is out of bounds, or its matrices are too large."""
    for field in fields_of(recipe):
        bounds = bounds_of(field)
        if bounds is not None and field.value is not None and not bounds[0] <= field.value <= bounds[1]:
            low, high = bounds
            raise JobError(f"{field.path} must be from {low:,g} to {high:,g} here, however: {field.value:,}")
    n_words, width = getattr(recipe.data, "n_words", 1), recipe.model.width
    if n_words * width > MOST_EMBEDDED:
        raise JobError(
            f"{n_words:,} words of width {width:,} make a matrix too large for this machine: data.n_words times model.width"
            f" may be {MOST_EMBEDDED:,} at most"
        )
