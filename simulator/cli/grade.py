"""`mot grade`: sessions and outside transcripts, judged by a rubric."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.judging import (
    BaseUrlOption,
    JudgeOption,
    ModelOption,
    SamplesOption,
    judging_settings,
    told_spending,
    told_stages,
    told_where,
)
from simulator.cli.options import Format, TextOrJson, complete_personas, complete_rubrics, complete_sessions
from simulator.errors import BadInput, EndpointError, ExitCode, StoreError
from simulator.text_gate import clean
from simulator.wording import say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from simulator.assemble import Court
    from simulator.domain.rubric import Rubric
    from simulator.domain.scorecard import Scorecard
    from simulator.settings import Settings


def grade(  # noqa: PLR0917 -- a command's options
    ctx: typer.Context,
    subjects: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SESSION|FILE...",
            help="Session ids, or transcripts in YAML, JSON, chat JSONL, CSV, Markdown or text.",
            autocompletion=complete_sessions,
        ),
    ] = None,
    persona: Annotated[
        str | None, typer.Option(help="The persona a transcript was held with.", autocompletion=complete_personas)
    ] = None,
    learner_name: Annotated[
        str | None, typer.Option(metavar="NAME", help="What the learner is called in transcripts that name people.")
    ] = None,
    rubric: Annotated[str | None, typer.Option(help="The rubric to grade by.", autocompletion=complete_rubrics)] = None,
    judge: JudgeOption = None,
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
    samples: SamplesOption = 1,
    form: Format = "text",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there, whole or not at all.")
    ] = None,
    fail_under: Annotated[
        float | None, typer.Option(min=0, max=100, metavar="N", help="End with 1 if a total is below N or missing.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, max=64, metavar="N", help="Grade so many at once.")] = 1,
    compare: Annotated[
        bool,
        typer.Option(
            "--compare", help="Show what would change in sessions graded before (all, unless named); keep nothing."
        ),
    ] = False,
) -> int:
    """Grade sessions and transcripts: a level for each criterion, with the words that earned it.

    Several are written as a list, in the order given. What a model has judged of a grade that is cut short is kept: the
    same command goes on from there.
    """
    import asyncio

    from simulator.cli.streams import write

    settings = judging_settings(ctx, judge, samples, rubric=rubric, model=model, base_url=base_url)
    named = _named(settings, subjects, compare=compare)
    graded = asyncio.run(_grade_all(settings, _Wanted(persona, learner_name, rubric, compare), named, samples, jobs))
    told_spending(settings, (usage for one in graded for usage in one.scorecard.usage))
    write(_compared(graded, form) if compare else _as_json(graded) if form == "json" else _as_text(graded), output)
    return _ending(graded, fail_under)


@dataclass(frozen=True, slots=True)
class Graded:
    """One subject with its scorecard by `rubric`, and that in words. `before` is its grade so far, as JSON values.

    `unsaved`: why the scorecard is not kept with its session.
    """

    name: str
    scorecard: Scorecard
    rubric: Rubric
    text: str
    before: Mapping[str, Any] | None = None
    unsaved: StoreError | None = None


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was asked for on the command line."""

    persona: str | None
    learner_name: str | None
    rubric: str | None
    compare: bool


def _named(settings: Settings, subjects: list[str] | None, *, compare: bool) -> Sequence[str]:
    """What is to be graded. Raises BadInput."""
    if subjects and compare and (files := [name for name in subjects if _is_file(name)]):
        raise BadInput(say("{name} is no session; only sessions have an earlier grade to compare with", name=files[0]))
    if subjects:
        return subjects
    if not compare:
        raise BadInput(say("name what to grade: SESSION|FILE..."))
    from simulator import assemble

    store = assemble.store(settings)
    return [one.id for one in reversed(store.sessions()) if one.ended and store.scorecards(one.id)]


async def _grade_all(
    settings: Settings, wanted: _Wanted, subjects: Sequence[str], samples: int, jobs: int
) -> list[Graded]:
    """Every subject graded, in order; each is read before the first is judged. Raises BadInput."""
    import asyncio

    from simulator import assemble

    free = asyncio.Semaphore(jobs)
    ready = [
        _transcript(settings, Path(name), wanted) if _is_file(name) else _session(settings, name, wanted)
        for name in subjects
    ]
    async with assemble.court(settings, samples, coaching=not wanted.compare) as court:
        told_where(court)

        async def in_turn(judging: Callable[[Court], Awaitable[Graded]]) -> Graded:
            async with free:
                return await judging(court)

        return list(await asyncio.gather(*map(in_turn, ready)))


