"""`mot report`: a page to look at, to print and to send: one conversation, a learner over time, or a group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from simulator.cli.options import complete_sessions, settings_of
from simulator.errors import BadInput, MomentError
from simulator.text_gate import clean
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.domain.rubric import Rubric
    from simulator.progress.course import Course
    from simulator.reports.page import Page
    from simulator.settings import Settings
    from simulator.store.store import Store

Laid: TypeAlias = "Callable[[Mapping[str, Any], Rubric], Page]"
"""Makes the page of a grade (scorecard/1 as JSON values) by its rubric."""


def report(  # noqa: PLR0917 -- a command's options
    ctx: typer.Context,
    session: Annotated[
        str | None,
        typer.Argument(metavar="SESSION", help="Its id, or how it begins.", autocompletion=complete_sessions),
    ] = None,
    learner: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A learner over time; several are shown side by side.")
    ] = None,
    group: Annotated[bool, typer.Option("--group", help="All learners side by side.")] = False,
    transcripts: Annotated[
        bool, typer.Option("--transcripts", help="With the conversations of the learners, which else stay out.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write there, whole or not at all; or a folder to put it in."
        ),
    ] = None,
) -> None:
    """Make a page of one conversation, of a learner over time, or of a group: one file, no script, ready to print."""
    from simulator.cli.streams import write

    settings = settings_of(ctx)
    if session and (learner or group):
        raise BadInput(say("a report is of one session, or of learners; not of both"))
    if session:
        name, text = _of_session(settings, session)
    elif learner or group:
        name, text = _of_learners(settings, learner or (), transcripts=transcripts, everybody=group)
    else:
        raise BadInput(say("name what the report is of: a session, --learner NAME, or --group"))
    write(text.rstrip("\n"), _placed(output, name))


def _placed(output: Path | None, name: str) -> Path | None:
    """The file to write: in a folder one that is called after what the report is of."""
    if output is None or not output.is_dir():
        return output
    from simulator.exchange.names import file_name

    return output / f"{file_name(name)}.html"


def _of_session(settings: Settings, session: str) -> tuple[str, str]:
    from simulator import assemble
    from simulator.reports.html import session_html

    store = assemble.store(settings)
    found = store.session_id(session)
    return found, session_html([_page(settings, store, found)])


def _of_learners(settings: Settings, names: Sequence[str], *, transcripts: bool, everybody: bool) -> tuple[str, str]:
    from simulator import assemble
    from simulator.courses import courses_of, language_of, names_for
    from simulator.reports.group import group_view
    from simulator.reports.html import group_html, learner_html
    from simulator.reports.progress import progress_view

    language, store = language_of(settings), assemble.store(settings)
    courses = courses_of(settings, store, None if everybody else names)
    known = names_for(settings, store, courses)
    pages = tuple(_pages(settings, store, courses)) if transcripts else ()
    if len(courses) == 1 and not everybody:
        return courses[0].learner, learner_html(progress_view(courses[0], known, language), pages)
    return say("group"), group_html(group_view(courses, known, language), pages)


def _pages(settings: Settings, store: Store, courses: Iterable[Course]) -> Iterator[Page]:
    """The judged conversations of these learners, the latest first; what cannot be read is named and left out."""
    for run in (run for course in courses for run in course.runs if run.ended and run.marks):
        try:
            yield _page(settings, store, run.id)
        except MomentError as error:
            typer.echo(f"mot: {clean(str(error))}", err=True)


def _page(settings: Settings, store: Store, conversation: str) -> Page:
    """The page of a session or an imported transcript by its latest grade that can be shown. Raises BadInput for none,
    StoreError.
    """
    from simulator.courses import rubric_of
    from simulator.domain.transcript import OUTSIDE

    lay = _imported if conversation.startswith(OUTSIDE) else _practised
    language, laid = lay(settings, store, conversation)
    for grade in reversed(store.scorecards(conversation)):
        made = grade["provenance"]
        if rubric := rubric_of(settings, store, made["rubric"], made["rubric_hash"], language):
            return laid(grade, rubric)
    raise BadInput(say("{session} has no grade to show; give it one with: mot grade {session}", session=conversation))


def _practised(settings: Settings, store: Store, session: str) -> tuple[str, Laid]:
    """The language of a session, and what makes a page of a grade of it."""
    from simulator.conversation.record import record
    from simulator.grading.scorecard_json import from_json
    from simulator.practice import packs_of
    from simulator.reports.page import page_of

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
    from simulator import assemble
    from simulator.grading.scorecard_json import from_json
    from simulator.practice import in_language
    from simulator.reports.page import page_of

    transcript = store.imports.get(name).transcript

    def laid(grade: Mapping[str, Any], rubric: Rubric) -> Page:
        truth = grade["provenance"].get("persona")
        known = assemble.shelf(settings).persona(truth) if truth else None
        same = known and known.sha256 == grade["provenance"].get("persona_hash")
        persona = in_language(known.value, transcript.language) if known and same else None
        return page_of(name, from_json(grade), rubric, transcript, persona=persona)

    return transcript.language, laid
