"""Which needs some conversation opens: a search over the gate itself, from where the customer begins.

Each move is one learner's line as a listener would hear it: it asks for a need by one of its acts, or does a thing that
may raise trust, or both, or all of it at once. The gate decides what comes of it, patience and walking out included.
The wording is taken to be the best there is, so an irritation that goes by words alone is never hit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from simulator.conversation.gate import decide
from simulator.conversation.state import State, advance, fold
from simulator.domain.acts import ActSpan, HeardSentence, Hearing, TopicSpan
from simulator.domain.events import Heard
from simulator.domain.persona import ChecklistItem, LatentNeed, Persona
from simulator.packs.diagnostics import Fault
from simulator.packs.locate import Path
from simulator.wording import say

MAX_LINES = 3_000
"""Lines tried for one persona. A good pack takes three; where they do not suffice a need counts as within reach."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Needs that opened in some conversation, and the most trust there was in any (0..3)."""

    needs: frozenset[str]
    trust: float


def out_of_reach(persona: Persona) -> Iterator[Fault]:
    """Needs that no conversation opens. Those that wait for such a one are not told: they open with it."""
    reached = explored(persona)
    for index, need in enumerate(persona.needs):
        if need.id in reached.needs or not reached.needs.issuperset(need.after):
            continue
        at: Path = ("latent_needs", index, "unlock")
        if need.id in explored(_trusting(persona, need)).needs:
            message = say(
                "trust begins at {start:g} and no conversation takes it beyond {most:g}",
                start=persona.start.trust,
                most=reached.trust,
            )
            yield Fault("P043", (*at, "trust_min"), message)
        else:
            acts = ", ".join(need.unlock.any_of)
            message = say(
                "no conversation opens need '{need}': {acts} ends the patience first", need=need.id, acts=acts
            )
            yield Fault("P044", (*at, "any_of"), message)


def explored(persona: Persona) -> Reached:
    """What the search finds; every need where it had to be given up."""
    wanted = frozenset(need.id for need in persona.needs)
    moves = tuple(_moves(persona))
    start = fold((), persona)
    seen = {_standing(start)}
    found: frozenset[str] = frozenset()
    trust = start.trust
    lines = 0
    path = [(start, iter(moves))]
    while path and found != wanted:
        state, left = path[-1]
        hearing = next(left, None)
        if hearing is None:
            path.pop()
            continue
        lines += 1
        if lines > MAX_LINES:
            return Reached(wanted, 3.0)
        after = _after(state, hearing, persona)
        if after is not None and _standing(after) not in seen:
            seen.add(_standing(after))
            found |= after.opened.keys()
            trust = max(trust, after.trust)
            path.append((after, iter(moves)))
    return Reached(found, trust)


def _after(state: State, hearing: Hearing, persona: Persona) -> State | None:
    """The state after one more line, or None where the customer walks away."""
    turn = 2 * len(state.hearings) + 2
    for event in (*decide(state, turn, hearing, persona), Heard(turn, hearing, "")):
        state = advance(state, event)
    return None if state.ended else state


def _standing(state: State) -> tuple[object, ...]:
    """What the moves to come depend on."""
    return state.trust, state.patience, frozenset(state.opened), bool(state.hearings)


def _moves(persona: Persona) -> Iterator[Hearing]:
    """Every line worth trying: first all at once, which is all that most customers take; then one thing at a time."""
    raising = (
        *(_sentence(act) for act in ("reflect_feeling", "own_it", "act_now")),
        *(_sentence("propose", text=words) for item in persona.checklist.complete if (words := _meeting(item))),
    )
    asking = [_sentence(act, need.id) for need in persona.needs for act in need.unlock.any_of]
    yield Hearing((*raising, *asking))
    for sentence in asking:
        yield Hearing((sentence,))
    for sentence in asking:
        yield Hearing((*raising, sentence))
    yield from (Hearing((sentence,)) for sentence in raising)
    yield Hearing((_sentence("open_question", persona.profile.explicit_need.id),))


def _sentence(act: str, topic: str = "", text: str = "…") -> HeardSentence:
    topics = (TopicSpan(topic, ""),) if topic else ()
    return HeardSentence(text, 0, len(text), (ActSpan(act, ""),), topics)


def _meeting(item: ChecklistItem) -> str:
    """The shortest words that meet an item: one term of each group, in one language."""
    groups: Sequence[Sequence[str]] = next(iter(item.match.by_language.values()), ())
    return " ".join(group[0].replace("..", " ").replace("*", "") for group in groups)


def _trusting(persona: Persona, need: LatentNeed) -> Persona:
    """The persona, asking no trust for this need."""
    open_hearted = replace(need, unlock=replace(need.unlock, trust_min=0.0))
    return replace(persona, needs=tuple(open_hearted if each is need else each for each in persona.needs))
