"""Simulated learners: each says what one kind of person would say next, seen from the pack and the talk so far.

A learner's next line is a function of persona and state and of nothing else: it can be asked for at any moment, by a
drill or by an app in which people watch. The expert and the middling one speak in the lines that the pack itself holds
up; the poor ones say what they would say to anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from simulator.conversation.state import State
from simulator.domain.persona import Persona
from simulator.trainer.expert import expert_line
from simulator.trainer.manner import Line, Talk
from simulator.wording import say

Standing = Literal["expert", "middling", "poor", "guest"]
"""Where a drill expects a learner among the others. Of a guest, a model that plays along, nothing is expected."""


@dataclass(frozen=True, slots=True)
class Learner:
    """One kind of learner. `next_line` gives None where there is nothing left to say; `standing` is where a drill
    expects it among the others.
    """

    id: str
    standing: Standing
    next_line: Callable[[Persona, State], Line | None]


def _middling_line(persona: Persona, state: State) -> Line | None:
    """Asks for half of what there is and offers something sound, but takes nothing up, warns of nothing, acts late."""
    talk = Talk(persona, state)
    return talk.unsaid(_middling_plan(talk))


def _middling_plan(talk: Talk) -> Iterator[Line]:
    yield Line(talk.model("open_question"))
    asked_for = talk.persona.needs[: (len(talk.persona.needs) + 1) // 2]
    yield from (Line(talk.words(need.example), asks=need.id) for need in asked_for)
    yield Line(talk.model("propose"))
    check, farewell = talk.own("middling")
    yield Line(talk.joined(talk.model("promise"), check))
    yield Line(farewell)


def _said_to_anybody(learner: str, persona: Persona, state: State) -> Line | None:
    """A poor learner's next line: those it brings along, in their order."""
    talk = Talk(persona, state)
    authority = persona.profile.learner.authority
    forbidden = talk.words(authority.may_not[0].text) if authority.may_not else ""
    tempting = talk.words(persona.trap.tempting)
    return talk.unsaid(Line(words.format(tempting=tempting, forbidden=forbidden)) for words in talk.own(learner))


def called(learner: str) -> str:
    """What a simulated learner is called in the language spoken; a guest goes by the name of its model."""
    names = {
        "expert": say("expert"),
        "middling": say("middling"),
        "lazy": say("lazy"),
        "pusher": say("pusher"),
        "interrogator": say("interrogator"),
        "charmer": say("charmer"),
        "injector": say("injector"),
    }
    return names.get(learner, learner)


POOR = ("lazy", "pusher", "interrogator", "charmer", "injector")

LEARNERS: Mapping[str, Learner] = {
    "expert": Learner("expert", "expert", expert_line),
    "middling": Learner("middling", "middling", _middling_line),
    **{name: Learner(name, "poor", partial(_said_to_anybody, name)) for name in POOR},
}
"""Every learner by its id, the best first."""
