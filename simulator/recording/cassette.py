"""A recording's requests and answers: a vcrpy cassette that finds a request by its fingerprint.

vcrpy compares a request with every recorded one, and parses both bodies each time: at a thousand interactions that is
100 ms a request. Here method, path and body, each in its one form, are a key. On disk JSON bodies are YAML values, so
that prompts read as text, and streams are the events they came as.

An answer has two keys besides vcrpy's: `seconds` until it began, and `end` where it did not come to its end: the name
of the transport's error, or `left` where the program, or the person before it, stopped listening.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.recording.files import Document, read, save, written
from simulator.recording.kept import canonical
from simulator.wording import say

if TYPE_CHECKING:
    from vcr.cassette import Cassette
    from vcr.request import Request

VERSION = 1
"""vcrpy's version of the format, which is also that of our keys."""

LEFT = "left"

_EXCHANGE = {"request": ("method", "uri", "body"), "response": ("status", "headers", "body")}
_LOWEST, _HIGHEST = 100, 599  # statuses


def to_play(file: Path) -> Cassette:
    """The cassette in a file, empty where there is none. Raises BadInput, with the line, for one that is damaged or of
    a newer version.
    """
    from vcr.record_mode import RecordMode  # noqa: PLC0415 -- heavy: only what asks a model needs vcrpy

    loaded: Cassette = _indexed().load(path=str(file), persister=_Persister, record_mode=RecordMode.NONE)
    return loaded


def to_write(file: Path) -> AbstractContextManager[Cassette]:
    """A cassette, which there may be already, to be written on; leaving the block saves it.

    It stands in for nothing by itself: that is what tape.py is for. Raises BadInput, StoreError.
    """
    from vcr.patch import PATCHER_NAMES  # noqa: PLC0415 -- heavy
    from vcr.record_mode import RecordMode  # noqa: PLC0415

    opened: AbstractContextManager[Cassette] = _indexed().use(
        path=str(file), persister=_Persister, record_mode=RecordMode.NEW_EPISODES, skip_patchers=PATCHER_NAMES
    )
    return opened


def request_of(method: str, path: str, body: bytes) -> Request:
    """A request as a cassette has it; `body` in its one form."""
    from vcr.request import Request  # noqa: PLC0415 -- heavy

    return Request(method, path, body, {})


def key_of(request: Request) -> tuple[str, str, bytes]:
    """What a request is found by."""
    return request.method, request.uri, request.body


@cache
def _indexed() -> type[Cassette]:
    from vcr.cassette import Cassette  # noqa: PLC0415 -- heavy

    class Indexed(Cassette):  # type: ignore[misc]
        """vcrpy's cassette with an index."""

        def __init__(self, **options: Any) -> None:
            super().__init__(**options)
            self._index: dict[tuple[str, str, bytes], deque[int]] = defaultdict(deque)

        def append(self, request: Request, response: Mapping[str, Any]) -> None:
            super().append(request, response)
            self._index[key_of(request)].append(len(self.data) - 1)

        def keep(self, request: Request, response: Mapping[str, Any]) -> None:
            """Append, to the file at once: a program that is killed leaves what it was told."""
            self.append(request, response)
            with suppress(OSError):  # leaving the block saves the whole, and says why it cannot
                _add(Path(self._path), request, response)

        def _responses(self, request: Request) -> Iterator[tuple[int, Any]]:
            """The answers to this request that were not played yet."""
            places = self._index.get(key_of(request), deque())
            while places and self.play_counts[places[0]]:
                places.popleft()
            for place in places:
                yield place, self.data[place][1]

        def place_of(self, request: Request) -> int:
            """Where the answer stands that this request gets next; there must be one."""
            return next(self._responses(request))[0]

    return Indexed


class _Persister:
    """vcrpy's way to a file."""

    @staticmethod
    def load_cassette(cassette_path: str, serializer: object) -> tuple[list[Request], list[dict[str, Any]]]:
        """Requests and answers. Raises BadInput, and vcrpy's own error where there is no file."""
        from vcr.persisters.filesystem import CassetteNotFoundError  # noqa: PLC0415 -- heavy

        del serializer
        file = Path(cassette_path)
        if not file.exists():
            raise CassetteNotFoundError
        pairs = _interactions(read(file))
        requests = [
            request_of(one["request"]["method"], one["request"]["uri"], _body(one["request"]["body"])) for one in pairs
        ]
        return requests, [_answer(one["response"]) for one in pairs]

    @staticmethod
    def save_cassette(cassette_path: str, cassette_dict: Mapping[str, Any], serializer: object) -> None:
        """Raises StoreError."""
        del serializer
        pairs = zip(cassette_dict["requests"], cassette_dict["responses"], strict=True)
        interactions = [_interaction(asked, answer) for asked, answer in pairs]
        save(Path(cassette_path), written({"version": VERSION, "interactions": interactions}).encode())


