"""Courses for whoever shows them: whose they are, and what the figures are called."""

from __future__ import annotations

from collections.abc import Sequence

from simulator import assemble
from simulator.domain.rubric import Rubric
from simulator.errors import BadInput, MomentError
from simulator.packs.load import load_rubric
from simulator.practice import in_language, languages_of
from simulator.progress.course import Course, course_of, syllabus
from simulator.reports.progress import Names, names_of
from simulator.settings import Settings
from simulator.store.store import Store
from simulator.wording import say


def language_of(settings: Settings) -> str:
    """The language that is spoken to whoever looks."""
    return settings.language or settings.locale


def courses_of(settings: Settings, store: Store, learners: Sequence[str] | None) -> list[Course]:
    """The courses of these learners; None: of everybody in the store. Raises BadInput for one without a practice."""
    runs = store.history()
    there = sorted({run.learner for run in runs})
    if strangers := [name for name in learners or () if name not in there]:
        known = ", ".join(there) or "-"
        raise BadInput(say("no practice of {learner} is kept; there is {known}", learner=strangers[0], known=known))
    if not there:
        raise BadInput(say("nobody has practised yet"))
    ground, now = syllabus(assemble.shelf(settings), language_of(settings)), assemble.now().astimezone()
    wanted = there if learners is None else dict.fromkeys(learners)
    return [course_of(runs, ground, name, now) for name in wanted]


def names_for(settings: Settings, store: Store, courses: Sequence[Course]) -> Names:
    """What stages and criteria are called in every rubric that graded these courses, and in the one used now."""
    language = language_of(settings)
    used = assemble.shelf(settings).rubric(settings.rubric)
    rubrics = {used.sha256: _worded(used.value, language)}
    for made in dict.fromkeys(series.provenance for course in courses for series in course.series):
        known = made.rubric_hash in rubrics
        if not known and (found := rubric_of(settings, store, made.rubric, made.rubric_hash, language)):
            rubrics[made.rubric_hash] = found
    return names_of(rubrics, used.sha256, language)


def rubric_of(settings: Settings, store: Store, name: str, sha256: str, language: str) -> Rubric | None:
    """The rubric with this hash, kept with a session or on the shelf, worded for a language; None: neither has it."""
    try:
        return _worded(load_rubric(store.pack(sha256), name).value, language)
    except MomentError:
        pass
    try:
        found = assemble.shelf(settings).rubric(name)
    except MomentError:
        return None
    return _worded(found.value, language) if found.sha256 == sha256 else None


def _worded(rubric: Rubric, language: str) -> Rubric:
    """The rubric with wordings in this language where it can have them."""
    return in_language(rubric, language) if language in languages_of(rubric) else rubric
