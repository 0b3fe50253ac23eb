"""The judge that needs no model: it answers an observation by the rule over facts that the rubric gives for it.

Where the rubric gives none, or a fact cannot be known, the observation stays undecided. It never guesses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.domain.scorecard import Verdict
from simulator.grading.observations import decided
from simulator.grading.rules import compiled

if TYPE_CHECKING:
    from simulator.domain.rubric import Rubric
    from simulator.grading.observations import StageRequest


class OfflineJudge:
    """Answers from facts alone, for one rubric."""

    name = "offline"
    proves = True

    def __init__(self, rubric: Rubric) -> None:
        """Raises RuleError for a rule of the rubric that does not compile."""
        self._rules = compiled(rubric).offline

    async def answer(self, request: StageRequest) -> tuple[Verdict, ...]:
        """One verdict for each observation, with the quotes of the facts that decided it."""
        return tuple(
            decided(observation, self._rules.get(observation.id), request.facts, request.case, self.name)
            for observation in request.observations
        )
