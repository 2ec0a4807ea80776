from typing import Any

from plotly.graph_objects import Figure

def make_subplots(*args: Any, **kwargs: Any) -> Figure: ...
