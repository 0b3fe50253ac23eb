"""Any server that speaks Chat Completions: whole answers and streams, tries and seconds within bounds."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol

from simulator.errors import EndpointError
from simulator.llm.answers import Answer, Message, Spent, answer_in, parsed
from simulator.llm.budget import Tries, TurnBudget, now
from simulator.llm.client import Client
from simulator.llm.memory import Known, Memory
from simulator.llm.stream import Streamed

__all__ = ["Answer", "Endpoint", "Known", "Message", "Spent", "TurnBudget"]

TRIES = 3
"""Requests for one answer, the first included."""


class Tape(Protocol):
    """Where all that is asked and answered is written down, in order."""

    def mark(self) -> str:
        """What the latest answer is known by."""
        ...

    def has(self, mark: object) -> bool:
        """Whether the answer that got this mark is on it."""
        ...


class Endpoint:
    """One model behind one base URL (None: OpenAI's). Every trouble with it is an EndpointError.

    What is sent is the model's name, the messages and what the caller adds: the same each time for the same. An
    endpoint belongs to one event loop; close it before the loop ends.

    With a `tape`, nothing counts as answered that is not on it.
    """

    def __init__(
        self,
        model: str,
        base_url: str | None = None,
        api_key: str | None = None,
        memory: Memory | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.model = model
        self._client = Client(model, base_url, api_key, memory)
        self.tape: Tape | None = None
        self._sleep = sleep

    @property
    def address(self) -> str:
        """The base URL as it may be shown."""
        return self._client.address

    @property
    def local(self) -> bool:
        """Whether what is sent stays on this machine."""
        return self._client.local

    @property
    def known(self) -> Known:
        """What was found out about the model."""
        return self._client.known

    def learn(self, **changes: Any) -> None:
        """Remember something found out, by the names of Known."""
        self._client.learn(**changes)

    def warm(self) -> None:
        """Load the client in a thread, so that the first request need not; returns at once."""
        self._client.warm()

    async def ask(
        self,
        messages: Sequence[Message],
        *,
        seconds: float,
        tries: int = TRIES,
        longest_wait: float | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> Answer:
        """A whole answer within `seconds`. `extra` goes into the request's body; one with `tools` forces a call.

        Raises EndpointError, at once where it would have to wait longer than `longest_wait` seconds.
        """
        left = Tries(tries, seconds, longest_wait)
        body = {"model": self.model, "messages": messages, **(extra or {})}
        while True:
            try:
                return await self._answer(body, left.until)
            except EndpointError as error:
                wait = left.wait_after(error)
            await self._sleep(wait)

    def stream(self, messages: Sequence[Message], *, seconds: float, tries: int = TRIES) -> Streamed:
        """A reply that comes in pieces, all of it within `seconds` from the first wait for one."""
        return Streamed(self._client, messages, seconds, tries, self._sleep)

    async def models(self, *, seconds: float) -> list[dict[str, Any]]:
        """The models that the endpoint lists, as it describes them. Raises EndpointError; it is asked once."""
        until = now() + seconds
        response = await self._client.open("/models", None, until)
        payload = parsed(await self._client.read(response, until), self._client.faults)
        listed = payload.get("data")
        if not isinstance(listed, list):
            raise self._client.faults.told(payload)
        return [model for model in listed if isinstance(model, dict)]

    async def close(self) -> None:
        """Let go of every connection."""
        await self._client.close()

    async def _answer(self, body: Mapping[str, Any], until: float) -> Answer:
        response = await self._client.open("/chat/completions", body, until)
        answer = await self._client.read(response, until)
        return answer_in(answer, self._client.faults, forced="tools" in body)
