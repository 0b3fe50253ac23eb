"""How far each criterion is mastered, and when the next practice of it counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from simulator.domain.run import Mark, Run
from simulator.progress.plan import Drill, Plan


@dataclass(frozen=True, slots=True)
class Pass:
    """One practice in a streak."""

    session: str
    scenario: str
    day: date


@dataclass(frozen=True, slots=True)
class Skill:
    """One criterion. `streak` are its passes in a row on different scenarios, each after its gap.

    `due` is the first day on which the next pass counts; None: any day, nothing has been passed yet.
    """

    criterion: str
    streak: tuple[Pass, ...]
    mastered: bool
    due: date | None

    def due_on(self, today: date) -> bool:
        """Whether a pass would count today."""
        return self.due is None or self.due <= today


@dataclass(frozen=True, slots=True)
class DrillState:
    """A drill of the plan. `available`: its scenario is on the shelf. `tries` are practices of it that count."""

    drill: Drill
    available: bool
    tries: int
    passed_on: date | None


def day_of(at: datetime | None, zone: tzinfo | None) -> date:
    """The calendar day of a time where the learner is; a time that a fault made unreadable lies far back."""
    return at.astimezone(zone).date() if at else date.min


def skill(criterion: str, practised: Iterable[tuple[Run, Mark]], plan: Plan, zone: tzinfo | None) -> Skill:
    """What practices, the earliest first, come to in one criterion.

    A level below the plan's breaks the streak. A pass on a scenario that the streak holds already, or before its gap is
    over, neither adds to it nor breaks it.
    """
    streak: list[Pass] = []
    for run, mark in practised:
        level = mark.levels.get(criterion)
        if level is None:
            continue
        if level < plan.level:
            streak.clear()
            continue
        day = day_of(run.last_at, zone)
        fresh = run.persona not in {one.scenario for one in streak[1 - plan.passes :]} or plan.passes == 1
        if fresh and (not streak or day >= streak[-1].day + timedelta(days=plan.gap(len(streak)))):
            streak.append(Pass(run.id, run.persona, day))
    due = streak[-1].day + timedelta(days=plan.gap(len(streak))) if streak else None
    return Skill(criterion, tuple(streak), len(streak) >= plan.passes, due)


def drill_state(
    drill: Drill, practised: Sequence[tuple[Run, Mark]], plan: Plan, shelf: Iterable[str], zone: tzinfo | None
) -> DrillState:
    """How a drill stands after these practices, the earliest first."""
    own = [(run, mark) for run, mark in practised if run.persona == drill.scenario]
    passed = next((day_of(run.last_at, zone) for run, mark in own if _passes(drill, run, mark, plan.level)), None)
    return DrillState(drill, drill.scenario in shelf, len(own), passed)


def _passes(drill: Drill, run: Run, mark: Mark, level: int) -> bool:
    if drill.kind == "loop":
        return run.full_loop and bool(mark.passed)
    return all((mark.levels.get(criterion) or 0) >= level for criterion in drill.focus)
