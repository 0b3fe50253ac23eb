"""Facts about how questions are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.domain.scorecard import Fact
from simulator.grading.facts.registry import NO, number, once, shown, tally, yes_or_no
from simulator.grading.reading import ASKING, Reading, Said
from simulator.grading.signs import shows

if TYPE_CHECKING:
    from collections.abc import Iterator

PINNING_REACH = 4
"""Learner turns after an open question within which a closed one still pins down its answer."""

STACKED = 3
"""Questions in one turn that are too many: the customer answers the last."""

INTERROGATION = 4
"""Turns in a row that ask without taking up an answer."""


@once
def open_questions(reading: Reading) -> tuple[Said, ...]:
    """The open questions that want to learn something; which of two offers is wanted is a choice, not a question."""
    return tuple(s for s in reading.said if s.asks and s.does("open_question") and not s.shows("choice"))


def builds_on_words(said: Said, reading: Reading) -> bool:
    """Whether a question takes up the customer's last words, or stands in a turn that did."""
    before = reading.before(said.turn)
    if before is None:
        return False
    turn = reading.around(said.turn)
    follows = said.does("follow_up") or any(map(reading.takes_up, turn))
    return follows or any(s.content & reading.replies[before] for s in turn)


@number()
def n_question(reading: Reading) -> Fact:
    """Questions that want to learn something; checks of a summary and confirm questions are none."""
    return tally(said for said in reading.said if said.asks)


@number()
def n_open_question(reading: Reading) -> Fact:
    """Open questions (what, when, where, why, who, how, tell me about)."""
    return tally(open_questions(reading))


@number()
def n_closed_question(reading: Reading) -> Fact:
    """Closed questions (yes or no, or a pick from what is named), checks and confirm questions left out."""
    return tally(said for said in reading.said if said.asks and said.does("closed_question"))


@number()
def n_open_topic(reading: Reading) -> Fact:
    """Open questions on different things: one that only repeats the words of an earlier one is not counted again."""
    asked: list[Said] = []
    for said in open_questions(reading):
        if not any(said.content and said.content <= earlier.content for earlier in asked):
            asked.append(said)
    return tally(asked)


@yes_or_no()
def open_question_before_offer(reading: Reading) -> Fact:
    """An open question was asked before the first offer."""
    first = reading.case.ledger.first_offer_turn
    return shown(said for said in open_questions(reading) if first is None or _precedes_offer(said, first, reading))


def _precedes_offer(said: Said, first: int, reading: Reading) -> bool:
    if said.turn != first:
        return said.turn < first
    if said.shows("asks_first"):
        return True
    offer = reading.case.ledger.offers[0]
    if "propose" not in offer.acts:  # What was asked for is granted, or something set off: no way was settled on.
        return not said.shows("invites_more")
    return said.heard.start < reading.text(first).find(offer.text)


@yes_or_no()
def closed_after_open(reading: Reading) -> Fact:
    """A closed question follows an open one in the same turn or within the next four, to pin a fact down."""
    return shown(_pinning(reading))


def _pinning(reading: Reading) -> Iterator[Said]:
    order = list(reading.turns)
    opened: int | None = None
    for said in reading.said:
        if said.asks and said.does("open_question"):
            opened = order.index(reading.began(said.turn))
            if said.shows("also_closed"):
                yield said
        elif said.asks and opened is not None and order.index(reading.began(said.turn)) - opened <= PINNING_REACH:
            yield said


@yes_or_no()
def implication_asked(reading: Reading) -> Fact:
    """A question about what follows: what happens if, what it would mean."""
    return shown(said for said in reading.said if said.does("implication_question"))


@yes_or_no()
def priority_asked(reading: Reading) -> Fact:
    """A question, or a summary put up for correction, that names what comes first or matters most."""
    return shown(_ordering(reading, asking=True))


@yes_or_no()
def consequence_drawn_out(reading: Reading) -> Fact:
    """The customer's answer to an open question says what happens otherwise."""
    return shown(said for said in open_questions(reading) if _answered_with(said, "consequence", reading))


def _answered_with(said: Said, sign: str, reading: Reading) -> bool:
    after = reading.after(said.turn)
    return after is not None and shows(reading.text(after), sign)


@yes_or_no()
def questions_follow_words(reading: Reading) -> Fact:
    """At least half of the questions, two or more where there are several, take up what the customer has just said."""
    asked = [said for said in reading.said if said.asks]
    building = [said for said in asked if builds_on_words(said, reading)]
    enough = bool(building) and len(building) * 2 >= len(asked)
    return Fact(enough, tuple(said.quote for said in building)) if enough else NO


@number()
def n_stacked_turn(reading: Reading) -> Fact:
    """Turns that ask three questions or more."""
    stacked = [turn for turn in reading.turns.values() if sum(said.does(*ASKING) for said in turn) >= STACKED]
    return tally(said for turn in stacked for said in turn if said.does(*ASKING))


@yes_or_no()
def leading_question(reading: Reading) -> Fact:
    """A question that puts the answer, or a reproach, into the customer's mouth."""
    return shown(said for said in reading.said if said.does(*ASKING) and said.shows("leading"))


@yes_or_no()
def picks_for_customer(reading: Reading) -> Fact:
    """Before the first offer, two questions or more and not one of them open: the customer may only tick boxes."""
    asked = [said for said in reading.said if said.asks]
    return shown(asked) if len(asked) > 1 and not any(said.does("open_question") for said in asked) else NO


@yes_or_no()
def interrogation(reading: Reading) -> Fact:
    """Four turns in a row or more ask without taking up an answer."""
    run: list[Said] = []
    for turn in reading.turns.values():
        asked = [said for said in turn if said.asks]
        if not asked or builds_on_words(asked[0], reading):
            run = []
            continue
        run.append(asked[0])
        if len(run) >= INTERROGATION:
            return shown(run)
    return NO


def _ordering(reading: Reading, *, asking: bool) -> Iterator[Said]:
    """Sentences that name or ask an order of needs. In a summary, any of its sentences may name it."""
    for turn in reading.turns.values():
        checked = any(said.does("summary_check") for said in turn)
        for said in turn:
            if said.shows("priority") and (not asking or said.asks or checked):
                yield said


@yes_or_no()
def order_established(reading: Reading) -> Fact:
    """The learner names or asks what comes first, in giving back what was said, and the customer does not object."""
    named = []
    for said in _ordering(reading, asking=False):
        summed = any(s.does("summary_check") for s in reading.around(said.turn))
        known = reading.in_their_words(said) or said.asks or summed
        reply = reading.reply_acts(reading.after(said.turn))
        disputed = bool(reply & {"objects", "refuses"}) and "agrees" not in reply
        if known and (said.asks or said.tells or said.does("summary_check")) and not disputed:
            named.append(said)
    return shown(named)
