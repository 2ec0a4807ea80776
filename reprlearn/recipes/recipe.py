"""A recipe: the typed, complete description of a training."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from reprlearn.data.config import LabelledData, TextData
from reprlearn.data.event_config import EventData
from reprlearn.nn.config import BERTConfig, ClassifierConfig, ELMoConfig, GPTConfig, LSTMConfig, Word2VecConfig
from reprlearn.nn.event_config import EventModelConfig, LogFacts, ScalarFacts
from reprlearn.objectives.config import (
    BidirectionalConfig,
    CausalConfig,
    ClassificationConfig,
    MaskedConfig,
    NextEventConfig,
    Word2VecObjectiveConfig,
)
from reprlearn.recipes.fit_config import FitConfig

if TYPE_CHECKING:
    import torch
    from torch import nn

    from reprlearn.data.events.vocabulary import EventVocabulary
    from reprlearn.data.vocabulary import Vocabulary

KINDS: dict[str, dict[str, Any]] = {
    "data": {"text": TextData, "labelled": LabelledData, "events": EventData},
    "model": {
        "lstm": LSTMConfig,
        "gpt": GPTConfig,
        "word2vec": Word2VecConfig,
        "elmo": ELMoConfig,
        "bert": BERTConfig,
        "classifier": ClassifierConfig,
        "event": EventModelConfig,
    },
    "objective": {
        "causal": CausalConfig,
        "word2vec": Word2VecObjectiveConfig,
        "bidirectional": BidirectionalConfig,
        "masked": MaskedConfig,
        "classification": ClassificationConfig,
        "next-event": NextEventConfig,
    },
}
"""The fields of a recipe that come in several kinds."""

FITS_WITH = {
    "causal": ("text", ("lstm", "gpt")),
    "word2vec": ("text", ("word2vec",)),
    "bidirectional": ("text", ("elmo",)),
    "masked": ("text", ("bert",)),
    "classification": ("labelled", ("classifier",)),
    "next-event": ("events", ("event",)),
}
"""The data and the models that an objective is for."""


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """What to train: data, model, objective and fit."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}  # a card from a newer version is not read as something else

    name: str
    """Name of the recipe, and of its run unless another folder is given."""
    summary: str = ""
    """One line on what it is for."""
    data: TextData | LabelledData | EventData
    model: LSTMConfig | GPTConfig | Word2VecConfig | ELMoConfig | BERTConfig | ClassifierConfig | EventModelConfig
    objective: (
        CausalConfig
        | Word2VecObjectiveConfig
        | BidirectionalConfig
        | MaskedConfig
        | ClassificationConfig
        | NextEventConfig
    )
    fit: FitConfig

    def __post_init__(self) -> None:
        # The name becomes a folder's.
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", self.name) or self.name.endswith(".partial"):
            raise ValueError(
                f"a recipe's name is made of letters, digits, '.', '_' and '-', and does not end in .partial: {self.name[:120]!r}"
            )
        data, models = FITS_WITH[self.objective.kind]
        if self.data.kind != data or self.model.kind not in models:
            raise ValueError(
                f"the objective {self.objective.kind!r} is for {data} and a model of kind {' or '.join(models)},"
                f" however: {self.data.kind!r}, {self.model.kind!r}"
            )
        if isinstance(self.model, GPTConfig | BERTConfig) and isinstance(self.objective, CausalConfig | MaskedConfig):
            most, length = self.model.context_length, self.objective.sequence_length
            if length > most:
                raise ValueError(
                    f"objective.sequence_length must be at most model.context_length, {most}, however: {length}"
                )

    def build_model(self, vocabulary: Vocabulary | EventVocabulary, generator: torch.Generator) -> nn.Module:
        """The model for these words or event types, with weights drawn from `generator`."""
        if isinstance(self.model, EventModelConfig):
            return self.model.build(log_facts(vocabulary), generator)  # type: ignore[arg-type]
        if isinstance(self.model, ELMoConfig):
            return self.model.build(vocabulary.words, generator)
        if isinstance(self.model, ClassifierConfig):
            from reprlearn.data.labelled_corpus import LABELS

            return self.model.build(vocabulary.words, len(LABELS), generator)
        return self.model.build(len(vocabulary), generator)

    def to_dict(self) -> dict[str, Any]:
        """The recipe as JSON holds it; `from_dict` is its inverse."""
        return _plain(asdict(self))

    @staticmethod
    def from_dict(fields: dict[str, Any]) -> Recipe:
        """Read a recipe; `ValueError` names the field that does not fit."""
        from pydantic import TypeAdapter, ValidationError

        def read(kind: Any, value: Any, *within: str) -> Any:
            try:
                return TypeAdapter(kind).validate_python(value)
            except ValidationError as error:
                first = error.errors()[0]
                where = ".".join(map(str, (*within, *first["loc"])))
                raise ValueError(f"recipe field {where}: {first['msg']}") from None

        fields = dict(fields)
        for part, kinds in KINDS.items():
            value = fields.get(part)
            kind = value.get("kind") if isinstance(value, dict) else None
            if kind not in kinds:
                raise ValueError(f"recipe field {part}.kind: {kind!r} is none of {', '.join(kinds)}")
            fields[part] = read(kinds[kind], value, part)
        return read(Recipe, fields)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Path) else value


def log_facts(vocabulary: EventVocabulary) -> LogFacts:
    """What an event model must know of its log."""
    scalars = vocabulary.scalars
    return LogFacts(
        n_types=len(vocabulary),
        scalars=tuple(
            ScalarFacts(
                name=scalar.name,
                transform=scalar.transform,
                mean=scalar.mean,
                scale=scalar.scale,
                period=scalar.period,
                quantiles=scalar.quantiles,
            )
            for scalar in scalars
        ),
        log_duration_mean=vocabulary.log_gap_mean,
        log_duration_scale=vocabulary.log_gap_scale,
        gap_since=next((scalar.name for scalar in scalars if scalar.is_gap_since), None),
        gap_ahead_known=any(scalar.is_gap_ahead for scalar in scalars),
    )
