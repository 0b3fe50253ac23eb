"""The learner's words that a better line would have replaced: where in a conversation each kind of line belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.domain.scorecard import Quote
from simulator.grading.evidence import same_words
from simulator.grading.facts.explore import main_offer_turn, voiced
from simulator.grading.facts.news import told
from simulator.grading.facts.promises import outside
from simulator.grading.reading import GIVING_BACK, Reading, Said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from simulator.domain.persona import LatentNeed
    from simulator.domain.scorecard import Promise

    Groups = Iterator[Iterable[Quote]]

DECIDING = ("refuse", "pass_the_buck", "quote_rule", "guarantee")
"""Acts that settle the matter, beside those that commit: questions belong before them."""

_STOPS = ".。!！?？…~～"


def moments(better: str | None, attempts: Sequence[Quote], reading: Reading) -> tuple[Quote, ...]:
    """Where a line of this kind (a criterion's `better`) belongs: places of which each is as good as the next.

    `attempts` are what the learner did towards it; where there are some, most kinds of line would make them better.
    """
    groups = _groups(better, attempts, reading) if better else iter([attempts])
    return next((found for group in groups if (found := tuple(group))), ())


def passed_over(reading: Reading) -> Iterator[tuple[LatentNeed, Quote | None]]:
    """Needs that were not found, each with the learner's words that let it pass: first those whose hint was not taken,
    then those nobody hinted at, those asked for too early, and those the customer had to volunteer.
    """
    persona = reading.case.persona
    records = {need.id: need for need in reading.case.needs}
    found: dict[str, list[tuple[LatentNeed, Quote | None]]] = {}
    for need in persona.needs if persona else ():
        record = records[need.id]
        hint = _hint_let_go(need, reading) if record.outcome == "missed" else None
        span = Quote(record.by_turn, record.span) if record.outcome == "blocked" and record.by_turn else None
        found.setdefault("hinted" if hint else record.outcome, []).append((need, hint or span))
    for kind in ("hinted", "missed", "blocked", "volunteered"):
        yield from found.get(kind, ())


def overpromised(reading: Reading) -> list[Promise]:
    """Promises outside authority or facts, those that still stand first."""
    return sorted(outside(reading, standing=False), key=lambda promise: promise.withdrawn_at is not None)


def _groups(better: str, attempts: Sequence[Quote], reading: Reading) -> Groups:
    """Groups of places, best first."""
    match better:
        case "need":
            yield (quote for _, quote in list(passed_over(reading))[:1] if quote)
            yield from _deciding(reading)
        case "trap":
            yield (Quote(promise.turn, promise.quote) for promise in overpromised(reading))
            yield _answer_to(reading.case.trap_turn, reading)
            yield from _offering(reading)
        case "news":
            yield told(reading)
            yield from _offering(reading)
        case "expectation":
            yield _answer_to(reading.case.expectation_turn, reading)
            yield from _closing(reading)
        case _:
            yield from _of_act(better, attempts, reading)


def _of_act(act: str, attempts: Sequence[Quote], reading: Reading) -> Groups:
    """Where a line that does this act belongs."""
    match act:
        case "reflect_feeling":
            yield _answering_needs(reading, "personal")
            yield from _answering(reading)
        case "reflect_content":
            yield from _answering(reading)
        case "open_question" | "implication_question":
            yield _quoted(said for said in reading.said if said.asks and said.quote in attempts)
            yield from _deciding(reading)
        case "summary_check":
            main = main_offer_turn(reading)
            yield _quoted(said for said in reading.doing(act) if main is None or said.turn <= main)
            yield _quoted(said for said in reading.undertaken if said.turn == main)
            yield from _deciding(reading)
        case "promise" | "update_commit":
            yield attempts
            yield (quote for group in _closing(reading) for quote in group if not _takes_leave(quote, reading))
            yield _quoted(reading.undertaken[-1:])
            yield from _closing(reading)
        case "confirm_ask":
            yield attempts
            yield from _closing(reading)
        case "propose":
            yield from _offering(reading)
        case _:
            yield attempts
            yield from _offering(reading)


def _hint_let_go(need: LatentNeed, reading: Reading) -> Quote | None:
    """What the learner said to the need's cue, where the customer dropped it in the pack's words."""
    cue = same_words(need.cue.in_language(reading.case.transcript.language).rstrip(_STOPS))
    turns = (turn for turn in reading.replies if cue in same_words(reading.text(turn)))
    return next((quote for turn in turns for quote in _answer_to(turn, reading)), None)


def _answer_to(turn: int | None, reading: Reading) -> list[Quote]:
    """What the learner says next, by the sentence that says most of the matter."""
    following = reading.next_turn(turn) if turn is not None else None
    return [_telling(reading.turns[following]).quote] if following is not None and reading.turns[following] else []


def _telling(turn: Sequence[Said]) -> Said:
    """The sentence of a turn that says something: no greeting and no goodbye, if there is another."""
    return min(turn, key=lambda said: said.does("greet", "close") or not said.content)


def _deciding(reading: Reading) -> Groups:
    """What was offered, undertaken or refused first, before which a question belongs."""
    decided = (said for said in reading.said if said.commits or said.does(*DECIDING))
    yield _quoted(list(decided)[:1])
    yield from _answering(reading)


def _answering(reading: Reading) -> Groups:
    """Turns that give nothing back: those that answer a need, then any."""
    yield _answering_needs(reading, "company", "personal")
    yield _quoted(map(_telling, _cold(reading)))


def _answering_needs(reading: Reading, *interests: str) -> Iterator[Quote]:
    """Turns that give nothing back to a need of these interests that was voiced just before."""
    persona = reading.case.persona
    kinds = {need.id: need.interest for need in persona.needs} if persona else {}
    told = [need.turn for need in voiced(reading) if need.turn is not None and kinds.get(need.id) in interests]
    following = {reading.next_turn(turn) for turn in told}
    return _quoted(_telling(turn) for turn in _cold(reading) if turn[0].turn in following)


def _cold(reading: Reading) -> list[tuple[Said, ...]]:
    return [turn for turn in reading.turns.values() if turn and not any(said.does(*GIVING_BACK) for said in turn)]


def _offering(reading: Reading) -> Groups:
    """The main offer, or whatever else was put forward, sending away and refusing included."""
    main = main_offer_turn(reading)
    yield _quoted(said for said in reading.undertaken if said.turn == main)
    yield _quoted(reading.doing("propose", "act_now", *DECIDING))
    yield _quoted(reading.undertaken)
    yield from _closing(reading)


def _closing(reading: Reading) -> Groups:
    """The last thing said."""
    last = max(reading.turns, default=None)
    yield _quoted(reading.turns[last][-1:]) if last is not None else ()


def _takes_leave(quote: Quote, reading: Reading) -> bool:
    """Whether the words are but a goodbye: what was undertaken before is what lacks a time or a recap."""
    return any(said.quote == quote and said.does("close") for said in reading.said)


def _quoted(said: Iterable[Said]) -> Iterator[Quote]:
    return (one.quote for one in said)
