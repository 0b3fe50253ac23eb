"""`mot drill`: simulated learners play personas, and the grade must tell them apart."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from simulator.cli.judging import told_spending
from simulator.cli.options import complete_personas, complete_rubrics, settings_of
from simulator.errors import EndpointError, ExitCode
from simulator.text_gate import clean
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.settings import Settings
    from simulator.trainer.drill import Drilled

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
    rubric: Annotated[
        str | None, typer.Option("--rubric", help="The rubric to grade by.", autocompletion=complete_rubrics)
    ] = None,
    form: Annotated[
        Literal["text", "json", "junit"], typer.Option("--format", help="How the results are written.")
    ] = "text",
    jobs: Annotated[int | None, typer.Option(min=1, max=64, metavar="N", help="Share the work in N processes.")] = None,
    model: Annotated[str | None, typer.Option("--model", help="Which model plays; MOT_MODEL where not given.")] = None,
    base_url: Annotated[
        str | None,
        typer.Option("--base-url", metavar="URL", help="Where it is asked; OPENAI_BASE_URL where not given."),
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="No model, whatever the settings name.")] = False,
) -> int:
    """Have simulated learners play personas: does every need open to an expert, and to nobody who has not earned it?

    An expert, a middling one, and five poor ones play each persona; the offline judge grades them. Ends with 1 where
    a need leaks, opens to the wrong ones or to nobody, or where the totals are not far enough apart.
    """
    from simulator import assemble
    from simulator.trainer.drill import drill_all, tasks
    from simulator.trainer.drill_report import report

    settings = settings_of(ctx, offline=offline, language=language, rubric=rubric, model=model, base_url=base_url)
    work = tasks(personas or assemble.shelf(settings).personas(), settings)
    _told_where(settings)
    shared = jobs or min(os.cpu_count() or 1, 1 + len(work) // WORTH_A_PROCESS)
    language_told = settings.language or settings.locale
    results = {one.task: one for one in _watched(drill_all(work, settings, shared, language_told), len(work))}
    ordered = [results[task] for task in work]
    typer.echo(report(ordered, form))
    told_spending(settings, (usage for one in ordered for play in one.plays for usage in play.usage))
    failed = sum(bool(one.faults) for one in ordered)
    typer.echo(say("drilled: {all}, below the bar: {failed}", all=len(ordered), failed=failed), err=True)
    if silent := next((play.broken for one in ordered for play in one.plays if play.broken), ""):
        raise EndpointError(silent)
    return ExitCode.FINDINGS if failed else ExitCode.FINE


def _told_where(settings: Settings) -> None:
    from simulator import assemble

    endpoint = assemble.endpoint(settings)
    if endpoint and not endpoint.local:
        message = say("The conversations leave this machine: they go to {address}", address=endpoint.address)
        typer.echo(clean(message), err=True)


def _watched(results: Iterable[Drilled], count: int) -> Iterator[Drilled]:
    """The results, with a bar on a terminal while they come."""
    if not sys.stderr.isatty():
        yield from results
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(results, say("drilling"), total=count, console=Console(stderr=True), transient=True)
