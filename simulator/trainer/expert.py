"""A learner who has read the whole file and does everything well, in the lines that the pack itself holds up.

Its order is the rubric's: ask openly, ask for one need after another, sum up, tell the bad news and offer, act, say
when word will come, confirm, take up what comes of that, and recap.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from simulator.conversation.gate import missing
from simulator.conversation.state import State
from simulator.domain.persona import LatentNeed, Persona
from simulator.trainer.manner import Line, Talk
from simulator.wording import say


def expert_line(persona: Persona, state: State) -> Line | None:
    """What the expert says next; a push for a promise is answered before anything else."""
    talk = Talk(persona, state)
    line = talk.unsaid(_plan(talk))
    if line is None:
        return None
    if state.trap_turn != len(state.turns):
        return _taking_up(line, talk) if line.asks or len(state.turns) == 1 else line
    answer = talk.words(persona.trap.good_answer)
    why = say("answers the push: what cannot be promised, and what can; then {why}", why=line.why)
    return replace(line, text=talk.joined(answer, line.text), why=why)


def _plan(talk: Talk) -> Iterator[Line]:
    """Everything there is to say, in order; what the state does not call for yet is left out."""
    yield Line(talk.model("open_question"), say("asks openly what should come of this"))
    yield from _exploring(talk)
    yield Line(
        talk.model("reflect_content", "implication_question"),
        say("gives back what was heard, asks what hangs on it, and pins one fact down"),
    )
    yield Line(
        talk.model("reflect_feeling", "summary_check"), say("names the feeling, sums up all needs and has that checked")
    )
    yield Line(
        talk.model("bad_news", "propose"), say("tells the bad news before anything is chosen, then gives a choice")
    )
    yield Line(talk.model("act_now"), say("takes a first step at once, and says what came of it"))
    yield Line(talk.model("own_it", "update_commit"), say("stays the one contact, and says when word will come"))
    yield Line(talk.model("confirm_ask"), say("asks whether this is what was hoped for"))
    expectation = talk.persona.closing.new_expectation
    if talk.state.confirmed and expectation:
        yield Line(talk.words(expectation.good_response), say("takes up what is new: asks about it, then answers"))
    if talk.state.confirmed and (promise := talk.model("promise")):
        opening, ending = talk.own("recap")
        yield Line(talk.joined(opening, promise, ending), say("recaps who does what by when, and confirms once more"))


def _exploring(talk: Talk) -> Iterator[Line]:
    """What to ask for next; while trust is too low for all that is left, what raises it."""
    state = talk.state
    locked = [need for need in talk.persona.needs if need.id not in state.opened]
    lacks = {need.id: missing(need, state.trust, state.opened) for need in locked}
    yield from (_asking(need, talk) for need in locked if lacks[need.id] is None)
    if "trust" in lacks.values():
        yield Line(talk.model("reflect_feeling"), say("earns trust: names what this does to them"))
    yield from (_asking(need, talk) for need in locked)


def _asking(need: LatentNeed, talk: Talk) -> Line:
    """The question the pack proposes, after a word on the answer to the one before."""
    about = need.unlock.about
    why = say("wants to hear about {about}", about=talk.words(about)) if about else say("asks what lies behind it")
    return Line(talk.words(need.example), why, need.id)


def _taking_up(line: Line, talk: Talk) -> Line:
    """The line after a word on the answer before it, in words that were not used yet."""
    word = talk.unsaid(Line(words) for words in talk.own("taking_up"))
    return replace(line, text=talk.joined(word.text, line.text)) if word else line
