"""Facts about how the conversation was closed: confirm question, recap, new expectation."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.domain.scorecard import Fact, Quote
from simulator.grading.content import content
from simulator.grading.facts.explore import is_confirm_form
from simulator.grading.facts.offer import offering
from simulator.grading.facts.promises import outside
from simulator.grading.facts.registry import NO, UNKNOWN, number, once, shown, yes_or_no
from simulator.grading.reading import Reading, Said
from simulator.language.clauses import has_verb

if TYPE_CHECKING:
    from collections.abc import Iterator

_BETWEEN_CLAUSES = re.compile(r"[,;，；] ?(?:and |but )?| and (?=I\b|we\b)| - ")

RECAP_ITEMS = 2
"""Earlier arrangements a recap must share words with."""


@once
def confirms(reading: Reading) -> tuple[Said, ...]:
    """Confirm questions that refer to something: a bare "anything else?" is none, nor is a script said again."""
    return tuple(
        said
        for said in reading.said
        if (said.does("confirm_ask") or is_confirm_form(said, reading))
        and not said.does("script_repeat")
        and (not said.shows("any_more") or said.shows("invites_more", "fits"))
    )


def first_confirm(reading: Reading) -> int | None:
    """The turn of the first confirm question that counts."""
    return next((said.turn for said in confirms(reading)), None)


@yes_or_no()
def confirmed(reading: Reading) -> Fact:
    """After the offer, the learner asked whether it is right for the customer."""
    return shown(confirms(reading))


@yes_or_no()
def confirm_repeats_expectation(reading: Reading) -> Fact:
    """A confirm question repeats words of the customer's."""
    return shown(said for said in confirms(reading) if reading.in_their_words(said))


@yes_or_no()
def confirm_invites_more(reading: Reading) -> Fact:
    """A confirm question, or one beside it, asks what is still missing."""
    turns = {said.turn for said in confirms(reading)}
    return shown(said for said in reading.said if said.turn in turns and said.shows("invites_more"))


@yes_or_no()
def confirm_acknowledged(reading: Reading) -> Fact:
    """The customer answered, and the learner's next turn takes up what was answered."""
    turn = first_confirm(reading)
    answer = reading.after(turn) if turn is not None else None
    return shown(_taking_up(answer, reading))


def _taking_up(answer: int | None, reading: Reading) -> Iterator[Said]:
    """Sentences of the learner's next turn that refer to the customer's words. A bare thanks or goodbye does not."""
    following = reading.next_turn(answer) if answer is not None else None
    if answer is None or following is None:
        return
    for said in reading.turns[following]:
        refers = said.content & reading.replies.get(answer, frozenset())
        takes = reading.takes_up(said) or said.asks or said.shows("accepts_account")
        if (refers or takes) and not (said.does("close") and not refers):
            yield said


@once
def recaps(reading: Reading) -> tuple[Said, ...]:
    """Sentences that restate what was arranged: those of a turn in the second half that shares words with two of it."""
    for turn in reversed(_second_half(reading)):
        restated = {said: _restated(said, reading) for said in reading.turns[turn] if not said.asks}
        listing = [said for said, found in restated.items() if found]
        enough = len(frozenset[str]().union(*restated.values())) >= RECAP_ITEMS
        if enough and any(s.does("summary_check") or s.shows("recap") for s in reading.turns[turn]):
            return tuple(listing)
    return ()


