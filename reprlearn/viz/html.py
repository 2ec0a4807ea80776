"""A figure as a page of its own that needs neither a server nor the network."""

from __future__ import annotations

import html

import plotly.graph_objects as go
import plotly.io as pio

from reprlearn.viz import style


def standalone_html(figure: go.Figure, title: str = "", theme: str = "light") -> bytes:
    """The figure with plotly.js inside (about 5 MB), on the background of its theme, filling the window; stays
    interactive.
    """
    figure = style.themed(go.Figure(figure), theme)
    figure.update_layout(autosize=True, height=None)
    config = {"displaylogo": False, "scrollZoom": True, "responsive": True}
    body = pio.to_html(figure, config=config, include_plotlyjs=True, full_html=False, default_height="100%")
    page = f"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{html.escape(title)}</title>
<style>html, body, body > div {{ margin: 0; height: 100%; background: {style.page_colour(theme)}; }}</style></head>
<body>{body}</body>
</html>
"""
    return page.encode()
