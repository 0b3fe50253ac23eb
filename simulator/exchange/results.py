"""Grades as a table: a row for each conversation, a column for each number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from simulator.exchange.cells import csv_text
from simulator.exchange.kept import Kept

_ABOUT = ("id", "learner", "persona", "language", "ended", "at", "rubric", "judge", "total", "band", "passed")


def results_csv(conversations: Iterable[Kept]) -> str:
    """The latest grade of each as CSV: total and stages from 0 to 100, criteria from 1 to 5, empty where there is none.

    The columns of stages and criteria are those of all rubrics that occur, headed `stage:ID` and `criterion:ID`.
    """
    rows = [_row(one) for one in conversations]
    head = list(dict.fromkeys((*_ABOUT, *(column for row in rows for column in row))))
    return csv_text([head, *([row.get(column) for column in head] for row in rows)])


def _row(one: Kept) -> dict[str, Any]:
    card = one.scorecard or {}
    made = card.get("provenance", {})
    return {
        "id": one.id,
        "learner": one.learner,
        "persona": one.transcript.persona,
        "language": one.transcript.language,
        "ended": one.ended,
        "at": one.at.isoformat(timespec="seconds") if one.at else None,
        "rubric": made.get("rubric"),
        "judge": made.get("judge_answered") or made.get("judge"),
        "total": card.get("total"),
        "band": card.get("band"),
        "passed": {True: "yes", False: "no", None: None}[card.get("passed")],
        **{f"stage:{stage}": value for stage, value in card.get("stages", {}).items()},
        **{f"criterion:{one['id']}": one["level"] for one in card.get("criteria", ())},
    }
