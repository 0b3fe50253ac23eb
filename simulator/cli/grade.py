"""`mot grade`: sessions and outside transcripts, judged by a rubric."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from simulator.cli.options import Format, complete_personas, complete_rubrics, complete_sessions, settings_of
from simulator.errors import BadInput, ExitCode, StoreError
from simulator.text_gate import clean
from simulator.wording import say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from simulator.domain.scorecard import Scorecard
    from simulator.settings import Settings


def grade(  # noqa: PLR0917 -- a command's options
    ctx: typer.Context,
    subjects: Annotated[
        list[str],
        typer.Argument(
            metavar="SESSION|FILE...",
            help="Session ids, or transcripts in YAML, JSON, chat JSONL, CSV, Markdown or text.",
            autocompletion=complete_sessions,
        ),
    ],
    persona: Annotated[
        str | None, typer.Option(help="The persona a transcript was held with.", autocompletion=complete_personas)
    ] = None,
    rubric: Annotated[str | None, typer.Option(help="The rubric to grade by.", autocompletion=complete_rubrics)] = None,
    judge: Annotated[Literal["offline"], typer.Option(help="Who answers what code cannot count.")] = "offline",
    form: Format = "text",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there, whole or not at all.")
    ] = None,
    fail_under: Annotated[
        float | None, typer.Option(min=0, max=100, metavar="N", help="End with 1 if a total is below N or missing.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, max=64, metavar="N", help="Grade so many at once.")] = 1,
) -> int:
    """Grade sessions and transcripts: a level for each criterion, with the words that earned it.

    Several are written as a list, in the order given.
    """
    import asyncio

    from simulator.cli.streams import write

    del judge  # the only one there is
    settings = settings_of(ctx, rubric=rubric)
    graded = asyncio.run(_grade_all(settings, subjects, persona, rubric, jobs))
    write(_as_json(graded) if form == "json" else _as_text(graded), output)
    for one in graded:
        if one.unsaved:
            message = say("the grade of session {session} was not saved: {error}", session=one.name, error=one.unsaved)
            raise type(one.unsaved)(message) from one.unsaved
    totals = [one.scorecard.total for one in graded]
    low = fail_under is not None and any(total is None or total < fail_under for total in totals)
    return ExitCode.FINDINGS if low else ExitCode.FINE


@dataclass(frozen=True, slots=True)
class Graded:
    """One subject with its scorecard, and that in words. `unsaved`: why the scorecard is not kept with its session."""

    name: str
    scorecard: Scorecard
    text: str
    unsaved: StoreError | None = None


async def _grade_all(
    settings: Settings, subjects: Sequence[str], persona: str | None, rubric: str | None, jobs: int
) -> list[Graded]:
    """Every subject graded, in order; each is read before the first is judged. Raises BadInput."""
    import asyncio

    free = asyncio.Semaphore(jobs)

    async def in_turn(judging: Callable[[], Awaitable[Graded]]) -> Graded:
        async with free:
            return await judging()

    ready = [
        _transcript(settings, Path(name), persona) if _is_file(name) else _session(settings, name, persona, rubric)
        for name in subjects
    ]
    return list(await asyncio.gather(*map(in_turn, ready)))


def _is_file(name: str) -> bool:
    """Session ids have no dot and no folder."""
    return Path(name).exists() or "." in name or "/" in name or "\\" in name


def _transcript(settings: Settings, path: Path, persona: str | None) -> Callable[[], Awaitable[Graded]]:
    """An outside transcript, with the persona it names unless another is given."""
    from simulator import assemble
    from simulator.exchange.read import read_transcript
    from simulator.practice import grade_transcript, in_language
    from simulator.reports.terminal import scorecard_text

    transcript = read_transcript(path)
    shelf = assemble.shelf(settings)
    named = persona or transcript.persona
    truth = shelf.persona(named) if named else None
    rubric = shelf.rubric(settings.rubric)
    language = transcript.language
    known = in_language(truth.value, language) if truth else None
    worded = in_language(rubric.value, language)

    async def judging() -> Graded:
        card = await grade_transcript(settings, transcript, truth, rubric)
        return Graded(clean(str(path)).replace("\n", " "), card, scorecard_text(card, worded, language, known))

    return judging


def _session(settings: Settings, name: str, persona: str | None, rubric: str | None) -> Callable[[], Awaitable[Graded]]:
    """One of our own sessions, with the persona it was held with, by the rubric it began with or another."""
    from simulator import assemble
    from simulator.conversation.record import record
    from simulator.grading.scorecard_json import to_json
    from simulator.practice import changed_since, grade_record, in_language, packs_of
    from simulator.reports.terminal import debrief_text

    if persona:
        raise BadInput(say("a session knows its persona; take --persona away"))
    store = assemble.store(settings)
    found = store.session_id(name)
    events = store.events(found)
    truth, began_with = packs_of(store, events[0])
    looked_back = record(events, truth)
    if looked_back.state.ended is None:
        raise BadInput(say("session {session} is not over; go on with: mot practice --resume {session}", session=found))
    for told in changed_since(settings, looked_back.started, rubric=rubric is None):
        typer.echo(told, err=True)
    other = assemble.shelf(settings).rubric(rubric) if rubric else None
    chosen = in_language(other.value, looked_back.started.language) if other else began_with

    async def judging() -> Graded:
        card = await grade_record(settings, looked_back, truth, chosen, other.sha256 if other else None)
        unsaved = None
        try:
            store.save_scorecard(found, to_json(card))
        except StoreError as error:  # the result is there all the same
            unsaved = error
        return Graded(found, card, debrief_text(looked_back, card, truth, chosen), unsaved)

    return judging


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
