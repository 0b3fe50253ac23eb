"""A learner who has read the whole file and does everything well, in the lines that the pack itself holds up.

Its order is the rubric's: give back what was asked, ask for one need after another, sum up, tell the bad news, offer,
act, undertake to send word, confirm, take up what comes of that, and recap.
"""

from __future__ import annotations

from collections.abc import Iterator

from simulator.conversation.gate import missing
from simulator.conversation.state import State
from simulator.domain.persona import LatentNeed, Persona
from simulator.trainer.manner import Line, Talk
from simulator.wording import say


def expert_line(persona: Persona, state: State) -> Line | None:
    """What the expert says next."""
    talk = Talk(persona, state)
    return talk.next_of(_plan(talk))


def _plan(talk: Talk) -> Iterator[Line]:
    """Everything there is to say, the next thing first; the state decides which part is open now."""
    persona, state = talk.persona, talk.state
    yield Line(
        talk.model("reflect_content", "open_question"),
        say("gives back what was asked for, and asks what should come of it"),
    )
    if state.trap_turn is not None and state.trap_turn == len(state.turns):
        yield Line(talk.words(persona.trap.good_answer), say("answers the push: what cannot be promised, and what can"))
    yield from _exploring(talk)
    yield Line(talk.model("implication_question"), say("asks what hangs on it, and pins one fact down"))
    yield Line(talk.model("summary_check"), say("sums up, the unspoken needs among it, and has it checked"))
    yield Line(talk.model("bad_news", "propose"), say("tells the bad news, then gives a choice"))
    yield Line(talk.model("act_now", "promise"), say("takes a first step at once; says what the rest depends on"))
    yield Line(talk.model("own_it", "update_commit"), say("stays the one contact, and says when word will come"))
    yield Line(talk.model("confirm_ask"), say("asks whether this is what was hoped for"))
    expectation = persona.closing.new_expectation
    if expectation and state.confirmed:
        yield Line(talk.words(expectation.good_response), say("takes up what is new: asks, then answers"))
    if state.confirmed:
        opening, ending = talk.own("recap")
        recap = talk.joined(opening, talk.model("promise", "update_commit"), ending)
        yield Line(recap, say("recaps who does what by when, and confirms once more"))


def _exploring(talk: Talk) -> Iterator[Line]:
    """The next needs to ask for; while trust is too low for all that are left, what raises it."""
    state = talk.state
    locked = [need for need in talk.persona.needs if need.id not in state.opened]
    within_reach = [need for need in locked if missing(need, state.trust, state.opened) is None]
    for need in sorted(within_reach, key=lambda need: need.unlock.trust_min):
        yield _asking(need, talk)
    if any(missing(need, state.trust, state.opened) == "trust" for need in locked):
        yield Line(talk.model("reflect_feeling"), say("earns trust: names what this does to them"))
    for need in locked:
        yield _asking(need, talk)


def _asking(need: LatentNeed, talk: Talk) -> Line:
    before = talk.own("taking_up")
    taking_up = before[talk.persona.needs.index(need) % len(before)]
    about = talk.words(need.unlock.about) if need.unlock.about else need.id
    return Line(
        talk.joined(taking_up, talk.words(need.example)), say("takes the answer up, then asks: {about}", about=about), need.id
    )
