"""What the README and the docstrings show works as shown."""

import doctest
import re
import shlex
from pathlib import Path

import pytest

import reprlearn
from reprlearn.__main__ import _parser
from reprlearn.overrides import override
from reprlearn.recipes import RECIPES
from reprlearn.runs import store

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"-m reprlearn (\w.*?)\s*(?:#.*)?$", README, flags=re.MULTILINE)


def test_the_notebook_runs():
    code = next(block for block in re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL) if "load(" in block)
    names: dict = {}
    exec(code, names)
    assert names["run"].name == "lstm-tied"


@pytest.mark.parametrize("module", [reprlearn, store], ids=lambda module: module.__name__)
def test_docstrings_show_what_is_so(module):
    result = doctest.testmod(module)
    assert result.attempted and not result.failed


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_exist_with_their_options(command):
    options, rest = _parser().parse_known_args(shlex.split(command))
    if options.command == "train":
        override(RECIPES[options.recipe], rest)
    else:
        assert not rest


def test_commands_were_found():
    assert len(COMMANDS) >= 10


def test_pictures_are_there():
    assert all((ROOT / path).is_file() for path in re.findall(r"!\[.*?\]\((.*?)\)", README))
