"""Train small language models, and see what they learned.

>>> import reprlearn
>>> run = reprlearn.load("lstm-tied")                                # doctest: +SKIP
>>> reprlearn.neighbours(run, "input", "wonderful", k=3)             # doctest: +SKIP

Importing the package loads neither torch nor pandas.
"""

from reprlearn.runs import Run, find_runs, load

__version__ = "0.1.0"

__all__ = ["Run", "find_runs", "load"]
