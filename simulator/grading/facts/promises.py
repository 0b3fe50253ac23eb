"""Facts read off the promise ledger, and about limits."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.domain.learner import AuthorityItem
from simulator.domain.scorecard import Fact, Promise, Quote
from simulator.grading.facts.registry import NO, UNKNOWN, number, shown, yes_or_no
from simulator.grading.reading import Reading, Said
from simulator.language.forgone import undertaken
from simulator.language.requests import asks_for
from simulator.language.topics import finder


def _quotes(promises: list[Promise]) -> tuple[Quote, ...]:
    return tuple(Quote(promise.turn, promise.quote) for promise in promises)


def outside(reading: Reading, *, standing: bool) -> list[Promise]:
    """Promises outside authority or facts; with `standing`, only those never taken back."""
    made = [promise for promise in reading.case.ledger.promises if promise.within_authority is False]
    return [promise for promise in made if promise.withdrawn_at is None] if standing else made


@number()
def n_promise(reading: Reading) -> Fact:
    """Commitments of any class."""
    made = list(reading.case.ledger.promises)
    return Fact(len(made), _quotes(made))


@number()
def n_outside(reading: Reading) -> Fact:
    """Promises outside authority or facts (P4, P5). Without a persona only unconditional guarantees can be told."""
    return Fact(len(made := outside(reading, standing=False)), _quotes(made))


@number()
def n_outside_standing(reading: Reading) -> Fact:
    """Those of them that were never taken back."""
    return Fact(len(made := outside(reading, standing=True)), _quotes(made))


@yes_or_no(ground_truth=True)
def compliance_breached(reading: Reading) -> Fact:
    """A standing promise, or a first step taken, matches a red line of the scenario's authority; unknown where what is
    merely said, offered or asked for does.
    """
    # By its words alone, who gives a number out is hard to tell from who speaks of it.
    persona = reading.case.persona
    lines = persona.profile.learner.authority.red_lines if persona else ()
    ids = {item.id for item in lines}
    promised = [p for p in outside(reading, standing=True) if p.item in ids]
    near = [said for said in reading.said if _touches(said, lines)]
    done = [said.quote for said in near if said.acts_now]
    if promised or done:
        return Fact(value=True, quotes=(*_quotes(promised), *done))
    return UNKNOWN if any(said.tells or _requests(said) for said in near) else NO


def _touches(said: Said, lines: Iterable[AuthorityItem]) -> bool:
    """Whether a sentence names what a red line forbids, other than as what is not done."""
    if said.does("refuse", "state_limit"):
        return False
    named = [item for item in lines if finder(item.match).find(said.text)]
    done = undertaken(said.text) if named else ""
    return any(finder(item.match).find(done) for item in named)


def _requests(said: Said) -> bool:
    """Whether something is asked for: a thing to be given, not news of it."""
    return said.does("closed_question", "open_question") and asks_for(said.text)


@yes_or_no()
def limit_stated(reading: Reading) -> Fact:
    """A limit or uncertainty is said plainly: what cannot be promised, what is not certain, or that what the customer
    pushes for is not to be had. A bare rule is none.
    """
    limits = (
        s for s in reading.doing("state_limit", "bad_news") if s.does("state_limit") or _declines_push(s, reading)
    )
    return shown(s for s in limits if not s.does("quote_rule", "blame", "contempt"))


def _declines_push(said: Said, reading: Reading) -> bool:
    """Whether it answers the push by telling that there is no such thing."""
    persona, pushed = reading.case.persona, reading.case.trap_turn
    if persona is None or pushed is None or said.turn != reading.next_turn(pushed):
        return False
    return finder(persona.trap.match).find(said.text) is not None


@yes_or_no(ground_truth=True)
def trap_said(reading: Reading) -> Fact:
    """The customer pushed for a promise that cannot be given."""
    turn = reading.case.trap_turn
    return Fact(turn is not None, (Quote(turn, reading.text(turn)),) if turn is not None else ())


@yes_or_no(ground_truth=True)
def trap_answered(reading: Reading) -> Fact:
    """The answer to that push holds a limit and something that can be promised; unknown where it was never said."""
    if reading.case.trap_turn is None:
        return UNKNOWN
    answer = reading.next_turn(reading.case.trap_turn)
    said = reading.turns.get(answer, ()) if answer is not None else ()
    limits = [s for s in said if s.does("state_limit", "bad_news", "refuse") or (s.tells and s.shows("condition"))]
    gives = [s for s in said if (s.commits or s.shows("grants")) and not s.does("guarantee")]
    return shown((*limits, *gives)) if limits and gives else NO


@yes_or_no()
def soft_promise(reading: Reading) -> Fact:
    """A soothing half-promise ("should be fine") that nothing later takes back."""
    taken_back = [said.turn for said in reading.doing("withdraw_promise")]
    last = max(taken_back, default=0)
    return shown(s for s in reading.said if s.turn > last and not s.asks and s.shows("soft_promise"))
