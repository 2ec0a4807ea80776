"""Korean, put together as English is: a module beside each of English's, with the same keys."""

from __future__ import annotations

from reprlearn.ui.text import (
    ko_common,
    ko_context,
    ko_embedding_space,
    ko_fields,
    ko_figures,
    ko_film,
    ko_home,
    ko_library,
    ko_next_token,
    ko_phrases,
    ko_report,
    ko_small_model,
    ko_soft_one_hot,
    ko_tied_dial,
    ko_tied_matrices,
    ko_tied_scores,
    ko_tied_vs_untied,
    ko_tour,
    ko_train,
    ko_transfer,
)

PARTS = (
    ko_common,
    ko_figures,
    ko_home,
    ko_tour,
    ko_report,
    ko_library,
    ko_embedding_space,
    ko_next_token,
    ko_tied_dial,
    ko_tied_scores,
    ko_tied_vs_untied,
    ko_tied_matrices,
    ko_film,
    ko_small_model,
    ko_transfer,
    ko_soft_one_hot,
    ko_context,
    ko_train,
)
TEXTS: dict[str, str] = {key: text for part in PARTS for key, text in part.TEXTS.items()}
PHRASES = ko_phrases.PHRASES | ko_fields.PHRASES
