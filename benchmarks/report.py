"""How long a report over many practices takes, and what memory: a learner's page, a group's page, home's figures.

    python -m benchmarks.report [SESSIONS]

Makes a store of SESSIONS (default 1,000) finished and graded practices of eight learners on the scenarios at hand, each
of 30 turns with a scorecard of the usual size, then reads it in a fresh process each time. Ratios count, seconds are
this machine's.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.store import exchange
from simulator.domain import events as e
from simulator.packs.find import PackShelf, default_folders
from simulator.store.store import Store, open_store

LEARNERS = 8
EXCHANGES = 15
PADDING = "x" * 15_000
"""What a scorecard holds besides its numbers: observations, quotes, facts."""

MEASURED = """
import resource, sys, time
from simulator.__main__ import main
begun = time.perf_counter()
assert main(sys.argv[1:]) == 0
spent = time.perf_counter() - begun
used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{spent:6.2f} s, {time.process_time():5.2f} s of processor, {used:4.0f} MB", file=sys.stderr)
"""


def fill(folder: Path, count: int) -> None:
    """A store with so many practices, four hours apart."""
    here = Path.cwd()
    shelf = PackShelf(default_folders((), here, here))
    rubric = shelf.rubric("moments-of-truth")
    personas = [shelf.persona(name) for name in shelf.personas()]
    now = [datetime(2026, 1, 1, tzinfo=UTC)]
    store = open_store(folder, lambda: now[0])
    chance = random.Random(1)  # noqa: S311 -- an order, not a secret
    for at in range(count):
        now[0] += timedelta(hours=4)
        persona = chance.choice(personas)
        session = f"s-{at:05}"
        whose = {"language": "en", "seed": at, "learner": f"learner {at % LEARNERS}"}
        packs = {"persona": persona.value.id, "persona_hash": persona.sha256, "rubric": rubric.value.id}
        played = {"listener": "offline", "actor": "offline", "program": "0", "rubric_hash": rubric.sha256}
        store.create(e.SessionStarted(session=session, **packs, **whose, **played), (persona.source, rubric.source))
        play(store, session)
        criteria = [{"id": one.id, "level": chance.randint(1, 5)} for one in rubric.value.criteria]
        stages = {one.id: chance.uniform(0, 100) for one in rubric.value.stages}
        store.save_scorecard(session, card(rubric.sha256, stages, criteria))


def play(store: Store, session: str) -> None:
    """A finished full loop."""
    with store.writer(session) as writer:
        events = [event for n in range(EXCHANGES) for commit in exchange(n) for event in commit]
        reached = [e.NeedOpened(1, "L1", "open_question", "?"), e.ConfirmAnswered(2, satisfied=True, expectation=None)]
        writer.append([*events, *reached, e.SessionEnded("learner")])


def card(rubric_hash: str, stages: dict[str, float], criteria: list[dict[str, Any]]) -> dict[str, Any]:
    """A scorecard of the usual size."""
    total = sum(stages.values()) / len(stages)
    made = {"judge": "offline", "rubric": "moments-of-truth", "rubric_hash": rubric_hash}
    numbers = {"total": total, "passed": total >= 70, "stages": stages, "criteria": criteria}  # noqa: PLR2004
    return {
        **numbers,
        "band": None,
        "provenance": made,
        "facts": PADDING,
        "id": sha256(str(total).encode()).hexdigest(),
    }


def measure(folder: Path, *arguments: str) -> None:
    """Print what one command takes, from its first import to its last byte."""
    environment = {**os.environ, "MOT_HOME": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    size = len(done.stdout) / 1024
    print(f"  mot {' '.join(arguments):44} {done.stderr.strip().splitlines()[-1]}  {size:6.0f} kB written")


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory() as place:
        fill(Path(place), wanted)
        print(f"{wanted:,} practices, {(Path(place) / 'sessions.db').stat().st_size / 1024 / 1024:.0f} MB")
        measure(Path(place), "progress", "--learner", "learner 1", "--format", "json")
        measure(Path(place), "report", "--learner", "learner 1")
        measure(Path(place), "report", "--group")
