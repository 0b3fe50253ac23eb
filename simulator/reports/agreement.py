"""How far readers agree, as a table and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from simulator.grading.agreement import Agreement, Compared, Estimate, LevelAgreement, Report
from simulator.reports.layout import padded
from simulator.wording import say

FORMAT = "agreement/1"

_NAME = 19
_COUNT = 5
_CELL = 19


def agreement_json(report: Report) -> dict[str, Any]:
    """The report under stable keys; an estimate is {value, low, high}, null where it is undefined."""
    return {"format": FORMAT, **asdict(report)}


def agreement_text(report: Report) -> str:
    """The report for a terminal of 100 columns."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    judge = say("the offline judge") if report.judge_name == "offline" else report.judge_name
    yield say("Rubric {rubric} ({hash})", rubric=report.rubric, hash=report.rubric_hash[:12])
    if report.left_out:
        yield say("Ratings left out, made by another version of this rubric: {count}.", count=report.left_out)
    if report.missing:
        yield say("Ratings left out, their conversation cannot be read again: {count}.", count=report.missing)
    if report.judge is None:
        yield say("No human ratings: how far {judge} agrees with people is not known.", judge=judge)
        return
    raters = ", ".join(report.raters)
    yield say("Conversations: {subjects}; raters: {raters}", subjects=report.subjects, raters=raters)
    yield say("In brackets: 95 % intervals. Kappa is not defined where only one answer was ever given.")
    if report.people:
        yield from ("", say("Between people"), *_table(report.people))
    else:
        yield from ("", say("No conversation was rated by two people."))
    yield from ("", say("Between {judge} and people (bias above 0: kinder)", judge=judge))
    yield from _table(report.judge)


def _table(found: Compared) -> Iterator[str]:
    yield _row(say("observation"), say("n"), say("agree"), say("kappa"), say("undecided"))
    for name, one in (*found.observations.items(), (say("all observations"), found.all_observations)):
        yield _observation(name, one)
    yield _row(say("criterion"), say("n"), say("weighted kappa"), say("error"), say("bias"), say("within one"))
    for name, level in _levels(found.criteria, found.all_levels):
        yield _row(name, str(level.n), *map(_shown, (level.weighted_kappa, level.error, level.bias, level.near)))
    total = found.total
    yield _row(say("total, points"), str(total.n), "", _shown(total.error), _shown(total.bias))


def _levels(criteria: Mapping[str, LevelAgreement], everything: LevelAgreement) -> Iterator[tuple[str, LevelAgreement]]:
    yield from criteria.items()
    yield say("all levels"), everything


def _observation(name: str, one: Agreement) -> str:
    return _row(name, str(one.n), _shown(one.percent), _shown(one.kappa), str(one.undecided or ""))


def _row(name: str, n: str, *cells: str) -> str:
    return (padded(f"  {name}", _NAME) + padded(n, _COUNT) + "".join(padded(cell, _CELL) for cell in cells)).rstrip()


def _shown(estimate: Estimate) -> str:
    if estimate.value is None:
        return say("undefined")
    interval = "" if estimate.low is None else f" [{estimate.low:.2f} {estimate.high:.2f}]"
    return f"{estimate.value:.2f}{interval}"
