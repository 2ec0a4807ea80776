"""Stands in for `python -m reprlearn`, without torch: what it does is written in the summary of the recipe it is given.

"work" makes a run at once; "wait" first waits for a file called `go` beside its recipe; "fail" prints an error; "crash" says nothing.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path


def main() -> int:
    command, first, *options = sys.argv[1:]
    if command == "map":
        (Path(first) / "maps").mkdir()
        return 0
    out = Path(options[options.index("--out") + 1])
    folder = Path(options[options.index("--progress") + 1])
    with (folder / "started").open("a") as file:
        file.write(
            f"{os.getpid()} {os.environ['OMP_NUM_THREADS']} {os.environ['OMP_WAIT_POLICY']} {' '.join(options)}\n"
        )
    what = json.loads(Path(first).read_text())["summary"]
    if what == "crash":
        return 3
    if what == "fail":
        print(f"error: {folder / 'data' / 'orders.csv'}, row 7: no time\nand more", file=sys.stderr)
        return 2
    partial = out.with_name(f"{out.name}.partial")
    partial.mkdir(exist_ok=True)
    (partial / "state.safetensors").write_text("saved")
    while what == "wait" and not (folder / "go").exists():
        time.sleep(0.02)
    partial.rename(out)
    (out / "card.json").write_text("{}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
