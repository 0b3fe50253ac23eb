"""Several learners beside one another, in words and without what they said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING

from simulator.progress.advice import when
from simulator.progress.mastery import day_of
from simulator.reports.page import judged_by
from simulator.reports.progress import Names, next_view, worded
from simulator.reports.trends import HeatView, mean_heats, sparkline
from simulator.wording import say, speaking

if TYPE_CHECKING:
    from simulator.domain.run import Provenance
    from simulator.progress.course import Course

LATEST = 12
"""Totals shown of a learner."""


@dataclass(frozen=True, slots=True)
class LearnerRow:
    """One learner among others. `latest` are the last totals that count, graded alike, oldest first; `line` are the
    points of a line through them.
    """

    name: str
    practices: int
    loops: str
    last: str
    latest: tuple[float, ...]
    line: str
    latest_told: str
    next: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """Several learners beside one another; `heat` has one map for each way of grading."""

    language: str
    heading: str
    day: str
    learners: tuple[LearnerRow, ...]
    heat: tuple[HeatView, ...]
    scenarios: tuple[tuple[str, int, int], ...]


def group_view(courses: Sequence[Course], names: Names, language: str, zone: tzinfo | None = None) -> GroupView:
    """These learners in words."""
    with speaking(language):
        titles: dict[str, str] = {}
        for course in courses:
            titles |= {one.heading.id: worded(one.heading.title, language) for one in course.scenarios}
        provenances = dict.fromkeys(series.provenance for course in courses for series in course.series)
        counted = {
            name: [run for c in courses for run in c.runs if run.persona == name and run.ended] for name in titles
        }
        return GroupView(
            language=language,
            heading=say("A group of {count}", count=len(courses)),
            day=f"{courses[0].today:%Y-%m-%d}" if courses else "",
            learners=tuple(_learner(course, names, titles, language, zone) for course in courses),
            heat=tuple(one for provenance in provenances for one in _heats(courses, provenance, names)),
            scenarios=tuple(
                (titles[name], len(runs), len({run.learner for run in runs})) for name, runs in counted.items() if runs
            ),
        )


def _learner(course: Course, names: Names, titles: Mapping[str, str], language: str, zone: tzinfo | None) -> LearnerRow:
    points = course.series[0].points if course.series else ()
    totals = tuple(mark.total for run, mark in points if run.counts and mark.total is not None)
    found = next_view(course, names, titles, language)
    last = course.runs[0].last_at if course.runs else None
    return LearnerRow(
        name=course.learner,
        practices=sum(run.ended is not None for run in course.runs),
        loops=f"{course.loops.done}/{course.loops.target}",
        last=when(day_of(last, zone), course.today) if last else "",
        latest=totals[-LATEST:],
        line=sparkline(totals[-LATEST:]),
        latest_told=", ".join(f"{total:.0f}" for total in totals[-LATEST:]),
        next=found.title if found else "",
    )


def _heats(courses: Sequence[Course], provenance: Provenance, names: Names) -> Iterator[HeatView]:
    rows = {
        course.learner: [mark for run, mark in series.points if run.counts]
        for course in courses
        for series in course.series
        if series.provenance == provenance
    }
    criteria = names.criteria_of(provenance, [mark for marks in rows.values() for mark in marks])
    caption = say(
        "Levels on average over the last five practices; judged by {judge}, rubric {rubric} ({hash})",
        judge=judged_by(provenance.judge),
        rubric=provenance.rubric,
        hash=provenance.rubric_hash[:8],
    )
    return mean_heats(caption, rows, criteria)
