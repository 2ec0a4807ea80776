"""The visitors of the load test: what they do is what a browser could do, and a session that is lost is counted as lost."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.server import ServerConnection, serve

from benchmarks import visitors
from benchmarks.controls import choose, usable
from benchmarks.visiting import Answer, Control, Lost, Value, Visitor
from tests.conftest import in_a_thread


def element(kind: str, **fields: Any) -> Element:
    found = Element()
    proto = getattr(found, kind)
    proto.SetInParent()
    for name, value in fields.items():
        if isinstance(value, list):
            getattr(proto, name).extend(value)
        else:
            setattr(proto, name, value)
    return found


def visitor_with(kind: str, **fields: Any) -> Visitor:
    visitor = Visitor("http://127.0.0.1:1")
    visitor.controls["a"] = Control(kind, getattr(element(kind, id="a", **fields), kind), "")
    return visitor


def chosen(visitor: Visitor, n: int = 30) -> list[Value]:
    return [choose(visitor, "a", random.Random(i)) for i in range(n)]


def test_a_choice_is_another_option_than_the_one_shown() -> None:
    visitor = visitor_with("selectbox", options=["x", "y", "z"], default=1)
    assert set(map(str, chosen(visitor))) == {"x", "z"}
    visitor.values["a"] = "z"
    assert set(map(str, chosen(visitor))) == {"x", "y"}
    assert usable(visitor_with("selectbox", options=["x"], default=0)) == [], "nothing else to choose"
    assert set(map(str, chosen(visitor_with("radio", options=["x", "y"], set_value=True, raw_value="y")))) == {"x"}


def test_a_switch_is_turned_and_turned_back() -> None:
    visitor = visitor_with("checkbox", default=True)
    assert set(map(bool, chosen(visitor))) == {False}
    visitor.values["a"] = False
    assert set(map(bool, chosen(visitor))) == {True}


def test_a_slider_stays_on_its_stops_and_within_its_ends() -> None:
    values = chosen(visitor_with("slider", min=0.1, max=0.5, step=0.1, default=[0.3]))
    assert all(isinstance(value, list) and len(value) == 1 and value != [0.3] for value in values)
    stops = {round(float(value[0]), 9) for value in values if isinstance(value, list)}
    assert stops <= {0.1, 0.2, 0.3, 0.4, 0.5} and len(stops) >= 3
    ranges = chosen(visitor_with("slider", options=["a", "b", "c"], default=[0, 2]))
    assert all(value in (["a", "b"], ["b", "c"]) for value in ranges)


def test_a_number_stays_within_its_bounds() -> None:
    values = chosen(visitor_with("number_input", has_min=True, min=2, has_max=True, max=5, step=1, default=3.0))
    assert {float(value) for value in values if isinstance(value, float)} <= {2.0, 4.0, 5.0}


def test_several_options_are_chosen_up_to_the_most_there_may_be() -> None:
    values = chosen(visitor_with("multiselect", options=list("abcdef"), default=[0], max_selections=2))
    assert all(isinstance(value, list) and len(set(value)) == 2 for value in values)


def test_what_waits_for_a_button_or_is_switched_off_is_left_alone() -> None:
    assert usable(visitor_with("text_input", form_id="form")) == []
    assert usable(visitor_with("checkbox", disabled=True)) == []
    assert usable(visitor_with("text_input")) == ["a"]


def message(**fields: Any) -> bytes:
    found = ForwardMsg()
    for name, value in fields.items():
        if name == "finished":
            found.script_finished = value
        elif name == "session":
            found.new_session.initialize.session_id = value
        elif name == "fragment":
            found.metadata.run.fragment_ids.append(value)
        elif name == "drawn":
            found.delta.new_element.CopyFrom(value)
        elif name == "within":
            found.delta.fragment_id = value
    return found.SerializeToString()


def talk(
    answers: Callable[[ServerConnection, BackMsg], Awaitable[None]], visit: Callable[[Visitor], Awaitable[Any]]
) -> Any:
    """What `visit` returns of a visitor whose every request is met by `answers`."""

    async def handler(connection: ServerConnection) -> None:
        async for request in connection:
            assert isinstance(request, bytes)
            await answers(connection, BackMsg.FromString(request))

    async def main() -> Any:
        async with serve(handler, "127.0.0.1", 0, subprotocols=["streamlit"]) as server:  # type: ignore[list-item]
            port = server.sockets[0].getsockname()[1]
            async with Visitor(f"http://127.0.0.1:{port}", patience=0.5) as visitor:
                return await visit(visitor)

    return in_a_thread(main())


async def _page(connection: ServerConnection, request: BackMsg) -> None:
    """A page with a switch in a fragment and a list outside; the third request fails."""
    fragment = request.rerun_script.fragment_id
    await connection.send(message(session="s", **({"fragment": fragment} if fragment else {})))
    if not fragment:
        await connection.send(message(drawn=element("selectbox", id="list", options=["x", "y"], query_param_key="l")))
    await connection.send(message(drawn=element("checkbox", id="switch"), within="f"))
    if request.rerun_script.query_string == "l=y" and fragment:
        await connection.send(message(drawn=element("exception", message="division by zero")))
    await connection.send(message(finished=ForwardMsg.FINISHED_EARLY_FOR_RERUN))
    await connection.send(message(finished=ForwardMsg.FINISHED_SUCCESSFULLY))


def test_a_visit_keeps_controls_url_and_fragments_and_sees_exceptions() -> None:
    requests: list[BackMsg] = []

    async def answers(connection: ServerConnection, request: BackMsg) -> None:
        requests.append(request)
        await _page(connection, request)

    async def visit(visitor: Visitor) -> list[list[str]]:
        found = [await visitor.open("page"), await visitor.change("list", "y"), await visitor.change("switch", True)]
        assert set(visitor.controls) == {"list", "switch"}, "a fragment's run leaves the rest of the page as it was"
        return [answer.errors for answer in found]

    assert talk(answers, visit) == [[], [], ["division by zero"]]
    states = [request.rerun_script for request in requests]
    assert [(state.page_name, state.query_string, state.fragment_id) for state in states] == [
        ("page", "", ""), ("page", "l=y", ""), ("page", "l=y", "f"),
    ]  # fmt: skip
    assert {widget.id: widget.string_value or widget.bool_value for widget in states[2].widget_states.widgets} == {
        "list": "y", "switch": True,
    }  # fmt: skip


def test_a_session_that_is_closed_silent_or_another_is_lost() -> None:
    async def close(connection: ServerConnection, request: BackMsg) -> None:
        await connection.close()

    async def silence(connection: ServerConnection, request: BackMsg) -> None: ...

    sessions = iter("ab")

    async def another(connection: ServerConnection, request: BackMsg) -> None:
        await connection.send(message(session=next(sessions)))
        await connection.send(message(finished=ForwardMsg.FINISHED_SUCCESSFULLY))

    async def twice(visitor: Visitor) -> None:
        await visitor.open("")
        await visitor.open("")

    for answers, said in ((close, "closed"), (silence, "no answer"), (another, "another session")):
        with pytest.raises(Lost, match=said):
            talk(answers, twice)


def test_nobody_there_is_lost_too() -> None:
    async def visit() -> None:
        async with Visitor("http://127.0.0.1:1", patience=1):
            pass

    with pytest.raises(Lost, match="no session could be opened"):
        in_a_thread(visit())


def test_a_visitor_opens_three_pages_and_changes_ten_controls(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[str, int]] = []
    bare = {"home": False}

    class Fake(Visitor):
        async def __aenter__(self) -> Visitor:
            return self

        async def open(self, page: str, query: str = "") -> Answer:
            opened.append((page, 0))
            proto = element("selectbox", id="a", options=["x", "y"]).selectbox
            self.controls = {} if len(opened) == 1 and bare["home"] else {"a": Control("selectbox", proto, "")}
            return Answer(0.5)

        async def change(self, control_id: str, value: Value) -> Answer:
            opened[-1] = opened[-1][0], opened[-1][1] + 1
            return Answer(0.1, errors=["wrong"] if opened[-1][1] == 4 else [])

    monkeypatch.setattr(visitors, "Visitor", Fake)
    for bare["home"], spread in ((False, [4, 3, 3]), (True, [0, 5, 5])):
        opened.clear()
        tally, options = visitors.Tally(), visitors._parser().parse_args(["--pause", "0"])
        in_a_thread(visitors._visit("http://x", random.Random(0), options, tally))
        assert [n for _, n in opened] == spread, "what one page has no controls for, the next ones take"
        assert len({page for page, _ in opened}) == 3 and (len(tally.openings), len(tally.changes)) == (3, 10)
        assert tally.errors.total() == sum(n >= 4 for n in spread) and tally.failed


def test_errors_lost_sessions_memory_and_an_idle_training_fail_the_bars() -> None:
    good = visitors.Tally(changes=[("home", 1.0)], peak_gb=1.0)
    assert not good.failed
    assert visitors.Tally(peak_gb=1.0).failed, "nobody changed anything"
    assert visitors.Tally(changes=good.changes, peak_gb=3.5).failed
    assert visitors.Tally(changes=good.changes, n_steps=0).failed
    good.lost["closed"] += 1
    assert good.failed
