"""What one learner line changes: which needs open, which irritation was hit, what the reply carries, who walks away.

Pure code over (state, hearing); no model decides any of this. The order of things is fixed:
deltas, irritations, needs, then what the reply carries (trap, answer to a confirm question, cue), then patience.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import zip_longest
from typing import Literal

from simulator.conversation.asides import is_about_hearing, is_noise
from simulator.conversation.asking import asking_act
from simulator.conversation.offers import covered_needs, offers_in
from simulator.conversation.state import State, advance
from simulator.domain import events as e
from simulator.domain.acts import QUESTIONS, HeardSentence, Hearing
from simulator.domain.persona import Delta, Irritation, LatentNeed, Persona
from simulator.language.topics import finder

DELTAS: Mapping[str, Delta] = {
    "reflect_feeling": Delta(trust=1, mood=1),
    "relevant_question": Delta(trust=0.5),
    "own_it": Delta(trust=0.5, mood=1),
    "first_offer": Delta(mood=1),
    "act_now": Delta(trust=1, mood=1),
    "argue": Delta(trust=-1, mood=-2),
    "blame": Delta(trust=-1, mood=-2),
    "script_repeat": Delta(trust=-1, patience=-2),
}
"""What each thing does to the customer, once a turn; a pack may override any of them.

A published adaptive patient showed that disclosure follows skill only with an explicit state model (arXiv 2606.10051);
the sizes are this project's design, not fitted.
"""

MOST_OPENED = 2
"""Needs that may open in one turn: a third must be asked for again."""

TRAP_EXCHANGE = 5
"""The tempting line is said in the reply to this exchange, or before: a reply later where the line has just given or
refused what it asks for, not at all where that was guaranteed. Lines that bring nothing up do not count.
"""

ANSWERING_TRAP = ("promise", "guarantee", "refuse", "state_limit")
"""Acts that give or refuse what the tempting line asks for, where they are about it."""

SATISFIED_COVERAGE = 0.6
"""Share of the known needs that the offers must cover for the customer to be satisfied."""


Lacks = Literal["trust", "predecessor"]
"""What keeps a need closed that was asked for rightly."""


def decide(state: State, turn: int, hearing: Hearing, persona: Persona) -> tuple[e.Event, ...]:
    """Every event that follows from the learner's line numbered `turn`, in order; the reply will be `turn + 1`."""
    hits = tuple(_irritations(state, hearing, persona))
    moved = _moved(state, turn, hearing, persona, [irritation for irritation, _ in hits])
    events: list[e.Event] = [e.IrritationHit(turn, irritation.id, span) for irritation, span in hits]
    if moved:
        events.append(moved)
    after = _advanced(state, events)
    if after.patience <= 0:
        return (*events, e.WalkedAway(turn + 1), e.SessionEnded("walked_away"))
    needs = tuple(_needs(after, turn, hearing, persona))
    return (*events, *needs, *_carried(_advanced(after, needs), turn, hearing, persona, needs))


def unlocks(need: LatentNeed, sentence: HeardSentence, following: HeardSentence | None = None) -> str | None:
    """The act by which this sentence asks for the need, or None: act and topic must stand in the same sentence.
    `following` is the one behind it.
    """
    if not sentence.touches(need.id):
        return None
    return asking_act(need.unlock, sentence, following)


def missing(need: LatentNeed, trust: float, opened: Mapping[str, object]) -> Lacks | None:
    """What still keeps a need closed when it is asked for rightly: `trust`, `predecessor`, or None."""
    if any(earlier not in opened for earlier in need.after):
        return "predecessor"
    return "trust" if trust < need.unlock.trust_min else None


def _needs(state: State, turn: int, hearing: Hearing, persona: Persona) -> Iterator[e.NeedOpened | e.NeedBlocked]:
    if hearing.mostly_set_aside:
        return
    room = MOST_OPENED
    pairs = tuple(zip_longest(hearing.sentences, hearing.sentences[1:]))
    for need in persona.needs:
        asked = next(((s, act) for s, after in pairs if (act := unlocks(need, s, after))), None)
        if need.id in state.opened or asked is None:
            continue
        sentence, act = asked
        lacks = missing(need, state.trust, state.opened)
        if lacks:
            yield e.NeedBlocked(turn, need.id, sentence.text, lacks)
        elif room:
            room -= 1
            yield e.NeedOpened(turn, need.id, act, sentence.text)


