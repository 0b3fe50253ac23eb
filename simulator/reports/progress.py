"""A course in words: the figures of `simulator.progress` with their names, for a terminal, a page or a program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import reduce
from typing import TYPE_CHECKING, Any

from simulator.progress.advice import when, why
from simulator.progress.mastery import day_of
from simulator.reports.page import judged_by
from simulator.reports.sectors import sector_name
from simulator.reports.trends import HeatView, TrendView, heat_of, trends_of
from simulator.wording import say, speaking

if TYPE_CHECKING:
    from simulator.domain.rubric import Rubric
    from simulator.domain.run import Mark, Provenance, Run
    from simulator.domain.text import Text
    from simulator.progress.course import Course
    from simulator.progress.mastery import DrillState, Skill
    from simulator.progress.scenarios import Scenario


@dataclass(frozen=True, slots=True)
class Names:
    """What stages and criteria are called in one language, by the hash of the rubric that has them."""

    stages: Mapping[str, Mapping[str, str]]
    criteria: Mapping[str, Mapping[str, str]]
    fallback: str

    def stages_of(self, provenance: Provenance, marks: Iterable[Mark]) -> dict[str, str]:
        """The stages of these grades by id, in the rubric's order; one that no known rubric has is called by its id."""
        return _named(self.stages.get(provenance.rubric_hash, {}), (name for mark in marks for name in mark.stages))

    def criteria_of(self, provenance: Provenance, marks: Iterable[Mark]) -> dict[str, str]:
        """The criteria of these grades, likewise."""
        return _named(self.criteria.get(provenance.rubric_hash, {}), (name for mark in marks for name in mark.levels))

    @property
    def plain(self) -> Mapping[str, str]:
        """Names of criteria for what no grade stands behind: the plan's."""
        return self.criteria.get(self.fallback, {})


def _named(known: Mapping[str, str], there: Iterable[str]) -> dict[str, str]:
    ids = dict.fromkeys(there)
    return {name: known[name] for name in known if name in ids} | {name: name for name in ids if name not in known}


def names_of(rubrics: Mapping[str, Rubric], fallback: str, language: str) -> Names:
    """The names in these rubrics, by their hashes; `fallback` is the hash of the one that is used now."""

    def names(parts: Iterable[Any]) -> dict[str, str]:
        return {part.id: worded(part.name, language) for part in parts}

    return Names(
        {name: names(rubric.stages) for name, rubric in rubrics.items()},
        {name: names(rubric.criteria) for name, rubric in rubrics.items()},
        fallback,
    )


@dataclass(frozen=True, slots=True)
class NextView:
    """What to practise next: the scenario by its id and title; `when` is empty where that is now."""

    id: str
    title: str
    why: str
    when: str


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """One scenario in a list. `best` 0..100 with who judged it; None: no score that counts."""

    title: str
    sector: str
    difficulty: int
    best: float | None
    judged: str
    last: str
    practices: int


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """One practice. `remarks` say why its score does not count, if it does not."""

    id: str
    day: str
    title: str
    total: float | None
    remarks: str


@dataclass(frozen=True, slots=True)
class SkillRow:
    """One criterion on its way: passes in a row and how many are wanted, and when the next one counts."""

    name: str
    passes: int
    wanted: int
    state: str


@dataclass(frozen=True, slots=True)
class DrillRow:
    """One drill of the plan. `id` is its scenario's; `available`: that is on the shelf."""

    number: int
    text: str
    id: str
    scenario: str
    state: str
    available: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """What was graded alike: the practices over time and their criteria. Nothing in it is drawn with another one."""

    heading: str
    trends: tuple[TrendView, ...]
    heat: HeatView


@dataclass(frozen=True, slots=True)
class ProgressView:
    """A learner's course in one language. `principles` are what the plan says of practising."""

    language: str
    heading: str
    day: str
    loops: str
    loops_told: str
    next: NextView | None
    weakest: str
    unfinished: tuple[PracticeRow, ...]
    scenarios: tuple[ScenarioRow, ...]
    judged: tuple[Judged, ...]
    skills: tuple[SkillRow, ...]
    principles: tuple[str, ...]
    drills: tuple[DrillRow, ...]
    practices: tuple[PracticeRow, ...]


def worded(text: Text, language: str) -> str:
    """The wording in a language, or in another one that the pack has: a list shows packs of all languages."""
    try:
        return text.in_language(language)
    except LookupError:
        return next(iter(text.by_language.values()))


