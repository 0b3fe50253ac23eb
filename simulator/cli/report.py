"""`mot report`: a page to look at, to print and to send: one conversation, a learner over time, or a group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.narration import left_out
from simulator.cli.options import LanguageOption, complete_sessions, settings_of
from simulator.errors import BadInput, MomentError
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.progress.course import Course
    from simulator.reports.page import Page
    from simulator.settings import Settings
    from simulator.store.store import Store


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
    language: LanguageOption = None,
) -> None:
    """Make a page of one conversation, of a learner over time, or of a group: one file, no script, ready to print."""
    from simulator.cli.streams import write_of

    settings = settings_of(ctx, language=language)
    if session and (learner or group):
        raise BadInput(say("a report is of one session, or of learners; not of both"))
    if session:
        name, text = _of_session(settings, session)
        held: Sequence[str] = [name]
    elif learner or group:
        name, text, held = _of_learners(settings, learner or (), transcripts=transcripts, everybody=group)
    else:
        raise BadInput(say("name what the report is of: a session, --learner NAME, or --group"))
    write_of(held, text.rstrip("\n"), _placed(output, name), settings.home)


def _placed(output: Path | None, name: str) -> Path | None:
    """The file to write: in a folder one that is called after what the report is of."""
    if output is None or not output.is_dir():
        return output
    from simulator.exchange.names import file_name

    return output / f"{file_name(name)}.html"


def _of_session(settings: Settings, session: str) -> tuple[str, str]:
    from simulator import assemble
    from simulator.courses import page
    from simulator.reports.html import session_html

    store = assemble.store(settings)
    found = store.session_id(session)
    return found, session_html([page(settings, store, found)])


def _of_learners(
    settings: Settings, names: Sequence[str], *, transcripts: bool, everybody: bool
) -> tuple[str, str, Sequence[str]]:
    """What the page is called, the page, and the conversations it tells of."""
    from simulator import assemble
    from simulator.courses import courses_of, names_for
    from simulator.reports.group import group_view
    from simulator.reports.html import group_html, learner_html
    from simulator.reports.progress import progress_view

    language, store = settings.spoken, assemble.store(settings)
    courses = courses_of(settings, store, None if everybody else names)
    known = names_for(settings, store, courses)
    pages = tuple(_pages(settings, store, courses)) if transcripts else ()
    held = [run.id for course in courses for run in course.runs]
    if len(courses) == 1 and not everybody:
        return courses[0].learner, learner_html(progress_view(courses[0], known, language), pages), held
    return say("group"), group_html(group_view(courses, known, language), pages), held


def _pages(settings: Settings, store: Store, courses: Iterable[Course]) -> Iterator[Page]:
    """The judged conversations of these learners, the latest first; what cannot be read is named and left out."""
    from simulator.courses import page

    for run in (run for course in courses for run in course.runs if run.ended and run.marks):
        try:
            yield page(settings, store, run.id)
        except MomentError as error:
            left_out(error)
