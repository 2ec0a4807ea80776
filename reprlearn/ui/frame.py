"""The frame every page stands in: tab title, sidebar, links. A page is one line in `PAGES`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from reprlearn.ui import collecting, loaders, presenting, shown
from reprlearn.ui.text import language, t
from reprlearn.ui.text.languages import CATALOGUES, LANGUAGE_KEY

MARK = Path(__file__).with_name("mark.svg")
SIDEBAR_PX, LEAD_PX = 264, 860
# Korean is broken between words, as English is, and not within them. What listens to keys takes no room. Streamlit writes the
# chosen one of several buttons and a slider's value in the accent, which is too faint in the dark. What stands beneath a figure
# or table (`take_away.ROW`) keeps close to it, and quiet.
STYLE = """<style>
.stApp [data-testid=stMarkdownContainer] * { word-break: keep-all; overflow-wrap: anywhere; }
[class*="st-key-keys"], .st-key-window_place { position: absolute; }
.stApp .stButtonGroup button[data-selected=true]:not(:disabled) { color: inherit; font-weight: 600; }
.stApp .stSlider [data-testid=stSliderThumbValue] { color: inherit; }
.stApp [class*="st-key-take-"] button { min-height: 1.5rem; padding-block: 0; font-size: .85rem; }
</style>"""
# What a visitor chose on one page holds on the next: these query parameters travel with the sidebar's links.
RUN_KEY, OTHER_KEY, RUNS_KEY = "run", "other", "runs"


@dataclass(frozen=True)
class Page:
    """A page of the dashboard. Its words are `frame.<name>` and `frame.<name>.help` in the catalogue.

    `needs` is the capability of the runs it shows; None for a page that is about no run in particular.
    """

    name: str
    path: str
    icon: str
    group: str
    needs: str | None = None

    @property
    def title(self) -> str:
        return t(f"frame.{self.name}")

    @property
    def help(self) -> str:
        return t(f"frame.{self.name}.help")


PAGES = (
    Page("home", "app.py", ":material/home:", "start"),
    Page("tour", "pages/tour.py", ":material/tour:", "start"),
    Page("embedding_space", "pages/embedding_space.py", ":material/bubble_chart:", "look", needs="Embeds"),
    Page("next_token", "pages/next_token.py", ":material/format_list_bulleted:", "look", needs="Predicts"),
    Page("tied_vs_untied", "pages/tied_vs_untied.py", ":material/link:", "look", needs="Predicts"),
    Page("context", "pages/context.py", ":material/format_quote:", "look", needs="Contextual"),
    Page("transfer", "pages/transfer.py", ":material/conversion_path:", "look", needs="Classifies"),
    Page("soft_one_hot", "pages/soft_one_hot.py", ":material/stacked_bar_chart:", "look", needs="EncodesScalars"),
    Page("report", "pages/report.py", ":material/keep:", "make"),
    Page("train", "pages/train.py", ":material/model_training:", "make"),
    Page("library", "pages/library.py", ":material/upload_file:", "make"),
)


def page(name: str) -> Page:
    """Open the page `name`: the first call of every page, before anything else is drawn.

    The links are drawn here and not by `st.navigation`, which a cold deep link into `pages/` would run without.
    KeyError when no page has this name.
    """
    here = find(name)
    collecting.by_the_clock()
    shown.begin(name)
    st.set_page_config(
        page_title=t("frame.tab", page=here.title),
        page_icon=str(MARK),
        layout="wide",
        initial_sidebar_state=SIDEBAR_PX,
        menu_items={"About": t("frame.about")},
    )
    st.logo(str(MARK), size="large")
    st.html(STYLE)
    if presenting.presenting():
        presenting.open_stage()
    else:
        with st.sidebar:
            _links()
            presenting.switch()
            _language()
    return here


def find(name: str) -> Page:
    """The page of this name; KeyError when there is none."""
    return {each.name: each for each in PAGES}[name]


def lead(text: str) -> None:
    """The sentences a page opens with, in lines that are easy to read."""
    st.markdown(text, width=presenting.px(LEAD_PX))


def link(target: Page, query_params: Mapping[str, str | Sequence[str]], *, label: str | None = None) -> None:
    """A link to a page with these query parameters, where the visitor finds what they were looking at.

    Their language goes along, and presentation mode.
    """
    spoken = {LANGUAGE_KEY: language()} if LANGUAGE_KEY in st.query_params else {}
    st.page_link(
        target.path, label=label or target.title, icon=target.icon, help=target.help,
        query_params={**query_params, **spoken, **presenting.carried()} or None,
    )  # fmt: skip


def _links() -> None:
    st.subheader(t("frame.name"), anchor=False)
    carried = {key: st.query_params.get_all(key) for key in (RUN_KEY, OTHER_KEY, RUNS_KEY)}
    for group in dict.fromkeys(each.group for each in PAGES):
        st.markdown(f":small[{t(f'frame.group.{group}')}]")
        with st.container(gap="xxsmall"):
            for each in PAGES:
                if each.group == group:
                    useful = {key: [run for run in runs if _has_use_for(each, run)] for key, runs in carried.items()}
                    link(each, {key: runs for key, runs in useful.items() if runs})


def _language() -> None:
    """The switch. The choice stands in the link from then on, English too: it may not be what the browser asks for."""
    key = "language"

    def chosen() -> None:
        if st.session_state[key] in CATALOGUES:  # a client may send anything
            st.query_params[LANGUAGE_KEY] = st.session_state[key]

    # Set, not passed as a default: the link and the browser say what it is.
    st.session_state[key] = language()
    st.segmented_control(
        t("frame.language"), list(CATALOGUES), required=True, key=key, on_change=chosen, label_visibility="collapsed",
        format_func=lambda each: CATALOGUES[each]["frame.language.name"],
    )  # fmt: skip


def _has_use_for(page: Page, run: str) -> bool:
    """Whether to send a visitor there with this run. One that is not known (any more) is sent on, and the page says so."""
    lacks = page.needs is not None and run not in [each.name for each in loaders.runs_with(page.needs)]
    return not (lacks and run in [each.name for each in loaders.runs_with(None)])
