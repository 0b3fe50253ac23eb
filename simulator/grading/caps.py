"""Caps: what limits a level or the total whatever else was done well."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.domain.scorecard import CapResult, CriterionScore

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.domain.rubric import Cap, Rubric
    from simulator.domain.scorecard import Verdict
    from simulator.grading.kleene import Value
    from simulator.grading.rules import CompiledRubric


def fired_caps(
    rubric: Rubric,
    rules: CompiledRubric,
    facts: Mapping[str, Value],
    verdicts: Mapping[str, Verdict],
    *,
    grounded: bool,
) -> tuple[CapResult, ...]:
    """What became of each cap. `verdicts` answer observations by id; `grounded`: there is a persona file.

    What is undecided never fires a cap: the cap is then not assessable.
    """
    values = dict(facts) | {verdict.id: verdict.truth for verdict in verdicts.values()}
    return tuple(_outcome(cap, rules, values, grounded=grounded) for cap in rubric.caps)


def _outcome(cap: Cap, rules: CompiledRubric, values: Mapping[str, Value], *, grounded: bool) -> CapResult:
    if cap.ground_truth and not grounded:
        return CapResult(cap.id, "not_assessable", "needs a persona file")
    rule = rules.caps[cap.id]
    truth = rule.evaluate(values)
    if truth is None:
        unknown = sorted(name for name in rule.grounds(values) if not isinstance(values.get(name), bool | int | float))
        return CapResult(cap.id, "not_assessable", "undecided: " + ", ".join(unknown))
    return CapResult(cap.id, "fired" if truth else "not_fired")


def apply_caps(
    rubric: Rubric, scores: Sequence[CriterionScore], outcomes: Sequence[CapResult]
) -> tuple[CriterionScore, ...]:
    """The scores under the caps that fired: first every `max_level`, then every `set`.

    A criterion that does not apply stays so. One that was unscored stays unscored under a maximum, but a level that is
    set no longer depends on what was undecided.
    """
    fired = fired_of(rubric, outcomes)
    capped = list(scores)
    for cap in fired:
        capped = [_limited(score, cap) for score in capped]
    for cap in fired:
        capped = [_set(score, cap) for score in capped]
    return tuple(capped)


def fired_of(rubric: Rubric, outcomes: Sequence[CapResult]) -> tuple[Cap, ...]:
    """The caps that fired, in the rubric's order."""
    ids = {outcome.id for outcome in outcomes if outcome.outcome == "fired"}
    return tuple(cap for cap in rubric.caps if cap.id in ids)


def _limited(score: CriterionScore, cap: Cap) -> CriterionScore:
    limit = cap.max_level.get(score.id)
    if limit is None or score.level is None or score.level <= limit:
        return score
    return replace(score, level=limit, reason=f"held at {limit} by {cap.id}")


def _set(score: CriterionScore, cap: Cap) -> CriterionScore:
    level = cap.set_level.get(score.id)
    if level is None or score.status == "not_applicable":
        return score
    return replace(score, status="scored", level=level, reason=f"set to {level} by {cap.id}")
