"""A model endpoint on this machine that says what a test scripted, over real sockets, and keeps what it was asked.

    with LoopbackEndpoint() as server:
        server.play(says("Hello"), fails(429, headers={"Retry-After": "2"}), says("Hello again"))
        endpoint = Endpoint("loop-1", server.base_url)

A play is a function that answers one request on its Wire; `says` and the rest below make the usual ones,
`tests.fault_table` those of every known fault. Asked more often than scripted, `answer_by` chooses; without it the
server answers 500 and closing it fails.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from tests.loop_time import PATIENCE, LoopTime

MODEL = "loop-1"
LEFT = "the client left in the middle of a request"


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent. Header names are in lower case; `body` is None where there was none."""

    method: str
    path: str
    headers: Mapping[str, str]
    raw: bytes

    @property
    def body(self) -> dict[str, Any]:
        return json.loads(self.raw)  # type: ignore[no-any-return]

    @property
    def streamed(self) -> bool:
        return bool(self.raw) and bool(self.body.get("stream"))

    @property
    def messages(self) -> list[dict[str, str]]:
        return self.body["messages"]  # type: ignore[no-any-return]


class _Hangup(Exception):
    """Ends a connection without another word."""


class Wire:
    """One request's connection, for the play that answers it."""

    def __init__(self, connection: socket.socket, request: Request, server: LoopbackEndpoint) -> None:
        self.request = request
        self._connection = connection
        self._server = server

    def send(self, data: bytes) -> None:
        """Bytes as they are."""
        self._connection.sendall(data)

    def whole(
        self, body: bytes | str | object, status: int = 200, kind: str = "application/json", **headers: str
    ) -> None:
        """A complete answer; what is neither bytes nor text goes as JSON."""
        data = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()
        self._head(status, {"Content-Type": kind, "Content-Length": str(len(data)), **headers})
        self.send(data)

    def start(self, kind: str = "text/event-stream; charset=utf-8", **headers: str) -> None:
        """The head of an answer that comes in chunks."""
        self._head(200, {"Content-Type": kind, "Transfer-Encoding": "chunked", **headers})

    def chunk(self, data: bytes) -> None:
        """One chunk of it, as it is."""
        self.send(b"%x\r\n%b\r\n" % (len(data), data))

    def event(self, data: object) -> None:
        """One server-sent event."""
        self.chunk(f"data: {json.dumps(data, ensure_ascii=False)}\n\n".encode())

    def finish(self) -> None:
        """The regular end of the chunks."""
        self.send(b"0\r\n\r\n")

    def cut(self) -> None:
        """Close the connection where it stands."""
        raise _Hangup

    def reset(self) -> None:
        """Reset the connection."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise _Hangup

    def passes(self, seconds: float) -> None:
        """Let the client's clock run on by so many seconds, once it has read everything sent so far."""
        assert self._server.time is not None, "this play needs LoopbackEndpoint(time=LoopTime())"
        self._server.time.pass_for_client(seconds)

    def hold(self) -> None:
        """Say nothing more until the client hangs up."""
        if not self._connection.recv(1):
            self._server.hung_up.set()
        raise _Hangup

    def _head(self, status: int, headers: Mapping[str, str]) -> None:
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        self.send(f"HTTP/1.1 {status} Because\r\n{lines}\r\n".encode())


Play = Callable[[Wire], None]


