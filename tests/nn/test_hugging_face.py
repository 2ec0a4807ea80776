"""A model of transformers answers here as it answers there; settings that lie are told before anything is allocated."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from reprlearn.nn.capabilities import capabilities
from reprlearn.nn.hugging_face import load_language_model
from tests import vector_files as made

transformers: Any = pytest.importorskip(
    "transformers", reason="transformers is optional; pip install -r requirements-dev.txt"
)


def config_of(folder: Path, **changed: Any) -> dict[str, Any]:
    return json.loads((folder / "config.json").read_text(encoding="utf-8")) | changed


@pytest.mark.parametrize("tied", [True, False])
def test_scores_are_those_of_transformers(tmp_path: Path, tied: bool) -> None:
    folder = made.model_folder(tmp_path / "m", tied=tied)
    theirs = transformers.AutoModelForCausalLM.from_pretrained(folder, local_files_only=True).eval()
    ours = load_language_model(config_of(folder), folder / "model.safetensors")
    ids = torch.arange(12)[None]
    with torch.inference_mode():
        assert torch.allclose(ours.next_token_logits(ids), theirs(ids).logits, atol=1e-5)
    assert capabilities(ours) == ["Embeds", "Predicts"] and ours.context_length == 16
    assert torch.equal(ours.input_embedding(), theirs.get_input_embeddings().weight)
    assert (ours.output_embedding() is ours.input_embedding()) == tied
    assert not ours.output_bias().any() and len(ours.output_bias()) == len(ours.output_embedding())


def test_a_checkpoint_of_the_body_alone_is_the_same_model(tmp_path: Path) -> None:
    """Older GPT-2 files name their tensors without "transformer."."""
    from safetensors.torch import load_file, save_file

    folder = made.model_folder(tmp_path / "m")
    tensors = load_file(folder / "model.safetensors")
    save_file(
        {name.removeprefix("transformer."): tensor for name, tensor in tensors.items()}, tmp_path / "body.safetensors"
    )
    ids = torch.arange(5)[None]
    with torch.inference_mode():
        paths = (folder / "model.safetensors", tmp_path / "body.safetensors")
        whole, body = (load_language_model(config_of(folder), path) for path in paths)
        assert torch.equal(whole.next_token_logits(ids), body.next_token_logits(ids))


def test_a_long_text_is_read_in_windows(tmp_path: Path) -> None:
    folder = made.model_folder(tmp_path / "m")
    model = load_language_model(config_of(folder), folder / "model.safetensors")
    ids = torch.arange(45) % 30
    with torch.inference_mode():
        read = torch.cat(list(model.read(ids)))
        assert read.shape == (45, len(model.input_embedding()))
        assert torch.allclose(read[:16], model.next_token_logits(ids[None, :16])[0], atol=1e-5)
        assert torch.allclose(read[-5:], model.next_token_logits(ids[None, -16:])[0, -5:], atol=1e-5)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"n_layer": 10**9}, "the settings say 1000000000 layers"),
        ({"n_positions": 10**7}, "parameters, however: the weights hold"),
        ({"n_embd": 8, "n_inner": 10**7}, "parameters, however: the weights hold"),
        ({"n_head": 3}, "do not fit the settings"),
        ({"n_embd": "wide"}, "settings"),
        ({"n_layer": 2}, "tensors of the model are not among the weights"),
        ({"model_type": "no such model"}, "has no causal language model for these settings"),
        ({"model_type": "vit"}, "has no causal language model for these settings"),
    ],
)
def test_settings_that_do_not_fit_are_one_line(tmp_path: Path, changed: dict[str, Any], expected: str) -> None:
    folder = made.model_folder(tmp_path / "m")
    with pytest.raises(ValueError) as caught:
        load_language_model(config_of(folder, **changed), folder / "model.safetensors")
    assert expected in str(caught.value) and "\n" not in str(caught.value)


def test_code_of_the_folder_is_not_run(tmp_path: Path) -> None:
    folder = made.model_folder(
        tmp_path / "m", auto_map={"AutoModelForCausalLM": "evil.Model", "AutoConfig": "evil.Config"}
    )
    (folder / "evil.py").write_text(f"open({str(tmp_path / 'ran.txt')!r}, 'w')\n", encoding="utf-8")
    kernels = {"attn_implementation": "somebody/kernel", "_attn_implementation": "somebody/kernel"}
    load_language_model(config_of(folder, **kernels), folder / "model.safetensors")
    assert not (tmp_path / "ran.txt").exists()


def test_without_transformers_it_says_how_to_get_it(tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['transformers'] = None\n"
        "from pathlib import Path; from reprlearn.nn.hugging_face import load_language_model\n"
        "try: load_language_model({}, Path('none'))\n"
        "except ValueError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert "pip install transformers==" in done.stdout, done.stderr
