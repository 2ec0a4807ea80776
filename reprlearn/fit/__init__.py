"""Training: `fit(recipe, out)` yields progress and leaves a run. The one place that knows devices and processes."""

from reprlearn.fit.loop import fit
from reprlearn.fit.training import TrainingError

__all__ = ["TrainingError", "fit"]
