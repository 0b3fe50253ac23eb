"""JUnit, which every build server shows: suites of cases as XML. Whatever is told, it is XML that a parser takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simulator.text_gate import clean

if TYPE_CHECKING:
    from junitparser import TestCase, TestSuite
    from junitparser.junitparser import FinalResult

Outcome = Literal["failure", "error", "skipped"]

_NO_XML = re.compile("[\ufffe\uffff]")
"""What passes the gate and is no character of XML 1.0."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `outcome` None: it passed. Else `told` says why not, `kind` in a word, `details` at length.

    `said` is what there is to read about it, however it ended.
    """

    name: str
    group: str
    outcome: Outcome | None = None
    told: str = ""
    kind: str | None = None
    details: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Suite:
    """Cases under one name, and what else is known of them, by label."""

    name: str
    cases: Sequence[Case]
    about: Sequence[tuple[str, str]] = ()


def junit(name: str, suites: Iterable[Suite]) -> str:
    """The suites as XML, counted."""
    from junitparser import JUnitXml  # noqa: PLC0415 -- only for those who want it

    xml = JUnitXml(name)
    for suite in suites:
        xml.add_testsuite(_suite(suite))
    xml.update_statistics()  # type: ignore[no-untyped-call]
    return str(xml.tostring().decode())  # type: ignore[no-untyped-call]


def _suite(suite: Suite) -> TestSuite:
    from junitparser import TestSuite  # noqa: PLC0415

    made = TestSuite(_text(suite.name))
    for label, value in suite.about:
        made.add_property(_text(label), _text(value))
    for case in suite.cases:
        made.add_testcase(_case(case))
    return made


def _case(case: Case) -> TestCase:
    from junitparser import TestCase  # noqa: PLC0415

    made = TestCase(_text(case.name), _text(case.group), 0)
    if case.said:
        made.system_out = _text(case.said)
    if case.outcome:
        made.result = [_result(case.outcome, case)]
    return made


def _result(outcome: Outcome, case: Case) -> FinalResult:
    from junitparser import Error, Failure, Skipped  # noqa: PLC0415

    kinds: dict[Outcome, type[FinalResult]] = {"failure": Failure, "error": Error, "skipped": Skipped}
    made = kinds[outcome](_text(case.told), case.kind)
    if case.details:
        made.text = _text(case.details)
    return made


def _text(text: str) -> str:
    """The text as XML can hold it."""
    return _NO_XML.sub("", clean(text))
