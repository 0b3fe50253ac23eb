"""Grades as JUnit, which every build server shows: a suite a conversation, a case for the total and each criterion."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from simulator.domain.rubric import LEVELS
from simulator.text_gate import clean
from simulator.wording import say, speaking

if TYPE_CHECKING:
    from junitparser import TestCase, TestSuite

    from simulator.domain.scorecard import Scorecard
    from simulator.reports.criteria import CriterionView
    from simulator.reports.page import Page

_NO_XML = re.compile("[\ufffe\uffff]")


def grades_junit(graded: Sequence[tuple[Page, Scorecard]], fail_under: float | None) -> str:
    """The grades as XML.

    The case `total` fails below `fail_under`, or where the rubric's own rule says so if none is given; it is an error
    where nobody judged. A criterion never fails: it carries its level and what earned it, and is skipped without one.
    """
    from junitparser import JUnitXml  # noqa: PLC0415 -- only for those who want it

    xml = JUnitXml("mot grade")
    for page, card in graded:
        with speaking(page.language):
            xml.add_testsuite(_suite(page, card, fail_under))
    xml.update_statistics()  # type: ignore[no-untyped-call]
    return str(xml.tostring().decode())  # type: ignore[no-untyped-call]


def _suite(page: Page, card: Scorecard, fail_under: float | None) -> TestSuite:
    from junitparser import TestSuite  # noqa: PLC0415

    suite = TestSuite(_text(page.id))
    for label, value in page.about:
        suite.add_property(_text(label), _text(value))
    suite.add_testcase(_total(page, card, fail_under))
    for stage in page.view.stages:
        for one in stage.criteria:
            suite.add_testcase(_criterion(f"{page.id}.{stage.name}", one))
    return suite


def _total(page: Page, card: Scorecard, fail_under: float | None) -> TestCase:
    from junitparser import Error, Failure, TestCase  # noqa: PLC0415

    case = TestCase("total", _text(page.id), 0)
    told = page.view.verdict if card.total is None else f"{card.total:.0f} · {page.view.verdict}"
    case.system_out = _text("\n".join((told, *(cap.text for cap in page.view.fired))))
    if card.unjudged:
        case.result = [Error(_text(card.unjudged))]
    elif fail_under is not None and (card.total is None or card.total < fail_under):
        case.result = [Failure(_text(say("{total}, wanted {wanted:g} or more", total=told, wanted=fail_under)))]
    elif fail_under is None and not card.passed:
        case.result = [Failure(_text(told))]
    return case


def _criterion(group: str, one: CriterionView) -> TestCase:
    from junitparser import Skipped, TestCase  # noqa: PLC0415

    case = TestCase(_text(one.name), _text(group), 0)
    if one.level is None:
        case.result = [Skipped(_text(one.reason or one.judged))]
        return case
    reached = say("level {level} of {top}", level=one.level, top=LEVELS[-1])
    said = (say("“{text}” (turn {turn})", text=quote.text, turn=quote.turn) for quote in one.quotes)
    case.system_out = _text("\n".join((f"{reached} · {one.judged}", one.anchor, *said)))
    return case


def _text(text: str) -> str:
    """The text as XML can hold it."""
    return _NO_XML.sub("", clean(text))
