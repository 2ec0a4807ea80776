"""How long it takes to open 400,000 vectors of 300 numbers of one's own, and how much memory.

    python -m benchmarks.own_vectors [--words 400000] [--width 300] [--umap]

Makes the vectors in a temporary folder, as GloVe text (about a gigabyte), word2vec binary and .npy; then, in a process each, makes
a run of every file by the command a user would type, and of the last one: opens it, asks for the neighbours of a word, computes
what the map shows, and opens the Embedding space page on it. Prints the seconds and the peak memory of each; pages of a file that is
mapped count as memory here, though the system shares them and takes them back. With --umap also the map of the leading words.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.large_table import cost_of

N_WORDS, WIDTH, PIECES = 400_000, 300, 1_000
FILES = {"glove": "vectors.txt", "word2vec": "vectors.bin", "npy": "vectors.npy"}
RUN = "import reprlearn, numpy as np, time; run = reprlearn.load('npy')\n"
STEPS = {
    "open": RUN + "print(run.matrix('input').shape, len(run.vocabulary), 'words')",
    "one word": RUN
    + "from reprlearn.analysis.neighbours import neighbours_of; neighbours_of(run, 'input', 'word7'); start = time.perf_counter()\n"
    "found = neighbours_of(run, 'input', 'word9'); print(f'{time.perf_counter() - start:.2f} s for a word once it is open')",
    "words": RUN + "from reprlearn.analysis.geometry import word_table; print(len(word_table(run, 'input')), 'rows')",
    "PCA": RUN + "from reprlearn.analysis.projection import ProjectionConfig, compute\n"
    "print(f\"trustworthiness {compute(run, 'input', ProjectionConfig(method='pca')).trustworthiness:.2f}\")",
    "page": "import time; from streamlit.testing.v1 import AppTest\n"
    "at = AppTest.from_file('app.py', default_timeout=600).run(); at.switch_page('pages/embedding_space.py')\n"
    "at.query_params['run'] = 'npy'; at.query_params['word'] = 'word7'\n"
    "start = time.perf_counter(); at.run(); first = time.perf_counter() - start; assert not at.exception and not at.error\n"
    "start = time.perf_counter(); at.selectbox(key='map').set_value('pca2').run(); pca = time.perf_counter() - start\n"
    "start = time.perf_counter(); at.selectbox(key='word').set_value('word9').run(); word = time.perf_counter() - start\n"
    "print(f'first {first:.1f} s, PCA once it is known {pca:.1f} s, another word {word:.1f} s;', at.caption[0].value.splitlines()[-1])",
    "UMAP": RUN
    + "from reprlearn.analysis.projection import ProjectionConfig, compute; layout = compute(run, 'input', ProjectionConfig())\n"
    "print(len(layout.points), f'words, trustworthiness {layout.trustworthiness:.2f}')",
}


def write_files(folder: Path, n_words: int, width: int, seed: int = 0) -> None:
    """The same vectors in three formats, and their word list: in groups, so that there is something to see.

    A vector is three pieces out of a thousand each, so that numbers are written a piece at a time; values have GloVe's five digits.
    """
    import numpy as np

    random = np.random.default_rng(seed)
    thirds = [width // 3, width // 3, width - 2 * (width // 3)]
    pieces = [
        np.round(random.normal(size=(PIECES, n)) + 2 * random.normal(size=n), 5).astype(np.float32) for n in thirds
    ]
    texts = [[" ".join(f"{value:.5f}" for value in row) for row in part.tolist()] for part in pieces]
    group = random.integers(50, size=n_words)
    chosen = np.stack([group * (PIECES // 50) + random.integers(PIECES // 50, size=n_words) for _ in thirds], axis=1)
    words = [f"word{i}" for i in range(n_words)]
    (folder / "words.txt").write_text("".join(f"{word}\n" for word in words), encoding="utf-8")
    matrix = np.lib.format.open_memmap(folder / FILES["npy"], mode="w+", dtype=np.float32, shape=(n_words, width))
    with (folder / FILES["glove"]).open("w") as glove, (folder / FILES["word2vec"]).open("wb") as binary:
        binary.write(f"{n_words} {width}\n".encode())
        for i, (word, (a, b, c)) in enumerate(zip(words, chosen.tolist(), strict=True)):
            matrix[i] = np.concatenate([pieces[0][a], pieces[1][b], pieces[2][c]])
            glove.write(f"{word} {texts[0][a]} {texts[1][b]} {texts[2][c]}\n")
            binary.write(word.encode() + b" " + matrix[i].tobytes() + b"\n")
    matrix.flush()


def import_command(folder: Path, name: str) -> list[str]:
    """What a user would type after `python`."""
    files = [folder / FILES[name], *([folder / "words.txt"] if name == "npy" else [])]
    return ["-m", "reprlearn", "import", *map(str, files), "--name", name]


def main() -> int:
    import os

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=N_WORDS)
    parser.add_argument("--width", type=int, default=WIDTH)
    parser.add_argument("--umap", action="store_true")
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:  # a process of its own makes the files: a child's peak counts from its parent's memory
        write_files(options.write, options.words, options.width)
        return 0
    sizes = ["--words", str(options.words), "--width", str(options.width)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ |= {"REPRLEARN_RUNS": str(folder / "runs"), "REPRLEARN_CACHE": str(folder / "cache")}
        cost_of(["-m", "benchmarks.own_vectors", "--write", name, *sizes])
        print(f"{options.words:,} x {options.width:,} numbers\n\n{'':<18}{'MB':>7}{'seconds':>9}{'peak GB':>9}")
        for kind, file in FILES.items():
            cost = cost_of(import_command(folder, kind))
            print(
                f"{f'import {kind}':<18}{(folder / file).stat().st_size / 1e6:>7,.0f}{cost.seconds:>9.1f}{cost.peak_gb:>9.2f}"
            )
        for step, script in STEPS.items():
            if step != "UMAP" or options.umap:
                cost = cost_of(["-c", script])
                print(f"{step:<18}{'':>7}{cost.seconds:>9.1f}{cost.peak_gb:>9.2f}  {cost.output.splitlines()[-1]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
