"""Grades as JUnit: a suite a conversation, a case for the total and each criterion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from simulator.domain.rubric import LEVELS
from simulator.reports.junit import Case, Suite, junit
from simulator.wording import say, speaking

if TYPE_CHECKING:
    from simulator.domain.scorecard import Scorecard
    from simulator.reports.criteria import CriterionView
    from simulator.reports.page import Page


def grades_junit(graded: Sequence[tuple[Page, Scorecard]], fail_under: float | None) -> str:
    """The grades as XML.

    The case `total` fails below `fail_under`, or where the rubric's own rule says so if none is given; it is an error
    where nobody judged. A criterion never fails: it carries its level and what earned it, and is skipped without one.
    """
    return junit("mot grade", (_suite(page, card, fail_under) for page, card in graded))


def _suite(page: Page, card: Scorecard, fail_under: float | None) -> Suite:
    with speaking(page.language):
        return Suite(page.id, tuple(_cases(page, card, fail_under)), tuple(page.about))


def _cases(page: Page, card: Scorecard, fail_under: float | None) -> Iterator[Case]:
    yield _total(page, card, fail_under)
    for stage in page.view.stages:
        for one in stage.criteria:
            yield _criterion(f"{page.id}.{stage.name}", one)


def _total(page: Page, card: Scorecard, fail_under: float | None) -> Case:
    told = page.view.verdict if card.total is None else f"{card.total:.0f} · {page.view.verdict}"
    said = "\n".join((told, *(cap.text for cap in page.view.fired)))
    if card.unjudged:
        return Case("total", page.id, "error", card.unjudged, said=said)
    if fail_under is not None and (card.total is None or card.total < fail_under):
        told = say("{total}, wanted {wanted:g} or more", total=told, wanted=fail_under)
        return Case("total", page.id, "failure", told, said=said)
    if fail_under is None and not card.passed:
        return Case("total", page.id, "failure", told, said=said)
    return Case("total", page.id, said=said)


def _criterion(group: str, one: CriterionView) -> Case:
    if one.level is None:
        return Case(one.name, group, "skipped", one.reason or one.judged)
    reached = say("level {level} of {top}", level=one.level, top=LEVELS[-1])
    quoted = (say("“{text}” (turn {turn})", text=quote.text, turn=quote.turn) for quote in one.quotes)
    return Case(one.name, group, said="\n".join((f"{reached} · {one.judged}", one.anchor, *quoted)))
