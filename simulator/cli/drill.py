"""`mot drill`: simulated learners play personas, and the grade must tell them apart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from simulator.cli.judging import told_spending
from simulator.cli.narration import narrate, told_where
from simulator.cli.options import BaseUrlOption, JobsOption, OfflineOption, RubricOption, complete_personas, settings_of
from simulator.cli.watching import Watch
from simulator.errors import EndpointError, ExitCode
from simulator.processes import worth_beginning
from simulator.wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.settings import Settings
    from simulator.trainer.drilled import Drilled

REQUESTS = 80
"""Of a drill in which a model plays the customer, about: for a line of a learner's one to hear it, one to answer it."""

WORTH_A_PROCESS = 4
"""Drills that take about as long as a process to begin."""


def drill(  # noqa: PLR0917 -- a command's options
    ctx: typer.Context,
    personas: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PERSONA]...", help="Ids or files. Left out: all that are found.", autocompletion=complete_personas
        ),
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", help="en, zh-Hans or zh-Hant; else all that a persona is written in.")
    ] = None,
    rubric: RubricOption = None,
    form: Annotated[
        Literal["text", "json", "junit"], typer.Option("--format", help="How the results are written.")
    ] = "text",
    jobs: JobsOption = None,
    model: Annotated[
        str | None, typer.Option("--model", help="Which model plays the customer; MOT_MODEL where not given.")
    ] = None,
    base_url: BaseUrlOption = None,
    offline: OfflineOption = False,
    learner: Annotated[
        str | None, typer.Option("--learner", metavar="MODEL", help="A model that plays a learner too.")
    ] = None,
) -> int:
    """Have simulated learners play personas: does every need open to an expert, and to nobody who has not earned it?

    An expert, a middling one, and five poor ones play each persona; the offline judge grades them. Ends with 1 where
    a need leaks, opens to the wrong ones or to nobody, or where the totals are not far enough apart. A model that
    plays a learner is told what learners are told, and no bar is set for it.
    """
    from simulator import assemble
    from simulator.trainer.drill import drill_all, tasks
    from simulator.trainer.drill_report import report

    settings = settings_of(ctx, offline=offline, language=language, rubric=rubric, model=model, base_url=base_url)
    guest = settings_of(ctx, language=language, model=learner, base_url=base_url).endpoint if learner else None
    work = tasks(personas or assemble.shelf(settings).personas(), settings)
    told_where(assemble.endpoint(settings), assemble.endpoint(replace(settings, endpoint=guest)))
    _told_who(settings, len(work))
    shared = jobs or worth_beginning(len(work), WORTH_A_PROCESS)
    drilling = drill_all(work, settings, shared, settings.spoken, guest)
    results = {one.task: one for one in Watch(say("drilling"), len(work)).over(drilling)}
    ordered = [results[task] for task in work if task in results]
    typer.echo(report(ordered, form))
    told_spending(settings, (usage for one in ordered for play in one.plays for usage in play.usage))
    failed = _told_outcome(ordered, len(work))
    if reason := next((play.broken for one in ordered for play in one.plays if play.broken), ""):
        raise EndpointError(reason)
    return ExitCode.FINDINGS if failed else ExitCode.FINE


def _told_who(settings: Settings, count: int) -> None:
    if settings.endpoint:
        told = say(
            "{model} plays the customer; drills: {count}, some {requests} requests each (--offline asks nobody)",
            model=settings.endpoint.model,
            count=count,
            requests=REQUESTS,
        )
        narrate(told)


def _told_outcome(results: Sequence[Drilled], count: int) -> int:
    """Tell how many of the `count` drills came to what. Gives how many are below the bar."""
    finished = [one for one in results if not one.broken]
    failed = sum(bool(one.faults) for one in finished)
    narrate(say("drilled: {all}, below the bar: {failed}", all=len(finished), failed=failed))
    if unfinished := count - len(finished):
        narrate(say("not finished: {count}", count=unfinished))
    return failed
