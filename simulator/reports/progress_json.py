"""A course as JSON values with stable keys: progress/1. It holds ids and figures, and no words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.domain.run import Provenance
    from simulator.progress.course import Course
    from simulator.progress.scenarios import Scenario

FORMAT = "progress/1"


def progress_json(course: Course) -> dict[str, Any]:
    """The figures under stable keys, with ids and without words."""
    loops, weakest, found = course.loops, course.weakest, course.next
    return {
        "format": FORMAT,
        "learner": course.learner,
        "day": course.today.isoformat(),
        "loops": {
            "done": loops.done,
            "target": loops.target,
            "scenarios": loops.scenarios,
            "scenarios_needed": loops.scenarios_needed,
            "reached": loops.reached,
        },
        "next": found
        and {
            "scenario": found.scenario,
            "reason": found.reason,
            "day": found.day.isoformat(),
            "drill": found.drill.drill.number if found.drill else None,
            "criterion": found.criterion,
        },
        "weakest": weakest
        and {
            "criterion": weakest.criterion,
            "level": round(weakest.level, 2),
            "practices": weakest.practices,
            "provenance": _provenance(weakest.provenance),
        },
        "unfinished": [run.id for run in course.unfinished],
        "scenarios": [_scenario_json(one) for one in course.scenarios],
        "series": [
            {
                "provenance": _provenance(series.provenance),
                "points": [
                    {
                        "session": run.id,
                        "at": _iso(run.last_at),
                        "counts": run.counts,
                        "total": mark.total,
                        "passed": mark.passed,
                        "stages": dict(mark.stages),
                        "levels": dict(mark.levels),
                    }
                    for run, mark in series.points
                ],
            }
            for series in course.series
        ],
        "criteria": [
            {
                "id": one.criterion,
                "passes": len(one.streak),
                "mastered": one.mastered,
                "due": one.due.isoformat() if one.due else None,
            }
            for one in course.skills
        ],
        "drills": [
            {
                "number": one.drill.number,
                "scenario": one.drill.scenario,
                "kind": one.drill.kind,
                "focus": list(one.drill.focus),
                "available": one.available,
                "tries": one.tries,
                "passed_on": one.passed_on.isoformat() if one.passed_on else None,
            }
            for one in course.drills
        ],
        "days": {day.isoformat(): count for day, count in course.days.items()},
    }


def _scenario_json(one: Scenario) -> dict[str, Any]:
    best = one.best
    return {
        "id": one.heading.id,
        "sector": one.heading.sector,
        "difficulty": one.heading.difficulty,
        "languages": list(one.heading.languages),
        "practices": one.finished,
        "last_at": _iso(one.last_at),
        "best": best and {"total": best.total, "session": best.session, "provenance": _provenance(best.provenance)},
    }


def _provenance(one: Provenance) -> dict[str, str]:
    return {
        "judge": one.judge,
        "rubric": one.rubric,
        "rubric_hash": one.rubric_hash,
        "prompt_hash": one.prompt_hash,
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
