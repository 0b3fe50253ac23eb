"""A judged conversation in one language: every id resolved to its words, for any renderer to lay out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.conversation.guess import compare
from simulator.conversation.ledger import partly_told
from simulator.domain.scorecard import (
    Coaching,
    NeedOutcome,
    NeedRecord,
    Promise,
    Quote,
    Scorecard,
)
from simulator.grading.foreknowledge import Foreknowledge
from simulator.reports.criteria import CriterionView, citations, criterion_view
from simulator.reports.remarks import epilogue, outcome, remarks, standing, verdict
from simulator.reports.unscored import unscored_stages
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.conversation.record import Record
    from simulator.domain.persona import LatentNeed, Persona
    from simulator.domain.rubric import Rubric


AT_FIRST = 3
"""Pieces of coaching a debrief begins with: nobody works on more at once."""


@dataclass(frozen=True, slots=True)
class NeedView:
    """What became of a need. `words` are the learner's that opened it or were not enough, for want of what is `missing`
    (empty where that is not known); `cue` is what hinted at it.
    """

    outcome: NeedOutcome
    text: str
    words: Quote | None
    turn: int | None
    cue: str
    question: str
    missing: str = ""


@dataclass(frozen=True, slots=True)
class CoachingView:
    """What to do next time about one criterion: the words it is about, and what could have stood there."""

    criterion: str
    advice: str
    quote: Quote | None
    better: str


@dataclass(frozen=True, slots=True)
class StageView:
    """One stage with its share (0..100) or None."""

    name: str
    share: float | None
    criteria: tuple[CriterionView, ...]


@dataclass(frozen=True, slots=True)
class CapView:
    """A cap that fired."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class NewsView:
    """Bad news that had to be told, and the turn that told it; None: none told it whole. `partly` are then the words
    that told some of it.
    """

    text: str
    turn: int | None
    partly: Quote | None = None


@dataclass(frozen=True, slots=True)
class CardView:
    """One line of the customer's own card, 1..5; None: nobody can say."""

    statement: str
    score: float | None


@dataclass(frozen=True, slots=True)
class MomentView:
    """A moment the customer remembers: the first, the worst, the last. `words` are the learner's in that turn, `mood`
    is the customer's after it (-3..3).
    """

    name: str
    words: Quote
    mood: float


@dataclass(frozen=True, slots=True)
class GuessView:
    """What the learner thought was hidden: each line and whether it names a need, and how many needs were named."""

    lines: tuple[tuple[str, bool], ...]
    found: int


@dataclass(frozen=True, slots=True)
class View:
    """A whole debrief. `verdict` is one line; `first` is what to work on; `unscored` tells why stages have no score
    though parts of them do; `remarks` are about the judgement; `epilogue` is what happened later.
    """

    total: float | None
    verdict: str
    first: tuple[CoachingView, ...]
    stages: tuple[StageView, ...]
    unscored: tuple[str, ...]
    needs: tuple[NeedView, ...]
    promises: tuple[tuple[Promise, str], ...]
    news: tuple[NewsView, ...]
    card: tuple[CardView, ...]
    moments: tuple[MomentView, ...]
    fired: tuple[CapView, ...]
    remarks: tuple[str, ...]
    epilogue: str
    guess: GuessView | None


def view_of(
    scorecard: Scorecard, rubric: Rubric, language: str, persona: Persona | None = None, record: Record | None = None
) -> View:
    """The scorecard in words. `persona` None: without ground truth; `record` None: not a session of ours.

    Raises LookupError where the rubric or the persona has no wording in `language`.
    """
    scores = {score.id: score for score in scorecard.criteria}
    names = {criterion.id: criterion.name.in_language(language) for criterion in rubric.criteria}
    first = _first(scorecard.coaching)
    early = _too_early(first, rubric, _knowledge(scorecard, persona, record, language)) if persona else ()
    tips = _tips(scorecard.coaching, first, early)
    cited = citations(scorecard.criteria)
    return View(
        total=scorecard.total,
        verdict=verdict(scorecard, rubric, language),
        first=tuple(
            CoachingView(names[one.criterion], one.advice, one.quote, "" if one in early else one.better or "")
            for one in first
        ),
        stages=tuple(
            StageView(
                stage.name.in_language(language),
                scorecard.stages.get(stage.id),
                tuple(
                    criterion_view(one, scores[one.id], tips.get(one.id, ""), cited, language) for one in stage.criteria
                ),
            )
            for stage in rubric.stages
        ),
        unscored=unscored_stages(scorecard, rubric, language),
        needs=tuple(_need(need, persona, record, language) for need in scorecard.needs) if persona else (),
        promises=tuple((promise, standing(promise, persona, language)) for promise in scorecard.promises),
        news=tuple(_news(scorecard, persona, record, language)) if persona else (),
        card=tuple(CardView(one.name.in_language(language), scorecard.card[one.id]) for one in rubric.card),
        moments=tuple(_moments(record)) if record else (),
        fired=tuple(
            CapView(cap.id, cap.text.in_language(language))
            for cap in rubric.caps
            if outcome(scorecard, cap.id) == "fired"
        ),
        remarks=tuple(remarks(scorecard, rubric, language)),
        epilogue=epilogue(persona, record, language),
        guess=_guess(persona, record),
    )


