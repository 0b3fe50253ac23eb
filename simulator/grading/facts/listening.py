"""Facts about how the learner listened and how the customer was treated."""

from __future__ import annotations

from simulator.domain.scorecard import Fact
from simulator.grading.facts.action import unrepaired
from simulator.grading.facts.offer import offering
from simulator.grading.facts.registry import NO, UNKNOWN, number, shown, tally, yes_or_no
from simulator.grading.reading import ACCEPTING, Reading, Said

MOST_APOLOGIES = 2
"""More apologies than this add nothing (rubric, X2)."""

OWN_TALK = 60
"""Share of the learner's words, in per cent, in sentences that neither do anything nor touch the customer's words."""


@number()
def n_reflection(reading: Reading) -> Fact:
    """Sentences that give back content or feeling."""
    return tally(reading.doing("reflect_content", "reflect_feeling"))


@number()
def reflection_question_ratio(reading: Reading) -> Fact:
    """n_reflection / questions; unknown without a question. Feedback only."""
    asked = sum(said.asks for said in reading.said)
    return Fact(round(len(reading.doing("reflect_content", "reflect_feeling")) / asked, 3)) if asked else UNKNOWN


@number()
def n_apology(reading: Reading) -> Fact:
    """Apologies."""
    return tally(reading.doing("apologize"))


@number()
def n_contempt(reading: Reading) -> Fact:
    """Sentences of contempt, sarcasm or dare."""
    return tally(reading.doing("contempt"))


@yes_or_no()
def feeling_named(reading: Reading) -> Fact:
    """A feeling, or what this does to the customer, is put into words."""
    return shown(_naming(reading))


@yes_or_no()
def feeling_or_meaning_named(reading: Reading) -> Fact:
    """A feeling, or a meaning beyond the customer's words, is put into words."""
    return shown(dict.fromkeys((*_naming(reading), *reading.doing("reflect_feeling"))))


def _naming(reading: Reading) -> tuple[Said, ...]:
    cold = ("blame", "argue", "contempt", "quote_rule")
    return tuple(said for said in reading.said if said.tells and said.shows("impact") and not said.does(*cold))


@yes_or_no()
def details_reused(reading: Reading) -> Fact:
    """Something undertaken, told or asked later uses words the customer gave in an earlier exchange than the last."""
    return shown(said for said in reading.said if _reuses(said, reading))


def _reuses(said: Said, reading: Reading) -> bool:
    last = reading.before(said.turn)
    if last is None or said.does("pass_the_buck", "blame", "argue", "contempt", "guarantee"):
        return False
    earlier = reading.heard_before(last)
    return bool(said.content & earlier) and (said.commits or said.tells or said.does(*ACCEPTING, "confirm_ask"))


@number()
def n_unanswered(reading: Reading) -> Fact:
    """Customer questions that the learner's next turn neither answers nor takes up, and cues left lying."""
    missed = [turn for turn in reading.replies if _is_unanswered(turn, reading)]
    turns = [following for turn in missed if (following := reading.next_turn(turn)) is not None]
    quotes = [reading.turns[turn][0].quote for turn in dict.fromkeys(turns) if reading.turns[turn]]
    return Fact(len(missed), tuple(quotes))


def _is_unanswered(turn: int, reading: Reading) -> bool:
    following = reading.next_turn(turn)
    if following is None or not reading.reply_acts(turn) & {"asks", "objects"}:
        return False
    said = reading.turns[following]
    evasive = any(one.does("blame", "argue", "contempt", "pass_the_buck") for one in said)
    answered = any(
        one.commits or reading.takes_up(one) or one.tells or one.content & reading.replies[turn] for one in said
    )
    return evasive or not answered


@yes_or_no()
def took_something_up(reading: Reading) -> Fact:
    """Something the customer said was given back, accepted or asked about."""
    return shown(s for s in reading.said if reading.takes_up(s) or (s.asks and reading.in_their_words(s)))


@yes_or_no()
def holds_forth(reading: Reading) -> Fact:
    """Most of the learner's words are in sentences that do nothing and share no word with the customer's."""
    said = list(reading.said)
    own = [s for s in said if not s.heard.acts and not reading.in_their_words(s)]
    whole = sum(len(s.text) for s in said)
    return shown(own) if whole and sum(len(s.text) for s in own) * 100 >= OWN_TALK * whole else NO


@yes_or_no()
def unrepaired_blame(reading: Reading) -> Fact:
    """The customer was blamed, and no later sentence takes it back."""
    return shown(unrepaired(reading, "blame"))


@yes_or_no()
def script_after_objection(reading: Reading) -> Fact:
    """A sentence was said again."""
    return shown(reading.doing("script_repeat"))


@yes_or_no()
def accepted_first(reading: Reading) -> Fact:
    """The customer's account was accepted before any limit, rule or bad news was given."""
    for said in reading.said:
        heard = reading.heard_before(said.turn)
        if heard and (reading.takes_up(said) or said.shows("accepts_account")):
            return shown([said])
        if said.does("bad_news", "state_limit", "quote_rule", "refuse", "argue", "blame", "contempt"):
            return NO
    return NO


@yes_or_no()
def owned(reading: Reading) -> Fact:
    """Our part is owned, or the matter taken on by the learner in person."""
    return shown(reading.doing("own_it"))


@yes_or_no()
def helped_without_defending(reading: Reading) -> Fact:
    """Something is undertaken, and nothing is defended, argued or blamed."""
    if reading.doing("argue", "contempt") or any(said.shows("defends") for said in reading.said):
        return NO
    return shown(offering(reading))


@yes_or_no()
def tone_fits(reading: Reading) -> Fact:
    """Nobody is argued with, blamed or slighted, there are two apologies at most, and something is taken up or on."""
    cold = reading.doing("argue", "blame", "contempt")
    if cold or len(reading.doing("apologize")) > MOST_APOLOGIES:
        return NO
    return shown(reading.doing("reflect_content", "reflect_feeling", "affirm", "own_it", "summary_check"))


@yes_or_no()
def disputed(reading: Reading) -> Fact:
    """The customer's perception is disputed, the customer is blamed, or the rule is held against them."""
    blamed = reading.doing("argue", "blame", "contempt")
    defended = (
        s for s in reading.said if s.shows("defends") and s.does("quote_rule", "refuse", "argue", "pass_the_buck")
    )
    return shown(dict.fromkeys((*blamed, *defended)))
