"""A cache of their own for the tests of the data, filled once: encoding the reviews takes some seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reprlearn.data.config import TextData
from reprlearn.data.corpora import Corpus, load_corpus


@pytest.fixture(scope="package", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        patch.setenv("REPRLEARN_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="package")
def reviews(cache: Path) -> Corpus:
    return load_corpus(TextData())


@pytest.fixture
def text_folder(tmp_path: Path) -> Callable[..., Path]:
    """Make a folder of text: the content of a split is text or bytes."""

    def make(name: str = "corpus", **splits: str | bytes) -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        for split, content in splits.items():
            (folder / f"{split}.txt").write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return make
