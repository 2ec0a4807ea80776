"""Questions to a run, answered with DataFrames and numpy arrays; nothing here trains, draws or knows a page."""
