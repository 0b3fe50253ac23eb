"""The same question asked several times: what most samples say counts, and how many did is kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.domain.scorecard import Verdict
from simulator.errors import EndpointError
from simulator.grading.observations import LONGEST_QUOTE_LIST, MalformedReply, proven
from simulator.grading.together import together

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.grading.observations import Judge, StageRequest


class Majority:
    """A judge made of several: an answer needs more than half of them, else it is undecided.

    Each holds its own quotes to the transcript before it votes. One that fails votes for nothing.
    """

    proves = True

    def __init__(self, judges: Sequence[Judge]) -> None:
        """`judges`: one at least."""
        self._judges = judges

    @property
    def name(self) -> str:
        """The first one's; they are samples of the same."""
        return self._judges[0].name

    async def answer(self, request: StageRequest) -> tuple[Verdict, ...]:
        """One verdict for each observation. Raises the last judge's EndpointError or MalformedReply if all failed."""
        found = await together(_sample(judge, request) for judge in self._judges)
        samples = [sample for sample in found if not isinstance(sample, Exception)]
        if not samples and isinstance(found[-1], Exception):
            raise found[-1]
        return tuple(self._vote([sample[o.id] for sample in samples]) for o in request.observations)

    def _vote(self, verdicts: Sequence[Verdict]) -> Verdict:
        outcome, most = Counter(verdict.outcome for verdict in verdicts).most_common(1)[0]
        agreement = most / len(self._judges)
        if agreement <= 0.5:  # noqa: PLR2004 -- half is no majority
            return replace(
                verdicts[0], outcome="undecided", quotes=(), reason="no majority among the samples", agreement=agreement
            )
        agreeing = [verdict for verdict in verdicts if verdict.outcome == outcome]
        quotes = dict.fromkeys(quote for verdict in agreeing for quote in verdict.quotes)
        return replace(agreeing[0], quotes=tuple(quotes)[:LONGEST_QUOTE_LIST], agreement=agreement)


async def _sample(judge: Judge, request: StageRequest) -> Mapping[str, Verdict] | EndpointError | MalformedReply:
    """What one of them says, or why it says nothing: that does not break off the others."""
    try:
        return await proven(judge, request)
    except (EndpointError, MalformedReply) as error:
        return error
