"""The theme: readable in light and dark, and in the colours that mean the same on every page."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from reprlearn.viz import style

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
MODES = ("light", "dark")


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    """WCAG 2 contrast ratio, 1 to 21."""
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", MODES)
def test_text_has_contrast_aa(mode: str) -> None:
    theme = CONFIG["theme"][mode]
    surfaces = [theme["backgroundColor"], theme["secondaryBackgroundColor"], *theme["sidebar"].values()][:4]
    for name in ("textColor", "linkColor", "grayTextColor"):
        assert all(contrast(theme[name], surface) >= 4.5 for surface in surfaces), name
    for colour in ("blue", "orange", "gray"):
        assert contrast(theme[f"{colour}TextColor"], theme[f"{colour}BackgroundColor"]) >= 4.5, colour
    assert contrast(theme["primaryColor"], "#FFFFFF") >= 4.5, "words on a primary button are white"
    assert contrast(theme["primaryColor"], theme["backgroundColor"]) >= 3, "controls stand out"


@pytest.mark.parametrize("mode", MODES)
def test_pages_and_figures_are_one_look(mode: str) -> None:
    theme = CONFIG["theme"][mode]
    assert theme["backgroundColor"].upper() == style.page_colour(mode).upper()
    assert (theme["blueColor"], theme["orangeColor"]) == (style.colour_of("tied"), style.colour_of("untied"))
    assert theme["chartCategoricalColors"][:2] == [style.colour_of("untied"), style.colour_of("tied")]


def test_the_accent_means_no_model() -> None:
    accents = {CONFIG["theme"][mode]["primaryColor"] for mode in MODES}
    assert not accents & {style.colour_of(name) for name in style.ROLES}


def test_visitors_are_protected() -> None:
    server, client = CONFIG["server"], CONFIG["client"]
    assert server["enableXsrfProtection"] and server["enableCORS"] and not server["enableStaticServing"]
    assert server["maxUploadSize"] <= 200
    assert client["showErrorDetails"] == "none" and not client["showSidebarNavigation"]
    assert not CONFIG["browser"]["gatherUsageStats"]
