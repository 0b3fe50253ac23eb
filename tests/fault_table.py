"""Every row of the fault table of the endpoint, as plays for LoopbackEndpoint and what must come of them.

`WHOLE` for whole answers, `STREAMED` for streams. Parametrize over them with `ids=str`.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass

from simulator.errors import EndpointError
from tests.endpoint import DONE, USAGE, Play, Wire, delta, fails, message, streams

KEY = "sk-canary-4f9a1c77e2"
SECRETS = (KEY, "org-canarycanary", "session=canarycookie", "req_canary1234567890", "canarypassword")
HTML = "<!DOCTYPE html><html><head><title>Bad gateway</title></head><body>nginx</body></html>"
ECHO = f"no: {KEY} of org-canarycanary (request ID req_canary1234567890)"
"""Words in which an endpoint repeats what it should not."""

HEADERS = {
    "x-request-id": "req_canary1234567890",
    "openai-organization": "org-canarycanary",
    "Set-Cookie": "session=canarycookie; Path=/",
}
TRIES = 3


@dataclass(frozen=True, slots=True)
class Row:
    """`plays` for the requests in turn, the last one for all that follow; the outcome, None where all is well; how
    often is asked, and the visible text.
    """

    name: str
    plays: tuple[Play, ...]
    outcome: str | None
    asked: int = 1
    said: str = ""

    def __str__(self) -> str:
        return self.name

    def script(self) -> tuple[Play, ...]:
        """The plays for all the requests that are to come."""
        return self.plays + self.plays[-1:] * (self.asked - len(self.plays))


def assert_fit_for_people(error: EndpointError) -> None:
    """One line that says something and gives nothing away, with nothing foreign behind it."""
    text = f"{error} {error!r}"
    assert not [secret for secret in SECRETS if secret in text]
    assert "\n" not in str(error)
    assert "<" not in text
    assert 10 < len(str(error)) < 400
    assert error.__context__ is None
    frames = [frame.f_code.co_filename for frame, _ in traceback.walk_tb(error.__traceback__)]
    assert not [name for name in frames if "openai" in name or "httpx2" in name]  # their locals know the key


def _refused(status: int, words: str = ECHO, **fields: object) -> Play:
    return fails(status, words, headers=HEADERS, **fields)


def _page(status: int) -> Play:
    return lambda wire: wire.whole(HTML, status, "text/html", **HEADERS)


def _body(body: object, kind: str = "application/json") -> Play:
    return lambda wire: wire.whole(body, 200, kind)


def _body_of(status: int, body: object) -> Play:
    return lambda wire: wire.whole(body, status)


def _message(text: object, finish: str = "stop", **fields: object) -> Play:
    return _body(message(text, finish, **fields))


def _events(*events: object, end: Callable[[Wire], None] = Wire.finish) -> Play:
    """A stream of objects as events and bytes as they are, and how it ends."""

    def play(wire: Wire) -> None:
        wire.start(**HEADERS)
        for event in events:
            if isinstance(event, bytes):
                wire.chunk(event)
            else:
                wire.event(event)
        end(wire)

    return play


def _hold(wire: Wire) -> None:
    wire.passes(31)
    wire.hold()


def _pause_and_reset(wire: Wire) -> None:
    wire.passes(0)  # a reset throws away what was not read yet
    wire.reset()


def _drip(wire: Wire) -> None:
    for _ in range(3):
        wire.passes(9)
        wire.chunk(b": keep-alive\n\n")
    wire.passes(4)
    wire.hold()


def _talk_on(wire: Wire) -> None:
    for _ in range(2):
        wire.passes(20.5)
        wire.event(delta("on "))
    wire.passes(20.5)
    wire.hold()


def _never_end(wire: Wire) -> None:
    while True:
        wire.event(delta("x" * 1000))


def _broken_off(wire: Wire) -> None:
    wire.start("application/json")
    wire.chunk(b'{"choices": [{"mess')
    wire.cut()


def _stalled_body(wire: Wire) -> None:
    wire.start("application/json")
    wire.chunk(b'{"choices": [{"mess')
    _silent(wire)


def _endless(wire: Wire) -> None:
    wire.start("application/json")
    while True:
        wire.chunk(b" " * (1 << 16))


def _half_refused(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 401 No\r\nContent-Length: 100\r\n\r\n{")
    wire.passes(6)
    wire.hold()


def _silent(wire: Wire) -> None:
    wire.passes(61)
    wire.hold()


_CALL = {"id": "1", "type": "function", "function": {"name": "pay", "arguments": "{}"}}
_CONTEXT = "This model's maximum context length is 4096 tokens. However, your messages resulted in 5000 tokens."
_STOP = delta(finish="stop")

STATUSES = (
    Row("401", (_refused(401, code="invalid_api_key"),), "key_rejected"),
    Row("401 whose body never ends", (_half_refused,), "key_rejected"),
    Row("403", (_refused(403),), "not_allowed"),
    Row("404", (_refused(404),), "unknown_model"),
    Row("404 page", (_page(404),), "unknown_model"),
    Row("400 unknown model", (_refused(400, "Model Not Exist", code="invalid_request_error"),), "unknown_model"),
    Row("400 context length", (_refused(400, _CONTEXT, code="context_length_exceeded"),), "context"),
    Row("400 context size", (_refused(400, "the request exceeds the available context size"),), "context"),
    Row("400 content filter", (_refused(400, code="content_filter"),), "filtered"),
    Row("400", (_refused(400),), "refused"),
    Row("422", (_body_of(422, {"detail": [{"loc": ["body", "n"], "msg": ECHO}]}),), "refused"),
    Row("429 insufficient quota", (_refused(429, code="insufficient_quota"),), "quota"),
    Row("402", (_refused(402),), "quota"),
    *(Row(str(status), (_refused(status),), "unavailable", TRIES) for status in (408, 409, 429, 500, 503, 529)),
    Row("502 page", (_page(502),), "unavailable", TRIES),
    Row("reset before the head", (Wire.reset,), "unreachable", TRIES),
    Row("closed before the head", (Wire.cut,), "unreachable", TRIES),
    Row("redirect", (lambda wire: wire.whole("", 307, Location="http://127.0.0.1:1/v1"),), "bad_answer"),
    Row("200 page", (_body(HTML, "text/html"),), "bad_answer"),
    Row("200 error", (_body({"error": {"message": ECHO}}),), "bad_answer"),
    Row("200 error in words", (_body({"error": "model 'x' not found"}),), "unknown_model"),
    Row("200 choices null", (_body({"choices": None}),), "bad_answer"),
    Row("never answers", (_silent,), "stalled"),
)

WHOLE = (
    *STATUSES,
    Row("busy, then well", (_refused(503), _message("Fine.")), None, 2, "Fine."),
    Row("200 text", (_body("busy", "text/plain"),), "bad_answer"),
    Row("no choices", (_body({"choices": []}),), "bad_answer"),
    Row("choices of nothing", (_body({"choices": [None]}),), "bad_answer"),
    Row("content is a list", (_message([]),), "bad_answer"),
    Row("not an object", (_body("[1]"),), "bad_answer"),
    Row("truncated JSON", (_body('{"choices": [{"mess'),), "bad_answer"),
    Row("not UTF-8", (_body(b'{"choices": [{"message": {"content": "\xff\xfe"}}]}'),), "bad_answer"),
    Row("nested too deep", (_body("[" * 100_000),), "bad_answer"),
    Row("body broken off", (_broken_off,), "bad_answer"),
    Row("body stalls", (_stalled_body,), "stalled"),
    Row("endless body", (_endless,), "bad_answer"),
    Row("empty", (_message(""),), "empty", 2),
    Row("null", (_message(None),), "empty", 2),
    Row("empty, then well", (_message(" \n"), _message("Fine.")), None, 2, "Fine."),
    Row("only thinking", (_message("<think>Hm.</think>"),), "empty", 2),
    Row("length", (_message("Fi", "length"),), "too_long"),
    Row("filtered", (_message("Fi", "content_filter"),), "filtered"),
    Row("refusal", (_message(None, refusal="I can't."),), "filtered"),
    Row("tool call", (_message(None, "tool_calls", tool_calls=[_CALL]),), "tool_call"),
    Row("tool call with no reason", (_message("Fine.", tool_calls=[_CALL]),), "tool_call"),
    Row("thinking", (_message("<think>Hm.</think>Fine."),), None, 1, "Fine."),
    Row("lone closing tag", (_message("Hm.</think>Fine."),), None, 1, "Fine."),
    Row("reasoning", (_message("Fine.", reasoning_content="Hm."),), None, 1, "Fine."),
    Row("escape sequences", (_message("\x1b[31mFine\u202e."),), None, 1, "Fine."),
)

STREAMED = (
    *STATUSES,
    Row("busy, then well", (_refused(503), streams("Fine.")), None, 2, "Fine."),
    Row("cut at once", (_events(end=Wire.cut),), "cut"),
    Row("cut", (_events(delta("Well, "), delta("I"), end=Wire.cut),), "cut", 1, "Well, I"),
    Row("reset", (_events(delta("Well, "), end=_pause_and_reset),), "cut", 1, "Well, "),
    Row("ends with no finish_reason", (_events(delta("Well, "), DONE),), "cut", 1, "Well, "),
    Row("ends with nothing", (_events(),), "cut"),
    Row("stalled at once", (_events(end=_hold),), "stalled"),
    Row("stalled", (_events(delta("Well, "), end=_hold),), "stalled", 1, "Well, "),
    Row("drip of keep-alives", (_events(delta("Well, "), end=_drip),), "stalled", 1, "Well, "),
    Row("talks on past its time", (_events(delta("Well, "), end=_talk_on),), "stalled", 1, "Well, on on "),
    Row("not JSON", (_events(delta("Well, "), b"data: {broken\n\n"),), "bad_answer", 1, "Well, "),
    Row("not an object", (_events(b"data: 7\n\n"),), "bad_answer"),
    Row("not UTF-8", (_events(delta("Well, "), b'data: {"choices": "\xff"}\n\n'),), "bad_answer", 1, "Well, "),
    Row("choices of nothing", (_events({"choices": [None]}),), "bad_answer"),
    Row("content is a number", (_events(delta(), {"choices": [{"delta": {"content": 7}}]}),), "bad_answer"),
    Row("error inside", (_events(delta("Well, "), {"error": {"message": ECHO}}),), "bad_answer", 1, "Well, "),
    Row("error event", (_events(b'event: error\ndata: {"message": "overloaded"}\n\n'),), "bad_answer"),
    Row("retry line", (_events(b"retry: 1\nid: 7\n\n", delta("Fine."), _STOP, DONE),), None, 1, "Fine."),
    Row("a line of 5 MB", (_events(delta("Well, "), b"data: " + b"x" * 5_000_000),), "bad_answer", 1, "Well, "),
    Row("an event of 5 MB", (_events(delta("Well, "), b"data: xxxxx\n" * 420_000),), "bad_answer", 1, "Well, "),
    Row("endless", (_events(end=_never_end),), "too_long", 1, "x" * 64 * 1024),
    Row("length", (_events(delta("Well, "), delta(finish="length"), USAGE, DONE),), "too_long", 1, "Well, "),
    Row("filtered", (_events(delta("Well, "), delta(finish="content_filter"), DONE),), "filtered", 1, "Well, "),
    Row("refusal", (_events(delta(refusal="I can't."), _STOP, DONE),), "filtered"),
    Row("tool call", (_events(delta(tool_calls=[_CALL]), end=_hold),), "tool_call"),
    Row("tool calls at the end", (_events(delta(finish="tool_calls"), DONE),), "tool_call"),
    Row("empty", (_events(delta(""), _STOP, DONE),), "empty", 2),
    Row("null", (_events(delta(content=None), _STOP, DONE),), "empty", 2),
    Row("white space", (_events(delta(" \n"), _STOP, DONE),), "empty", 2),
    Row("empty, then well", (_events(_STOP, DONE), streams("Fine.")), None, 2, "Fine."),
    Row("only thinking", (streams("<think>", "Hm.", "</think>"),), "empty", 2),
    Row("thinking", (streams("<th", "ink>Hm.</thi", "nk>Fi", "ne."),), None, 1, "Fine."),
    Row("endless thinking", (_events(delta("<think>"), end=_never_end),), "too_long"),
    Row("reasoning", (_events(delta(reasoning_content="Hm."), delta("Fine."), _STOP, DONE),), None, 1, "Fine."),
    Row("escape sequences", (streams("\x1b[3", "1mFine\u202e", "."),), None, 1, "Fine."),
    Row("unfinished sequence", (_events(delta("Fine.\x1b]0;Oh"), _STOP, DONE),), None, 1, "Fine.0;Oh"),
    Row("usage with no choices", (_events({"choices": []}, delta("Fine."), _STOP, USAGE, DONE),), None, 1, "Fine."),
    Row("no [DONE]", (_events(delta("Fine."), _STOP),), None, 1, "Fine."),
    Row("no [DONE], cut", (_events(delta("Fine."), _STOP, end=Wire.cut),), None, 1, "Fine."),
    Row("no [DONE], left open", (_events(delta("Fine."), _STOP, end=_hold),), None, 1, "Fine."),
    Row("words after the end", (_events(delta("Fine."), _STOP, delta("Oh."), DONE),), None, 1, "Fine."),
    Row("nonsense after the end", (_events(delta("Fine."), _STOP, b"data: {\n\n"),), None, 1, "Fine."),
)
