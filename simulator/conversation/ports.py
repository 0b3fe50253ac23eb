"""What a conversation needs from outside. `offline/` and `llm/` hear and play, `store/` keeps the journal."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Protocol

from simulator.conversation.brief import Brief
from simulator.domain.acts import Hearing
from simulator.domain.events import Event
from simulator.domain.persona import Persona
from simulator.domain.text import Match
from simulator.domain.usage import Usage


@dataclass(frozen=True, slots=True)
class Scene:
    """What a listener may know: the customer's last words, and ids with the words that touch them, never a need's
    text.
    """

    language: str
    previous: str
    topics: Mapping[str, Match]


class Listener(Protocol):
    """Says what a learner's line does."""

    name: str

    async def hear(self, line: str, scene: Scene) -> Hearing:
        """Acts and topics of the line, sentence by sentence. Raises EndpointError where a model cannot be reached."""
        ...


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nothing to show yet: the endpoint is asked again in so many seconds, for the reason given. It is not stored."""

    seconds: float
    reason: str


class Actor(Protocol):
    """Plays the customer."""

    name: str

    def reply(self, brief: Brief) -> AsyncGenerator[str | Waiting, None]:
        """The customer's words in the session's language, piece by piece. Raises EndpointError.

        Words given before the error were said; pieces are safe to show one by one (simulator.text_gate).
        """
        ...


class Meter(Protocol):
    """What the requests of a listener and an actor came to."""

    def drain(self) -> tuple[Usage, ...]:
        """The usage of every request since the last call, in order."""
        ...


class Journal(Protocol):
    """Where events become durable."""

    async def append(self, *events: Event) -> None:
        """Return once all events are durable, in one step. Raises StoreError; then none of them is."""
        ...


def scene_of(persona: Persona | None, language: str, previous: str) -> Scene:
    """The scene of the next line: every need's and fact's topic under its id. Without a persona there are no topics."""
    if persona is None:
        return Scene(language, previous, {})
    topics = {need.id: need.unlock.topics for need in persona.needs}
    topics |= {fact.id: fact.match for fact in persona.facts}
    topics[persona.profile.explicit_need.id] = persona.profile.explicit_need.keywords
    if persona.closing.new_expectation:
        topics |= {point.id: point.match for point in persona.closing.new_expectation.explore_points}
    return Scene(language, previous, topics)