def progress_view(course: Course, names: Names, language: str, zone: tzinfo | None = None) -> ProgressView:
    """The course in words. Days are those of `zone`; None: of this machine."""
    with speaking(language):
        titles = {one.heading.id: worded(one.heading.title, language) for one in course.scenarios}
        skills = [one for one in course.skills if one.streak]
        return ProgressView(
            language=language,
            heading=course.learner,
            day=f"{course.today:%Y-%m-%d}",
            loops=f"{course.loops.done}/{course.loops.target}",
            loops_told=_loops_told(course),
            next=next_view(course, names, titles, language),
            weakest=_weakest(course, names),
            unfinished=tuple(_practice(run, titles, zone) for run in course.unfinished),
            scenarios=tuple(_scenario(one, course, language, zone) for one in course.scenarios),
            judged=tuple(_judged(course, names, titles, zone)),
            skills=tuple(_skill(one, course, names) for one in skills),
            principles=tuple(worded(one, language) for one in course.plan.principles),
            drills=tuple(_drill(one, titles, language) for one in course.drills),
            practices=tuple(_practice(run, titles, zone) for run in course.runs if run.ended),
        )


def _loops_told(course: Course) -> str:
    loops = course.loops
    return say(
        "{done} of {target} full loops, on {scenarios} of at least {needed} scenarios",
        done=loops.done,
        target=loops.target,
        scenarios=loops.scenarios,
        needed=loops.scenarios_needed,
    )


def next_view(course: Course, names: Names, titles: Mapping[str, str], language: str) -> NextView | None:
    """What to practise next, in the language spoken."""
    found = course.next
    if found is None:
        return None
    due = when(found.day, course.today) if found.day > course.today else ""
    return NextView(found.scenario, titles[found.scenario], why(found, names.plain, language), due)


def _weakest(course: Course, names: Names) -> str:
    found = course.weakest
    if found is None:
        return ""
    return say(
        "{criterion}, level {level:.1f} on average over the last {count}",
        criterion=names.criteria.get(found.provenance.rubric_hash, {}).get(found.criterion, found.criterion),
        level=found.level,
        count=found.practices,
    )


def _practice(run: Run, titles: Mapping[str, str], zone: tzinfo | None) -> PracticeRow:
    remarks = {
        say("with hints"): run.hints,
        say("with exchanges taken back"): run.undone,
        say("a second try"): run.branch_of,
        say("damaged"): run.damaged,
        say("walked away"): run.ended == "walked_away",
        say("broken off"): run.ended == "technical",
    }
    told = reduce(
        lambda before, one: say("{first}, {second}", first=before, second=one),
        [text for text, holds in remarks.items() if holds] or [""],
    )
    total = run.mark.total if run.mark else None
    return PracticeRow(run.id, _day(run.last_at, zone), titles.get(run.persona, run.persona), total, told)


def _scenario(one: Scenario, course: Course, language: str, zone: tzinfo | None) -> ScenarioRow:
    return ScenarioRow(
        title=worded(one.heading.title, language),
        sector=sector_name(one.heading.sector),
        difficulty=one.heading.difficulty,
        best=one.best.total if one.best else None,
        judged=judged_by(one.best.provenance.judge) if one.best else "",
        last=when(day_of(one.last_at, zone), course.today) if one.last_at else "",
        practices=one.finished,
    )


def _judged(course: Course, names: Names, titles: Mapping[str, str], zone: tzinfo | None) -> Iterable[Judged]:
    for series in course.series:
        made = series.provenance
        heading = say(
            "Judged by {judge}, rubric {rubric} ({hash})",
            judge=judged_by(made.judge),
            rubric=made.rubric,
            hash=made.rubric_hash[:8],
        )
        marks = [mark for _, mark in series.points]
        stages, criteria = names.stages_of(made, marks), names.criteria_of(made, marks)
        yield Judged(
            heading, tuple(trends_of(series.points, stages, titles, zone)), heat_of(series.points, criteria, zone)
        )


def _skill(one: Skill, course: Course, names: Names) -> SkillRow:
    if one.mastered:
        state = say("mastered")
    elif one.due_on(course.today):
        state = say("due")
    else:
        state = say("due {day}", day=when(one.due or course.today, course.today))
    name = names.plain.get(one.criterion, one.criterion)
    return SkillRow(name, min(len(one.streak), course.plan.passes), course.plan.passes, state)


def _drill(one: DrillState, titles: Mapping[str, str], language: str) -> DrillRow:
    if one.passed_on:
        state = say("passed")
    elif not one.available:
        state = say("not on the shelf")
    else:
        state = say("tried") if one.tries else say("to do")
    drill = one.drill
    title = titles.get(drill.scenario, drill.scenario)
    return DrillRow(drill.number, worded(drill.text, language), drill.scenario, title, state, one.available)


def _day(at: datetime | None, zone: tzinfo | None) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d}" if at else ""
