"""What a turn of an offline conversation costs, without the disk: hearing, gate, brief, reply, leak guard.

    python -m benchmarks.conversation [N]

Plays the learner's lines of a labelled transcript N times (default 20), each time against a customer who has just met
them, and prints milliseconds a turn. The first turn pays for reading the lexicons and is shown apart.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from pathlib import Path

from simulator.conversation.engine import Cast, Conversation
from simulator.domain.events import Event, SessionStarted
from simulator.domain.persona import Persona
from simulator.exchange.read import read_transcript
from simulator.offline.actor import OfflineActor
from simulator.offline.listener import OfflineListener
from simulator.packs.load import load_persona

TOP = Path(__file__).resolve().parents[1]
TALK = TOP / "tests" / "labelled" / "s02-excellent-en.yaml"


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


def main() -> None:
    """Print the table."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    transcript = read_transcript(TALK)
    lines = [turn.text for turn in transcript.learner_turns]
    pack = TOP / "personas" / f"{transcript.persona}.yaml"
    persona = load_persona(pack.read_bytes(), pack.name).value
    runs = [asyncio.run(played(lines, persona)) for _ in range(times)]
    later = sorted(spent for run in runs[1:] for spent in run)
    print(f"first turn of all: {runs[0][0]:.0f} ms")
    print(f"a turn: median {statistics.median(later):.1f} ms, 95th percentile {later[int(len(later) * 0.95)]:.1f} ms")


if __name__ == "__main__":
    main()
