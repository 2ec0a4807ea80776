"""Training: `fit(recipe, out)` yields progress and leaves a run. The one place that knows devices and processes."""

from reprlearn.fit.loop import TrainingError, fit

__all__ = ["TrainingError", "fit"]
