"""Between the client and the network: requests are recorded as they pass, or answered from a cassette.

vcrpy's own stub reads a stream to its end before the client sees any of it, and keeps nothing of one that breaks. Here
the client gets each event when it comes, and whatever ends an answer is part of it. What the client sees while
recording is what the recording keeps, so that it sees the same in a replay.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from simulator.recording import kept
from simulator.recording.cassette import LEFT, key_of, request_of

if TYPE_CHECKING:  # heavy
    import httpx2
    from vcr.cassette import Cassette
    from vcr.request import Request

    Send = Callable[[httpx2.AsyncHTTPTransport, httpx2.Request], Awaitable[httpx2.Response]]

EVENTS = "text/event-stream"

MOST_BODY = 9 << 20
"""Bytes of a whole answer that are read: more than the client takes."""

_FOREVER = 86_400.0  # seconds: whoever listens stops long before

_SETTLING = 10.0  # seconds, which pass at once: what was answered beside is made use of before anything is left


@contextmanager
def in_place_of_network(stand_in: Callable[[Send], Send]) -> Iterator[None]:
    """Give every request of this process to `stand_in(network)` instead of to the network."""
    import httpx2  # noqa: PLC0415 -- heavy

    network = httpx2.AsyncHTTPTransport.handle_async_request
    send = stand_in(network)

    async def handle(self: httpx2.AsyncHTTPTransport, request: httpx2.Request) -> httpx2.Response:
        return await send(self, request)

    httpx2.AsyncHTTPTransport.handle_async_request = handle  # type: ignore[method-assign]
    try:
        yield
    finally:
        httpx2.AsyncHTTPTransport.handle_async_request = network  # type: ignore[method-assign]


class Tape:
    """Sends requests on and writes what was asked and answered to a cassette."""

    def __init__(self, cassette: Cassette, secrets: kept.Secrets) -> None:
        self.cassette = cassette
        self._secrets = secrets

    def mark(self) -> str:
        """What the latest answer is known by: its place, and what was asked for it."""
        return f"{len(self.cassette)} {self._digest(len(self.cassette))}"

    def has(self, mark: object) -> bool:
        """Whether the answer that got this mark is on this tape."""
        number, _, digest = str(mark).partition(" ")
        known = number.isdecimal() and 0 < int(number) <= len(self.cassette)
        return known and self._digest(int(number)) == digest

    def _digest(self, number: int) -> str:
        return sha256(self.cassette.requests[number - 1].body).hexdigest()

    async def send(
        self, network: Send, transport: httpx2.AsyncHTTPTransport, request: httpx2.Request
    ) -> httpx2.Response:
        """The endpoint's answer, recorded while it is read."""
        import httpx2  # noqa: PLC0415 -- heavy

        request.headers["Accept-Encoding"] = "identity"
        self._secrets.learn(request.headers.multi_items())
        asked = await asked_in(request, self._secrets)
        clock = asyncio.get_running_loop().time
        begun = clock()
        try:
            response = await network(transport, request)
            self._secrets.learn(response.headers.multi_items())
            headers = kept.headers_of(response.headers)
            streamed = response.headers.get("content-type", "").startswith(EVENTS)
            plain = response.headers.get("content-encoding", "identity") == "identity"
            body = b"" if streamed and plain else kept.answered(await _whole(response), self._secrets)
        except (httpx2.TransportError, asyncio.CancelledError) as error:
            end = LEFT if isinstance(error, asyncio.CancelledError) else type(error).__name__
            self._keep(asked, {"status": None, "headers": {}, "end": end}, b"", clock() - begun)
            raise
        answer = {"status": {"code": response.status_code, "message": response.reason_phrase}, "headers": headers}
        seconds = clock() - begun
        if streamed and plain:
            sieve = kept.Sieve(self._secrets)

            def ended(how: str) -> None:
                self._keep(asked, answer | ({"end": how} if how else {}), sieve.kept, seconds)

            stream = _taped(response.stream, sieve, ended)
            return httpx2.Response(response.status_code, headers=_pairs(headers), stream=stream)
        self._keep(asked, answer, body, seconds)
        return httpx2.Response(response.status_code, headers=_pairs(headers), stream=httpx2.ByteStream(body))

    def _keep(self, asked: Request, answer: Mapping[str, Any], body: bytes, seconds: float) -> None:
        self.cassette.keep(asked, {**answer, "body": {"string": body}, "seconds": round(seconds, 1)})