def _is_file(name: str) -> bool:
    """Session ids have no dot and no folder."""
    return Path(name).exists() or "." in name or "/" in name or "\\" in name


def _transcript(settings: Settings, path: Path, wanted: _Wanted) -> Callable[[Court], Awaitable[Graded]]:
    """An outside transcript, with the persona it names unless another is given."""
    from simulator import assemble
    from simulator.exchange.read import read_transcript
    from simulator.practice import grade_transcript, in_language
    from simulator.reports.terminal import scorecard_text

    transcript = read_transcript(path, wanted.learner_name)
    shelf = assemble.shelf(settings)
    named = wanted.persona or transcript.persona
    truth = shelf.persona(named) if named else None
    rubric = shelf.rubric(settings.rubric)
    language = transcript.language
    known = in_language(truth.value, language) if truth else None
    worded = in_language(rubric.value, language)
    name = clean(str(path)).replace("\n", " ")

    async def judging(court: Court) -> Graded:
        told = told_stages(court, worded, language, name)
        card = await grade_transcript(settings, told, transcript, truth, rubric)
        return Graded(name, card, worded, scorecard_text(card, worded, language, known))

    return judging


def _session(settings: Settings, name: str, wanted: _Wanted) -> Callable[[Court], Awaitable[Graded]]:
    """One of our own sessions, with the persona it was held with, by the rubric it began with or another."""
    from simulator import assemble
    from simulator.conversation.record import record
    from simulator.grading.scorecard_json import to_json
    from simulator.practice import changed_since, grade_record, in_language, packs_of
    from simulator.reports.terminal import debrief_text

    if wanted.persona:
        raise BadInput(say("a session knows its persona; take --persona away"))
    store = assemble.store(settings)
    found = store.session_id(name)
    events = store.events(found)
    truth, began_with = packs_of(store, events[0])
    looked_back = record(events, truth)
    if looked_back.state.ended is None:
        raise BadInput(say("session {session} is not over; go on with: mot practice --resume {session}", session=found))
    for told in changed_since(settings, looked_back.started, rubric=wanted.rubric is None):
        typer.echo(told, err=True)
    language = looked_back.started.language
    other = assemble.shelf(settings).rubric(wanted.rubric) if wanted.rubric else None
    chosen = in_language(other.value, language) if other else began_with
    kept = store.scorecards(found) if wanted.compare else ()

    async def judging(court: Court) -> Graded:
        told = told_stages(court, chosen, language, found)
        card = await grade_record(told, looked_back, truth, chosen, other.sha256 if other else None)
        unsaved = None
        try:
            if not (wanted.compare or card.unjudged):  # an empty card would hide the good one before it
                store.save_scorecard(found, to_json(card))
        except StoreError as error:  # the result is there all the same
            unsaved = error
        text = debrief_text(looked_back, card, truth, chosen)
        return Graded(found, card, chosen, text, kept[-1] if kept else None, unsaved)

    return judging


def _ending(graded: Sequence[Graded], fail_under: float | None) -> int:
    """The exit code, once everything has been written. Raises what went wrong beside the result, the worst first."""
    for one in graded:
        if one.unsaved:
            message = say("the grade of session {session} was not saved: {error}", session=one.name, error=one.unsaved)
            raise type(one.unsaved)(message) from one.unsaved
    for one in graded:
        if reason := one.scorecard.unjudged:
            raise EndpointError(say("{name}: nothing was judged: {reason}", name=one.name, reason=reason))
    totals = [one.scorecard.total for one in graded]
    low = fail_under is not None and any(total is None or total < fail_under for total in totals)
    return ExitCode.FINDINGS if low else ExitCode.FINE


def _compared(graded: Sequence[Graded], form: TextOrJson) -> str:
    from simulator.grading.comparison import compared
    from simulator.grading.scorecard_json import to_json
    from simulator.reports.comparison import comparison_json, comparison_text

    found = [compared(one.name, one.before, to_json(one.scorecard), one.rubric) for one in graded]
    return json.dumps(comparison_json(found), ensure_ascii=False) if form == "json" else comparison_text(found)


def _as_json(graded: Sequence[Graded]) -> str:
    from simulator.grading.scorecard_json import to_json

    cards = [to_json(one.scorecard) for one in graded]
    if len(cards) == 1:
        return json.dumps(cards[0], ensure_ascii=False)
    return json.dumps(
        [{"subject": one.name, "scorecard": card} for one, card in zip(graded, cards, strict=True)], ensure_ascii=False
    )


def _as_text(graded: Sequence[Graded]) -> str:
    if len(graded) == 1:
        return graded[0].text
    return "\n\n\n".join(f"{one.name}\n\n{one.text}" for one in graded)
