"""What to do next time, read off a finished scorecard: advice, the learner's own words it is about, and a better line.

Nothing is made up. The rubric says what to do and where a better line is to be found (`better`), the persona has the
line, the conversation the words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.domain.rubric import LEVELS
from simulator.domain.scorecard import Coaching
from simulator.grading.caps import fired_of
from simulator.grading.facts.news import applying
from simulator.grading.levels import reachable_level
from simulator.grading.moments import moments, overpromised, passed_over
from simulator.grading.observations import value_of
from simulator.grading.rules import compiled
from simulator.language.normalize import split_sentences
from simulator.language.topics import finder
from simulator.wording import say, speaking

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.domain.persona import Persona
    from simulator.domain.rubric import Criterion, Observation, Rubric
    from simulator.domain.scorecard import CriterionScore, Promise, Quote, Scorecard
    from simulator.domain.text import Text
    from simulator.grading.case import Case
    from simulator.grading.kleene import Value
    from simulator.grading.reading import Reading
    from simulator.grading.rules import CompiledRubric

NEARLY = 3
"""The level from which on the advice names what was missing: whoever is below it has more than one thing to mend."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What a grade was made of."""

    reading: Reading
    rules: CompiledRubric
    values: Mapping[str, Value]
    unanswered: tuple[Quote, ...]

    @property
    def persona(self) -> Persona | None:
        return self.reading.case.persona


@dataclass(frozen=True, slots=True)
class _Lack:
    """What a level lacks. `doubtful`: it could not be told, so there may be nothing to mend."""

    observation: Observation
    doubtful: bool


def coach(card: Scorecard, reading: Reading, rubric: Rubric, language: str) -> tuple[Coaching, ...]:
    """A piece for each criterion below the top, what weighs most first.

    What a fired cap that fails the conversation is about weighs most, then what costs most of the total. Quotes are the
    learner's, another one for each piece where one is as good as another. Without a persona no better line is known.
    """
    scores = _by_weight(card, reading.case, rubric)
    if not scores:
        return ()
    values = {name: value_of(fact) for name, fact in card.facts.items()}
    found = _Found(reading, compiled(rubric), values, card.facts["n_unanswered"].quotes)
    criteria = {criterion.id: criterion for criterion in rubric.criteria}
    used: set[Quote] = set()
    pieces = []
    for score in scores:
        criterion = criteria[score.id]
        quotes = _quotes(criterion, score, found)
        quote = next((quote for quote in quotes if quote not in used), quotes[0] if quotes else None)
        used.update((quote,) if quote else ())
        lack = _lack(criterion, score, found)
        better = None if lack and lack.doubtful else _better(criterion.better, found)
        with speaking(language):
            advice = _advice(criterion, lack, found, language)
        pieces.append(Coaching(criterion.id, advice, quote, better.in_language(language) if better else None))
    return tuple(pieces)


def _by_weight(card: Scorecard, case: Case, rubric: Rubric) -> list[CriterionScore]:
    """The criteria below the top. What is set because the customer left comes last: why they left comes before it."""
    below = [score for score in card.criteria if score.level is not None and score.level < LEVELS[-1]]
    costs = {score.id: score.weight * (LEVELS[-1] - score.level) for score in below if score.level is not None}
    rules = compiled(rubric).caps
    urgent: set[str] = set()
    for cap in fired_of(rubric, card.caps):
        about = [name for name in (cap.set_level or cap.max_level) if name in costs]
        if case.walked_away and "walked_away" in rules[cap.id].names:
            costs |= dict.fromkeys(about, 0.0)
        elif cap.fail and about:
            urgent.add(max(about, key=lambda name: costs[name]))
    return sorted(below, key=lambda score: (score.id not in urgent, -costs[score.id]))


