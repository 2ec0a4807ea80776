"""Next token: what two models expect after a prompt, and which of its words surprised them."""

import streamlit as st

from reprlearn.ui import frame, loaders, predictions, widgets
from reprlearn.ui.text import small, t

MAX_PROMPT_CHARACTERS = 2000
TOP_K = (1, 2, 3, 5, 10, 20, 50, 100, 500, 1000)
LABELS = {frame.RUN_KEY: "run.label", frame.OTHER_KEY: "run.label.other"}

here = frame.page("next_token")
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    st.header(here.title, anchor=False, width="content")
    st.markdown(small(t("next_token.lead")), width="content")

# Read before the widgets are drawn, which cut and drop what they cannot hold.
asked, linked_prompt = widgets.asked("temperature", "top_k", "top_p", "shown"), st.query_params.get("prompt", "")
prompt = st.text_area(
    t("next_token.prompt"), t("next_token.prompt.first"), key="prompt", bind="query-params", height=76,
    max_chars=MAX_PROMPT_CHARACTERS, help=t("next_token.prompt.help"),
) or ""  # fmt: skip
temperature_box, top_k_box, top_p_box, shown_box, chosen_box = st.columns(5, gap="medium")
temperature = temperature_box.slider(
    t("next_token.temperature"),
    0.1,
    3.0,
    1.0,
    0.1,
    key="temperature",
    bind="query-params",
    help=t("next_token.temperature.help"),
)
every = t("next_token.top_k.all")
top_k = top_k_box.select_slider(
    t("next_token.top_k"),
    [*map(str, TOP_K), every],
    every,
    key="top_k",
    bind="query-params",
    help=t("next_token.top_k.help"),
)
top_p = top_p_box.slider(
    t("next_token.top_p"), 0.05, 1.0, 1.0, 0.05, key="top_p", bind="query-params", help=t("next_token.top_p.help")
)
shown = shown_box.slider(t("next_token.shown"), 5, 30, 10, key="shown", bind="query-params")
chosen = chosen_box.text_input(
    t("next_token.chosen"), key="chosen", bind="query-params", help=t("next_token.chosen.help"), max_chars=60,
    placeholder=t("next_token.chosen.placeholder"),
)  # fmt: skip

widgets.say_ignored(asked, "next_token")
if max(len(prompt), len(linked_prompt)) > MAX_PROMPT_CHARACTERS:
    st.warning(t("next_token.prompt.cut", n=MAX_PROMPT_CHARACTERS))
    prompt = prompt[:MAX_PROMPT_CHARACTERS]
if not prompt.strip():
    st.markdown(small(t("next_token.empty")))

# The browser keeps these in bounds; a hand-made request may not.
sampling = predictions.Sampling(
    temperature=min(max(temperature, 0.1), 3.0),
    top_k=int(top_k) if top_k in map(str, TOP_K) else None,
    top_p=min(max(top_p, 0.05), 1.0),
)
notes, panels = st.container(), st.columns(2, gap="large")
runs, readings = [], []
for panel, (key, label) in zip(panels, LABELS.items(), strict=True):
    with panel:
        runs.append(predictions.choose(key, t(label)))
        with widgets.opening(runs[-1]):
            readings.append(loaders.reading(runs[-1], prompt))
with notes:
    predictions.unknown_words(runs, readings)
predictions.side_by_side(
    panels, runs, readings, sampling, n_shown=min(max(shown, 1), 50), chosen=(chosen or "").strip()[:60]
)

st.subheader(t("next_token.surprise"), anchor="surprise")
st.markdown(t("next_token.surprise.lead"))
predictions.surprise(runs, readings)
