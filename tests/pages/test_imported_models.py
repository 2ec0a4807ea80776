"""Models that were brought stand on the pages of trained ones, also where these ask for what only a training leaves behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from reprlearn.data.vectors.recognise import recognise
from reprlearn.runs.imported import import_run
from tests import vector_files as made
from tests.pages.opening import opened

pytest.importorskip("transformers", reason="transformers is optional; pip install -r requirements-dev.txt")


@pytest.fixture
def _with_models(only_tiny_runs: Path) -> None:
    for name, tied in (("gpt-tied", True), ("gpt-untied", False)):
        folder = made.model_folder(only_tiny_runs.parent / "files" / name, tied=tied)
        import_run(recognise([folder]), only_tiny_runs / name)


@pytest.mark.parametrize(
    "link",
    [{"part": part} for part in ("answer", "words", "seeds", "sizes", "small")]
    + [{"part": "matrices", "look": look} for look in ("tiedness", "spectrum", "norms", "placed", "updates")],
    ids=lambda link: "-".join(link.values()),
)
@pytest.mark.usefixtures("_with_models")
def test_tied_vs_untied_opens_on_them_beside_trained_ones(link: dict[str, str]) -> None:
    at = opened("tied_vs_untied", runs=["gpt-untied", "gpt-tied", "tiny-untied"], **link)
    assert not at.error
    assert at.multiselect(key="runs").value == ["gpt-untied", "gpt-tied", "tiny-untied"]