def _first(coaching: Sequence[Coaching]) -> tuple[Coaching, ...]:
    """The pieces that weigh most, of those whose better line is the same only one."""
    fresh: dict[str, Coaching] = {}
    for one in coaching:
        fresh.setdefault(one.better or one.criterion, one)
    return tuple(fresh.values())[:AT_FIRST]


def _knowledge(card: Scorecard, persona: Persona, record: Record | None, language: str) -> Foreknowledge:
    return Foreknowledge(persona, card.needs, record.transcript.turns if record else (), language)


def _too_early(first: Sequence[Coaching], rubric: Rubric, known: Foreknowledge) -> tuple[Coaching, ...]:
    """The pieces whose better line the learner could not have said where they are quoted."""
    origins = {criterion.id: criterion.better for criterion in rubric.criteria}
    return tuple(
        one
        for one in first
        if one.better and one.quote and known.taken_by(one.better, origins[one.criterion], one.quote.turn)
    )


def _tips(coaching: Sequence[Coaching], first: Sequence[Coaching], early: Sequence[Coaching]) -> dict[str, str]:
    """What is left to say, by criterion: the better line alone, or the advice where the line has been shown. Of the
    `first` those whose line came too `early` give it here: next time it will be known what it takes.
    """
    tips: dict[str, str] = {}
    shown = {one.better for one in first if one not in early}
    for one in coaching:
        fresh = one.better and one.better not in shown
        if one not in first or (one in early and fresh):
            tips[one.criterion] = say("Next time: “{line}”", line=one.better) if fresh else one.advice
            shown.add(one.better)
    return tips


def _need(record_of: NeedRecord, persona: Persona, record: Record | None, language: str) -> NeedView:
    need: LatentNeed = persona.need(record_of.id)
    cued = record is not None and need.id in record.state.cues
    blocked = record.state.blocked.get(need.id) if record else None
    return NeedView(
        outcome=record_of.outcome,
        text=need.text.in_language(language),
        words=Quote(record_of.by_turn, record_of.span) if record_of.by_turn and record_of.span else None,
        turn=record_of.turn,
        cue=need.cue.in_language(language) if cued else "",
        question=need.example.in_language(language),
        missing=blocked.missing if blocked else "",
    )


def _guess(persona: Persona | None, record: Record | None) -> GuessView | None:
    if persona is None or record is None or record.state.guess is None:
        return None
    found = compare(record.state.guess, persona)
    return GuessView(tuple((line, line in found.right) for line in found.lines), len(found.hits))


def _news(scorecard: Scorecard, persona: Persona, record: Record | None, language: str) -> Iterator[NewsView]:
    """Each piece of bad news of the case that the learner had to tell in this conversation."""
    for news in persona.bad_news:
        if news.id in scorecard.bad_news:
            turn = scorecard.bad_news[news.id]
            partly = partly_told(news.match, record.hearings) if record and turn is None else None
            yield NewsView(news.text.in_language(language), turn, partly)


def _moments(record: Record) -> Iterator[MomentView]:
    """What is remembered of an encounter: how it began, where it was worst, how it ended (peak-end rule: Kahneman et
    al. 1993). Where it never got worse than it began there is no worst moment.
    """
    if not record.moods:
        return
    worst = min(record.moods, key=lambda moved: moved.mood)
    said = {turn.n: turn.text for turn in record.transcript.turns}
    remembered = [(say("first moment"), record.moods[0]), (say("last moment"), record.moods[-1])]
    if worst.mood < record.moods[0].mood:
        remembered.insert(1, (say("worst moment"), worst))
    for name, moved in remembered:
        yield MomentView(name, Quote(moved.turn, said[moved.turn]), moved.mood)
