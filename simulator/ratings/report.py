"""How far raters agree with one another, and a judge with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, TypeVar

from simulator import assemble
from simulator.domain.rating import Rating
from simulator.errors import BadInput, StoreError
from simulator.grading.agreement import Compared, Report, agreement, level_agreement, total_agreement
from simulator.grading.grader import grade
from simulator.grading.rated import RatedJudge
from simulator.ratings.subject import Subject, rated_subject

if TYPE_CHECKING:
    from simulator.domain.scorecard import Outcome, Scorecard
    from simulator.grading.observations import Judge
    from simulator.settings import Settings

P = TypeVar("P")


async def report(settings: Settings, court: Callable[[Subject], assemble.Court]) -> tuple[Report, Sequence[Scorecard]]:
    """How far raters agree with one another, and the judge with them, over all conversations that were rated.

    `court` judges each of them; its scorecards come along, concluded when all were judged: a run that is cut short asks
    a model nothing twice.
    """
    rubric = assemble.shelf(settings).rubric(settings.rubric)
    ratings = [rating for rating in assemble.store(settings).ratings() if rating.rubric == rubric.value.id]
    usable = [rating for rating in ratings if rating.rubric_hash == rubric.sha256]
    by_subject: dict[str, list[Rating]] = defaultdict(list)
    for rating in usable:
        by_subject[rating.subject].append(rating)
    people: list[tuple[str, _Read, _Read]] = []
    judged: list[tuple[str, _Read, _Read]] = []
    missing = 0
    named = settings.endpoint.model if settings.endpoint else "offline"
    seats: list[tuple[assemble.Seat, Scorecard]] = []
    for subject_id, given in sorted(by_subject.items()):
        try:
            subject = await rated_subject(settings, given[0])
        except (BadInput, StoreError):
            missing += len(given)
            continue
        reads = [await _rated(subject, rating) for rating in sorted(given, key=lambda rating: rating.rater)]
        people += [(subject_id, a, b) for a, b in combinations(reads, 2)]
        seat = court(subject).seat(subject.rubric)
        card = await _judged(subject, seat.judge)
        seats.append((seat, card))
        judged += [(subject_id, _read(card), read) for read in reads]
    cards = [seat.concluded(card) for seat, card in seats]
    found = Report(
        rubric=rubric.value.id,
        rubric_hash=rubric.sha256,
        judge_name=seats[-1][0].judge.name if seats else named,
        raters=tuple(sorted({rating.rater for rating in usable})),
        subjects=len({subject for subject, _, _ in judged}),
        left_out=len(ratings) - len(usable),
        missing=missing,
        people=_compared(people) if people else None,
        judge=_compared(judged) if judged else None,
    )
    return found, cards


@dataclass(frozen=True, slots=True)
class _Read:
    """One reader's findings in one conversation."""

    outcomes: Mapping[str, Outcome]
    levels: Mapping[str, int]
    total: float | None


async def _rated(subject: Subject, rating: Rating) -> _Read:
    """Levels and total are code's, from the rater's answers; the answers are theirs."""
    read = _read(await _judged(subject, RatedJudge(rating)))
    return _Read(dict(rating.observations), read.levels, read.total)


async def _judged(subject: Subject, judge: Judge) -> Scorecard:
    return await grade(subject.case, subject.rubric, judge, subject.transcript.language)


def _read(card: Scorecard) -> _Read:
    return _Read(
        outcomes={verdict.id: verdict.outcome for verdict in card.verdicts},
        levels={score.id: score.level for score in card.criteria if score.level is not None},
        total=card.total,
    )


def _compared(pairs: Sequence[tuple[str, _Read, _Read]]) -> Compared:
    answers: dict[str, dict[str, list[tuple[object, object]]]] = defaultdict(lambda: defaultdict(list))
    undecided: dict[str, int] = defaultdict(int)
    levels: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    totals: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for subject, first, second in pairs:
        for one in first.outcomes.keys() & second.outcomes.keys():
            pair = first.outcomes[one], second.outcomes[one]
            if "undecided" in pair:
                undecided[one] += 1
            else:
                answers[one][subject].append(pair)
        for criterion in first.levels.keys() & second.levels.keys():
            levels[criterion][subject].append((first.levels[criterion], second.levels[criterion]))
        if first.total is not None and second.total is not None:
            totals[subject].append((first.total, second.total))
    names = sorted(answers.keys() | undecided.keys())
    return Compared(
        observations={one: agreement(answers[one], undecided[one]) for one in names},
        all_observations=agreement(_pooled(answers.values()), sum(undecided.values())),
        criteria={criterion: level_agreement(found) for criterion, found in sorted(levels.items())},
        all_levels=level_agreement(_pooled(levels.values())),
        total=total_agreement(totals),
    )


def _pooled(found: Iterable[Mapping[str, Sequence[P]]]) -> dict[str, list[P]]:
    """Everything that was said of a subject, whatever it was about: subjects are what intervals are drawn over."""
    pooled: dict[str, list[P]] = defaultdict(list)
    for by_subject in found:
        for subject, pairs in by_subject.items():
            pooled[subject] += pairs
    return pooled