def _second_half(reading: Reading) -> list[int]:
    """The learner's turns in which a recap can stand."""
    turns = list(reading.turns)
    return turns[max(1, len(turns) // 2) :]


def _restated(said: Said, reading: Reading) -> frozenset[str]:
    """The clauses that arranged something before a sentence was first said, and are said in it again."""
    first = next(one.turn for one in reading.said if one.text == said.text)
    before = (one for one in _arranged(reading) if one.turn < first)
    return frozenset(clause for one in before for clause in _clauses(one.text) if said.content & content(clause))


def _clauses(text: str) -> list[str]:
    """The parts of a sentence that say something by themselves: "I send the file, and I'll ring you" arranges two."""
    return [part for part in _BETWEEN_CLAUSES.split(text) if has_verb(part)] or [text]


@once
def _arranged(reading: Reading) -> tuple[Said, ...]:
    """What was offered or undertaken, and what was told to happen at a time or after something else."""
    undertaken = frozenset(offering(reading))
    return tuple(said for said in reading.said if said in undertaken or (said.tells and said.shows("time", "event")))


@yes_or_no()
def recapped(reading: Reading) -> Fact:
    """Near the end, earlier commitments are restated."""
    found = recaps(reading)
    return shown(found) if found else replace(NO, lacks=_recap_lacks(reading))


def _recap_lacks(reading: Reading) -> str:
    """What keeps words that sum up from being a recap; empty where there are none after something was offered."""
    offered = min((said.turn for said in reading.said if said.commits), default=None)
    sums_up = (said for said in reading.said if said.shows("recap") and not _checks_their_side(said, reading))
    summing = (reading.began(said.turn) for said in sums_up)
    begun = [turn for turn in summing if offered is not None and turn > offered]
    if not begun:
        return ""
    return "recap: too few commitments" if begun[-1] in _second_half(reading) else "recap: too early"


def _checks_their_side(said: Said, reading: Reading) -> bool:
    """Whether it has checked what the customer said and speaks of nothing undertaken before: that belongs early."""
    undertaken = (one for one in reading.said if one.commits and one.turn < said.turn)
    return said.does("summary_check") and not any(said.content & one.content for one in undertaken)


@yes_or_no()
def recap_benefit(reading: Reading) -> Fact:
    """The turn of the recap says, in the customer's words, what they gain."""
    turns = {said.turn for said in recaps(reading)}
    return shown(
        said
        for turn in turns
        for said in reading.around(turn)
        if not said.asks and (said.shows("benefit") or not said.commits) and reading.in_their_words(said)
    )


@yes_or_no()
def recap_complete(reading: Reading) -> Fact:
    """The recap shares words with every standing promise, and names no number for the first time; unknown where it
    does not share them, since it may say it otherwise.
    """
    found = recaps(reading)
    words = frozenset[str]().union(*(said.content for said in found))
    if not found or not _numbers(words) <= _said_before(found[0].turn, reading):
        return NO
    standing = [p for p in reading.case.ledger.promises if p.withdrawn_at is None and p.turn < found[0].turn]
    return shown(found) if all(content(promise.quote) & words for promise in standing) else UNKNOWN


def _numbers(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if word.isdigit())


def _said_before(turn: int, reading: Reading) -> frozenset[str]:
    """The content words of either side before a turn."""
    return reading.heard_before(turn).union(*(said.content for said in reading.said if said.turn < turn))


@yes_or_no(ground_truth=True)
def has_new_expectation(reading: Reading) -> Fact:
    """The scenario has a new expectation to raise."""
    persona = reading.case.persona
    return Fact(persona is not None and persona.closing.new_expectation is not None)


@yes_or_no(ground_truth=True)
def expectation_raised(reading: Reading) -> Fact:
    """The confirm question brought up the new expectation."""
    turn = reading.case.expectation_turn
    return Fact(turn is not None, (Quote(turn, reading.text(turn)),) if turn is not None else ())


def _since_expectation(reading: Reading) -> tuple[Said, ...]:
    turn = reading.case.expectation_turn
    return tuple(said for said in reading.said if turn is not None and said.turn > turn)


@yes_or_no(ground_truth=True)
def expectation_acknowledged(reading: Reading) -> Fact:
    """The learner's next turn takes the new expectation up."""
    return shown(_taking_up(reading.case.expectation_turn, reading))


@yes_or_no(ground_truth=True)
def expectation_explored(reading: Reading) -> Fact:
    """A question about it was asked."""
    return shown(said for said in _since_expectation(reading) if said.asks)


@yes_or_no(ground_truth=True)
def expectation_answered(reading: Reading) -> Fact:
    """It was answered with an offer or a limit, and nothing outside authority was promised for it."""
    turn = reading.case.expectation_turn
    if turn is None or any(promise.turn > turn for promise in outside(reading, standing=True)):
        return NO
    return shown(s for s in _since_expectation(reading) if (s.commits or s.tells) and not s.does("pass_the_buck"))


@yes_or_no(ground_truth=True)
def expectation_confirmed(reading: Reading) -> Fact:
    """It was confirmed again."""
    found = (said for said in _since_expectation(reading) if said.does("confirm_ask", "summary_check"))
    return shown(said for said in found if not said.does("script_repeat"))


@number()
def n_confirm(reading: Reading) -> Fact:
    """Confirm questions that refer to something."""
    return Fact(len(found := confirms(reading)), tuple(said.quote for said in found))
