"""One line of the list of sessions, computed from its events."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from simulator.domain.events import Ended
from simulator.store.chain import Link, follows, genesis
from simulator.store.history import time

# What counts for a summary, found without parsing the rest: a string inside canonical JSON cannot hold a bare quote.
_COUNTS = re.compile(rb'"kind":"(?:SessionStarted|LearnerSpoke|PersonaSpoke|ExchangeUndone|SessionEnded)"')


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """A session at a glance.

    Times are the wall clock's: they may run backwards, and are None where a fault made them unreadable. `turns` counts
    both speakers, without undone and failed ones. A `damaged` session is summed up as far as its chain holds.
    """

    id: str
    persona: str
    language: str
    learner: str
    started_at: datetime | None
    updated_at: datetime | None
    turns: int
    ended: Ended | None
    damaged: bool


class Outline:
    """A summary in the making, while the session's events go by in order."""

    def __init__(self, session: str) -> None:
        self._tail = genesis(session)
        self._session = session
        self._first_at = ""
        self._started: dict[str, Any] = {}
        self._spoken: set[int] = set()
        self._ended: Ended | None = None
        self._damaged = False

    def take(self, link: Link) -> None:
        """One more event, as it is stored."""
        if self._damaged or not follows(self._tail, link):
            self._damaged = True
            return
        self._tail = link
        self._first_at = self._first_at or link.at
        if not _COUNTS.search(link.payload):
            return
        event = json.loads(link.payload)
        match event:
            case {"kind": "SessionStarted"}:
                self._started = event
            case {"kind": "LearnerSpoke", "turn": turn}:
                self._spoken.add(turn)
            case {"kind": "PersonaSpoke", "turn": turn, "status": status} if status != "failed":
                self._spoken.add(turn)
            case {"kind": "ExchangeUndone", "turn": undone}:
                self._spoken = {turn for turn in self._spoken if turn < undone}
            case {"kind": "SessionEnded", "reason": reason}:
                self._ended = reason

    def summary(self) -> SessionSummary:
        """What is known of the session so far."""
        return SessionSummary(
            id=self._session,
            persona=self._started.get("persona", ""),
            language=self._started.get("language", ""),
            learner=self._started.get("learner", ""),
            started_at=time(self._first_at),
            updated_at=time(self._tail.at),
            turns=len(self._spoken),
            ended=self._ended,
            damaged=self._damaged,
        )