class LoopbackEndpoint:
    """The server. `requests` are those it got; `hung_up` is set once a client left before a play was over.

    `time` is needed by plays that let time pass.
    """

    def __init__(
        self, answer_by: Callable[[Request], Play] | None = None, time: LoopTime | None = None, latency: float = 0
    ) -> None:
        self.requests: list[Request] = []
        self.connections = 0
        self.hung_up = threading.Event()
        self.time = time
        self._answer_by = answer_by
        self._latency = latency
        self._plays: deque[Play] = deque()
        self._troubles: list[str] = []
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self._listening.getsockname()[1]
        self.base_url = f"http://127.0.0.1:{self.port}/v1"
        self._begin(self._accept)

    def play(self, *plays: Play) -> None:
        """Answer the next requests with these, in turn."""
        self._plays.extend(plays)

    @property
    def left(self) -> int:
        """Plays nobody asked for yet."""
        return len(self._plays)

    async def connections_left(self) -> int:
        """Connections that clients keep open, once those being closed are closed."""
        until = time.monotonic() + 0.5
        while self._open and time.monotonic() < until:  # noqa: ASYNC110 -- threads close them
            await asyncio.sleep(0.01)
        return len(self._open)

    async def saw_hangup(self) -> bool:
        """Whether a client left before a play was over, or does so within seconds."""
        return await asyncio.to_thread(self.hung_up.wait, PATIENCE)

    def close(self) -> None:
        """Stop, and fail if something went wrong that no client would show."""
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(PATIENCE)
        assert not self._troubles, self._troubles

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _begin(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.connections += 1
            with self._lock:
                self._open.add(connection)
            self._begin(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        try:
            with connection.makefile("rb") as incoming:
                while request := _read(incoming):
                    self.requests.append(request)
                    if self._latency:
                        time.sleep(self._latency)
                    self._next(request)(Wire(connection, request, self))
        except ConnectionError:  # the client left while we were sending
            self.hung_up.set()
        except _Hangup:
            pass
        except Exception as error:  # noqa: BLE001 -- a play that fails must not pass for a fault of the network
            self._troubles.append(repr(error))
        finally:
            with self._lock:
                self._open.discard(connection)
            connection.close()

    def _next(self, request: Request) -> Play:
        if self._plays:
            return self._plays.popleft()
        if self._answer_by:
            return self._answer_by(request)
        self._troubles.append(f"asked more often than scripted: {request.raw[:200]!r}")
        return fails(500, "nothing is scripted")


def _read(incoming: Any) -> Request | None:
    """The next request, or None where the client has left; ConnectionResetError where it left in the middle of one."""
    line = incoming.readline()
    if not line:
        return None
    if not line.endswith(b"\n"):
        raise ConnectionResetError(LEFT)
    method, path, _ = line.decode().split()
    headers = {}
    while (line := incoming.readline()).strip() != b"":
        name, _, value = line.decode().partition(":")
        headers[name.lower()] = value.strip()
    if not line:
        raise ConnectionResetError(LEFT)
    length = int(headers.get("content-length", 0))
    body = incoming.read(length)
    if len(body) < length:
        raise ConnectionResetError(LEFT)
    return Request(method, path, headers, body)


def message(text: object, finish: str | None = "stop", **fields: object) -> dict[str, object]:
    """A whole answer's JSON; `fields` go into its message."""
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "model": MODEL,
        "choices": [{"index": 0, "message": {"role": "assistant", "content": text, **fields}, "finish_reason": finish}],
        "usage": {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15},
    }


def delta(text: str | None = None, finish: str | None = None, **fields: object) -> dict[str, object]:
    """A stream's chunk; `fields` go into its delta."""
    content = {} if text is None else {"content": text}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "model": MODEL,
        "choices": [{"index": 0, "delta": {**content, **fields}, "finish_reason": finish}],
    }


USAGE = {"model": MODEL, "choices": [], "usage": {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15}}
DONE = b"data: [DONE]\n\n"


def streams(*pieces: str, finish: str | None = "stop", pause: float = 0) -> Play:
    """A stream of these pieces, `pause` real seconds apart."""

    def play(wire: Wire) -> None:
        wire.start()
        for piece in pieces:
            wire.event(delta(piece))
            if pause:
                time.sleep(pause)
        wire.event(delta(finish=finish))
        wire.event(USAGE)
        wire.chunk(DONE)
        wire.finish()

    return play


def says(text: str) -> Play:
    """The text, streamed or whole, as it was asked for."""

    def play(wire: Wire) -> None:
        if wire.request.streamed:
            streams(*(text[at : at + 7] for at in range(0, len(text), 7)))(wire)
        else:
            wire.whole(message(text))

    return play


def fails(status: int, words: str = "no", **fields: object) -> Play:
    """An error in OpenAI's form; `fields` go into it, those of `headers` into the head."""
    headers: Any = fields.pop("headers", {})
    return lambda wire: wire.whole({"error": {"message": words, **fields}}, status, **headers)
