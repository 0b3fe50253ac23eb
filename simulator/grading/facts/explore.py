"""Facts about what was found out before anything was offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.conversation.reconstruct import needs_named
from simulator.domain.scorecard import Fact, Quote
from simulator.grading.content import content
from simulator.grading.facts.questions import open_questions
from simulator.grading.facts.registry import NO, UNKNOWN, number, once, shown, yes_or_no
from simulator.grading.reading import ASKING, CHECKING, GIVING_BACK, Reading, Said
from simulator.grading.signs import shows

if TYPE_CHECKING:
    from simulator.domain.scorecard import NeedRecord

SUMMARY_WORDS = 4
"""Content words of the customer's that make a summary; half of them where it is announced as one."""

VOLUNTEERED = 0.5
"""Credit of a need the customer had to volunteer, or that came too late to be folded into an offer."""


@once
def voiced(reading: Reading) -> tuple[NeedRecord, ...]:
    """The needs that count as found. One leaked in our own session, and not elicited, is the program's doing."""
    return tuple(need for need in reading.case.needs if need.turn is not None and not _leaked(need))


def _leaked(need: NeedRecord) -> bool:
    return need.outcome == "volunteered" and not need.reconstructed


@number(ground_truth=True)
def n_latent(reading: Reading) -> Fact:
    """Hidden needs of the scenario, less those the program itself gave away."""
    return Fact(sum(not _leaked(need) for need in reading.case.needs))


@number(ground_truth=True)
def n_unlocked(reading: Reading) -> Fact:
    """Hidden needs that were voiced."""
    return Fact(len(voiced(reading)), _spans(reading, voiced(reading)))


@number(ground_truth=True)
def unlocked_credit(reading: Reading) -> Fact:
    """1 for each need elicited before the last offer or folded into one, 0.5 for one volunteered or left aside."""
    return Fact(sum(_credit(need, reading) for need in voiced(reading)), _spans(reading, voiced(reading)))


@number(ground_truth=True)
def share_unlocked(reading: Reading) -> Fact:
    """unlocked_credit / n_latent; unknown where every need was given away."""
    latent = n_latent(reading).value
    credit = unlocked_credit(reading)
    return Fact((credit.value or 0) / latent, credit.quotes) if latent else UNKNOWN


def _credit(need: NeedRecord, reading: Reading) -> float:
    if need.outcome != "elicited":
        return VOLUNTEERED
    last = reading.case.ledger.last_offer_turn
    return 1.0 if last is None or need.turn is None or need.turn <= last or _covered(need.id, reading) else VOLUNTEERED


def _covered(need: str, reading: Reading) -> bool:
    persona = reading.case.persona
    items = persona.checklist.complete if persona else ()
    return any(item.id in reading.case.ledger.coverage for item in items if need in item.covers)


def _spans(reading: Reading, needs: tuple[NeedRecord, ...]) -> tuple[Quote, ...]:
    learner = {turn.n for turn in reading.case.transcript.learner_turns}
    return tuple(Quote(n.by_turn, n.span) for n in needs if n.by_turn in learner and n.span and n.by_turn is not None)


@yes_or_no(ground_truth=True)
def voiced_company(reading: Reading) -> Fact:
    """A hidden need of the matter itself (work, household, money) was voiced."""
    return _voiced_of("company", reading)


@yes_or_no(ground_truth=True)
def voiced_personal(reading: Reading) -> Fact:
    """A hidden need of the customer's own person (standing, feelings, health) was voiced."""
    return _voiced_of("personal", reading)


def _voiced_of(interest: str, reading: Reading) -> Fact:
    persona = reading.case.persona
    kinds = {need.id: need.interest for need in persona.needs} if persona else {}
    found = [need for need in voiced(reading) if kinds.get(need.id) == interest]
    quotes = tuple(Quote(need.turn, reading.text(need.turn)) for need in found if need.turn is not None)
    return Fact(bool(found), quotes)


@yes_or_no()
def purpose_asked(reading: Reading) -> Fact:
    """An open question asks what result is wanted or what it is for."""
    return shown(said for said in open_questions(reading) if said.shows("purpose"))


@yes_or_no()
def deadline_established(reading: Reading) -> Fact:
    """Before the last offer, a question about time or limits, or a time the customer gave said back to them."""
    last = reading.case.ledger.last_offer_turn
    return shown(s for s in reading.said if (last is None or s.turn <= last) and _on_limits(s, reading))


def _on_limits(said: Said, reading: Reading) -> bool:
    if said.asks:
        return said.shows("asks_time", "constraint") or (said.shows("time") and _given_back(said, reading))
    return said.shows("time", "constraint") and _given_back(said, reading)


def _given_back(said: Said, reading: Reading) -> bool:
    """Whether a sentence shares with an earlier customer sentence words of a time or limit."""
    for turn, words in reading.replies.items():
        if turn < said.turn and said.content & words and shows(reading.text(turn), "time", "constraint"):
            return True
    return False


