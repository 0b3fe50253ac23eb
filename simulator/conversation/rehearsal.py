"""A conversation that nobody keeps: lines that are made up as it goes, said one after the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from simulator.conversation.engine import Conversation
from simulator.conversation.state import State
from simulator.domain.events import Event


class Nowhere:
    """A journal for a conversation that is kept already, or not at all."""

    async def append(self, *events: Event) -> None:
        """Keep nothing."""


async def rehearse(conversation: Conversation, next_line: Callable[[State], Awaitable[str | None]]) -> None:
    """Say what `next_line` makes of the state after each reply, until it has nothing more or the customer leaves.

    Raises LineRefused for a line that is no turn, and what `next_line` raises. A reply that does not come ends it too,
    as a technical end.
    """
    async for _ in conversation.open():
        pass
    while conversation.state.ended is None:
        if conversation.state.pending:
            await conversation.end("technical")
        elif (line := await next_line(conversation.state)) is None:
            await conversation.end("script")
        else:
            async for _ in conversation.say(line):
                pass
