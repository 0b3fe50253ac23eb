"""`mot grade`: sessions and outside transcripts, judged by a rubric."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.graded import Graded, compared, ending_of
from simulator.cli.judging import (
    JudgeOption,
    ModelOption,
    SamplesOption,
    judging_settings,
    told_spending,
    told_stages,
)
from simulator.cli.narration import narrate, told_where
from simulator.cli.options import (
    BaseUrlOption,
    LanguageOption,
    LearnerNameOption,
    PersonaOption,
    RubricOption,
    complete_sessions,
)
from simulator.domain.transcript import OUTSIDE
from simulator.errors import BadInput, ExitCode, StoreError
from simulator.reports.grades import Form
from simulator.text_gate import clean
from simulator.wording import say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from simulator.assemble import Court
    from simulator.domain.scorecard import Scorecard
    from simulator.domain.transcript import Transcript
    from simulator.settings import Settings
    from simulator.store.store import Store

    _Judging = Callable[[Court], Awaitable[Graded]]


PIPED = "-"
"""What stands for standard input on the command line."""

FormOption = Annotated[
    Form, typer.Option("--format", help="text or html for people, md to share, json, csv and junit (XML) for programs.")
]
FailUnderOption = Annotated[
    float | None, typer.Option(min=0, max=100, metavar="N", help="End with 1 if a total is below N or missing.")
]
CompareOption = Annotated[
    bool,
    typer.Option(
        "--compare", help="Show what would change in sessions graded before (all, unless named); keep nothing."
    ),
]


def grade(  # noqa: PLR0917 -- a command's options
    ctx: typer.Context,
    subjects: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SESSION|FILE...",
            help="Ids of sessions and imported transcripts, or transcript files; - reads one from standard input.",
            autocompletion=complete_sessions,
        ),
    ] = None,
    persona: PersonaOption = None,
    learner_name: LearnerNameOption = None,
    rubric: RubricOption = None,
    judge: JudgeOption = None,
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
    samples: SamplesOption = 1,
    language: LanguageOption = None,
    form: FormOption = "text",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there, whole or not at all.")
    ] = None,
    fail_under: FailUnderOption = None,
    jobs: Annotated[int, typer.Option(min=1, max=64, metavar="N", help="Grade so many at once.")] = 1,
    compare: CompareOption = False,
) -> int:
    """Grade sessions and transcripts: a level for each criterion, with the words that earned it.

    Several are written as a list, in the order given; one that cannot be read is named and left out. What a model has
    judged of a grade that is cut short is kept: the same command goes on from there.
    """
    import asyncio

    from simulator.cli.streams import write_of
    from simulator.reports.grades import grades_in

    if compare and form not in {"text", "json"}:
        raise BadInput(say("--compare is shown as text or as json"))
    chosen = {"language": language, "rubric": rubric, "model": model, "base_url": base_url}
    settings = judging_settings(ctx, judge, samples, **chosen)
    named = _named(settings, subjects, compare=compare)
    readied = _readied(settings, _Wanted(persona, learner_name, rubric, compare), named)
    if not readied and named:
        return ExitCode.USAGE
    graded = asyncio.run(_grade_all(settings, readied, samples, jobs, coaching=not compare))
    told_spending(settings, (usage for one in graded for usage in one.grade.scorecard.usage))
    several, grades = len(named) > 1, [one.grade for one in graded]
    told = compared(graded, form) if compare else grades_in(form, grades, several=several, fail_under=fail_under)
    write_of([one.name for one in graded], told, output, settings.home)
    return ending_of(graded, len(named), fail_under)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was asked for on the command line."""

    persona: str | None
    learner_name: str | None
    rubric: str | None
    compare: bool


def _named(settings: Settings, subjects: list[str] | None, *, compare: bool) -> Sequence[str]:
    """What is to be graded. Raises BadInput."""
    from simulator.exchange.read import names_a_file

    if subjects and compare and (files := [name for name in subjects if name == PIPED or names_a_file(name)]):
        raise BadInput(say("{name} is no session; only sessions have an earlier grade to compare with", name=files[0]))
    if subjects:
        return subjects
    if not compare:
        raise BadInput(say("name what to grade: SESSION|FILE..."))
    from simulator import assemble

    store = assemble.store(settings)
    over = [one.id for one in reversed(store.sessions()) if one.ended]
    return [one for one in (*over, *store.imports.ids()) if store.scorecards(one)]


def _readied(settings: Settings, wanted: _Wanted, subjects: Sequence[str]) -> list[_Judging]:
    """Every subject read, in order; of several, one that cannot be is named and left out. Raises BadInput."""
    from simulator import assemble
    from simulator.exchange.read import names_a_file

    shelf = assemble.shelf(settings)
    shelf.rubric(settings.rubric)
    if wanted.persona:
        shelf.persona(wanted.persona)
    ready = []
    for name in subjects:
        try:
            outside = name == PIPED or names_a_file(name)
            one = _file(settings, name, wanted) if outside else _session(settings, name, wanted)
        except BadInput as refused:
            if len(subjects) == 1:
                raise
            told = " ".join(str(refused).split())
            narrate(f"mot: {told}" if name in told else f"mot: {name}: {told}")
        else:
            ready.append(one)
    return ready


