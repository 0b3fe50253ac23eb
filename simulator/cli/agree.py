"""`mot agree`: how far people agree with one another, and a judge with them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.judging import (
    JudgeOption,
    ModelOption,
    SamplesOption,
    judging_settings,
    told_spending,
    told_stages,
)
from simulator.cli.narration import told_where
from simulator.cli.options import BaseUrlOption, Format, LanguageOption, complete_rubrics
from simulator.errors import EndpointError
from simulator.wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.domain.scorecard import Scorecard
    from simulator.grading.agreement import Report
    from simulator.settings import Settings


def agree(  # noqa: PLR0917 -- a command's options
    ctx: typer.Context,
    rubric: Annotated[str | None, typer.Option(help="Under which rubric.", autocompletion=complete_rubrics)] = None,
    judge: JudgeOption = None,
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
    samples: SamplesOption = 1,
    language: LanguageOption = None,
    form: Format = "text",
) -> None:
    """Compare ratings: agreement, kappa, error and bias for each observation and criterion, with 95 % intervals."""
    import asyncio

    from simulator.reports.agreement import agreement_json, agreement_text

    chosen = {"language": language, "rubric": rubric, "model": model, "base_url": base_url}
    settings = judging_settings(ctx, judge, samples, **chosen)
    found, cards = asyncio.run(_report(settings, samples))
    told_spending(settings, (usage for card in cards for usage in card.usage))
    typer.echo(json.dumps(agreement_json(found), ensure_ascii=False) if form == "json" else agreement_text(found))
    if reasons := [card.unjudged for card in cards if card.unjudged]:
        raise EndpointError(
            say("{count} conversations were not judged: {reason}", count=len(reasons), reason=reasons[0])
        )


async def _report(settings: Settings, samples: int) -> tuple[Report, Sequence[Scorecard]]:
    from simulator import assemble
    from simulator.ratings.report import report

    async with assemble.court(settings, samples) as court:
        told_where(court.endpoint)
        return await report(
            settings, lambda subject: told_stages(court, subject.rubric, subject.transcript.language, subject.id)
        )
