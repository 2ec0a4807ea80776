"""Train small language models, and see what they learned.

>>> import reprlearn
>>> from reprlearn.analysis.neighbours import neighbours_of
>>> run = reprlearn.load("lstm-tied")
>>> neighbours_of(run, "input", "wonderful", k=3).columns.tolist()
['rank', 'word_id', 'word', 'cosine', 'count']

Importing the package loads neither torch nor pandas.
"""

from reprlearn.runs import Run, find_runs, load

__version__ = "0.1.0"

__all__ = ["Run", "find_runs", "load"]
