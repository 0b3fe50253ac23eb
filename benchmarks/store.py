"""What a durable turn costs, beside the same rows written with nothing around SQLite, in one run.

    python -m benchmarks.store [EXCHANGES]

An exchange is two commits: the learner's line, then all that came of it. The ways take turns, so that a slow moment of
the machine meets them all; ratios count, milliseconds are this disk's.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from statistics import median

from simulator.domain import events as e
from simulator.domain.acts import ActSpan, HeardSentence, Hearing
from simulator.store.chain import canonical
from simulator.store.sqlite import PRAGMAS
from simulator.store.store import Store, open_store

PACKS = (b"persona", b"rubric")
WORDS = "Could you tell me what happened with the parcel after it had left the depot?"


def exchange(n: int) -> tuple[list[e.Event], list[e.Event]]:
    """The two commits of an exchange, of the size a real one has."""
    sentence = HeardSentence(WORDS, 0, len(WORDS), (ActSpan("open_question", WORDS),))
    heard = e.Heard(2 * n + 1, Hearing((sentence,) * 3), "offline")
    moved = e.StateMoved(2 * n + 1, 1.5, -0.5, 4, ("relevant_question",))
    return [e.LearnerSpoke(2 * n + 1, WORDS * 3)], [heard, moved, e.PersonaSpoke(2 * n + 2, WORDS * 3)]


def begin(store: Store, session: str) -> None:
    """An empty session."""
    persona, rubric = (sha256(source).hexdigest() for source in PACKS)
    packs = {"persona": "p", "persona_hash": persona, "rubric": "r", "rubric_hash": rubric}
    whose = {"language": "en", "seed": 1, "learner": "", "listener": "offline", "actor": "offline", "program": "0"}
    store.create(e.SessionStarted(session=session, **packs, **whose), PACKS)


def durable_turns(folder: Path, exchanges: int) -> None:
    """Print what an exchange costs, three ways."""
    times: dict[str, list[float]] = {"JSON lines, fsync": [], "sqlite3, same settings": [], "this store": []}
    store = open_store(folder / "ours", lambda: datetime.now(UTC))
    begin(store, "s-1")
    with (
        (folder / "lines").open("ab") as lines,
        closing(sqlite3.connect(folder / "raw.db", isolation_level=None)) as raw,
        store.writer("s-1") as writer,
    ):
        for pragma in PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")
        raw.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, session, seq, payload, UNIQUE (session, seq))")

        def as_lines(commit: Sequence[e.Event]) -> None:
            lines.write(b"".join(canonical(e.to_json(event)) + b"\n" for event in commit))
            lines.flush()
            os.fsync(lines.fileno())

        def as_rows(commit: Sequence[e.Event]) -> None:
            rows = [(canonical(e.to_json(event)).decode(),) for event in commit]
            raw.execute("BEGIN IMMEDIATE")
            raw.executemany(
                "INSERT INTO events (session, seq, payload) "
                "SELECT 's-1', coalesce(max(seq), 0) + 1, ? FROM events WHERE session = 's-1'",
                rows,
            )
            raw.execute("COMMIT")

        ways: tuple[Callable[[Sequence[e.Event]], None], ...] = (as_lines, as_rows, writer.append)
        for n in range(exchanges):
            for spent, way in zip(times.values(), ways, strict=True):
                before = time.perf_counter()
                for commit in exchange(n):
                    way(commit)
                spent.append(time.perf_counter() - before)
    floor = median(times["sqlite3, same settings"])
    print(f"a durable exchange of two commits, median of {exchanges}")
    for name, spent in times.items():
        print(f"  {name:24} {median(spent) * 1000:7.2f} ms   {median(spent) / floor:5.2f} x sqlite3")


def reading(folder: Path, exchanges: int) -> None:
    """Print what it takes to come back to that session, and to list a hundred of a usual size."""
    store = open_store(folder / "ours", lambda: datetime.now(UTC))
    before = time.perf_counter()
    with store.writer("s-1"):
        count = len(store.events("s-1"))
    print(
        f"reopening a session of {2 * exchanges} turns, {count} events: {(time.perf_counter() - before) * 1000:.0f} ms"
    )
    shelf = open_store(folder / "shelf", lambda: datetime.now(UTC))
    for n in range(100):
        begin(shelf, f"s-{n}")
        with shelf.writer(f"s-{n}") as writer:
            writer.append([event for m in range(15) for commit in exchange(m) for event in commit])
    before = time.perf_counter()
    shelf.sessions()
    print(f"listing 100 sessions of 30 turns, verified: {(time.perf_counter() - before) * 1000:.0f} ms")


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as place:
        durable_turns(Path(place), size)
        reading(Path(place), size)
