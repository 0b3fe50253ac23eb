"""A judge around a judge that says which stages are judged by now, because a model takes its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulator.domain.scorecard import Verdict
    from simulator.grading.observations import Judge, StageRequest


class Announced:
    """Tells the id of each stage once, when it is judged. Which one that is first, the model decides."""

    def __init__(self, judge: Judge, told: Callable[[str], None]) -> None:
        self.proves = judge.proves
        self._judge = judge
        self._told = told

    @property
    def name(self) -> str:
        """The judge's own."""
        return self._judge.name

    async def answer(self, request: StageRequest) -> Sequence[Verdict]:
        """What the judge says. Raises EndpointError or MalformedReply."""
        verdicts = await self._judge.answer(request)
        if not request.refused:
            self._told(request.stage)
        return verdicts
