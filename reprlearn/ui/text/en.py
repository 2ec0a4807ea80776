"""English. The texts of a page stand in a module of their own; this one puts them together."""

from __future__ import annotations

from reprlearn.ui.text import (
    en_common,
    en_context,
    en_embedding_space,
    en_figures,
    en_film,
    en_home,
    en_library,
    en_next_token,
    en_report,
    en_small_model,
    en_soft_one_hot,
    en_tied_dial,
    en_tied_matrices,
    en_tied_scores,
    en_tied_vs_untied,
    en_tour,
    en_train,
    en_transfer,
)

PARTS = (
    en_common,
    en_figures,
    en_home,
    en_tour,
    en_report,
    en_library,
    en_embedding_space,
    en_next_token,
    en_tied_dial,
    en_tied_scores,
    en_tied_vs_untied,
    en_tied_matrices,
    en_film,
    en_small_model,
    en_transfer,
    en_soft_one_hot,
    en_context,
    en_train,
)
TEXTS: dict[str, str] = {key: text for part in PARTS for key, text in part.TEXTS.items()}
