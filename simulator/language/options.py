"""Ways to choose from: several put up in one line are offers, none of them a promise before one is chosen."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.language.settling import Reading

_GIVES_WAY = ("promise", "update_commit", "inform", "act_now")
_NOT_OFFERED = ("guarantee", "withdraw_promise", "summary_check", "refuse", "blame", "contempt", "pass_the_buck")


def join_options(readings: Sequence[Reading]) -> None:
    """Turn every sentence that tells one of the ways announced in the line, or some that are asked about right after
    it ("We have this or that. Which would you rather have?"), into a proposal.
    """
    for told, asking in pairwise(readings):
        ways = None if told.form or told.has(*_NOT_OFFERED) else told.sentence.finds("acts.alternatives")
        if ways and asking.form and asking.sentence.finds("acts.which"):
            _propose(told, ways.start())
    announced = next((at for at, one in enumerate(readings) if one.sentence.finds("acts.options")), None)
    if announced is None or _commits(readings[announced]):
        return
    for reading in readings[announced:]:
        way = reading.sentence.finds("acts.one_of")
        if way is None or reading.form or reading.has(*_NOT_OFFERED):
            continue
        _propose(reading, way.start())


def _propose(reading: Reading, start: int) -> None:
    reading.drop(*_GIVES_WAY)
    reading.acts.setdefault("propose", reading.sentence.quote(start))


def _commits(announcing: Reading) -> bool:
    """Whether the announcement promises what follows: "There are two ways I'll help.", "…, and I'm doing both."."""
    return announcing.sentence.finds("acts.one_of") is None and announcing.has("promise", "act_now")