def _add(file: Path, request: Request, answer: Mapping[str, Any]) -> None:
    """Write one more interaction behind those of a cassette, in one piece."""
    head = "" if file.exists() else f"version: {VERSION}\ninteractions:\n"
    with file.open("ab", buffering=0) as opened:
        opened.write((head + written([_interaction(request, answer)])).encode())


def _interaction(request: Request, answer: Mapping[str, Any]) -> dict[str, Any]:
    return {"request": _request_out(request), "response": _answer_out(answer)}


def _interactions(document: Document) -> list[dict[str, Any]]:
    """The interactions of a file, each found to have its parts. Raises BadInput with the line."""
    value = document.value
    if not isinstance(value, dict) or "version" not in value:
        document.refuse((), say("a cassette says its version; this does not"))
    document.known_format(f"cassette/{value['version']}", f"cassette/{VERSION}")
    pairs = value.get("interactions")
    if not isinstance(pairs, list):
        document.refuse(("interactions",), say("a cassette holds a list of interactions"))
    for place, pair in enumerate(pairs):
        for part, keys in _EXCHANGE.items():
            for key in keys:
                found = pair.get(part) if isinstance(pair, dict) else None
                if not isinstance(found, dict) or key not in found:
                    document.refuse(("interactions", place, part), say("'{key}' is missing", key=f"{part}.{key}"))
        _check(document, ("interactions", place), pair)
    return pairs


def _check(document: Document, way: tuple[str | int, ...], pair: Mapping[str, Any]) -> None:
    asked, answer = pair["request"], pair["response"]
    status = answer["status"]
    code = status.get("code") if isinstance(status, dict) else None
    ended = answer.get("end", "")
    if not (isinstance(code, int) and _LOWEST <= code <= _HIGHEST) and not (status is None and ended):
        document.refuse((*way, "response", "status"), say("no status of an answer"))
    if not isinstance(asked["method"], str) or not isinstance(asked["uri"], str):
        document.refuse((*way, "request"), say("method and uri are words"))
    if not isinstance(ended, str) or not isinstance(answer.get("seconds", 0), (int, float)):
        document.refuse((*way, "response"), say("seconds is a number, and end a word"))
    headers = answer["headers"]
    if not isinstance(headers, dict) or not all(isinstance(values, list) for values in headers.values()):
        document.refuse((*way, "response", "headers"), say("headers are lists of texts by name"))


def _request_out(request: Request) -> dict[str, Any]:
    body = _readable(request.body)
    if isinstance(body, dict) and isinstance(body.get("messages"), list):
        body["messages"] = [_role_first(message) for message in body["messages"]]
    return {"method": request.method, "uri": request.uri, "body": body}


def _role_first(message: Any) -> Any:
    return {"role": message["role"], **message} if isinstance(message, dict) and "role" in message else message


def _answer_out(answer: Mapping[str, Any]) -> dict[str, Any]:
    """An answer with its status last: a file that was cut off lacks it."""
    rest = {name: answer[name] for name in ("seconds", "end") if name in answer}
    return {
        "body": _readable(answer["body"]["string"]),
        "headers": answer["headers"],
        **rest,
        "status": answer["status"],
    }


def _readable(body: bytes) -> Any:
    """A body as YAML has it: a JSON object as values, other text as text, what is neither as bytes."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return body
    if not text.startswith("{"):
        return text
    try:
        value = json.loads(text, parse_constant=_no_number)
        canonical(value)  # half of a surrogate pair stays an escape in the text
    except (ValueError, RecursionError):
        return text
    return value


def _no_number(name: str) -> None:
    raise ValueError(name)


def _body(value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    return value.encode() if isinstance(value, str) else canonical(value)


def _answer(answer: Mapping[str, Any]) -> dict[str, Any]:
    return {**answer, "body": {"string": _body(answer["body"])}}