def _quotes(criterion: Criterion, score: CriterionScore, found: _Found) -> Sequence[Quote]:
    """The learner's words a piece can be about: those of a fault, of questions left unanswered, or of the moment the
    better line belongs to.
    """
    spoken = {turn.n for turn in found.reading.case.transcript.learner_turns}
    faults = {observation.id for observation in criterion.observations if observation.fault}
    met = [
        (verdict.id in faults, quote)
        for verdict in score.observations
        if verdict.outcome == "met"
        for quote in verdict.quotes
        if quote.turn in spoken
    ]
    shown = [quote for fault, quote in met if fault]
    if shown and not (criterion.better == "trap" and overpromised(found.reading)):
        return shown
    if criterion.better == "reflect_content" and found.unanswered:
        return found.unanswered
    return moments(criterion.better, [quote for fault, quote in met if not fault], found.reading)


def _better(origin: str | None, found: _Found) -> Text | None:
    """The persona's line of this origin. Where the case at hand has none, the line of the act that comes nearest."""
    reading, persona = found.reading, found.persona
    if persona is None:
        return None
    lines = persona.model_lines
    match origin:
        case "need":
            return next((need.example for need, _ in passed_over(reading)), None)
        case "trap":
            broken = next(iter(overpromised(reading)), None)
            given = broken and not _fell_for(broken, reading, persona) and _is_conditional(broken, persona)
            return (lines.get("promise") if given else None) or persona.trap.good_answer
        case "news":
            untold = [news for news in applying(reading) if not reading.case.ledger.told.get(news.id)]
            untold.sort(key=lambda news: not news.critical)
            return untold[0].text if untold else lines.get("bad_news")
        case "expectation":
            expectation = persona.closing.new_expectation
            raised = reading.case.expectation_turn is not None
            return expectation.good_response if expectation and raised else lines.get("confirm_ask")
    return lines.get(origin) if origin else None


def _advice(criterion: Criterion, lack: _Lack | None, found: _Found, language: str) -> str:
    """What to do next time; of a broken promise first why it could not be kept, of what nearly got there what it
    lacked.
    """
    advice = criterion.next_time.in_language(language)
    broken = next(iter(overpromised(found.reading)), None)
    if criterion.better == "trap" and found.persona and broken:
        why = _why_not(broken, found.reading, found.persona, language)
        return f"{why} {advice}" if why and language == "en" else why + advice
    if lack is None:
        return advice
    text = lack.observation.text.in_language(language)
    start, end = split_sentences(text)[0]  # the others tell a judge what does not count
    if lack.doubtful:
        return say("Make sure of this: {what}", what=text[start:end])
    return say("Still missing: {what}", what=text[start:end])


def _lack(criterion: Criterion, score: CriterionScore, found: _Found) -> _Lack | None:
    """The one observation that would have been enough for a higher level, of what nearly got there."""
    if score.level is None or score.level < NEARLY:
        return None
    faults = [observation.id for observation in criterion.observations if observation.fault]
    truth = {verdict.id: verdict.truth for verdict in score.observations}

    def level(truth: Mapping[str, bool | None]) -> int:
        return reachable_level(found.rules.levels[criterion.id], truth, faults, found.values).low

    unmet = [one for one in criterion.observations if not one.fault and one.id in truth and not truth[one.id]]
    unmet.sort(key=lambda one: truth[one.id] is None)
    reached = level(truth)
    enough = next((one for one in unmet if level({**truth, one.id: True}) > reached), None)
    return _Lack(enough, doubtful=truth[enough.id] is None) if enough else None


def _why_not(promise: Promise, reading: Reading, persona: Persona, language: str) -> str:
    """Why a promise could not be kept: what the trap hides, or the authority item it breaks; empty where none fits."""
    if _fell_for(promise, reading, persona):
        return persona.trap.why_wrong.in_language(language)
    if promise.item is None:
        return ""
    item = persona.profile.learner.authority.item(promise.item).text.in_language(language)
    if _is_conditional(promise, persona):
        return say("Yours to promise only with its condition: {item}.", item=item)
    return say("Not yours to promise: {item}.", item=item)


def _fell_for(promise: Promise, reading: Reading, persona: Persona) -> bool:
    """Whether the promise gives what the trap asks for."""
    trapped = reading.case.trap_turn
    answered = trapped is not None and reading.began(promise.turn) == reading.next_turn(trapped)
    return answered or bool(finder(persona.trap.match).find(promise.quote))


def _is_conditional(promise: Promise, persona: Persona) -> bool:
    return any(item.id == promise.item for item in persona.profile.learner.authority.conditional)
