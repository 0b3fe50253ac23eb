"""Why a stage has no score though there are levels in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.grading.totals import ENOUGH, scored_weight
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.domain.rubric import Rubric
    from simulator.domain.scorecard import Scorecard


def unscored_stages(scorecard: Scorecard, rubric: Rubric, language: str) -> tuple[str, ...]:
    """A sentence for each such stage. One in which nothing has a level needs none."""
    told = []
    for stage in rubric.stages:
        share = scored_weight(score for score in scorecard.criteria if score.stage == stage.id)
        if share and scorecard.stages.get(stage.id) is None:
            reason = say(
                "{stage} is not scored: levels stand for {share:.0%} of its weight, a score takes {enough:.0%}.",
                stage=stage.name.in_language(language),
                share=share,
                enough=ENOUGH,
            )
            told.append(reason)
    return tuple(told)
