"""Who looks at the page, as far as that is needed: what one browser brings is its own, also after a reload.

A visitor is known by the random token that Streamlit gives every browser against forged requests. It is never shown, not part of
a link, and lives as long as the browser is open. Without cookies a visitor is a session.
"""

from __future__ import annotations

import secrets

import streamlit as st

COOKIE = "_streamlit_xsrf"
KEY = "visitor"


def visitor() -> str:
    """A secret that is this visitor's: the same on every page and in every tab of one browser."""
    token = _token(st.context.cookies.get(COOKIE, ""))
    if token:
        return token
    return st.session_state.setdefault(KEY, secrets.token_hex(16))


def _token(cookie: str) -> str:
    """The token in the cookie ("2|mask|masked token|time", in hexadecimal); "" where it holds none.

    The mask changes with every page that is loaded, the token does not.
    """
    try:
        version, mask, masked, _ = cookie.strip("\"'").split("|")
        key, hidden = bytes.fromhex(mask), bytes.fromhex(masked)
    except ValueError:
        return ""
    if version != "2" or len(key) != 4 or len(hidden) < 16:
        return ""
    return bytes(byte ^ key[i % 4] for i, byte in enumerate(hidden)).hex()
