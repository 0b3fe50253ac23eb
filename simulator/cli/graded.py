"""What a run of `mot grade` came to: its grades beside those before, and what the command ends with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.errors import EndpointError, ExitCode, StoreError
from simulator.wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.domain.rubric import Rubric
    from simulator.reports.grades import Form, Grade


@dataclass(frozen=True, slots=True)
class Graded:
    """One subject with its grade by `rubric`. `before` is its grade so far, as JSON values.

    `unsaved`: why the scorecard is not kept with its session.
    """

    name: str
    grade: Grade
    rubric: Rubric
    before: Mapping[str, Any] | None = None
    unsaved: StoreError | None = None


def ending_of(graded: Sequence[Graded], named: int, fail_under: float | None) -> int:
    """The exit code once everything has been written, of so many that were to be graded.

    Raises what went wrong beside the result, the worst first.
    """
    for one in graded:
        if one.unsaved:
            message = say("the grade of session {session} was not saved: {error}", session=one.name, error=one.unsaved)
            raise type(one.unsaved)(message) from one.unsaved
    for one in graded:
        if reason := one.grade.scorecard.unjudged:
            raise EndpointError(say("{name}: nothing was judged: {reason}", name=one.name, reason=reason))
    if len(graded) < named:
        return ExitCode.USAGE
    totals = [one.grade.scorecard.total for one in graded]
    low = fail_under is not None and any(total is None or total < fail_under for total in totals)
    return ExitCode.FINDINGS if low else ExitCode.FINE


def compared(graded: Sequence[Graded], form: Form) -> str:
    """How grades differ from those before, as text or JSON."""
    from simulator.grading.comparison import compared as comparison
    from simulator.grading.scorecard_json import to_json
    from simulator.reports.comparison import comparison_json, comparison_text

    found = [comparison(one.name, one.before, to_json(one.grade.scorecard), one.rubric) for one in graded]
    return json.dumps(comparison_json(found), ensure_ascii=False) if form == "json" else comparison_text(found)