async def _grade_all(
    settings: Settings, ready: Sequence[_Judging], samples: int, jobs: int, *, coaching: bool
) -> list[Graded]:
    """Every subject graded, in order."""
    import asyncio

    from simulator import assemble

    free = asyncio.Semaphore(jobs)
    async with assemble.court(settings, samples, coaching=coaching, jobs=jobs) as court:
        told_where(court.endpoint)

        async def in_turn(judging: _Judging) -> Graded:
            async with free:
                return await judging(court)

        return list(await asyncio.gather(*map(in_turn, ready)))


def _file(settings: Settings, name: str, wanted: _Wanted) -> _Judging:
    """A transcript in a file, or on standard input; its grade is kept nowhere."""
    from simulator.exchange.read import read_piped, read_transcript

    learner = wanted.learner_name
    transcript = read_piped(sys.stdin.buffer, learner) if name == PIPED else read_transcript(Path(name), learner)
    return _outside(settings, clean(str(Path(name))).replace("\n", " "), transcript, wanted)


def _outside(
    settings: Settings, name: str, transcript: Transcript, wanted: _Wanted, store: Store | None = None
) -> _Judging:
    """A transcript from elsewhere, with the persona it names unless another is given; `name` is its id in `store`."""
    from simulator import assemble
    from simulator.judging import grade_transcript
    from simulator.reports.grades import Grade
    from simulator.reports.page import page_of
    from simulator.session_packs import in_language

    shelf = assemble.shelf(settings)
    named = wanted.persona or transcript.persona
    truth = shelf.persona(named) if named else None
    rubric = shelf.rubric(settings.rubric)
    language = transcript.language
    known = in_language(truth.value, language) if truth else None
    worded = in_language(rubric.value, language)
    before = _latest(store, name, wanted) if store else None

    async def judging(court: Court) -> Graded:
        told = told_stages(court, worded, language, name)
        card = await grade_transcript(told, transcript, truth, rubric)
        unsaved = _save(store, name, card, wanted) if store else None
        page = page_of(name, card, worded, transcript, persona=known)
        return Graded(name, Grade(page, card, transcript), worded, before, unsaved)

    return judging


def _latest(store: Store, conversation: str, wanted: _Wanted) -> Mapping[str, Any] | None:
    """The grade so far, where it is to be compared with."""
    cards = store.scorecards(conversation) if wanted.compare else ()
    return cards[-1] if cards else None


def _save(store: Store, conversation: str, card: Scorecard, wanted: _Wanted) -> StoreError | None:
    """Keep a grade that is not for comparing. Returns why that failed: the result is there all the same."""
    from simulator.grading.scorecard_json import to_json

    try:
        if not (wanted.compare or card.unjudged):  # an empty card would hide the good one before it
            store.save_scorecard(conversation, to_json(card))
    except StoreError as error:
        return error
    return None


def _session(settings: Settings, name: str, wanted: _Wanted) -> _Judging:
    """One of our own sessions, with the persona it was held with, by the rubric it began with or another.

    Or a transcript that was imported.
    """
    from simulator import assemble
    from simulator.conversation.record import record
    from simulator.judging import grade_record
    from simulator.reports.grades import Grade
    from simulator.reports.page import page_of
    from simulator.session_packs import changed_since, in_language, packs_of

    store = assemble.store(settings)
    found = store.session_id(name)
    if found.startswith(OUTSIDE):
        return _outside(settings, found, store.imports.get(found).transcript, wanted, store)
    if wanted.persona:
        raise BadInput(say("a session knows its persona; take --persona away"))
    events = store.events(found)
    truth, began_with = packs_of(store, events[0])
    looked_back = record(events, truth)
    if looked_back.state.ended is None:
        raise BadInput(say("session {session} is not over; go on with: mot practice --resume {session}", session=found))
    for told in changed_since(settings, looked_back.started, rubric=wanted.rubric is None):
        narrate(told)
    language = looked_back.started.language
    other = assemble.shelf(settings).rubric(wanted.rubric) if wanted.rubric else None
    chosen = in_language(other.value, language) if other else began_with
    before, at = _latest(store, found, wanted), store.times(found)[-1].astimezone()

    async def judging(court: Court) -> Graded:
        told = told_stages(court, chosen, language, found)
        card = await grade_record(told, looked_back, truth, chosen, other.sha256 if other else None)
        unsaved = _save(store, found, card, wanted)
        page = page_of(found, card, chosen, looked_back.transcript, persona=truth, record=looked_back, at=at)
        held = Grade(page, card, looked_back.transcript, looked_back.started.learner, looked_back.state.ended)
        return Graded(found, held, chosen, before, unsaved)

    return judging
