"""The dashboard on runs that are fetched: the gallery lists them, a page opens them, and what is out of reach is said."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest
from streamlit.testing.v1 import AppTest

from reprlearn.runs import load, store
from reprlearn.runs.publish import publish
from reprlearn.runs.remote import remote_root
from reprlearn.ui import loaders
from reprlearn.ui.text import as_text, t
from tests.pages.opening import opened

RUN = "synthetic-none"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A root in memory with one small run, beside one of a kind that nobody knows."""
    url = f"memory://{uuid.uuid4().hex}"
    publish(load(store.SHIPPED / RUN), url)
    monkeypatch.setattr(store, "SHIPPED", tmp_path / "none")
    monkeypatch.setenv("REPRLEARN_RUNS", f"{url}|nonsense://far/away")
    monkeypatch.setenv("REPRLEARN_CACHE", str(tmp_path / "cache"))
    yield url
    remote_root.cache_clear()
    fsspec.filesystem("memory").rm(url, recursive=True)


def page(name: str) -> AppTest:
    return opened(name, run=RUN)


def test_the_gallery_lists_them_and_names_the_root_out_of_reach(root: str, tmp_path: Path) -> None:
    at = opened()
    assert {as_text(RUN), as_text("nonsense://far/away")} <= {each.value for each in at.subheader}
    said = " ".join(each.value for each in at.markdown)
    assert t("home.unreachable") in said and as_text("Protocol not known: nonsense") in said
    assert not (tmp_path / "cache" / "runs").exists(), "nothing but cards was read"


def test_a_page_opens_one_and_everybody_shares_it(root: str) -> None:
    assert not page("embedding_space").error
    assert loaders.run(RUN) is loaders.run(RUN) and loaders.run(RUN).origin == root


def test_a_run_that_cannot_be_fetched_is_said_and_comes_when_it_can(root: str, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the cache should be")
    at = page("embedding_space")
    assert as_text(RUN) in at.error[0].value and "cannot be kept" in at.error[0].value
    (tmp_path / "cache").unlink()
    assert not at.run().error and not at.exception


def test_a_run_published_anew_is_read_anew(root: str, tmp_path: Path) -> None:
    before = loaders.run(RUN)
    own = Path(shutil.copytree(before.path, tmp_path / "again" / RUN))
    load(own).card.model_copy(update={"summary": "another one"}).write(own)
    publish(load(own), root, replace=True)
    assert loaders.run(RUN).card.summary == "another one" and before.card.summary != "another one"
