"""Facts read off the ledgers of coverage and of the conversation's end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.conversation.context import is_wording
from simulator.domain.scorecard import Fact
from simulator.grading.facts.explore import voiced
from simulator.grading.facts.registry import NO, UNKNOWN, YES, number, shown, yes_or_no
from simulator.language.normalize import normalize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.domain.persona import Persona
    from simulator.grading.reading import Reading, Said

SCRIPTED = 3
"""Times the same sentence makes a robot."""


def coverage(reading: Reading) -> dict[str, bool | None]:
    """Whether the offers cover each need (EXP and the latent ones): true, false, or unknown.

    Unknown is a need the learner knew of while something stands that meets no item of the checklist: it may be this
    one in other words. A need that was never voiced is covered only by words that say so.
    """
    persona, ledger = reading.case.persona, reading.case.ledger
    if persona is None:
        return {}
    met = {need for item in persona.checklist.complete if item.id in ledger.coverage for need in item.covers}
    perhaps = _perhaps_covered(reading, persona)
    needs = (persona.profile.explicit_need.id, *(need.id for need in persona.needs))
    return {need: True if need in met else None if need in perhaps else False for need in needs}


def _perhaps_covered(reading: Reading, persona: Persona) -> set[str]:
    """The needs known that an offer or undertaking which met no item may serve.

    An undertaking that names one need leaves the other matters out. The request, and what somebody feels, it may serve
    without a word of it: "I'm keeping the case until it's delivered" names the delivery, and is the owner they wished.
    """
    known = {persona.profile.explicit_need.id, *(need.id for need in voiced(reading))}
    if reading.case.ledger.unplaced_offers:
        return known
    names = [{need.id for need in persona.needs if said.heard.touches(need.id)} for said in _unplaced(reading)]
    if not names:
        return set()
    left_out = {
        need.id
        for need in persona.needs
        if need.interest == "company" and all(named and need.id not in named for named in names)
    }
    return known - left_out


def _unplaced(reading: Reading) -> Iterator[Said]:
    """What was undertaken in words that no item of the checklist, and no offer with one, accounts for.

    What is undertaken once a new expectation has come up answers that; who only finds out, or owns a fault, gives
    nothing yet.
    """
    ledger, raised = reading.case.ledger, reading.case.expectation_turn
    placed = {(quote.turn, quote.text) for quote in ledger.coverage.values()}
    placed |= {(offer.turn, offer.text) for offer in ledger.offers if offer.items}
    before = (said for said in reading.undertaken if raised is None or said.turn < raised)
    given = (said for said in before if not (said.shows("finds_out") or _only_owns_a_fault(said)))
    return (said for said in given if (said.turn, said.text) not in placed)


def _only_owns_a_fault(said: Said) -> bool:
    """Whether it owns that something went wrong, and undertakes nothing: "That was our mistake."."""
    return said.shows("fault") and said.does("own_it") and not said.does("propose", "act_now", "promise")


def _ratio(covered: list[bool | None]) -> Fact:
    low = sum(one is True for one in covered) / len(covered)
    high = sum(one is not False for one in covered) / len(covered)
    return Fact(low) if low == high else Fact(None, bounds=(low, high))


@yes_or_no(ground_truth=True)
def exp_covered(reading: Reading) -> Fact:
    """The request of the opening line is met, or answered with an honest alternative."""
    persona = reading.case.persona
    if persona is None:
        return UNKNOWN
    items = [item for item in persona.checklist.complete if persona.profile.explicit_need.id in item.covers]
    quotes = tuple(q for item in items if (q := reading.case.ledger.coverage.get(item.id)))
    return Fact(coverage(reading)[persona.profile.explicit_need.id], quotes)


@number(ground_truth=True)
def ratio_known(reading: Reading) -> Fact:
    """Needs the offers cover / needs that were known: the explicit one and those voiced."""
    persona = reading.case.persona
    if persona is None:
        return UNKNOWN
    known = {persona.profile.explicit_need.id, *(need.id for need in voiced(reading))}
    return _ratio([covered for need, covered in coverage(reading).items() if need in known])


@number(ground_truth=True)
def ratio_all(reading: Reading) -> Fact:
    """Needs the offers cover / all needs, said and unsaid."""
    return _ratio(list(coverage(reading).values()))


@yes_or_no()
def abandoned(reading: Reading) -> Fact:
    """The opening request ends without a next step: nothing was offered, started or undertaken at all."""
    if any(said.commits or said.does("guarantee", "pass_the_buck") for said in reading.said):
        return NO
    return YES


@yes_or_no()
def walked_away(reading: Reading) -> Fact:
    """The customer's patience ran out and they left; unknown of a transcript without events."""
    return Fact(reading.case.walked_away)


@yes_or_no()
def ended_technical(reading: Reading) -> Fact:
    """The session was cut short by a technical failure."""
    return Fact(reading.case.ended == "technical")


@yes_or_no()
def same_line_three_times(reading: Reading) -> Fact:
    """The same sentence, no mere courtesy, was said three times or more."""
    seen: dict[str, list[int]] = {}
    said = [one for one in reading.said if is_wording(one.heard)]
    for at, one in enumerate(said):
        seen.setdefault(normalize(one.text).text, []).append(at)
    return shown(said[at] for places in seen.values() if len(places) >= SCRIPTED for at in places)