class Player:
    """Answers requests from a cassette.

    An answer that was left hangs, as it did, until whoever asked gives up. But where it was the learner who left, it is
    left again: the reply is cancelled. So it is where they left between two requests, once a sitting's are all made.
    `resumed` then says that it was asked for anew without another deed between.
    """

    def __init__(self, cassette: Cassette, unmatched: Callable[[Request], Mapping[str, Any] | None]) -> None:
        """`unmatched` chooses the answer to a request that is not in the cassette; None: nothing answers."""
        self.cassette = cassette
        self.resumed = False
        self._leaving = False
        self._until = len(cassette)
        self._made: list[Request] = []
        self._unmatched = unmatched

    @property
    def through(self) -> bool:
        """Whether every answer of this sitting has been given."""
        return all(self.cassette.play_counts[place] for place in range(self._until))

    def sit(self, until: int | None) -> None:
        """A sitting begins in which so many of all requests have been made when it ends; None: nobody knows."""
        self._until = len(self.cassette) if until is None else until
        self._leaving = False

    def begin(self, *, leaving: bool) -> None:
        """Something is asked for, and `leaving` says that the learner will leave before any of it is shown."""
        self.resumed = False
        self._leaving = leaving
        self._made = []

    async def send(self, transport: httpx2.AsyncHTTPTransport, request: httpx2.Request) -> httpx2.Response:
        """The recorded answer, after as long as it took."""
        import httpx2  # noqa: PLC0415 -- heavy

        del transport
        asked = await asked_in(request)
        if self._leaving and self.through:
            raise asyncio.CancelledError
        self._made.append(asked)
        if self.cassette.can_play_response_for(asked):
            place = self.cassette.place_of(asked)
            answer = self.cassette.play_response(asked)
            return await self.answered(answer, left=answer.get("end") == LEFT and self._left_by_learner(place))
        instead = self._unmatched(asked)
        if instead is None:
            raise httpx2.ConnectError("this request is not in the recording")
        return await self.answered(instead, left=self._leaving)

    async def answered(self, answer: Mapping[str, Any], *, left: bool = False) -> httpx2.Response:
        """A recorded answer as the client gets it; `left`: by the learner, if it was left. Raises what ended it."""
        import httpx2  # noqa: PLC0415 -- heavy

        if seconds := answer.get("seconds"):
            await asyncio.sleep(seconds)
        if answer["status"] is None:
            await self._end(answer["end"], left=left)
        stream = _stream_of(lambda: self._parts(answer, left=left), _nothing)
        return httpx2.Response(answer["status"]["code"], headers=_pairs(answer["headers"]), stream=stream)

    def _left_by_learner(self, place: int) -> bool:
        """Whether the learner left this answer, if it was left: the next thing asked was the same line's reply anew."""
        following = self.cassette.requests[place + 1 : place + 2]
        self.resumed = any(key_of(made) == key_of(next_) for made in self._made for next_ in following)
        return self.resumed or self._leaving

    async def _parts(self, answer: Mapping[str, Any], *, left: bool) -> AsyncIterator[bytes]:
        for event in kept.events(answer["body"]["string"]):
            yield event
        if "end" in answer:
            await self._end(answer["end"], left=left)

    async def _end(self, end: str, *, left: bool) -> None:
        import httpx2  # noqa: PLC0415 -- heavy

        if end == LEFT and left:
            await asyncio.sleep(_SETTLING)
            raise asyncio.CancelledError
        if end == LEFT:
            await asyncio.sleep(_FOREVER)
        error = getattr(httpx2, end, httpx2.ReadError)
        raise error("as recorded")


class Renewal:
    """Writes a cassette anew: what has not changed keeps its answer, the rest is asked."""

    def __init__(self, old: Cassette, tape: Tape) -> None:
        self._old = old
        self._tape = tape
        self._player = Player(old, lambda _: None)

    async def send(
        self, network: Send, transport: httpx2.AsyncHTTPTransport, request: httpx2.Request
    ) -> httpx2.Response:
        """The recorded answer, or the endpoint's."""
        asked = await asked_in(request)
        if not self._old.can_play_response_for(asked):
            return await self._tape.send(network, transport, request)
        answer = self._old.play_response(asked)
        self._tape.cassette.append(asked, answer)
        return await self._player.answered(answer)


async def asked_in(request: httpx2.Request, secrets: kept.Secrets | None = None) -> Request:
    """A request in the form of the cassette."""
    body = kept.asked(await request.aread())
    return request_of(request.method, kept.path_of(str(request.url)), secrets.hide(body) if secrets else body)


async def _nothing() -> None:
    """What there is to close of a stream that is only played."""


def _pairs(headers: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, values in headers.items() for value in values]


async def _whole(response: httpx2.Response) -> bytes:
    """The body, decoded, or a little more than MOST_BODY of it."""
    body = bytearray()
    try:
        async for part in response.aiter_bytes():
            body += part
            if len(body) > MOST_BODY:
                break
    finally:
        await response.aclose()
    return bytes(body)


def _stream_of(
    parts: Callable[[], AsyncIterator[bytes]], close: Callable[[], Awaitable[None]]
) -> httpx2.AsyncByteStream:
    return _stream_class()(parts, close)


@cache
def _stream_class() -> Callable[..., httpx2.AsyncByteStream]:
    import httpx2  # noqa: PLC0415 -- heavy

    class Stream(httpx2.AsyncByteStream):
        def __init__(self, parts: Callable[[], AsyncIterator[bytes]], close: Callable[[], Awaitable[None]]) -> None:
            self._parts = parts
            self._close = close

        def __aiter__(self) -> AsyncIterator[bytes]:
            return self._parts()

        async def aclose(self) -> None:
            await self._close()

    return Stream


def _taped(stream: Any, sieve: kept.Sieve, ended: Callable[[str], None]) -> httpx2.AsyncByteStream:
    """The stream, sieved event by event; once it is closed `ended` is told how it ended, "" for as it should."""
    ends = [LEFT]

    async def parts() -> AsyncIterator[bytes]:
        try:
            async for part in stream:
                for event in sieve.feed(part):
                    yield event
            ends[0] = ""
        except Exception as error:  # whatever it is, it is how the answer ended, and goes on to the client
            ends[0] = type(error).__name__
            raise
        finally:
            if rest := sieve.rest():
                yield rest

    async def close() -> None:
        await stream.aclose()
        if ends:
            ended(ends.pop())

    return _stream_of(parts, close)
