"""A conversation that nobody keeps: begun in memory, its lines made up as it goes, said one after the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from simulator import __version__
from simulator.conversation.engine import Cast, Conversation
from simulator.conversation.state import State
from simulator.domain.events import Event, SessionStarted
from simulator.domain.persona import Persona
from simulator.domain.rubric import Rubric


class Nowhere:
    """A journal for a conversation that is kept already, or not at all."""

    async def append(self, *events: Event) -> None:
        """Keep nothing."""


def unkept(
    persona: Persona,
    rubric: Rubric,
    cast: Cast,
    *,
    language: str,
    learner: str,
    seed: int,
    hashes: tuple[str, str] = ("", ""),
) -> Conversation:
    """A conversation at its start, which is kept nowhere. `hashes` are those of persona and rubric, where they matter
    to whoever reads its scorecard.
    """
    started = SessionStarted(
        session=f"{persona.id}-{learner}",
        persona=persona.id,
        persona_hash=hashes[0],
        rubric=rubric.id,
        rubric_hash=hashes[1],
        language=language,
        seed=seed,
        learner=learner,
        listener=cast.listener.name,
        actor=cast.actor.name,
        program=__version__,
    )
    return Conversation(persona, cast, Nowhere(), (started,))


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
