"""English. The texts of a page stand in a module of their own; this one puts them together."""

from __future__ import annotations

from reprlearn.ui.text import en_common, en_embedding_space, en_home, en_next_token, en_soft_one_hot

PARTS = (en_common, en_home, en_embedding_space, en_next_token, en_soft_one_hot)
TEXTS: dict[str, str] = {key: text for part in PARTS for key, text in part.TEXTS.items()}