def _moved(state: State, turn: int, hearing: Hearing, persona: Persona, hits: list[Irritation]) -> e.StateMoved | None:
    table = {**DELTAS, **persona.deltas}
    causes = list(_causes(state, hearing, persona))
    deltas = [table[cause] for cause in causes]
    deltas += [Delta(mood=irritation.mood, patience=irritation.patience) for irritation in hits]
    if not deltas:
        return None
    start = persona.start.patience
    return e.StateMoved(
        turn,
        trust=min(3.0, max(0.0, state.trust + sum(delta.trust for delta in deltas))),
        mood=min(3.0, max(-3.0, state.mood + sum(delta.mood for delta in deltas))),
        patience=min(start, max(0.0, state.patience + sum(delta.patience for delta in deltas))),
        causes=(*causes, *(irritation.id for irritation in hits)),
    )


def _causes(state: State, hearing: Hearing, persona: Persona) -> Iterator[str]:
    acts = set(hearing.acts)
    if "reflect_feeling" in acts:
        yield "reflect_feeling"
    if any(sentence.does(*QUESTIONS) and sentence.topics for sentence in hearing.sentences):
        yield "relevant_question"
    if "own_it" in acts:
        yield "own_it"
    if _first_useful_offer(state, hearing, persona):
        yield "first_offer"
    if "act_now" in acts:
        yield "act_now"
    if "argue" in acts:
        yield "argue"
    elif "blame" in acts:  # arguing and blaming in one breath hurts once
        yield "blame"
    if "script_repeat" in acts:
        yield "script_repeat"


def _first_useful_offer(state: State, hearing: Hearing, persona: Persona) -> bool:
    """Whether an opened need is covered by an offer now, for the first time."""
    opened = set(state.opened)
    if covered_needs(state.hearings, persona, opened):
        return False
    return bool(covered_needs({0: hearing}, persona, opened))


def _irritations(state: State, hearing: Hearing, persona: Persona) -> Iterator[tuple[Irritation, str]]:
    lines = (*state.hearings.values(), hearing)
    asked = any(QUESTIONS & set(line.acts) for line in lines)
    for irritation in persona.irritations:
        if not (irritation.on.before_first_question and asked):
            spans = (_provoked(irritation, sentence) for sentence in hearing.sentences)
            yield from [(irritation, span) for span in spans if span][:1]


def _provoked(irritation: Irritation, sentence: HeardSentence) -> str | None:
    """The words that hit this irritation, or None: acts and subject must stand in the same sentence."""
    on = irritation.on
    if sentence.flag or (on.acts and not sentence.does(*on.acts)):
        return None
    return finder(on.match).find(sentence.text) if on.match else sentence.text


def _carried(
    state: State, turn: int, hearing: Hearing, persona: Persona, needs: tuple[e.NeedOpened | e.NeedBlocked, ...]
) -> Iterator[e.Event]:
    """What the reply will have to say besides: answer to a confirm question, trap, cue. `state` has what just
    changed.
    """
    if is_noise(hearing) or is_about_hearing(hearing):
        return
    reply = turn + 1
    carried = bool(needs)
    for move in needs:
        if isinstance(move, e.NeedBlocked) and move.need not in state.cues:
            yield e.CueDropped(reply, move.need)
    if "confirm_ask" in hearing.acts and state.confirmed is None:
        expectation = persona.closing.new_expectation
        raised = expectation.id if expectation else None
        hearings = {**state.hearings, turn: hearing}
        yield e.ConfirmAnswered(reply, satisfied(replace(state, hearings=hearings), persona), raised)
        carried = True
    exchanges = 1 + sum(not (is_noise(earlier) or is_about_hearing(earlier)) for earlier in state.hearings.values())
    due = "summary_check" in hearing.acts or bool(offers_in(hearing, persona, state.opened))
    if state.trap_turn is None and (due or exchanges >= TRAP_EXCHANGE) and not _answers_trap(state, hearing, persona):
        yield e.TrapSprung(reply)
        carried = True
    if carried or turn - 1 in state.cues.values():
        return
    locked = (need.id for need in persona.needs if need.id not in state.opened and need.id not in state.cues)
    yield from (e.CueDropped(reply, need) for need in list(locked)[:1])


def _answers_trap(state: State, hearing: Hearing, persona: Persona) -> bool:
    """Whether nobody would ask for it now: the line has just given or refused it, or an earlier one guaranteed it."""
    match = finder(persona.trap.match)
    given = (s for heard in state.hearings.values() for s in heard.sentences if s.does("guarantee"))
    answers = (s for s in hearing.sentences if s.does(*ANSWERING_TRAP))
    return any(match.find(sentence.text) for sentence in (*given, *answers))


def satisfied(state: State, persona: Persona) -> bool:
    """Whether the customer would say, after the lines heard so far, that this is what they need."""
    known = {persona.profile.explicit_need.id, *state.opened}
    covered = covered_needs(state.hearings, persona, known)
    return state.mood >= 0 and len(covered) >= SATISFIED_COVERAGE * len(known)


def _advanced(state: State, events: Iterable[e.Event]) -> State:
    for event in events:
        state = advance(state, event)
    return state
