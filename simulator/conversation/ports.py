"""What a conversation needs from outside. `offline/` and `llm/` hear and play, `store/` keeps the journal."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from simulator.conversation.brief import Brief
from simulator.domain.acts import Hearing
from simulator.domain.events import Event
from simulator.domain.persona import Persona
from simulator.domain.text import Match
from simulator.domain.usage import Usage
from simulator.language.per_pack import once_per_pack

_NO_TOPICS: Mapping[str, Match] = {}

REPLIES_HEARD = 3
"""Replies of the customer's that a listener is given: what a reflection or a summary gives back is seldom older."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a listener may know: what the customer said last (a few replies, the latest last), and ids with the words
    that touch them, never a need's text.

    `about` says in a few words what an id is about, where that gives nothing away. `further` names the need that a
    withheld fact goes with.
    """

    language: str
    said: tuple[str, ...]
    topics: Mapping[str, Match]
    about: Mapping[str, str] = field(default_factory=dict)
    further: Mapping[str, str] = field(default_factory=dict)

    @property
    def previous(self) -> str:
        """The reply that the line answers."""
        return self.said[-1] if self.said else ""


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


def scene_of(persona: Persona | None, language: str, *said: str) -> Scene:
    """The scene of the next line, after the replies that the customer has `said`: every need's and fact's topic under
    its id. Without a persona there are no topics.
    """
    lately = said[-REPLIES_HEARD:]
    if persona is None:
        return Scene(language, lately, _NO_TOPICS)
    known = _scenes(persona)
    if language not in known:
        known[language] = _scene(persona, language)
    return replace(known[language], said=lately)


@once_per_pack
def _scenes(_persona: Persona) -> dict[str, Scene]:
    """By language, before anything was said: the topics stay the same at every line."""
    return {}


def _scene(persona: Persona, language: str) -> Scene:
    explicit, expectation = persona.profile.explicit_need, persona.closing.new_expectation
    facts = (*persona.facts, *(expectation.explore_points if expectation else ()))
    topics = {need.id: need.unlock.topics for need in persona.needs}
    topics |= {explicit.id: explicit.keywords, **{fact.id: fact.match for fact in facts}}
    about = {need.id: need.unlock.about for need in persona.needs if need.unlock.about}
    about |= {fact.id: fact.text for fact in facts if fact.with_need is None}
    about |= {explicit.id: explicit.text}
    return Scene(
        language=language,
        said=(),
        topics=topics,
        about={topic: text.in_language(language) for topic, text in about.items()},
        further={fact.id: fact.with_need for fact in facts if fact.with_need},
    )
