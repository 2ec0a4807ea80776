"""How the component's files reach the browser.

Streamlit serves the files of components that an *installed* package declares in its metadata. reprlearn runs from a checkout,
and plotly declares no component, so both folders are declared here, to the same registry. This is the one module that
touches Streamlit's internals (`Runtime`, its component and media managers); `requirements.txt` pins the version.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import plotly
import plotly.graph_objects as go
import streamlit as st
from streamlit.components.v2 import component
from streamlit.components.v2.bidi_component import ComponentResult
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.runtime import get_instance

FRONTEND = Path(__file__).parent / "frontend"
PLOTLY = Path(plotly.__file__).parent / "package_data"


def mount(**arguments: Any) -> ComponentResult:
    """Put the component on the page; arguments as of a `st.components.v2` renderer."""
    manager = get_bidi_component_manager()
    if manager.get_component_path("reprlearn.linked_maps") is None:
        _declare(manager)
    return _renderer()(**arguments)


def figure_url(figure: go.Figure, place: str) -> str:
    """Address of a figure's JSON, named by its content and served while this session shows it.

    place: where on the page it stands; a later figure there replaces it.
    """
    json = str(figure.to_json()).encode()
    url = get_instance().media_file_mgr.add(json, "application/json", place)
    return f"/{st.get_option('server.baseUrlPath').strip('/')}{url}".replace("//", "/")


@cache
def _renderer():
    return component("reprlearn.linked_maps", js="linked_maps.js", css="linked_maps.css", isolate_styles=False)


def _declare(manager: BidiComponentManager) -> None:
    """Make the component's folder and plotly's folder of scripts known to the server under two names."""
    for package, name, folder in (
        ("reprlearn", "linked_maps", FRONTEND),
        ("plotly", "package_data", PLOTLY),
    ):
        manifest = ComponentManifest(package, "0", [ComponentConfig(name, folder.name)])
        manager.register_from_manifest(manifest, folder.parent)
