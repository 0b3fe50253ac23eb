"""A reply as it comes, asked for again as long as nobody has seen any of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import aclosing, suppress
from typing import TYPE_CHECKING

from simulator.conversation.ports import Waiting
from simulator.errors import EndpointError
from simulator.llm import faults
from simulator.llm.answers import Message, Spent, parsed
from simulator.llm.budget import Tries, now
from simulator.llm.client import Client
from simulator.llm.reply import Reply
from simulator.llm.watch import Watch

if TYPE_CHECKING:  # heavy
    import httpx2

QUIET_SECONDS = 30.0
"""Longest silence, before the first content and between one piece and the next. Keep-alives are silence."""

LINGER_SECONDS = 2.0
"""How long the counts are waited for once the reply is complete."""

_USAGE_NAMES = ("stream_options", "include_usage")

_DRAIN_SECONDS = 0.1  # for the few bytes that end a response, so that its connection can be used again

_SHOWN_WAIT = 0.5  # seconds; a shorter wait is over before anybody has read about it


class Streamed:
    """A reply as it comes. Nothing is asked before the first piece is awaited; one object is one reply.

    `spent` is what is known of its cost, at its end or its break.
    """

    def __init__(
        self,
        client: Client,
        messages: Sequence[Message],
        seconds: float,
        tries: int,
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self.spent: Spent | None = None
        self._client = client
        self._messages = messages
        self._seconds = seconds
        self._tries = tries
        self._sleep = sleep

    async def pieces(self) -> AsyncGenerator[str | Waiting, None]:
        """The visible text, each piece safe to show alone, and a Waiting before each longer wait for another try.

        Raises EndpointError, after what came; closing it closes the connection.
        """
        tries = Tries(self._tries, self._seconds)
        while True:
            try:
                async with aclosing(self._once(tries.until)) as pieces:
                    async for piece in pieces:
                        yield piece
            except EndpointError as error:  # what is worth another try comes before the first piece
                wait, reason = tries.wait_after(error), str(error)
            else:
                return
            if wait > _SHOWN_WAIT:
                yield Waiting(wait, reason)
            await self._sleep(wait)

    async def _once(self, until: float) -> AsyncGenerator[str, None]:
        quiet = now() + QUIET_SECONDS
        response = await self._open(min(until, quiet))
        watch = Watch()
        try:
            await self._expect_events(response, until)
            thinking = self._client.known.thinking
            reply = Reply(self._client.faults, untagged=None if thinking is None else thinking == "untagged")
            chunks = response.aiter_bytes()
            while not reply.over:
                chunk = await _next(chunks, watch, min(until, quiet))
                if isinstance(chunk, EndpointError):
                    reply.fail(chunk)
                    break
                text = reply.feed(chunk)
                self.spent = reply.spent
                if text:
                    yield text
                if reply.finished:
                    quiet = min(quiet, now() + LINGER_SECONDS)
                elif reply.moved:
                    quiet = now() + QUIET_SECONDS
            if rest := reply.close():
                yield rest
            if reply.fault:
                raise reply.fault
            if thinking is None or reply.untagged:
                self._client.learn(thinking="untagged" if reply.untagged else "none")
            await _drain(chunks)
        finally:
            watch.close()
            await response.aclose()

    async def _open(self, until: float) -> httpx2.Response:
        body = {"model": self._client.model, "messages": self._messages, "stream": True}
        if self._client.known.stream_usage:
            try:
                return await self._client.open(
                    "/chat/completions", {**body, "stream_options": {"include_usage": True}}, until
                )
            except EndpointError as error:
                if error.outcome != "refused" or not any(name in str(error) for name in _USAGE_NAMES):
                    raise
            self._client.learn(stream_usage=False)
        return await self._client.open("/chat/completions", body, until)

    async def _expect_events(self, response: httpx2.Response, until: float) -> None:
        """Raise for a page or an object where events were asked for, with the error it may tell."""
        kind = response.headers.get("content-type", "")
        if "json" in kind or "html" in kind:
            raise self._client.faults.told(parsed(await self._client.read(response, until), self._client.faults))


async def _next(chunks: AsyncGenerator[bytes, None], watch: Watch, until: float) -> bytes | EndpointError:
    """The next chunk, or why there is none."""
    try:
        return await watch.wait(anext(chunks), until)
    except TimeoutError:
        return faults.stalled()
    except Exception:  # noqa: BLE001 -- it has ended or broken, and nothing said that it should
        return faults.cut()


async def _drain(chunks: AsyncIterator[bytes]) -> None:
    with suppress(Exception):
        async with asyncio.timeout(_DRAIN_SECONDS):
            async for _ in chunks:
                pass
