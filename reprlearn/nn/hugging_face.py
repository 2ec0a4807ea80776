"""A causal language model of Hugging Face's transformers, asked as the models here are.

transformers is optional: without it the two matrices of such a model can still be looked at, and its predictions cannot.
Nothing of the model's folder is run: the class comes from transformers, the weights from safetensors.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

VERSION = "5.24.0"
INSTALL = f"pip install transformers=={VERSION}"
MOST_CONTEXT = 1_024
"""Tokens looked back on at most, whatever a model allows: a visitor waits for the answer."""
MOST_BUFFER = 500_000_000
_MACHINE = ("attn_implementation", "experts_implementation", "quantization_config", "use_kernels", "auto_map")


class HuggingFaceLanguageModel(nn.Module):
    """Tokens read so far -> a distribution over the next one.

    Capabilities: `Embeds` and `Predicts`. Some models do more between state and score than one matrix product, so scores are
    all that is taken from them: `read` gives those, and `output` passes them on.

    Shape: ids (batch, time) -> logits (batch, time, vocabulary), time <= context_length
    """

    def __init__(self, model: Any, context_length: int) -> None:
        super().__init__()
        self.model = model
        self._context_length = context_length
        self.output = nn.Identity()

    @property
    def context_length(self) -> int:
        """Tokens the model looks back on at most, the one it reads included."""
        return self._context_length

    def input_embedding(self) -> Float[Tensor, "vocabulary width"]:
        return self.model.get_input_embeddings().weight

    def output_embedding(self) -> Float[Tensor, "vocabulary width"]:
        return self.model.get_output_embeddings().weight

    def output_bias(self) -> Float[Tensor, " vocabulary"]:
        """Zeros for a model without one."""
        bias = getattr(self.model.get_output_embeddings(), "bias", None)
        weight = self.output_embedding()
        return weight.new_zeros(len(weight)) if bias is None else bias

    def next_token_logits(self, ids: Int[Tensor, "batch time"]) -> Float[Tensor, "batch time vocabulary"]:
        """Scores of every token as the one after each position."""
        return self.model(input_ids=ids, use_cache=False).logits.float()

    def read(self, ids: Int[Tensor, " time"]) -> Iterator[Float[Tensor, "piece vocabulary"]]:
        """Scores after each token of a text of any length, in pieces, in order: in windows of `context_length` tokens, each half
        a window after the one before it, of which those tokens count that are not yet covered.
        """
        n, length = len(ids), self.context_length
        starts = [0] if n <= length else [*range(0, n - length, length // 2), n - length]
        done = 0
        for start in starts:
            yield self.next_token_logits(ids[None, start : start + length])[0, done - start :]
            done = start + length


def is_there() -> bool:
    """Whether transformers is installed."""
    return importlib.util.find_spec("transformers") is not None


def load_language_model(config: Mapping[str, Any], weights: Path) -> HuggingFaceLanguageModel:
    """The model with these settings (a `config.json`) and the weights of a safetensors file, in evaluation mode.

    ValueError where transformers is missing, does not know the model as a causal one, or the weights are not all of its weights.
    """
    transformers = _transformers()
    # How attention is computed, or weights are quantised, is for this machine to say: such settings may name code to be fetched.
    plain = {key: value for key, value in config.items() if not key.startswith("_") and key not in _MACHINE}
    try:
        made = transformers.CONFIG_MAPPING[str(config.get("model_type"))].from_dict(plain)
        kind = transformers.MODEL_FOR_CAUSAL_LM_MAPPING[type(made)]
    except Exception as error:  # a setting of the wrong type may raise anything
        version = transformers.__version__
        raise ValueError(
            f"transformers {version} has no causal language model for these settings ({_line(error)})"
        ) from None
    return _load(kind, made, weights)


def _load(kind: Any, config: Any, weights: Path) -> HuggingFaceLanguageModel:
    from safetensors.torch import load_file

    tensors = load_file(weights)
    try:
        _check_size(kind, config, tensors)
        model, info = kind.from_pretrained(
            None, config=config, state_dict=tensors, dtype=torch.float32, output_loading_info=True,
            attn_implementation="eager", local_files_only=True, trust_remote_code=False,
        )  # fmt: skip
    except Exception as error:  # a setting of the wrong type may raise anything
        raise ValueError(f"the weights do not fit the settings ({_line(error)})") from None
    if info["missing_keys"]:
        missing = sorted(info["missing_keys"])
        raise ValueError(f"{len(missing)} tensors of the model are not among the weights, {missing[0]} for instance")
    length = getattr(config, "max_position_embeddings", None)
    length = min(length, MOST_CONTEXT) if isinstance(length, int) and length > 1 else MOST_CONTEXT
    return HuggingFaceLanguageModel(model.requires_grad_(False).eval(), length)


def _check_size(kind: Any, config: Any, tensors: Mapping[str, Tensor]) -> None:
    """ValueError where the settings ask for much more than the weights hold: nothing is allocated until that is known."""
    n_layers = getattr(config, "num_hidden_layers", 1)
    if not isinstance(n_layers, int) or n_layers > len(tensors):
        raise ValueError(f"the settings say {n_layers} layers, however: the weights hold {len(tensors)} tensors")
    with torch.device("meta"):
        empty = kind(config)
    asked = sum(parameter.numel() for parameter in empty.parameters())
    there = sum(tensor.numel() for tensor in tensors.values())
    if asked > 2 * there or sum(buffer.numel() for buffer in empty.buffers()) > MOST_BUFFER:
        raise ValueError(f"the settings ask for {asked:,} parameters, however: the weights hold {there:,}")


def _transformers() -> Any:
    if not is_there():
        raise ValueError(f"next-token distributions of this model need the package transformers: {INSTALL}")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # whatever it is asked, it fetches nothing
    transformers: Any = importlib.import_module("transformers")
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    return transformers


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:160] or type(error).__name__
