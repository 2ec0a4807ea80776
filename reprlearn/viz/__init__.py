"""Figures: every function takes a DataFrame (or plain arrays) and returns a Plotly figure; nothing here knows a run."""
