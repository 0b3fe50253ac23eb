"""Sessions for tests of the store: the same events every time, so that what is read back can be told apart from it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from simulator.domain import events as e
from simulator.store.store import Store
from tests.fakes import hearing, sentence, started

PACKS = (b"format: persona/1\n", "format: rubric/1  # 评分\n".encode())
STEPS = (1, 3)
"""How many events the two commits of an exchange hold."""


class Clock:
    """Goes on by a second each time it is read; tests set it to any time they like."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def first_event(session: str, **changes: object) -> e.SessionStarted:
    persona, rubric = (sha256(source).hexdigest() for source in PACKS)
    return started(session=session, persona_hash=persona, rubric_hash=rubric, **changes)


def begin(store: Store, session: str, exchanges: int = 0, **changes: object) -> list[e.Event]:
    """A session with so many exchanges; returns its events."""
    events: list[e.Event] = [first_event(session, **changes)]
    store.create(first_event(session, **changes), PACKS)
    with store.writer(session) as writer:
        for n in range(exchanges):
            for commit in exchange(n):
                writer.append(commit)
                events += commit
    return events


def exchange(n: int) -> tuple[tuple[e.Event, ...], tuple[e.Event, ...]]:
    """The two commits of the n-th exchange (from 0): the learner's line, then all that came of it."""
    turn = 2 * n + 1
    words = f"What happened with the {'parcel' if n % 2 else '包裹'}, number {n}?"
    heard = e.Heard(turn, hearing(sentence(words, "open_question", topics=["L1"])), "offline")
    moved = e.StateMoved(turn, trust=1.5, mood=-0.5, patience=4, causes=("relevant_question",))
    return (e.LearnerSpoke(turn, words),), (heard, moved, e.PersonaSpoke(turn + 1, f"It never came.\n你说呢？ {n}"))


def raw(store: Store, statement: str, *values: object) -> list[tuple[Any, ...]]:
    """Any statement, by a program that knows nothing of this one."""
    with closing(sqlite3.connect(store.folder / "sessions.db", isolation_level=None)) as connection:
        return connection.execute(statement, values).fetchall()


def damage(store: Store, statement: str, *values: object) -> None:
    """What a fault or a forger does: change rows with no trigger in the way."""
    for (trigger,) in raw(store, "SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        raw(store, f"DROP TRIGGER {trigger}")
    raw(store, statement, *values)
