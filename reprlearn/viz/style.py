"""One look for every figure: a colour for each role, colour scales, text sizes, and the light and dark templates.

A colour means one thing on every page: tied is blue and untied is vermilion (a pair that colour-blind readers
keep apart), the matrices of an untied model are a lighter and a darker vermilion, whatever the reader searched
or selected is magenta. Every role colour keeps a contrast of at least 3:1 on white *and* on the dark page,
which is what graphics need (WCAG 1.4.11), so one figure serves both themes. Text cannot reach its 4.5:1 on
both with one colour; it comes from the template and nowhere else, so that `themed(figure, "dark")` is all it
takes to move a figure to the other theme.
"""

from __future__ import annotations

import functools
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio

ROLES = {
    "untied": "#D55E00",
    "untied_input": "#D67A00",
    "untied_output": "#B5400B",
    "tied": "#0072B2",
    # A tied model has one matrix, so both of its roles are the colour of the model.
    "tied_input": "#0072B2",
    "tied_output": "#0072B2",
    "neutral": "#8A909C",
    "highlight": "#C2258F",
}

# Lightness rises all along, so order survives any colour vision; both ends are kept off the page colours of the themes.
SEQUENTIAL = ((0.0, "#4A5FC1"), (0.25, "#2C8CA8"), (0.5, "#3FA877"), (0.75, "#96B23C"), (1.0, "#DDAF1F"))
# Neighbour overlap: purple where two models disagree, grey between, teal where they agree.
OVERLAP = ((0.0, "#8E3FA8"), (0.5, "#8F96A3"), (1.0, "#1A9E8F"))

# Twelve hues in two lightnesses. Two dozen colours cannot all be told apart, so clusters are also named on the
# map itself.
CLUSTERS = (
    "#3B76C4", "#D1701D", "#2E9150", "#C74344", "#8762BD", "#91654F", "#CF5FA3", "#747A82", "#8C8A1B", "#1C97A8", "#A8488A", "#5F7F1F",
    "#6E9BE0", "#E08E45", "#4FAF74", "#E06D6B", "#A685D8", "#B08570", "#DE86BE", "#969CA5", "#ABA83A", "#46B2C2", "#C46FA8", "#82A244",
)  # fmt: skip

# Source Sans ships with streamlit, so figures and pages share a typeface without fetching one. It has no Hangul, which comes
# from whichever of the last four the reader's system has.
FONT = (
    "'Source Sans', 'Inter', 'Segoe UI', 'Noto Sans', 'Noto Sans KR', 'Noto Sans CJK KR', 'Malgun Gothic', "
    "'Apple SD Gothic Neo', sans-serif"
)
TEXT_PX, TITLE_PX, LABEL_PX = 16, 20, 15

# text, grid, halo behind labels, page
_THEMES = {
    "light": ("#1F2430", "#D9DDE5", "rgba(255,255,255,0.78)", "#FFFFFF"),
    "dark": ("#F1F3F7", "#3A4150", "rgba(14,17,23,0.74)", "#0E1117"),
}


def role(tied: bool | None, matrix: str | None = None) -> str:
    """Name of the role of a model (`matrix` None) or of its "input" or "output" matrix; "neutral" where tying
    has no meaning.
    """
    if tied is None:
        return "neutral"
    model = "tied" if tied else "untied"
    return model if matrix is None else f"{model}_{matrix}"


def colour_of(name: str) -> str:
    """Hex colour of a role; ValueError names the roles there are."""
    try:
        return ROLES[name]
    except KeyError:
        raise ValueError(f"no colour for the role {name!r}; roles are {', '.join(ROLES)}") from None


def bar(name: str, nth: int = 0) -> dict[str, Any]:
    """Marker of the bars of the `nth` model of a role: filled, and for a second of the same role pale with an outline,
    so that two tied models stay the colour of tied models and still differ, for any colour vision and in either theme.
    """
    colour = colour_of(name)
    if not nth:
        return {"color": colour}
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return {"color": f"rgba({red},{green},{blue},0.25)", "line": {"color": colour, "width": 2}}


def cluster_scale(n_clusters: int) -> list[tuple[float, str]]:
    """Stepped colour scale for integers 0..n_clusters-1 with cmin=-0.5, cmax=n_clusters-0.5; colours repeat
    after 24.
    """
    steps: list[tuple[float, str]] = []
    for cluster in range(n_clusters):
        colour = CLUSTERS[cluster % len(CLUSTERS)]
        steps += [(cluster / n_clusters, colour), ((cluster + 1) / n_clusters, colour)]
    return steps


def page_colour(theme: str = "light") -> str:
    """Background a figure of this theme is meant to sit on (figures themselves are transparent)."""
    return _theme(theme)[3]


@functools.cache
def template(theme: str = "light") -> go.layout.Template:
    """The look of one theme as a Plotly template; backgrounds are transparent."""
    text, grid, halo, _ = _theme(theme)
    axis = {
        "gridcolor": grid, "linecolor": grid, "zerolinecolor": grid, "zeroline": False, "automargin": True,
        "title": {"font": {"size": TEXT_PX}, "standoff": 8}, "tickfont": {"size": LABEL_PX},
    }  # fmt: skip
    scene_axis = {"backgroundcolor": "rgba(0,0,0,0)", "gridcolor": grid, "showbackground": False, "zeroline": False}
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": TEXT_PX, "color": text},
            "title": {"font": {"size": TITLE_PX}, "x": 0, "xref": "paper", "xanchor": "left", "yref": "container",
                      "y": 0.98, "yanchor": "top"},
            "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 16, "r": 16, "t": 56, "b": 16},
            "colorway": [ROLES["untied"], ROLES["tied"], ROLES["highlight"], ROLES["neutral"], *CLUSTERS],
            "xaxis": axis, "yaxis": axis,
            "scene": {"xaxis": scene_axis, "yaxis": scene_axis, "zaxis": scene_axis},
            "legend": {"font": {"size": LABEL_PX}, "orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom",
                       "bgcolor": "rgba(0,0,0,0)"},
            "coloraxis": {"colorbar": {"thickness": 14, "len": 0.7, "outlinewidth": 0, "tickfont": {"size": LABEL_PX}}},
            "hoverlabel": {"font": {"size": LABEL_PX, "family": FONT}},
            "annotationdefaults": {"bgcolor": halo, "borderpad": 2, "font": {"size": LABEL_PX}, "showarrow": False},
            "dragmode": "pan", "hovermode": "closest",
        }
    )  # fmt: skip


def themed(figure: go.Figure, theme: str) -> go.Figure:
    """The same figure (changed in place and returned) with the text and grid colours of "light" or "dark"."""
    return figure.update_layout(template=template(theme))


def _theme(theme: str) -> tuple[str, str, str, str]:
    if theme not in _THEMES:
        raise ValueError(f"theme must be 'light' or 'dark', however: {theme=}")
    return _THEMES[theme]


pio.templates["reprlearn"] = template("light")
pio.templates["reprlearn-dark"] = template("dark")
