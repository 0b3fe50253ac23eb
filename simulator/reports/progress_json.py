"""A course as JSON values with stable keys: progress/1, whose schema lies in `schema/`. Ids and figures, no words."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.domain.run import Mark, Provenance, Run
    from simulator.progress.course import Course, Loops, Next, Series, Weakest
    from simulator.progress.mastery import DrillState, Skill
    from simulator.progress.scenarios import Scenario

FORMAT = "progress/1"


def progress_json(course: Course) -> dict[str, Any]:
    """The progress/1 object of a course."""
    return {
        "format": FORMAT,
        "learner": course.learner,
        "day": course.today.isoformat(),
        "loops": _loops(course.loops),
        "next": _next(course.next) if course.next else None,
        "weakest": _weakest(course.weakest) if course.weakest else None,
        "unfinished": [run.id for run in course.unfinished],
        "scenarios": [_scenario(one) for one in course.scenarios],
        "series": [_series(one) for one in course.series],
        "criteria": [_skill(one) for one in course.skills],
        "drills": [_drill(one) for one in course.drills],
        "days": {day.isoformat(): count for day, count in course.days.items()},
    }


def _loops(loops: Loops) -> dict[str, Any]:
    return {
        "done": loops.done,
        "target": loops.target,
        "scenarios": loops.scenarios,
        "scenarios_needed": loops.scenarios_needed,
        "reached": loops.reached,
    }


def _next(found: Next) -> dict[str, Any]:
    return {
        "scenario": found.scenario,
        "reason": found.reason,
        "day": found.day.isoformat(),
        "drill": found.drill.drill.number if found.drill else None,
        "criterion": found.criterion,
    }


def _weakest(weakest: Weakest) -> dict[str, Any]:
    return {
        "criterion": weakest.criterion,
        "level": round(weakest.level, 2),
        "practices": weakest.practices,
        "provenance": _provenance(weakest.provenance),
    }


def _scenario(one: Scenario) -> dict[str, Any]:
    best = one.best
    return {
        "id": one.heading.id,
        "sector": one.heading.sector,
        "difficulty": one.heading.difficulty,
        "languages": list(one.heading.languages),
        "practices": one.finished,
        "last_at": _time(one.last_at),
        "best": best and {"total": best.total, "session": best.session, "provenance": _provenance(best.provenance)},
    }


def _series(series: Series) -> dict[str, Any]:
    points = [_point(run, mark) for run, mark in series.points]
    return {"provenance": _provenance(series.provenance), "points": points}


def _point(run: Run, mark: Mark) -> dict[str, Any]:
    return {
        "session": run.id,
        "at": _time(run.last_at),
        "counts": run.counts,
        "total": mark.total,
        "passed": mark.passed,
        "stages": dict(mark.stages),
        "levels": dict(mark.levels),
    }


def _skill(one: Skill) -> dict[str, Any]:
    return {"id": one.criterion, "passes": len(one.streak), "mastered": one.mastered, "due": _day(one.due)}


def _drill(one: DrillState) -> dict[str, Any]:
    return {
        "number": one.drill.number,
        "scenario": one.drill.scenario,
        "kind": one.drill.kind,
        "focus": list(one.drill.focus),
        "available": one.available,
        "tries": one.tries,
        "passed_on": _day(one.passed_on),
    }


def _provenance(one: Provenance) -> dict[str, str]:
    return {
        "judge": one.judge,
        "rubric": one.rubric,
        "rubric_hash": one.rubric_hash,
        "prompt_hash": one.prompt_hash,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _time(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
