"""A visitor is a browser: the token under the mask of Streamlit's cookie, which changes with every page that is loaded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reprlearn.ui.visitor import _token


@given(st.binary(min_size=16, max_size=16), st.binary(min_size=4, max_size=4), st.binary(min_size=4, max_size=4))
def test_the_token_is_the_same_under_every_mask(token: bytes, mask: bytes, other: bytes) -> None:
    def cookie(key: bytes) -> str:
        return f"2|{key.hex()}|{bytes(byte ^ key[i % 4] for i, byte in enumerate(token)).hex()}|1700000000"

    assert _token(cookie(mask)) == _token(cookie(other)) == token.hex()


def test_it_reads_what_streamlit_writes() -> None:
    utils = pytest.importorskip("streamlit.web.server.starlette.starlette_app_utils")
    token = bytes(range(16))
    assert _token(utils.generate_xsrf_token_string(token)) == token.hex()


@given(st.text() | st.from_regex(r"[0-9]\|[0-9a-f]{0,12}\|[0-9a-f]{0,40}\|[0-9]{0,12}", fullmatch=True))
def test_no_cookie_is_an_error(cookie: str) -> None:
    assert _token(cookie) == "" or len(_token(cookie)) >= 32
