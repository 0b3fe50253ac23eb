"""A model conversation to watch: the expert talks to a scenario's customer, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace

from simulator import assemble
from simulator.conversation.rehearsal import unkept
from simulator.domain.events import NeedOpened
from simulator.domain.persona import Persona
from simulator.session_packs import common_languages, in_language
from simulator.settings import Settings
from simulator.trainer.learners import LEARNERS

EXPERT, SEED = "expert", 1


@dataclass(frozen=True, slots=True)
class Opened:
    """A need that a line opened, and the words that did it, both in the session's language."""

    need: str
    words: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """A line of the expert's with what it is for, the answer, and what that opened."""

    line: str
    why: str
    turn: int
    opened: tuple[Opened, ...]


class ModelRun:
    """One model conversation, held in memory and offline whatever the settings name."""

    def __init__(self, settings: Settings, scenario: str, language: str | None = None) -> None:
        """`language` None: the one the settings prefer. Raises BadInput for an unknown scenario or language."""
        shelf = assemble.shelf(settings)
        persona, rubric = shelf.persona(scenario).value, shelf.rubric(settings.rubric).value
        self.language = language or settings.preferred(common_languages(persona, rubric))
        self.persona: Persona = in_language(persona, self.language)
        cast = assemble.company(replace(settings, endpoint=None)).cast
        self.conversation = unkept(self.persona, rubric, cast, language=self.language, learner=EXPERT, seed=SEED)

    async def play(self) -> AsyncGenerator[Exchange, None]:
        """The exchanges one by one, each when it is asked for; the opening line is said before the first."""
        talk = self.conversation
        async for _ in talk.open():
            pass
        while talk.state.ended is None and (line := LEARNERS[EXPERT].next_line(self.persona, talk.state)):
            before = len(talk.events)
            async for _ in talk.say(line.text):
                pass
            opened = tuple(
                Opened(self.persona.need(event.need).text.in_language(self.language), event.span)
                for event in talk.events[before:]
                if isinstance(event, NeedOpened)
            )
            yield Exchange(line.text, line.why, len(talk.state.turns) - 1, opened)
