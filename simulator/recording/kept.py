"""What of a request and an answer a recording keeps: what is listed here, and no secret within it.

Lists name what is kept, so that whatever a server or a client adds tomorrow stays out by itself: headers that tell the
account, the cookie or the machine, ids of requests, fingerprints, times.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

PATHS = ("/chat/completions", "/models")
"""Where requests go. What stands before that in an address belongs to the server, and may change."""

_WAITING = ("retry-after", "retry-after-ms")

HIDDEN = "[hidden]"

_ASKED = ("model", "messages", "stream", "stream_options", "response_format", "tools", "tool_choice")

_CALL = {"function": dict.fromkeys(("name", "arguments")), "index": None, "type": None}
_SAID = dict.fromkeys(("role", "content", "refusal", "reasoning_content", "reasoning"))
_WRONG = dict.fromkeys(("message", "msg", "detail", "type", "code", "param", "loc", "n_ctx"))
_ANSWERED: Mapping[str, Any] = {
    "object": None,
    "model": None,
    "choices": {
        "index": None,
        "finish_reason": None,
        "delta": {**_SAID, "tool_calls": _CALL},
        "message": {**_SAID, "tool_calls": _CALL},
    },
    "usage": dict.fromkeys(("prompt_tokens", "completion_tokens", "total_tokens")),
    "error": {**_WRONG, "innererror": {"code": None}},
    "innererror": {"code": None},
    **_WRONG,
}
"""The fields of an answer, of the objects in it, and of the objects in its lists. None: kept as it is."""

_TELLING = re.compile(
    r"auth|key|token|cookie|organi[sz]ation|project|account|session|request-?id|trace|ray", re.IGNORECASE
)
_VALUE = re.compile(r"[^\s;,=\"]{6,}")  # of a header: the parts that could be recognised again
_NO_SECRET = re.compile(r"bearer|basic|path|expires|domain|max-age|secure|httponly|samesite|strict|none", re.IGNORECASE)
_BETWEEN = b"\n\n"  # what ends an event
_MOST_EVENT = 2 << 20  # bytes of an event that is waited for: more than the client takes
_SHORTEST = 4  # characters; what is shorter is a syllable of ordinary words
_ACCOUNTS = re.compile(
    rb"\b(?:sk|pk|rk|org|proj|req|sess|chatcmpl)[-_](?=[\w*.-]*\d)[\w*.-]{10,}"
    rb"|\beyJ[\w-]{10,}\.[\w.-]+|(?<=//)[^\s/@\"\\]+@"
)
"""Keys, organisations, projects and requests as the known services name them, and credentials in an address."""


class Secrets:
    """What must not get into a recording: known at the start, and learned from the headers that come by."""

    def __init__(self, key: str | None, base_url: str | None, folders: Iterable[Path]) -> None:
        self._known: set[str] = {key} if key else set()
        parts = urlsplit(base_url or "")
        for raw in (parts.username, parts.password):
            self._known |= {raw, unquote(raw)} if raw else set()
        self._folders = sorted(
            (str(folder).encode() for folder in folders if len(folder.parts) > 1), key=len, reverse=True
        )

    def learn(self, headers: Iterable[tuple[str, str]]) -> None:
        """Know the values of these headers where their names say that they identify somebody or something."""
        for name, value in headers:
            if _TELLING.search(name):
                self._known |= {word for word in _VALUE.findall(value) if not _NO_SECRET.fullmatch(word)}

    def hide(self, content: bytes) -> bytes:
        """The content without any of them."""
        for secret in sorted(self._known, key=len, reverse=True):
            if len(secret) >= _SHORTEST:
                content = content.replace(secret.encode(), HIDDEN.encode())
        for folder in self._folders:
            content = content.replace(folder, b"~")
        return _ACCOUNTS.sub(HIDDEN.encode(), content)


def path_of(url: str) -> str:
    """The part of an address that says what is asked for."""
    path = urlsplit(url).path.rstrip("/")
    return next((known for known in PATHS if path.endswith(known)), "/" + path.rpartition("/")[2])


def headers_of(headers: Mapping[str, str]) -> dict[str, list[str]]:
    """The headers of an answer that are kept, as vcrpy has them; of a request none is."""
    names = ["content-type", *(name for name in _WAITING if name in headers)]
    if "retry-after" in names:  # a date in it counts from this one
        names.append("date")
    return {name: [headers[name]] for name in names if name in headers}


def asked(body: bytes) -> bytes:
    """A request's body in its one form: the fields that are kept, in order of their names; what is no JSON as it is."""
    try:
        value = json.loads(body)
    except ValueError:
        return body
    if not isinstance(value, dict):
        return body
    return canonical({name: value[name] for name in _ASKED if name in value})


def canonical(value: Any) -> bytes:
    """A JSON value in its one form."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def answered(body: bytes, secrets: Secrets) -> bytes:
    """A whole answer's body: the fields that are kept. Of a page nothing is; what else is no JSON loses its secrets."""
    if body.lstrip()[:1] == b"<":
        return b"<html></html>"
    return _filtered(body, secrets)


def events(body: bytes) -> Iterator[bytes]:
    """The events of a stream one by one, each with the blank line behind it; last what follows no blank line."""
    *whole, rest = body.split(_BETWEEN)
    yield from (event + _BETWEEN for event in whole)
    if rest:
        yield rest


class Sieve:
    """A stream's bytes in, its events out as soon as they are complete: names and data of what is kept, no comments.

    `kept` is all that came out.
    """

    def __init__(self, secrets: Secrets) -> None:
        self.kept = b""
        self._secrets = secrets
        self._pending = b""

    def feed(self, part: bytes) -> Iterator[bytes]:
        """The events that this part completes."""
        *whole, self._pending = (self._pending + part).replace(b"\r\n", b"\n").split(_BETWEEN)
        for event in whole:
            lines = (_line(line, self._secrets) for line in event.split(b"\n"))
            yield self._keep(b"\n".join(lines) + _BETWEEN)
        if len(self._pending) > _MOST_EVENT:
            yield self.rest()

    def rest(self) -> bytes:
        """What was not completed."""
        rest, self._pending = self._secrets.hide(self._pending), b""
        return self._keep(rest)

    def _keep(self, event: bytes) -> bytes:
        self.kept += event
        return event


def _line(line: bytes, secrets: Secrets) -> bytes:
    name, _, data = line.partition(b":")
    if name == b"data":
        return b"data: " + _filtered(data.removeprefix(b" "), secrets)
    if name in {b"event", b"retry"}:
        return line
    return b":" if not name or name == b"id" else secrets.hide(line)


def _filtered(body: bytes, secrets: Secrets) -> bytes:
    hidden = secrets.hide(body)
    try:
        value = json.loads(hidden)
    except (ValueError, RecursionError):
        return hidden
    if not isinstance(value, dict):
        return hidden
    kept = _allowed(value, _ANSWERED)
    try:
        return json.dumps(kept, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half of a surrogate pair: a server split an emoji between two events
        return json.dumps(kept).encode()


def _allowed(value: Any, fields: Mapping[str, Any] | None) -> Any:
    if fields is None or not isinstance(value, (dict, list)):
        return value
    if isinstance(value, list):
        return [_allowed(item, fields) for item in value]
    return {name: _allowed(item, fields[name]) for name, item in value.items() if name in fields}
