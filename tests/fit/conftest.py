"""A recipe that trains in a second, and the same training in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from reprlearn.data.config import TextData
from reprlearn.nn.config import LSTMConfig
from reprlearn.objectives.config import CausalConfig
from reprlearn.recipes import FitConfig, Recipe
from tests.conftest import write_sentences


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Recipe:
    folder = write_sentences(tmp_path_factory.mktemp("text") / "sentences")
    return Recipe(
        name="tiny",
        data=TextData(folder=folder, n_words=60),
        model=LSTMConfig(tied=True, width=10, n_layers=2, dropout=0.2, recurrent_dropout=0.1),
        objective=CausalConfig(sequence_length=7),
        fit=FitConfig(epochs=3, batch_size=4, learning_rate=2.0, momentum=0.5, snapshot_words=20),
    )


@pytest.fixture(scope="session")
def in_a_process():
    """Run python code in a process of its own; the recipe is in its `recipe`."""

    def run(
        recipe: Recipe, code: str, launcher: tuple[str, ...] = (), **environment: str
    ) -> subprocess.CompletedProcess[str]:
        head = "import json, sys; from pathlib import Path; from reprlearn.recipes import Recipe\n"
        head += f"recipe = Recipe.from_dict(json.loads({json.dumps(json.dumps(recipe.to_dict()))}))\n"
        command = [sys.executable, *launcher, "-c", head + code]
        if launcher:  # torchrun takes a file
            script = Path(environment.pop("SCRIPT"))
            script.write_text(head + code, encoding="utf-8")
            command = [sys.executable, *launcher, str(script)]
        root = str(Path(__file__).parents[2])
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=240,
            cwd=root,
            env={**os.environ, "PYTHONPATH": root, **environment},
        )

    return run


def smaller(recipe: Recipe, **fit: object) -> Recipe:
    return replace(recipe, fit=replace(recipe.fit, **fit))
