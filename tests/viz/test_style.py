from __future__ import annotations

import itertools
from typing import Any

import plotly.graph_objects as go
import pytest

from reprlearn.viz import style

THEMES = ("light", "dark")


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_every_role_stands_out_from_either_page(theme: str) -> None:
    for name, colour in style.ROLES.items():
        assert contrast(colour, style.page_colour(theme)) >= 3, name


@pytest.mark.parametrize("theme", THEMES)
def test_text_is_readable_on_its_page_and_backgrounds_are_transparent(theme: str) -> None:
    layout: Any = style.template(theme).layout
    assert contrast(layout.font.color, style.page_colour(theme)) >= 7
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert min(style.TEXT_PX, style.LABEL_PX, style.TITLE_PX) >= 15


def seen_without_green(colour: str) -> tuple[float, ...]:
    """Deuteranopia, after Vienot, Brettel & Mollon 1999, in linear RGB."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    mixed = 0.29275 * red + 0.70725 * green
    return mixed, mixed, -0.02234 * red + 0.02234 * green + blue


def test_roles_seen_together_differ_for_readers_who_see_no_green() -> None:
    groups = [("untied", "tied", "highlight", "neutral"), ("untied_input", "untied_output", "tied_output", "highlight")]
    for group in groups:
        for a, b in itertools.combinations(group, 2):
            first, second = seen_without_green(style.ROLES[a]), seen_without_green(style.ROLES[b])
            assert max(abs(x - y) for x, y in zip(first, second, strict=True)) > 0.08, (a, b)


def test_order_in_the_sequential_scale_is_order_in_lightness() -> None:
    lightness = [luminance(colour) for _, colour in style.SEQUENTIAL]
    assert all(lower < higher for lower, higher in itertools.pairwise(lightness))


def test_a_figure_moves_to_the_other_theme_whole() -> None:
    figure = style.themed(go.Figure(go.Scatter(x=[0], y=[0])), "light")
    dark: Any = style.themed(figure, "dark")
    assert dark.layout.template == style.template("dark")
    with pytest.raises(ValueError, match="'sepia'"):
        style.themed(figure, "sepia")


def test_roles_and_their_errors() -> None:
    assert (
        style.role(True) == "tied" and style.role(False, "output") == "untied_output" and style.role(None) == "neutral"
    )
    assert style.colour_of(style.role(True, "input")) == style.colour_of("tied"), (
        "a tied model has one matrix, one colour"
    )
    with pytest.raises(ValueError, match="'bound'"):
        style.colour_of("bound")


def test_cluster_scale_gives_each_cluster_one_colour() -> None:
    scale = style.cluster_scale(30)
    assert scale[0][0] == 0 and scale[-1][0] == 1
    assert [colour for _, colour in scale[::2]] == [style.CLUSTERS[i % 24] for i in range(30)]
    assert len(set(style.CLUSTERS)) == 24
