"""From a case and a rubric to a scorecard: observations, levels, caps, total."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.domain.rubric import LEVELS
from simulator.domain.scorecard import CriterionScore, Scorecard, Verdict
from simulator.grading.caps import apply_caps, fired_caps
from simulator.grading.coaching import coach
from simulator.grading.facts import facts
from simulator.grading.levels import reachable_level
from simulator.grading.observations import (
    Answers,
    Judge,
    StageRequest,
    ask,
    decided,
    held_to_quote,
    value_of,
)
from simulator.grading.reading import Reading, read
from simulator.grading.rules import CompiledRubric, compiled
from simulator.grading.together import together
from simulator.grading.totals import Totals, totals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.domain.rubric import Criterion, Rubric, Stage
    from simulator.domain.scorecard import CriterionStatus, Fact
    from simulator.grading.case import Case
    from simulator.grading.kleene import Value

FEWEST_TURNS = 2
"""Learner turns below which there is nothing to score. Turns that were set aside do not count."""


@dataclass(frozen=True, slots=True)
class _Bench:
    """What judging one case needs, from stage to stage."""

    reading: Reading
    rubric: Rubric
    rules: CompiledRubric
    facts: Mapping[str, Fact]
    values: Mapping[str, Value]
    judge: Judge
    language: str

    @property
    def case(self) -> Case:
        return self.reading.case

    @property
    def too_short(self) -> bool:
        return len({said.turn for said in self.reading.said}) < FEWEST_TURNS


async def grade(
    case: Case, rubric: Rubric, judge: Judge, language: str, provenance: Mapping[str, str | None] | None = None
) -> Scorecard:
    """The scorecard of a case. `language` is that of `next_time`; `provenance` (hashes, models, versions) is kept.

    Raises RuleError for a rubric whose rules do not compile. A judge that fails leaves its criteria unscored.
    """
    reading = read(case)
    found = facts(reading)
    values = {name: value_of(fact) for name, fact in found.items()}
    bench = _Bench(reading, rubric, compiled(rubric), found, values, judge, language)
    if bench.too_short:
        reason = f"fewer than {FEWEST_TURNS} learner turns"
        criteria = tuple(_unscored(criterion, (), reason, bench) for criterion in rubric.criteria)
        return _scorecard(bench, criteria, {}, provenance)
    scores: list[CriterionScore] = []
    failures: list[str] = []
    requests = [_request(bench, stage) for stage in rubric.stages]
    answered = await together(ask(judge, request) for request in requests)
    for stage, request, answers in zip(rubric.stages, requests, answered, strict=True):
        scores.extend(_score(criterion, answers, bench) for criterion in stage.criteria)
        if request.observations:
            failures.append(answers.failure)
    asked = {o.id: answers.verdicts.get(o.id) or _undecided(o.id, answers, bench) for o in rubric.cap_observations}
    card = _scorecard(bench, scores, asked, provenance)
    return replace(card, unjudged=failures[0]) if failures and all(failures) else card


def _request(bench: _Bench, stage: Stage) -> StageRequest:
    """One request a stage. What only caps rest on is asked with the last, cross-cutting stage."""
    applicable = [criterion for criterion in stage.criteria if not _inapplicable(criterion, bench)]
    about = {o.id: criterion.what for criterion in applicable for o in criterion.observations if o.by == "judge"}
    observations = [o for criterion in applicable for o in criterion.observations if o.id in about]
    if stage is bench.rubric.stages[-1]:
        observations += bench.rubric.cap_observations
    return StageRequest(stage.id, tuple(observations), bench.case, bench.facts, bench.language, about)


def _score(criterion: Criterion, answers: Answers, bench: _Bench) -> CriterionScore:
    if reason := _inapplicable(criterion, bench):
        return _result(criterion, "not_applicable", (), reason, bench)
    verdicts = tuple(_verdicts(criterion, answers, bench))
    if answers.failure and any(observation.by == "judge" for observation in criterion.observations):
        return _unscored(criterion, verdicts, answers.failure, bench)
    found = reachable_level(
        bench.rules.levels[criterion.id],
        {verdict.id: verdict.truth for verdict in verdicts},
        [observation.id for observation in criterion.observations if observation.fault],
        bench.values,
    )
    if found.high - found.low > 1:
        return _unscored(criterion, verdicts, "undecided: " + ", ".join(found.undecided), bench)
    reason = "undecided: " + ", ".join(found.undecided) if found.undecided else ""
    return _result(criterion, "estimate" if reason else "scored", verdicts, reason, bench, level=found.low)


def _inapplicable(criterion: Criterion, bench: _Bench) -> str:
    """Why a criterion does not apply, or an empty string. Where that cannot be known it applies."""
    if criterion.ground_truth and bench.case.persona is None:
        return "needs a persona file"
    applies = bench.rules.applies.get(criterion.id)
    if applies and applies.evaluate(bench.values) is False:
        return f"applies only if {applies.source}"
    return ""


def _verdicts(criterion: Criterion, answers: Answers, bench: _Bench) -> Sequence[Verdict]:
    found = []
    for observation in criterion.observations:
        if observation.by == "code":
            verdict = decided(observation, bench.rules.when[observation.id], bench.facts, bench.case, "code")
            found.append(held_to_quote(verdict, observation, bench.case))
        else:
            found.append(answers.verdicts.get(observation.id) or _undecided(observation.id, answers, bench))
    return found


def _undecided(observation_id: str, answers: Answers, bench: _Bench) -> Verdict:
    return Verdict(observation_id, "undecided", judge=bench.judge.name, reason=answers.failure or "not asked")


def _unscored(criterion: Criterion, verdicts: Sequence[Verdict], reason: str, bench: _Bench) -> CriterionScore:
    return _result(criterion, "unscored", verdicts, reason, bench)


def _result(
    criterion: Criterion,
    status: CriterionStatus,
    verdicts: Sequence[Verdict],
    reason: str,
    bench: _Bench,
    *,
    level: int | None = None,
) -> CriterionScore:
    judged = any(observation.by == "judge" for observation in criterion.observations)
    return CriterionScore(
        id=criterion.id,
        stage=criterion.stage,
        weight=criterion.weight,
        status=status,
        level=level,
        judge=bench.judge.name if judged else "code",
        observations=tuple(verdicts),
        reason=reason,
    )


def _scorecard(
    bench: _Bench,
    criteria: Sequence[CriterionScore],
    asked: Mapping[str, Verdict],
    provenance: Mapping[str, str | None] | None,
) -> Scorecard:
    case, rubric = bench.case, bench.rubric
    outcomes = fired_caps(rubric, bench.rules, bench.values, asked, grounded=case.persona is not None)
    capped = criteria if bench.too_short else apply_caps(rubric, criteria, outcomes)
    found = Totals.none(rubric) if bench.too_short else totals(rubric, capped, outcomes, case.mood)
    told = case.ledger.told
    card = Scorecard(
        total=found.total,
        scored_weight=found.scored_weight,
        band=found.band,
        passed=found.passed,
        stages=found.stages,
        criteria=tuple(_with_advice(score, rubric, bench.language) for score in capped),
        caps=outcomes,
        card=found.card,
        needs=case.needs,
        promises=case.ledger.promises,
        bad_news={news: quote.turn if quote else None for news, quote in told.items()},
        flags=case.flags,
        facts=bench.facts,
        provenance={"judge": bench.judge.name, **(provenance or {})},
        ground_truth=case.persona is not None,
        cap_observations=tuple(asked.values()),
    )
    return replace(card, coaching=coach(card, bench.reading, rubric, bench.language))


def _with_advice(score: CriterionScore, rubric: Rubric, language: str) -> CriterionScore:
    """What to do next time, for every level that can still rise."""
    if score.level is None or score.level == LEVELS[-1]:
        return score
    criterion = next(criterion for criterion in rubric.criteria if criterion.id == score.id)
    return replace(score, next_time=criterion.next_time.in_language(language))