@yes_or_no()
def question_answered_before_offer(reading: Reading) -> Fact:
    """A question was asked no later than anything was offered, and answered before the main offer.

    A first step beside the question ("I'm freezing the card now. When did you notice?") prescribes nothing.
    """
    first, main = reading.case.ledger.first_offer_turn, main_offer_turn(reading)
    answered = [said for said in reading.said if said.asks and reading.after(said.turn) is not None]
    if first is None:
        return shown(answered)
    before = first if main is None else main
    return shown(said for said in answered if said.turn <= first and said.turn < before)


@yes_or_no()
def no_exploring(reading: Reading) -> Fact:
    """Something was offered or refused before any question was asked."""
    ledger = reading.case.ledger
    decided = [turn for turn in (ledger.first_offer_turn, ledger.first_refusal_turn) if turn is not None]
    if not decided:
        return NO
    first = min(decided)
    if any(said.asks and said.turn <= first for said in reading.said):
        return NO
    return shown(said for said in reading.around(first) if said.commits or said.does("refuse", "pass_the_buck"))


@once
def summaries(reading: Reading) -> tuple[Said, ...]:
    """Summaries put up for correction before, or in the turn of, the main offer: the one that proposes most."""
    main = main_offer_turn(reading)
    checks = (
        said
        for said in reading.said
        if (said.does("summary_check") or _joins_needs(said, reading)) and not is_confirm_form(said, reading)
    )
    return tuple(
        said for said in checks if (main is None or said.turn <= main) and points_given_back(said.turn, reading)
    )


def _joins_needs(said: Said, reading: Reading) -> bool:
    """Whether a statement that offers nothing names two of the needs that were voiced before it."""
    persona = reading.case.persona
    if persona is None or not said.tells or said.commits:
        return False
    told = {need.id: need.turn for need in voiced(reading) if need.turn is not None and need.turn < said.turn}
    return sum(_names(need, said.text, turn, reading) for need, turn in told.items()) > 1


def points_given_back(turn: int, reading: Reading) -> bool:
    """Whether a turn holds enough of the customer's words to be a summary of two points rather than an echo of one."""
    given_back = frozenset().union(*(said.content for said in reading.around(turn) if not said.asks))
    announced = any(said.does("summary_check") and said.shows("summing_up") for said in reading.around(turn))
    return len(given_back & reading.heard_before(turn)) >= (SUMMARY_WORDS // 2 if announced else SUMMARY_WORDS)


def is_confirm_form(said: Said, reading: Reading) -> bool:
    """Whether a question after something was undertaken asks if it is right so, whatever it was heard as."""
    first = next((one.turn for one in reading.undertaken), None)
    after = first is not None and said.turn >= first
    return after and said.does(*ASKING, *CHECKING) and said.shows("confirm_form")


@once
def main_offer_turn(reading: Reading) -> int | None:
    """The turn that offers most: most sentences, the first of those that tie."""
    turns = [offer.turn for offer in reading.case.ledger.offers if not offer.brush_off]
    return max(dict.fromkeys(turns), key=turns.count) if turns else None


@yes_or_no()
def summary_before_offer(reading: Reading) -> Fact:
    """What was heard is summed up and put up for correction before the main offer."""
    return shown(summaries(reading))


@yes_or_no()
def summary_names_need(reading: Reading) -> Fact:
    """That summary names a hidden need voiced before it. Without a persona: it goes beyond the opening words."""
    persona = reading.case.persona
    if persona is None:
        return _beyond_opening(reading)
    known = {need.id: need.turn for need in voiced(reading)}
    naming = []
    for said in summaries(reading):
        text = " ".join(s.text for s in reading.around(said.turn))
        for need, told in known.items():
            if told is not None and told < said.turn and _names(need, text, told, reading):
                naming.append(said)
    return shown(dict.fromkeys(naming))


def _names(need: str, text: str, told: int, reading: Reading) -> bool:
    """Whether the text has words of the need's own, or two of those the customer told it by in turn `told`."""
    persona = reading.case.persona
    if persona and need in needs_named(text, persona):
        return True
    return len(content(text) & reading.replies.get(told, frozenset())) > 1


def _beyond_opening(reading: Reading) -> Fact:
    opening = reading.replies.get(min(reading.replies, default=0), frozenset())
    later = [s for s in summaries(reading) if s.content & (reading.heard_before(s.turn) - opening)]
    return shown(later)


@yes_or_no()
def summary_disputed(reading: Reading) -> Fact:
    """The customer objected to every summary."""
    found = summaries(reading)
    replies = [(said, reading.reply_acts(reading.after(said.turn))) for said in found]
    disputed = [said for said, reply in replies if reply & {"objects", "refuses"} and "agrees" not in reply]
    return shown(disputed) if found and len(disputed) == len(found) else NO


@yes_or_no()
def summary_answered(reading: Reading) -> Fact:
    """A summary put up for correction got an answer before the learner went on."""
    return shown(said for said in summaries(reading) if reading.after(said.turn) is not None)


@number()
def n_reflecting_turn(reading: Reading) -> Fact:
    """Learner turns that give back something of the customer's words."""
    turns = [next((s for s in turn if s.does(*GIVING_BACK)), None) for turn in reading.turns.values()]
    found = [said for said in turns if said is not None]
    return Fact(len(found), tuple(said.quote for said in found))
