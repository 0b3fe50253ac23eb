"""Facts about what was offered and how."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.domain.scorecard import Fact, Quote
from simulator.grading.facts.explore import voiced
from simulator.grading.facts.promises import outside
from simulator.grading.facts.registry import NO, YES, number, shown, tally, yes_or_no
from simulator.grading.reading import Reading, Said

if TYPE_CHECKING:
    from collections.abc import Iterator

CONSENT = frozenset({"accepts", "chooses"})
"""Reply acts by which a customer takes an offer."""


def offering(reading: Reading) -> tuple[Said, ...]:
    """The sentences that offer or undertake something, brush-offs and promises outside authority left out."""
    return reading.undertaken


def first_offering(reading: Reading) -> int | None:
    """The turn in which something is first offered or undertaken."""
    return next((said.turn for said in offering(reading)), None)


@number()
def n_offer(reading: Reading) -> Fact:
    """Offers: sentences that propose something concrete, brush-offs included."""
    offers = reading.case.ledger.offers
    return Fact(len(offers), tuple(Quote(offer.turn, offer.text) for offer in offers))


@number()
def n_brush_off(reading: Reading) -> Fact:
    """Offers that only send the customer elsewhere."""
    offers = [offer for offer in reading.case.ledger.offers if offer.brush_off]
    return Fact(len(offers), tuple(Quote(offer.turn, offer.text) for offer in offers))


@yes_or_no()
def offered(reading: Reading) -> Fact:
    """Something specific was proposed, started or promised."""
    return shown(said for said in reading.said if said.commits or said.does("pass_the_buck", "guarantee"))


@yes_or_no()
def who_what_when(reading: Reading) -> Fact:
    """An offer or undertaking names its time, and something more than a bare effort is undertaken."""
    return shown(said for said in offering(reading) if said.shows("time", "event"))


@yes_or_no()
def condition_stated(reading: Reading) -> Fact:
    """Something offered, promised or limited is said with what it depends on."""
    first = first_offering(reading)
    return shown(s for s in reading.said if first and (s.commits or s.tells) and s.shows("condition"))


@yes_or_no()
def fit_checked(reading: Reading) -> Fact:
    """From the first offer on, asks or says whether it fits a constraint the customer named."""
    return shown(said for said in _from_offer_on(reading) if said.shows("fits") and reading.in_their_words(said))


@yes_or_no()
def offer_links_interest(reading: Reading) -> Fact:
    """The benefit is said in words the customer used, or an offer meets a hidden need that was voiced before it."""
    told = [s for s in _from_offer_on(reading) if s.shows("benefit") and reading.in_their_words(s)]
    return shown(dict.fromkeys((*told, *_meeting_needs(reading))))


def _meeting_needs(reading: Reading) -> Iterator[Said]:
    persona, ledger = reading.case.persona, reading.case.ledger
    turns = {need.id: need.turn for need in voiced(reading)}
    for item in persona.checklist.complete if persona else ():
        quote = ledger.coverage.get(item.id)
        if quote is None:
            continue
        voiced_at = [turns[need] for need in item.covers if turns.get(need) is not None]
        if any(turn is not None and turn < quote.turn for turn in voiced_at):
            yield from (said for said in reading.around(quote.turn) if said.text == quote.text)


def _from_offer_on(reading: Reading) -> Iterator[Said]:
    first = first_offering(reading)
    return (said for said in reading.said if first is not None and said.turn >= first)


@yes_or_no()
def choice_offered(reading: Reading) -> Fact:
    """Where something was offered, the customer is asked to choose."""
    return shown(said for said in _from_offer_on(reading) if said.shows("choice") and _in_offer(said, reading))


@yes_or_no()
def trade_off_explained(reading: Reading) -> Fact:
    """Where something was offered, what is gained is set against what is given up."""
    return shown(said for said in _from_offer_on(reading) if said.shows("trade_off") and _in_offer(said, reading))


def _in_offer(said: Said, reading: Reading) -> bool:
    turns = {one.turn for one in offering(reading)}
    return said.turn in turns


@yes_or_no()
def safeguard_named(reading: Reading) -> Fact:
    """A rule, reason or limit of the organisation is named and kept, and something is offered all the same."""
    if not offering(reading):
        return NO
    named = ("state_limit", "quote_rule", "bad_news", "refuse")
    return shown(
        said
        for said in reading.said
        if said.does(*named) or ((said.commits or said.tells) and said.shows("reason") and said.shows("condition"))
    )


@yes_or_no()
def customer_chose(reading: Reading) -> Fact:
    """A reply to an offer accepts it or chooses."""
    turns = sorted({said.turn for said in offering(reading)})
    replies = [reading.after(turn) for turn in turns]
    taken = [n for n in dict.fromkeys(replies) if n is not None and reading.reply_acts(n) & CONSENT]
    return Fact(bool(taken), tuple(Quote(n, reading.text(n)) for n in taken))


@yes_or_no()
def one_sided(reading: Reading) -> Fact:
    """The customer was sent away or refused and nothing else offered, or what cannot be given was promised."""
    if broken := outside(reading, standing=True):
        return replace(YES, quotes=tuple(Quote(p.turn, p.quote) for p in broken))
    if offering(reading):
        return NO
    return shown(reading.doing("pass_the_buck", "refuse", "quote_rule", "blame", "propose"))


@number()
def n_pass_the_buck(reading: Reading) -> Fact:
    """Sentences that send the customer elsewhere without hand-over."""
    return tally(reading.doing("pass_the_buck"))
