"""What was practised, for whoever shows it: courses, what their figures are called, and one conversation as a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from simulator import assemble
from simulator.domain.rubric import Rubric
from simulator.domain.transcript import OUTSIDE
from simulator.errors import BadInput, MomentError
from simulator.packs.load import load_rubric
from simulator.progress.course import Course, course, course_of, syllabus
from simulator.reports.progress import Names, names_of
from simulator.session_packs import in_language, languages_of, packs_of
from simulator.settings import Settings
from simulator.store.store import Store
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.reports.page import Page

Laid: TypeAlias = "Callable[[Mapping[str, Any], Rubric], Page]"
"""Makes the page of a grade (scorecard/1 as JSON values) by its rubric."""


def own_course(settings: Settings, store: Store) -> Course:
    """The course of whoever practises here, on the day it is asked for. Raises StoreError, PackError."""
    now = assemble.now().astimezone()
    return course(store, assemble.shelf(settings), settings.learner, now, settings.spoken)


def courses_of(settings: Settings, store: Store, learners: Sequence[str] | None) -> list[Course]:
    """The courses of these learners; None: of everybody in the store. Raises BadInput for one without a practice."""
    runs = store.history()
    there = sorted({run.learner for run in runs})
    if strangers := [name for name in learners or () if name not in there]:
        known = ", ".join(there) or "-"
        raise BadInput(say("no practice of {learner} is kept; there is {known}", learner=strangers[0], known=known))
    if not there:
        raise BadInput(say("nobody has practised yet"))
    ground, now = syllabus(assemble.shelf(settings), settings.spoken), assemble.now().astimezone()
    wanted = there if learners is None else dict.fromkeys(learners)
    return [course_of(runs, ground, name, now) for name in wanted]


def names_for(settings: Settings, store: Store, courses: Sequence[Course]) -> Names:
    """What stages and criteria are called in every rubric that graded these courses, and in the one used now."""
    language = settings.spoken
    used = assemble.shelf(settings).rubric(settings.rubric)
    rubrics = {used.sha256: _worded(used.value, language)}
    for made in dict.fromkeys(series.provenance for one in courses for series in one.series):
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


def page(settings: Settings, store: Store, conversation: str) -> Page:
    """The page of a session or an imported transcript by its latest grade that can be shown. Raises BadInput for none,
    StoreError.
    """
    lay = _imported if conversation.startswith(OUTSIDE) else _practised
    language, laid = lay(settings, store, conversation)
    for grade in reversed(store.scorecards(conversation)):
        made = grade["provenance"]
        if rubric := rubric_of(settings, store, made["rubric"], made["rubric_hash"], language):
            return laid(grade, rubric)
    raise BadInput(say("{session} has no grade to show; give it one with: mot grade {session}", session=conversation))


def _practised(settings: Settings, store: Store, session: str) -> tuple[str, Laid]:
    """The language of a session, and what makes a page of a grade of it."""
    from simulator.conversation.record import record  # noqa: PLC0415 -- these are for who wants a page
    from simulator.grading.scorecard_json import from_json  # noqa: PLC0415
    from simulator.reports.page import page_of  # noqa: PLC0415

    del settings  # a session has its own packs
    events = store.events(session)
    persona, _ = packs_of(store, events[0])
    held = record(events, persona)
    at = store.times(session)[-1].astimezone()

    def laid(grade: Mapping[str, Any], rubric: Rubric) -> Page:
        return page_of(session, from_json(grade), rubric, held.transcript, persona=persona, record=held, at=at)

    return held.transcript.language, laid


def _imported(settings: Settings, store: Store, name: str) -> tuple[str, Laid]:
    """The same of a transcript from elsewhere, with the persona it was graded by if that is still on the shelf."""
    from simulator.grading.scorecard_json import from_json  # noqa: PLC0415 -- these are for who wants a page
    from simulator.reports.page import page_of  # noqa: PLC0415

    transcript = store.imports.get(name).transcript

    def laid(grade: Mapping[str, Any], rubric: Rubric) -> Page:
        truth = grade["provenance"].get("persona")
        known = assemble.shelf(settings).persona(truth) if truth else None
        same = known and known.sha256 == grade["provenance"].get("persona_hash")
        persona = in_language(known.value, transcript.language) if known and same else None
        return page_of(name, from_json(grade), rubric, transcript, persona=persona)

    return transcript.language, laid


def _worded(rubric: Rubric, language: str) -> Rubric:
    """The rubric with wordings in this language where it can have them."""
    return in_language(rubric, language) if language in languages_of(rubric) else rubric
