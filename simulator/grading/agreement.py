"""How far two readers agree: percent, kappas, error and bias, each with a confidence interval.

Cohen's kappa is J. Cohen, Educational and Psychological Measurement 20 (1960); the weighted one, with quadratic
weights, Psychological Bulletin 70 (1968). Intervals are percentile bootstraps over subjects (B. Efron, R. Tibshirani,
An Introduction to the Bootstrap, 1993, chapter 13): what was judged of one conversation is drawn together.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

RESAMPLES = 1000
"""Bootstrap samples: the ends of a 95 % interval then rest on 25 of them each."""

SEED = 20_260_301
"""The same ratings give the same interval every time."""

CONFIDENCE = 0.95

P = TypeVar("P", bound=tuple[object, object])
"""What two readers said of one thing."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A statistic with its 95 % interval. `value` None: undefined (kappa where nobody ever used a second category).

    `low` and `high` None: there is one subject only, or too few resamples in which it is defined.
    """

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two readers over the same items. `n` pairs from `subjects` conversations; `undecided` were left out by either."""

    n: int
    subjects: int
    undecided: int
    percent: Estimate
    kappa: Estimate


@dataclass(frozen=True, slots=True)
class LevelAgreement:
    """Two readers over levels 1..5. `bias` is the first's mean minus the second's, in levels; so is `error`.

    `near` is the share of pairs at most one level apart.
    """

    n: int
    percent: Estimate
    near: Estimate
    weighted_kappa: Estimate
    error: Estimate
    bias: Estimate


@dataclass(frozen=True, slots=True)
class TotalAgreement:
    """Two readers over totals 0..100, in points: mean absolute error, and how much higher the first one's are."""

    n: int
    error: Estimate
    bias: Estimate


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs of readers compared: by observation, over all observations, by criterion, over all levels, and the total.

    Levels and totals are the first reader's against the second's; between judge and people the judge is the first.
    """

    observations: Mapping[str, Agreement]
    all_observations: Agreement
    criteria: Mapping[str, LevelAgreement]
    all_levels: LevelAgreement
    total: TotalAgreement


@dataclass(frozen=True, slots=True)
class Report:
    """Agreement under one rubric. `people` None: no conversation was rated by two; `judge` None: by nobody at all.

    `left_out` counts ratings by another state of the rubric, and `missing` those whose conversation is gone.
    """

    rubric: str
    rubric_hash: str
    judge_name: str
    raters: tuple[str, ...]
    subjects: int
    left_out: int
    missing: int
    people: Compared | None
    judge: Compared | None


def percent(pairs: Sequence[tuple[object, object]]) -> float | None:
    """Share of equal pairs, 0..1; None for no pairs."""
    return sum(a == b for a, b in pairs) / len(pairs) if pairs else None


def kappa(pairs: Sequence[tuple[object, object]]) -> float | None:
    """Cohen's kappa, -1..1; None where chance alone agrees always, that is where one category is all there is."""
    if not pairs:
        return None
    observed = sum(a == b for a, b in pairs) / len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(count * second[label] for label, count in first.items()) / len(pairs) ** 2
    return None if chance == 1 else (observed - chance) / (1 - chance)


def weighted_kappa(pairs: Sequence[tuple[int, int]]) -> float | None:
    """Quadratic weighted kappa of ordered levels, -1..1; None where chance alone never differs."""
    if not pairs:
        return None
    differing = sum((a - b) ** 2 for a, b in pairs) / len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(m * n * (a - b) ** 2 for a, m in first.items() for b, n in second.items()) / len(pairs) ** 2
    return None if chance == 0 else 1 - differing / chance


def within_one(pairs: Sequence[tuple[int, int]]) -> float | None:
    """Share of pairs at most one level apart, 0..1; None for no pairs."""
    return sum(abs(a - b) <= 1 for a, b in pairs) / len(pairs) if pairs else None


def mean_absolute_error(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Mean of |a - b|; None for no pairs."""
    return sum(abs(a - b) for a, b in pairs) / len(pairs) if pairs else None


def bias(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Mean of a - b: how much kinder the first reader is; None for no pairs."""
    return sum(a - b for a, b in pairs) / len(pairs) if pairs else None


def agreement(by_subject: Mapping[str, Sequence[tuple[object, object]]], undecided: int = 0) -> Agreement:
    """Nominal agreement of decided answers, given by subject."""
    return Agreement(
        n=sum(map(len, by_subject.values())),
        subjects=sum(1 for pairs in by_subject.values() if pairs),
        undecided=undecided,
        percent=estimate(by_subject, percent),
        kappa=estimate(by_subject, kappa),
    )


def level_agreement(by_subject: Mapping[str, Sequence[tuple[int, int]]]) -> LevelAgreement:
    """Agreement of levels, given by subject."""
    return LevelAgreement(
        n=sum(map(len, by_subject.values())),
        percent=estimate(by_subject, percent),
        near=estimate(by_subject, within_one),
        weighted_kappa=estimate(by_subject, weighted_kappa),
        error=estimate(by_subject, mean_absolute_error),
        bias=estimate(by_subject, bias),
    )


def total_agreement(by_subject: Mapping[str, Sequence[tuple[float, float]]]) -> TotalAgreement:
    """Agreement of totals, given by subject."""
    n = sum(map(len, by_subject.values()))
    return TotalAgreement(n, estimate(by_subject, mean_absolute_error), estimate(by_subject, bias))


def estimate(by_subject: Mapping[str, Sequence[P]], statistic: Callable[[Sequence[P]], float | None]) -> Estimate:
    """The statistic over all pairs, with the interval it has when subjects are drawn anew with replacement."""
    groups = [pairs for _, pairs in sorted(by_subject.items()) if pairs]
    value = statistic([pair for pairs in groups for pair in pairs])
    if value is None or len(groups) < 2:  # noqa: PLR2004 -- one subject has no spread
        return Estimate(value)
    draw = random.Random(SEED)  # noqa: S311 -- resampling, not secrecy
    drawn = (statistic([p for pairs in draw.choices(groups, k=len(groups)) for p in pairs]) for _ in range(RESAMPLES))
    found = sorted(one for one in drawn if one is not None)
    if len(found) < RESAMPLES / 2:
        return Estimate(value)
    tail = (1 - CONFIDENCE) / 2
    return Estimate(value, found[round(tail * (len(found) - 1))], found[round((1 - tail) * (len(found) - 1))])
