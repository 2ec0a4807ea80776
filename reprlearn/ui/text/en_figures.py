"""English: what figures say by themselves; `reprlearn.viz.words` has it, since they speak without a dashboard too."""

from reprlearn.viz.words import WORDS

TEXTS = {f"figure.{key}": text for key, text in WORDS.items()}
