"""Import contracts that import-linter cannot hold: app.py is no package, and speed is about what a start really loads."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py"))]
ALLOWED = ("streamlit", "reprlearn.ui", "reprlearn.analysis", "reprlearn.viz")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_a_page_imports_the_dashboard_and_nothing_below_analysis(page: Path) -> None:
    for node in ast.walk(ast.parse(page.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for name in names:
            known = name.split(".")[0] in sys.stdlib_module_names or name == "__future__"
            assert known or name.startswith(ALLOWED) or name in ("numpy", "pandas"), f"{page.name} imports {name}"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_a_page_is_short(page: Path) -> None:
    assert len(page.read_text(encoding="utf-8").splitlines()) <= 130, "a long page hides a second thing inside"


def test_the_gallery_loads_neither_torch_nor_umap(tiny_runs: Path) -> None:
    script = (
        "import sys; from streamlit.testing.v1 import AppTest; at = AppTest.from_file('app.py', default_timeout=60).run();"
        "assert not at.exception, at.exception; assert len(at.metric) >= 4;"
        "print([name for name in ('torch', 'umap', 'numba', 'sklearn', 'accelerate') if name in sys.modules])"
    )
    environment = {**os.environ, "REPRLEARN_RUNS": str(tiny_runs)}
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_plotly_never_finds_a_half_made_pandas() -> None:
    """It asks `sys.modules`; of the first two visitors of a server one may import plotly while the other imports pandas."""
    script = "import sys, reprlearn.ui; print('pandas' in sys.modules, 'plotly' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"], "pandas comes with the package that every page imports first"
