"""The processes that jobs starts, beside the trainings themselves.

python -m reprlearn.jobs work SLOT      takes trainings from the queue
python -m reprlearn.jobs probe FOLDER   measures how large a training is, and how long it would take
python -m reprlearn.jobs table FILE     says what is in a table
"""

import sys
from pathlib import Path

if __name__ == "__main__":
    what, argument = sys.argv[1:]
    if what == "work":
        from reprlearn.jobs.workers import work

        work(int(argument))
    elif what == "probe":
        from reprlearn.jobs.probe import measure

        measure(Path(argument))
    elif what == "table":
        from reprlearn.jobs.tables import describe

        describe(Path(argument).name)
    else:
        sys.exit(f"{what!r} is none of work, probe, table")
