"""From levels to numbers: total, stages, band, pass, and the customer's own card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.domain.rubric import LEVELS
from simulator.grading.caps import fired_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from simulator.domain.rubric import CardItem, Rubric
    from simulator.domain.scorecard import CapResult, CriterionScore

ENOUGH = 0.8
"""Share of the applicable weight that must be scored before a total (or a stage) is given."""

_LOWEST, _HIGHEST = LEVELS[0], LEVELS[-1]
_MOODS = (-3.0, 3.0)


@dataclass(frozen=True, slots=True)
class Totals:
    """The numbers of a scorecard. Numbers are 0..100, the card's 1..5."""

    total: float | None
    scored_weight: float
    band: str | None
    passed: bool | None
    stages: Mapping[str, float | None]
    card: Mapping[str, float | None]

    @classmethod
    def none(cls, rubric: Rubric) -> Totals:
        """Nothing to score."""
        stages = {stage.id: None for stage in rubric.stages}
        return cls(None, 0.0, None, None, stages, {item.id: None for item in rubric.card})


def totals(
    rubric: Rubric, scores: Sequence[CriterionScore], outcomes: Sequence[CapResult], mood: float | None
) -> Totals:
    """Total = 100 x sum(weight x (level - 1) / 4) / sum(weight) over scored criteria, under the lowest `total_max`.

    `scores` stand after their caps; `mood` is the customer's at the end (-3..3) or None.
    """
    fired = fired_of(rubric, outcomes)
    total = share_of(scores)
    limits = [cap.total_max for cap in fired if cap.total_max is not None]
    if total is not None:
        total = min([total, *limits])
    stages = {stage.id: share_of([s for s in scores if s.stage == stage.id]) for stage in rubric.stages}
    levels = {score.id: score.level for score in scores}
    fired_ids = {cap.id for cap in fired}
    return Totals(
        total=total,
        scored_weight=scored_weight(scores),
        band=_band(rubric, total),
        passed=_passed(rubric, total, stages, scores, failed=any(cap.fail for cap in fired)),
        stages=stages,
        card={item.id: _card(item, levels, fired_ids, mood) for item in rubric.card},
    )


def scored_weight(scores: Iterable[CriterionScore]) -> float:
    """The share of the applicable weight that has a level, 0..1."""
    applicable = [score for score in scores if score.status != "not_applicable"]
    whole = sum(score.weight for score in applicable)
    return sum(score.weight for score in applicable if score.level is not None) / whole if whole else 0.0


def share_of(scores: Sequence[CriterionScore]) -> float | None:
    """What was reached of what can be reached, 0..100; None where too little is scored to say."""
    if scored_weight(scores) < ENOUGH:
        return None
    scored = [(score.weight, score.level) for score in scores if score.level is not None]
    reached = sum(weight * (level - _LOWEST) / (_HIGHEST - _LOWEST) for weight, level in scored)
    return round(100 * reached / sum(weight for weight, _ in scored), 2)


def _band(rubric: Rubric, total: float | None) -> str | None:
    reached = [band for band in rubric.bands if total is not None and total >= band.minimum]
    return max(reached, key=lambda band: band.minimum).id if reached else None


def _passed(
    rubric: Rubric,
    total: float | None,
    stages: Mapping[str, float | None],
    scores: Sequence[CriterionScore],
    *,
    failed: bool,
) -> bool | None:
    """None where there is no total, or nothing failed but a stage is not known."""
    if total is None:
        return None
    rule = rubric.pass_rule
    known = [share for share in stages.values() if share is not None]
    if failed or total < rule.total or any(share < rule.stage_floor for share in known):
        return False
    applicable = {score.stage for score in scores if score.status != "not_applicable"}
    return None if any(stages[stage] is None for stage in applicable) else True


def _card(item: CardItem, levels: Mapping[str, int | None], fired: set[str], mood: float | None) -> float | None:
    """The lowest of the named levels, or the mood on the same scale."""
    if not item.lowest_of:
        value = None if mood is None else _on_level_scale(mood)
    else:
        named = [level for name in item.lowest_of if (level := levels.get(name)) is not None]
        value = min(named) if named else None
    if value is None or item.less_if not in fired:
        return value
    return max(value - 1, _LOWEST)


def _on_level_scale(mood: float) -> float:
    low, high = _MOODS
    return round(_LOWEST + (mood - low) / (high - low) * (_HIGHEST - _LOWEST), 2)
