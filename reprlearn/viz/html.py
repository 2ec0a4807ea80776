"""Figures on pages of their own that need neither a server nor the network, and run nothing but what is written here.

Whatever comes from outside is escaped, and a policy in the page's head (Content-Security-Policy) lets a browser run only the
scripts whose hashes it names, and fetch nothing at all.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from reprlearn.viz import style

# plotly.js with these traces and no others, 1.4 MB instead of 4.8; see ui/linked_maps/build_plotly_2d.sh.
SLIM = Path(__file__).parents[1] / "ui" / "linked_maps" / "frontend" / "plotly-2d.min.js"
IN_SLIM = {"scatter", "scattergl"}
# Draws each figure where it belongs, with buttons for its picture; on paper figures are as wide as the sheet.
DRAW = """
const save = (format) => (plot) => Plotly.downloadImage(plot, {format, filename: plot.dataset.name || "figure",
  scale: format === "png" ? 2 : 1, width: plot.offsetWidth, height: plot.offsetHeight});
const hosts = [...document.querySelectorAll("[data-figure]")];
for (const host of hosts) {
  const {data, layout, frames} = JSON.parse(document.getElementById(host.dataset.figure).textContent);
  const images = [{name: "PNG", title: "PNG", icon: Plotly.Icons.camera, click: save("png")},
                  {name: "SVG", title: "SVG", icon: Plotly.Icons.disk, click: save("svg")}];
  const config = {displaylogo: false, responsive: true, scrollZoom: host.dataset.zoom === "true", modeBarButtonsToAdd: images,
                  modeBarButtonsToRemove: ["toImage", "sendChartToCloud", "sendDataToCloud"]};
  Plotly.newPlot(host, data, {...layout, autosize: true, width: undefined}, config)
    .then(() => frames?.length ? Plotly.addFrames(host, frames) : null);
}
addEventListener("beforeprint", () => hosts.forEach((host) => Plotly.Plots.resize(host)));
"""


def standalone_html(figure: go.Figure, title: str = "", theme: str = "light", language: str = "en") -> bytes:
    """The figure with plotly.js inside, on the background of its theme, filling the window; stays interactive.

    About 1.5 MB where the figure holds lines and points alone, else 5 MB. The figure itself is left as it is.
    """
    figure = style.themed(go.Figure(figure), theme)
    figure.update_layout(autosize=True, height=None)
    look = f"html, body, [data-figure] {{ margin: 0; height: 100%; background: {style.page_colour(theme)}; }}"
    label = html.escape(title)
    body = f'<div data-figure="figure-0" data-zoom="true" role="img" aria-label="{label}"></div>'
    return document(title, body, look, {"figure-0": str(figure.to_json())}, language)


def document(title: str, body: str, look: str, figures: Mapping[str, str], language: str = "en") -> bytes:
    """A whole page as UTF-8.

    body:     HTML, with an element `data-figure="<id>"` where a figure is to be drawn; the caller has escaped what is in it.
    look:     CSS.
    figures:  {id: JSON of the figure}, as `go.Figure.to_json` writes it.
    """
    scripts = [plotly_script(figures.values()), DRAW] if figures else []
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in scripts) or "'none'"
    # plotly.js compiles the shaders of its WebGL traces, which is what 'unsafe-eval' is for.
    may_compile = " 'unsafe-eval'" if scripts else ""
    policy = f"default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; script-src {hashes}{may_compile}"
    data = "".join(
        f'<script type="application/json" id="{html.escape(name)}">{in_script(figure)}</script>\n'
        for name, figure in figures.items()
    )
    run = "".join(f"<script>{script}</script>\n" for script in scripts)
    page = f"""<!doctype html>
<html lang="{html.escape(language)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{html.escape(title)}</title>
<style>{look}</style></head>
<body>
{body}
{data}{run}</body>
</html>
"""
    return page.encode("utf-8", errors="replace")


def plotly_script(figures: Iterable[str]) -> str:
    """The smallest plotly.js at hand that draws all of these figures (JSON)."""
    kinds: set[str] = set()
    for figure in figures:
        parsed = json.loads(figure)
        traces = [*parsed.get("data", []), *(t for frame in parsed.get("frames") or [] for t in frame.get("data", []))]
        kinds |= {trace.get("type", "scatter") for trace in traces}
    return SLIM.read_text(encoding="utf-8") if kinds <= IN_SLIM and SLIM.is_file() else get_plotlyjs()


def in_script(text: str) -> str:
    """JSON that ends no <script> it stands in, whatever its strings hold; it reads as the same JSON."""
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
