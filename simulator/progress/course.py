"""A learner's course: everything that home, progress and reports show, computed from the store and the shelf."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import fmean
from typing import TYPE_CHECKING, Literal

from simulator.domain.run import Mark, Provenance, Run
from simulator.packs.traditional import in_traditional
from simulator.progress.mastery import DrillState, Skill, day_of, drill_state, skill
from simulator.progress.plan import Plan, find_plan
from simulator.progress.scenarios import Heading, Scenario, graded, headings, scenarios

if TYPE_CHECKING:
    from simulator.packs.find import PackShelf
    from simulator.store.store import Store

RECENT = 5
"""Practices that the weakest criterion is told by: fewer say little, more hold against a learner what is long past."""


@dataclass(frozen=True, slots=True)
class Syllabus:
    """What there is to practise, and in which order."""

    plan: Plan
    headings: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Loops:
    """Full loops, Explore to Confirm, against the course's milestone of so many on so many different scenarios."""

    done: int
    target: int
    scenarios: int
    scenarios_needed: int

    @property
    def reached(self) -> bool:
        """Whether the milestone is behind."""
        return self.done >= self.target and self.scenarios >= self.scenarios_needed


@dataclass(frozen=True, slots=True)
class Series:
    """Practices graded alike, the earliest first, each with its latest grade of this provenance.

    Those that do not count (`run.counts`) are among them: they show their score.
    """

    provenance: Provenance
    points: tuple[tuple[Run, Mark], ...]


@dataclass(frozen=True, slots=True)
class Weakest:
    """The criterion with the lowest mean level (1..5) over the last `practices` that count and were graded alike."""

    criterion: str
    level: float
    practices: int
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Next:
    """What to practise next. `reason`: `plan`, the next drill; `again`, a criterion that is due on another scenario;
    `weakest`, all is done and this was the lowest; `first`, there is no plan for what is on the shelf.

    `day` is when it is due: today or earlier, or a day to come where nothing is due today.
    """

    scenario: str
    reason: Literal["plan", "again", "weakest", "first"]
    day: date
    drill: DrillState | None = None
    criterion: str | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """One learner's course on the day it was looked at.

    `runs` are all practices, the latest first; `days` counts them by calendar day. `series` are by provenance, the one
    of the latest grade first: values of two series are never compared. `next` None: there is nothing to practise.
    """

    learner: str
    today: date
    plan: Plan
    scenarios: tuple[Scenario, ...]
    runs: tuple[Run, ...]
    loops: Loops
    series: tuple[Series, ...]
    weakest: Weakest | None
    skills: tuple[Skill, ...]
    drills: tuple[DrillState, ...]
    next: Next | None
    days: Mapping[date, int]

    @property
    def unfinished(self) -> tuple[Run, ...]:
        """Practices to go on with, the latest first."""
        return tuple(run for run in self.runs if run.ended is None and not run.damaged)

    def scenario(self, persona: str) -> Scenario | None:
        """The scenario of this persona, if it is on the shelf."""
        return next((one for one in self.scenarios if one.heading.id == persona), None)


def course(store: Store, shelf: PackShelf, learner: str, now: datetime, language: str = "en") -> Course:
    """The course of a learner. Days are those of `now`'s time zone; `language` zh-Hant gets wordings of its own.

    Raises StoreError, PackError for a practice plan that cannot be used.
    """
    return course_of(store.history(), syllabus(shelf, language), learner, now)


def syllabus(shelf: PackShelf, language: str = "en") -> Syllabus:
    """What a course is made of, read once for any number of learners. Raises PackError."""
    found = Syllabus(find_plan(shelf.folders), headings(shelf))
    return in_traditional(found) if language == "zh-Hant" else found


def course_of(runs: Iterable[Run], known: Syllabus, learner: str, now: datetime) -> Course:
    """The course of a learner whose runs, the latest first, are among these."""
    plan = known.plan
    own = tuple(run for run in runs if run.learner == learner)
    there = scenarios(known.headings, own)
    zone, today = now.tzinfo, now.date()
    practised = tuple(reversed([one for one in graded(own) if one[0].rubric == plan.rubric]))
    shelf = {one.heading.id for one in there}
    criteria = dict.fromkeys(name for drill in plan.drills for name in drill.focus)
    skills = tuple(skill(name, practised, plan, zone) for name in criteria)
    drills = tuple(drill_state(drill, practised, plan, shelf, zone) for drill in plan.drills)
    series = tuple(_series(own))
    weakest = _weakest(series)
    return Course(
        learner=learner,
        today=today,
        plan=plan,
        scenarios=there,
        runs=own,
        loops=_loops(own, plan),
        series=series,
        weakest=weakest,
        skills=skills,
        drills=drills,
        next=_next(drills, skills, there, weakest, today),
        days=dict(sorted(Counter(day_of(run.last_at, zone) for run in own if run.last_at).items())),
    )


def _loops(runs: Iterable[Run], plan: Plan) -> Loops:
    done = [run.persona for run in runs if run.full_loop]
    return Loops(len(done), plan.target, len(set(done)), plan.scenarios)


def _series(runs: Sequence[Run]) -> Iterator[Series]:
    points: dict[Provenance, list[tuple[Run, Mark]]] = {}
    for run in runs:
        for provenance, mark in {mark.provenance: mark for mark in run.marks}.items():
            points.setdefault(provenance, []).append((run, mark))
    latest = [mark.provenance for _, mark in graded(runs, counting=False)]
    for provenance in dict.fromkeys((*latest, *points)):
        yield Series(provenance, tuple(reversed(points[provenance])))


def _weakest(series: Sequence[Series]) -> Weakest | None:
    recent = [mark for run, mark in series[0].points if run.counts][-RECENT:] if series else []
    levels: dict[str, list[int]] = {}
    for mark in recent:
        for name, level in mark.levels.items():
            if level is not None:
                levels.setdefault(name, []).append(level)
    if not levels:
        return None
    name = min(levels, key=lambda one: fmean(levels[one]))
    return Weakest(name, fmean(levels[name]), len(recent), series[0].provenance)


def _next(
    drills: Sequence[DrillState],
    skills: Sequence[Skill],
    there: Sequence[Scenario],
    weakest: Weakest | None,
    today: date,
) -> Next | None:
    """The first drill that is due, then criteria on other scenarios, then whatever comes due first."""
    if not there:
        return None
    by_name = {one.criterion: one for one in skills}
    found: list[Next] = []
    for state in drills:
        if state.available and state.passed_on is None:
            days = [by_name[name].due or today for name in state.drill.focus]
            found.append(Next(state.drill.scenario, "plan", max((today, *days)), state))
    for one in sorted((s for s in skills if s.streak and not s.mastered), key=lambda s: s.due or today):
        taken = {passed.scenario for passed in one.streak}
        if others := [scenario for scenario in there if scenario.heading.id not in taken]:
            scenario = min(others, key=_practised_last).heading.id
            found.append(Next(scenario, "again", max(today, one.due or today), None, one.criterion))
    if found:
        return min(found, key=lambda one: one.day)  # of those of one day the first: drills in the plan's order
    scenario = min(there, key=_practised_last).heading.id
    return Next(scenario, "weakest" if weakest else "first", today, None, weakest.criterion if weakest else None)


def _practised_last(one: Scenario) -> tuple[float, int]:
    """Never before long ago before lately; among equals the easier."""
    return (one.last_at.timestamp() if one.last_at else 0.0, one.heading.difficulty)
