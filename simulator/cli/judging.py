"""What the commands that judge have in common: who judges, where that is asked, and what is told meanwhile."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from simulator.cli.narration import narrate
from simulator.cli.options import settings_of
from simulator.errors import BadInput
from simulator.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.assemble import Court
    from simulator.domain.rubric import Rubric, Stage
    from simulator.domain.usage import Usage
    from simulator.settings import Settings

Judge = Literal["offline", "llm"]

JudgeOption = Annotated[
    Judge | None,
    typer.Option("--judge", help="Who answers what code cannot count; a model where one is named, unless told."),
]
ModelOption = Annotated[str | None, typer.Option("--model", help="Which model judges; MOT_MODEL where not given.")]
SamplesOption = Annotated[
    int, typer.Option("--samples", min=1, max=25, metavar="K", help="Ask a model K times; most answers count.")
]


def judging_settings(ctx: typer.Context, judge: Judge | None, samples: int, **flags: str | None) -> Settings:
    """The settings of a run that judges; without an endpoint it is judged offline. Raises BadInput.

    `flags` are options by setting name, None where not given.
    """
    settings = settings_of(ctx, offline=judge == "offline", **flags)
    if settings.endpoint is None and judge == "llm":
        raise BadInput(say("no model is named; name one with --model or MOT_MODEL"))
    if settings.endpoint is None and samples > 1:
        raise BadInput(say("--samples asks a model several times; offline every answer would be the same"))
    return settings


def told_stages(court: Court, rubric: Rubric, language: str, name: str) -> Court:
    """The court, telling on standard error how far it is with the subject of that name."""
    steps, step = len(rubric.stages), count(1)

    def tell(stage: Stage) -> None:
        called = stage.name.in_language(language)
        narrate(
            say("{name}: {stage} judged ({step} of {steps})", name=name, stage=called, step=next(step), steps=steps)
        )

    if court.endpoint:
        narrate(say("{name}: judging…", name=name))
    return court.announcing(tell)


def told_spending(settings: Settings, usage: Iterable[Usage]) -> None:
    """Say what a model's requests came to, if there were any."""
    from simulator.cli.screen import spending

    requests = list(usage)
    if requests:
        narrate(say("{requests} requests; {spent}", requests=len(requests), spent=spending(requests, settings.prices)))
