"""How many requests about one conversation are under way at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from simulator.errors import EndpointError, Outcome

T = TypeVar("T")

AT_ONCE = 4
"""What accounts of model vendors and servers on a desk mostly bear. With the first alone, a rubric of five stages is
judged in the time of two."""

CROWDED: frozenset[Outcome] = frozenset({"unavailable", "stalled", "unreachable"})
"""Outcomes that may come of too many requests at once: limits on them, a server that has them wait for one another."""


class Pace:
    """Gives turns: one at a time until an answer has come, then `most`.

    The first request finds out what the endpoint takes and whether it is any use to ask, and fills its cache with what
    all of them begin with. An endpoint that could not keep up is asked one at a time from there on.
    """

    def __init__(self, most: int, longest_wait: float) -> None:
        """Who wants to be left alone for more than `longest_wait` seconds is not asked again."""
        self._most = most
        self._longest = longest_wait
        self._room = 1
        self._under_way = 0
        self._changed = asyncio.Condition()

    async def ask(self, asking: Callable[[], Awaitable[T]]) -> T:
        """What asking comes to, in its turn. What fails as one of several, as it may not alone, is tried once more
        alone. Raises what asking raises.
        """
        while True:
            async with self._turn() as alone:
                try:
                    answer = await asking()
                except EndpointError as error:
                    wait = error.retry_after or 0.0
                    if alone or error.outcome not in CROWDED or wait > self._longest:
                        raise
                    self._room = self._most = 1
                else:
                    self._room = self._most
                    return answer
            await asyncio.sleep(wait)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[bool]:
        """A turn, once there is room for it. Yields whether there was room for this one alone."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._under_way < self._room)
            self._under_way += 1
            alone = self._room == 1
        try:
            yield alone
        finally:
            self._under_way -= 1
            async with self._changed:
                self._changed.notify_all()
