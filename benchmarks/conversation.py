"""What a turn of an offline conversation costs, without the disk: hearing, gate, brief, reply, leak guard.

    python -m benchmarks.conversation [N]

Plays the learner's lines of a labelled transcript N times (default 20), each time against a customer who has just met
them, and prints milliseconds a turn. The first turn pays for reading the lexicons and is shown apart.

Then lines of the greatest length a turn may have, made to be slow: words and marks by which many patterns begin, in no
order. Each is new when it is heard, after others of its kind have had the patterns compiled; the slowest of N is shown.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import sys
import time
from pathlib import Path

from simulator.conversation.engine import Cast, Conversation
from simulator.domain.events import Event, SessionStarted
from simulator.domain.persona import Persona
from simulator.exchange.read import read_transcript
from simulator.language.acts import hear
from simulator.offline.actor import OfflineActor
from simulator.offline.listener import OfflineListener
from simulator.packs.load import load_persona

TOP = Path(__file__).resolve().parents[1]
TALK = TOP / "tests" / "labelled" / "s02-excellent-en.yaml"
LONGEST = 4_000
HOSTILE = {
    "English without a stop": "if you |will the |and i |promise |not |can |tell me |what |so ",
    "English in quotation marks": "“so ” |it's' |\" well\" |‘you’ |i'll, |no, ",
    "English, a sentence every few words": "I will call you. |What is it? |You must wait! |So you feel bad. ",
    "Chinese without a stop": "您|我|会|的|什么|给|不|是|就|说|可以|一定",
    "Chinese in odd quotation marks": '“您|”我|‘会|’的|"什么|「给|」不|『是|』就|说|,',
    "Chinese, a sentence every few words": "您好。|我给您打电话。|什么时候？|您别急！",
    "Traditional Chinese": "請問|這個|軟體|您們|會|什麼|，",
}
"""Pieces of lines, split by |."""


class Nowhere:
    """A journal that keeps nothing: the disk is measured elsewhere (benchmarks/store.py)."""

    async def append(self, *events: Event) -> None:
        """Take the events as durable."""


async def played(lines: list[str], persona: Persona) -> list[float]:
    """Milliseconds of each turn of one conversation."""
    started = SessionStarted("s", persona.id, "", "r", "", "en", 1, "learner", "offline", "offline", "benchmark")
    cast = Cast(OfflineListener(), OfflineActor(), OfflineListener())
    talk = Conversation(persona, cast, Nowhere(), [started])
    async for _ in talk.open():
        pass
    spent = []
    for line in lines:
        begun = time.perf_counter()
        async for _ in talk.say(line):
            pass
        spent.append((time.perf_counter() - begun) * 1000)
    return spent


def hostile(pieces: str, seed: int) -> str:
    """A line of the greatest length, of these pieces in an order of its own."""
    order = random.Random(seed)  # noqa: S311 -- the same lines every time
    return "".join(order.choices(pieces.split("|"), k=LONGEST))[:LONGEST]


def slowest(pieces: str, times: int) -> float:
    """Milliseconds to hear the slowest of so many such lines."""
    hear(hostile(pieces, 0))
    spent = []
    for seed in range(1, times + 1):
        line = hostile(pieces, seed)
        begun = time.perf_counter()
        hear(line)
        spent.append((time.perf_counter() - begun) * 1000)
    return max(spent)


def main() -> None:
    """Print the tables."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    transcript = read_transcript(TALK)
    lines = [turn.text for turn in transcript.learner_turns]
    pack = TOP / "personas" / f"{transcript.persona}.yaml"
    persona = load_persona(pack.read_bytes(), pack.name).value
    runs = [asyncio.run(played(lines, persona)) for _ in range(times)]
    later = sorted(spent for run in runs[1:] for spent in run)
    print(f"first turn of all: {runs[0][0]:.0f} ms")
    print(f"a turn: median {statistics.median(later):.1f} ms, 95th percentile {later[int(len(later) * 0.95)]:.1f} ms")
    print(f"a hostile line of {LONGEST} characters, the slowest of {times}:")
    for name, pieces in HOSTILE.items():
        print(f"    {name:36}{slowest(pieces, times):6.1f} ms")


if __name__ == "__main__":
    main()
