"""Facts about what the customer had to be told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.conversation.ledger import told_in_parts
from simulator.domain.scorecard import Fact, Quote
from simulator.grading.facts.explore import main_offer_turn, voiced
from simulator.grading.facts.promises import outside
from simulator.grading.facts.registry import NO, UNKNOWN, YES, number, shown, yes_or_no
from simulator.grading.reading import Reading, Said
from simulator.language.topics import finder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.domain.persona import BadNews

REACTING = frozenset({"objects", "refuses", "asks"})
"""Reply acts that show a reaction to the news."""


def applying(reading: Reading) -> tuple[BadNews, ...]:
    """The items that apply: those of a need that was never voiced do not."""
    known = {need.id for need in voiced(reading)}
    persona = reading.case.persona
    return tuple(news for news in (persona.bad_news if persona else ()) if news.need is None or news.need in known)


def told(reading: Reading) -> tuple[Quote, ...]:
    """The words that told each item, of those that were told."""
    ledger = reading.case.ledger
    return tuple(quote for news in applying(reading) if (quote := ledger.told.get(news.id)))


def _untold(reading: Reading, missing: Iterable[BadNews] | None = None) -> bool | None:
    """What to think of items that no turn tells (all such, unless named): unknown where some bad news stands that fits
    none, or where they were told in parts; else untold.
    """
    items = [n for n in applying(reading) if not reading.case.ledger.told.get(n.id)] if missing is None else missing
    in_parts = all(told_in_parts(news.match, reading.case.hearings) for news in items)
    return None if reading.case.ledger.unplaced_news or in_parts else True


@yes_or_no(ground_truth=True)
def has_bad_news(reading: Reading) -> Fact:
    """There is something the customer must be told."""
    return Fact(bool(applying(reading)))


@number(ground_truth=True)
def n_told(reading: Reading) -> Fact:
    """Items that were told."""
    found = told(reading)
    whole = len(applying(reading))
    if len(found) < whole and _untold(reading) is None:
        return Fact(None, found, (len(found), whole))
    return Fact(len(found), found)


@yes_or_no(ground_truth=True)
def all_told(reading: Reading) -> Fact:
    """Every item was told."""
    found = told(reading)
    if len(found) == len(applying(reading)):
        return replace(YES, quotes=found)
    return UNKNOWN if _untold(reading) is None else NO


@yes_or_no(ground_truth=True)
def critical_untold(reading: Reading) -> Fact:
    """A critical item was never told."""
    missing = [n for n in applying(reading) if n.critical and not reading.case.ledger.told.get(n.id)]
    return Fact(_untold(reading, missing)) if missing else NO


@yes_or_no(ground_truth=True)
def told_early(reading: Reading) -> Fact:
    """The critical items told were told before the customer took the main offer."""
    critical = [news.id for news in applying(reading) if news.critical]
    quotes = [q for news_id in critical if (q := reading.case.ledger.told.get(news_id))] or list(told(reading))
    main = main_offer_turn(reading)
    taken = [n for n in reading.replies if main is not None and n > main and "accepts" in reading.reply_acts(n)]
    last = min(taken, default=None)
    return Fact(bool(quotes) and all(last is None or quote.turn < last for quote in quotes), tuple(quotes))


def _around(reading: Reading) -> tuple[Said, ...]:
    turns = {quote.turn for quote in told(reading)}
    return tuple(said for said in reading.said if said.turn in turns)


@yes_or_no(ground_truth=True)
def told_meaning(reading: Reading) -> Fact:
    """The turn that tells says what it means for the customer: in their words, or with a consequence for them."""
    return shown(
        said
        for said in _around(reading)
        if not said.asks
        and (said.shows("benefit", "consequence", "fails") or (said.tells and said.shows("means_for_you")))
    )


@yes_or_no(ground_truth=True)
def told_options(reading: Reading) -> Fact:
    """The turn that tells offers something as well."""
    return shown(said for said in _around(reading) if said.commits and not said.does("pass_the_buck"))


@yes_or_no(ground_truth=True)
def reaction_met(reading: Reading) -> Fact:
    """The customer's reaction to the news is asked for or answered with more than facts."""
    return shown(dict.fromkeys(_responses(reading)))


def _responses(reading: Reading) -> list[Said]:
    found: list[Said] = []
    for turn in dict.fromkeys(quote.turn for quote in told(reading)):
        found += [said for said in reading.around(turn) if said.asks and said.shows("choice")]
        reply = reading.after(turn)
        following = reading.next_turn(reply) if reading.reply_acts(reply) & REACTING and reply is not None else None
        said = reading.turns.get(following or 0, ())
        found += [s for s in said if reading.takes_up(s) or s.shows("impact", "accepts_account")]
    return found


@yes_or_no(ground_truth=True)
def news_denied(reading: Reading) -> Fact:
    """A standing guarantee is given of what bad news says is uncertain. Unknown where bad news was left untold and a
    guarantee stands whose subject is not known.
    """
    standing = outside(reading, standing=True)
    if not standing:
        return NO
    for promise in standing:
        if any(finder(news.match).find(promise.quote) for news in applying(reading)):
            return replace(YES, quotes=(Quote(promise.turn, promise.quote),))
    return UNKNOWN
