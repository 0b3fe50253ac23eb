"""The hint ladder: three steps towards the next need, none of which says what it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from simulator.conversation.state import State
from simulator.domain.persona import LatentNeed, Persona
from simulator.wording import say

STEPS = 3
"""Nudge, kind of question, example line."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One step towards `need`, worded in the language spoken. The need's id is for the record, not for the learner."""

    need: str
    step: int
    text: str


def next_hint(state: State, persona: Persona) -> Hint | None:
    """The next step for the first need that can be asked for now; None when all are open or all steps were shown."""
    shown = {need.id: sum(hint.need == need.id for hint in state.hints) for need in persona.needs}
    for need in persona.needs:
        askable = need.id not in state.opened and all(earlier in state.opened for earlier in need.after)
        if askable and shown[need.id] < STEPS:
            step = shown[need.id] + 1
            return Hint(need.id, step, _text(need, step, state, persona))
    return None


def hinted_at(state: State, asked: Collection[str], persona: Persona) -> tuple[str, ...]:
    """Cues of the customer's latest reply, in the session's language, of locked needs among what is `asked` about."""
    reply = state.last_reply
    if state.started is None or reply is None:
        return ()
    dropped = (need for need, turn in state.cues.items() if turn == reply.n and need not in state.opened)
    return tuple(persona.need(need).cue.in_language(state.started.language) for need in dropped if need in asked)


def no_hint(state: State, persona: Persona) -> str:
    """Why there is none, in the language spoken."""
    if not state.ended and all(need.id in state.opened for need in persona.needs):
        return say("There is nothing left to find. Offer something that fits, do your part, and ask whether it suits.")
    return say("There is no further hint.")


def shown_hints(state: State, persona: Persona) -> tuple[Hint, ...]:
    """The steps that were shown so far, in order, worded in the language spoken now."""
    return tuple(
        Hint(shown.need, shown.step, _text(persona.need(shown.need), shown.step, state, persona))
        for shown in state.hints
    )


def _text(need: LatentNeed, step: int, state: State, persona: Persona) -> str:
    language = state.started.language if state.started else "en"
    if step == 1:
        name = persona.profile.name.in_language(language)
        if need.id in state.cues:
            return say('{name} said: "{cue}" There is more behind it.', name=name, cue=need.cue.in_language(language))
        return say("{name} has more on their mind than the request. Look past it.", name=name)
    if step == STEPS:
        return say('You could say: "{line}"', line=need.example.in_language(language))
    return _kind(need.unlock.any_of[0], trust_first=state.trust < need.unlock.trust_min)


def _kind(act: str, *, trust_first: bool) -> str:
    kinds = {
        "open_question": say("Ask an open question: what, when, how, who."),
        "closed_question": say("Ask for one fact, so that yes or no is enough."),
        "implication_question": say("Ask what happens if it goes wrong."),
        "reflect_feeling": say("Say what you think they feel, before any fact."),
        "reflect_content": say("Give back what you heard, in your own words."),
        "summary_check": say("Sum up what you know and have it checked."),
        "own_it": say("Own your side's part, in your own name."),
    }
    kind = kinds.get(act, say("Take up what was just said."))
    if trust_first:
        return say("They do not trust you with it yet: first show that you heard them.") + " " + kind
    return kind
