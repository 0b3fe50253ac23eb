"""A person's rating in the place of a judge, so that levels, caps and total come from the same code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.domain.scorecard import Verdict

if TYPE_CHECKING:
    from simulator.domain.rating import Rating
    from simulator.grading.observations import StageRequest


class RatedJudge:
    """Answers with what a rater found. What they did not answer is undecided."""

    proves = False

    def __init__(self, rating: Rating) -> None:
        self.name = rating.rater
        self._answers = rating.observations

    async def answer(self, request: StageRequest) -> tuple[Verdict, ...]:
        """One verdict for each observation, without quotes."""
        return tuple(
            Verdict(observation.id, self._answers.get(observation.id, "undecided"), judge=self.name)
            for observation in request.observations
        )
