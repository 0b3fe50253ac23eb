"""One criterion of a judged conversation in one language: its level, why, and the words that tell most of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from simulator.domain.rubric import LEVELS, Criterion
from simulator.domain.scorecard import CriterionScore, Quote, Verdict
from simulator.language.normalize import split_sentences
from simulator.reports.remarks import listed, what_lacked, why_unscored
from simulator.wording import say

MIDDLE = 3
"""The lowest level to reach for: those below describe mistakes."""


@dataclass(frozen=True, slots=True)
class CriterionView:
    """One criterion. `level` None: `reason` says why; `anchor` is the level's. `next_level` is the level to reach for,
    with its anchor; None at the top. `tip` is what to do or say next time, in short; empty where the debrief begins
    with it.
    """

    name: str
    level: int | None
    anchor: str
    judged: str
    reason: str
    quotes: tuple[Quote, ...]
    next_level: tuple[int, str] | None
    tip: str


def citations(scores: Iterable[CriterionScore]) -> Counter[Quote]:
    """How many observations that were met, of all criteria, cite each quote."""
    return Counter(quote for score in scores for verdict in _met(score) for quote in set(verdict.quotes))


def criterion_view(
    criterion: Criterion, score: CriterionScore, tip: str, cited: Mapping[Quote, int], language: str
) -> CriterionView:
    """A criterion with its score; `tip` as in CriterionView, `cited` are the scorecard's `citations`.

    Raises LookupError without a wording in `language`.
    """
    aim = None if score.level is None or score.level == LEVELS[-1] else max(score.level + 1, MIDDLE)
    return CriterionView(
        name=criterion.name.in_language(language),
        level=score.level,
        anchor=criterion.anchors[score.level].in_language(language) if score.level else "",
        judged=_judged(score),
        reason=_reason(criterion, score, language),
        quotes=tuple(_telling(criterion, score, cited)),
        next_level=(aim, criterion.anchors[aim].in_language(language)) if aim else None,
        tip=tip,
    )


def _judged(score: CriterionScore) -> str:
    if score.status == "not_applicable":
        return say("does not apply")
    if score.status == "unscored":
        return say("not scored")
    who = {"code": say("judged by code"), "offline": say("offline estimate")}.get(score.judge, score.judge)
    return say("{who}, lower of two", who=who) if score.status == "estimate" else who


def _reason(criterion: Criterion, score: CriterionScore, language: str) -> str:
    """Why there is no level, or not a sure one, or what something begun lacked; what was undecided by its
    words, not by its id.

    A judge that failed left everything undecided: that it failed is all there is to say.
    """
    if score.status == "scored":
        return next((told for one in score.observations if (told := what_lacked(one.reason))), "")
    open_ones = [verdict for verdict in score.observations if verdict.outcome == "undecided"]
    undecided = {verdict.id for verdict in open_ones if verdict.reason != score.reason}
    texts = [_in_short(o.text.in_language(language)) for o in criterion.observations if o.id in undecided]
    if texts:
        return say("undecided: {observations}", observations=listed(texts))
    counted = score.status == "estimate" or score.reason.startswith("undecided: ")  # by facts, whose names say nothing
    return say("what this rests on could not be told for sure") if undecided or counted else why_unscored(score.reason)


def _in_short(statement: str) -> str:
    """The first sentence of what a judge is asked, without the mark that tells them it is a fault: the rest says how to
    judge it. Dots inside brackets ("如果……会怎样") end none.
    """
    plain = statement.removeprefix("FAULT: ").removeprefix("缺陷：")
    ends = (end for _, end in split_sentences(plain) if plain.count("（", 0, end) == plain.count("）", 0, end))
    return plain[: next(ends, None)].rstrip(".。")


def _met(score: CriterionScore) -> list[Verdict]:
    return [verdict for verdict in score.observations if verdict.outcome == "met"]


def _telling(criterion: Criterion, score: CriterionScore, cited: Mapping[Quote, int]) -> list[Quote]:
    """The two quotes that say most: of a fault, else what shows most of the virtues, and least of other criteria.

    Below the middle no virtue is quoted: beside words of blame it would read as their proof.
    """
    faults = {observation.id for observation in criterion.observations if observation.fault}
    shown = [verdict for verdict in _met(score) if verdict.id in faults]
    if not shown and (score.level is None or score.level >= MIDDLE):
        shown = _met(score)
    here = Counter(quote for verdict in shown for quote in dict.fromkeys(verdict.quotes))
    return sorted(here, key=lambda quote: (-here[quote], cited[quote]))[:2]
