"""How fast many outside transcripts are graded offline on one core, and what memory that takes.

    python -m benchmarks.many [N]

Grades N (default 1,000) transcripts of 20 turns, each made of a labelled one: its exchanges in
another order, filled up with some of its scenario or else of its language, with its persona where that is shipped.
Printed after 100 and after all:
transcripts a second of processor time, and the peak memory of the process. The first few pay for reading the lexicons
and the packs; that is left out.
"""

from __future__ import annotations

import asyncio
import random
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from simulator.__main__ import collect_seldom
from simulator.domain.transcript import Transcript, Turn
from tests.robustness import graded, talks

TURNS = 20
AT_FIRST = 100
WARM = 8
MEGABYTE = 1024


def recombined(count: int) -> Iterator[Transcript]:
    """So many transcripts, none like another; always the same ones."""
    chance = random.Random(1)  # noqa: S311 -- an order, not a secret
    named = list(talks().values())
    for at in range(count):
        first = named[at % len(named)]
        own = _exchanges([talk for talk in named if (talk.persona, talk.language) == (first.persona, first.language)])
        others = _exchanges([talk for talk in named if talk.language[:2] == first.language[:2]])
        some = chance.sample(own, min(len(own), TURNS // 2))
        some += chance.sample(others, TURNS // 2 - len(some))
        said = (turn for exchange in some for turn in exchange)
        yield replace(first, turns=tuple(replace(turn, n=n) for n, turn in enumerate(said, 1)))


def _exchanges(some: list[Transcript]) -> list[tuple[Turn, Turn]]:
    """What the customer says and the learner's answer."""
    return [(one, two) for talk in some for one, two in pairwise(talk.turns) if one.speaker == "persona"]


async def main(count: int) -> None:
    """Grade them and print."""
    some = list(recombined(WARM + count))
    for transcript in some[:WARM]:
        await graded(transcript)
    start = time.process_time()
    for done, transcript in enumerate(some[WARM:], 1):
        await graded(transcript)
        if done in {min(AT_FIRST, count), count}:
            spent = time.process_time() - start
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
            each = spent * 1000 / done
            print(
                f"{done:6,} transcripts: {done / spent:6.1f} a second ({each:.1f} ms each), peak memory {peak:.0f} MB"
            )


if __name__ == "__main__":
    collect_seldom()  # as the program does
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000))
