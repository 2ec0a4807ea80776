"""A visitor without a browser: one WebSocket session that speaks to a Streamlit server as its page in the browser does.

It reads what the server draws (`streamlit.proto`), remembers the controls on the page, keeps the URL and the cache of messages
that a browser keeps, and answers with the state of the controls. Nothing is drawn.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

Value = bool | float | str | list[str] | list[float]
# How each control says its value, see `value_type` in streamlit/elements/widgets.
KINDS = {
    "checkbox": "bool_value", "number_input": "double_value", "selectbox": "string_value", "radio": "string_value",
    "text_input": "string_value", "text_area": "string_value", "button_group": "string_array_value",
    "multiselect": "string_array_value", "slider": "double_array_value",
}  # fmt: skip
AGE = 2  # runs for which a browser keeps a message it was told to cache


class Lost(Exception):
    """The session is gone: the server closed it, or does not answer any more."""


@dataclass(frozen=True)
class Control:
    """A control on the page. `fragment`: the part of the page that answers to it, "" for the whole page."""

    kind: str
    proto: Any
    fragment: str


@dataclass
class Answer:
    """What came back: seconds until the script had run, bytes on the wire, and what went wrong on the page."""

    seconds: float
    n_bytes: int = 0
    errors: list[str] = field(default_factory=list)


class Visitor:
    """One session. Use as an asynchronous context manager.

    url:      http://host:port
    patience: seconds after which an answer is given up
    """

    def __init__(self, url: str, patience: float = 120.0, headers: dict[str, str] | None = None) -> None:
        parts = urlsplit(url)
        self._address = f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}/_stcore/stream"
        self._origin, self._patience, self._headers = url, patience, headers
        self._connection: ClientConnection | None = None
        self._cached: dict[str, tuple[ForwardMsg, int]] = {}
        self._n_runs, self._whole_page = 0, True
        self.session_id = self.page = ""
        self.query: dict[str, list[str]] = {}
        self.controls: dict[str, Control] = {}
        self.values: dict[str, Value] = {}
        self.texts: list[str] = []

    async def __aenter__(self) -> Visitor:
        try:
            # The page in the browser names no protocol token but these two either, before it has a cookie and a session.
            self._connection = await connect(
                self._address, max_size=None, origin=self._origin, open_timeout=self._patience,  # type: ignore[arg-type]
                subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"], additional_headers=self._headers,  # type: ignore[list-item]
            )  # fmt: skip
        except (OSError, WebSocketException) as error:
            raise Lost(f"no session could be opened: {error}") from error
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._connection:
            await self._connection.close()

    async def open(self, page: str, query: str = "") -> Answer:
        """Open a page by its name in the URL ("" is home), as a link does: its controls begin anew."""
        self.page, self.query, self.values = page, parse_qs(query), {}
        return await self._rerun("")

    async def change(self, control_id: str, value: Value) -> Answer:
        """Set a control of the page, and wait for what comes of it."""
        control = self.controls[control_id]
        self.values[control_id] = value
        if control.proto.query_param_key:
            self.query[control.proto.query_param_key] = in_url(value)
        return await self._rerun(control.fragment)

    async def _rerun(self, fragment: str) -> Answer:
        message = BackMsg()
        state = message.rerun_script
        state.query_string = urlencode(self.query, doseq=True)
        state.page_name, state.fragment_id = self.page, fragment
        state.cached_message_hashes.extend(self._cached)
        state.context_info.url = f"{self._origin}/{self.page}"
        state.widget_states.widgets.extend(
            _state(control_id, self.controls[control_id], value)
            for control_id, value in self.values.items()
            if control_id in self.controls
        )
        answer, start = Answer(0.0), time.perf_counter()
        assert self._connection, "a visitor is used within `async with`"
        try:
            async with asyncio.timeout(self._patience):
                await self._connection.send(message.SerializeToString())
                while not self._take(await self._connection.recv(), answer):
                    pass
        except TimeoutError as error:
            raise Lost(f"no answer within {self._patience:g} seconds") from error
        except (OSError, WebSocketException) as error:
            raise Lost(f"the session was closed: {error}") from error
        answer.seconds = time.perf_counter() - start
        return answer

    def _take(self, content: str | bytes, answer: Answer) -> bool:
        """Take one message in; whether it ends the run."""
        assert isinstance(content, bytes)
        message = ForwardMsg.FromString(content)
        answer.n_bytes += len(content)
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            kept, _ = self._cached[message.ref_hash]
            self._cached[message.ref_hash] = kept, self._n_runs
            message, kind = kept, "delta"
        elif message.metadata.cacheable:
            self._cached[message.hash] = message, self._n_runs
        if kind == "new_session":
            self._begin(message)
        elif kind == "delta":
            self._draw(message.delta, answer)
        elif kind == "page_info_changed":
            self.query = parse_qs(message.page_info_changed.query_string, keep_blank_values=True)
        elif kind == "page_not_found":
            answer.errors.append(f"there is no page {message.page_not_found.page_name!r}")
        elif kind == "session_event" and message.session_event.HasField("script_compilation_exception"):
            answer.errors.append(message.session_event.script_compilation_exception.message)
        elif kind == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                answer.errors.append("the script does not compile")
            self._forget()
            return message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return False

    def _begin(self, message: ForwardMsg) -> None:
        """A run begins: what it will draw anew is forgotten."""
        session_id = message.new_session.initialize.session_id
        if self.session_id and session_id != self.session_id:
            raise Lost("the server began another session")
        self.session_id = session_id
        fragments = set(message.metadata.run.fragment_ids)
        self._whole_page = not fragments
        if self._whole_page:
            self.texts = []
        self.controls = {
            control_id: control
            for control_id, control in self.controls.items()
            if fragments and control.fragment not in fragments
        }

    def _forget(self) -> None:
        """A run of the whole page has ended: messages of a few runs ago go, as in a browser. Not earlier, the run may name them."""
        if self._whole_page:
            self._n_runs += 1
            self._cached = {name: kept for name, kept in self._cached.items() if self._n_runs - kept[1] <= AGE}

    def _draw(self, delta: Any, answer: Answer) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type") if delta.WhichOneof("type") == "new_element" else None
        if kind in KINDS:
            proto = getattr(element, kind)
            self.controls[proto.id] = Control(kind, proto, delta.fragment_id)
        elif kind == "exception":
            answer.errors.append(element.exception.message or element.exception.type)
        elif kind in ("markdown", "heading"):
            self.texts.append(getattr(element, kind).body)


def in_url(value: Value) -> list[str]:
    """A value as a control that is bound to the URL writes it there."""
    return [_written(each) for each in (value if isinstance(value, list) else [value])]


def _written(value: bool | float | str) -> str:
    if isinstance(value, str):
        return value
    return str(value).lower() if isinstance(value, bool) else f"{value:g}"


def _state(control_id: str, control: Control, value: Any) -> WidgetState:
    state, name = WidgetState(id=control_id), KINDS[control.kind]
    if name == "string_array_value" or (control.kind == "slider" and control.proto.options):
        state.string_array_value.data.extend(value)
    elif name == "double_array_value":
        state.double_array_value.data.extend(value)
    else:
        setattr(state, name, value)
    return state
