# Plotly's classes are made by a program and hold what nobody declared: its own annotations say that a figure's layout is a figure,
# and the checker finds that or not by the order it reads files in. Here everything of Plotly is as it is used.
from typing import Any

def __getattr__(name: str) -> Any: ...
