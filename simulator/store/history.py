"""All practices at a glance: what a course is made of, read by an index and without folding every session."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from simulator.domain.run import Mark, Provenance, Run

TELLING = (
    "SessionStarted",
    "NeedOpened",
    "NeedBlocked",
    "ConfirmAnswered",
    "HintShown",
    "ExchangeUndone",
    "ReplyDiscarded",
    "SessionEnded",
)
"""The kinds of event a history is read from: a tenth of all."""


def gist(scorecard: Mapping[str, Any]) -> dict[str, Any]:
    """What a history keeps of a scorecard (scorecard/1 as JSON values), a fortieth of it. What is missing is null."""
    provenance = scorecard.get("provenance") or {}
    return {
        "total": scorecard.get("total"),
        "passed": scorecard.get("passed"),
        "band": scorecard.get("band"),
        "stages": scorecard.get("stages") or {},
        "levels": {one["id"]: one["level"] for one in scorecard.get("criteria", ())},
        "judge": provenance.get("judge_answered") or provenance.get("judge") or "",
        "rubric": provenance.get("rubric") or "",
        "rubric_hash": provenance.get("rubric_hash") or "",
        "prompt_hash": provenance.get("prompt_hash") or "",
    }


class Telling:
    """One run in the making, while its telling events, its last event and its grades go by."""

    def __init__(self, session: str) -> None:
        self._session = session
        self._started: dict[str, Any] = {}
        self._began = self._last = ""
        self._ended: Any = None
        self._explored: set[int] = set()
        self._confirmed: set[int] = set()
        self._hints = self._undone = self._turn = 0
        self._damaged = False
        self._marks: list[Mark] = []

    def take(self, at: str, payload: str | bytes) -> None:
        """One more telling event, in order."""
        self._last = at
        match self._read(payload):
            case {"kind": "SessionStarted"} as started:
                self._started, self._began = started, at
            case {"kind": "NeedOpened" | "NeedBlocked", "turn": turn}:
                self._explored.add(turn)
            case {"kind": "ConfirmAnswered", "turn": turn}:
                self._confirmed.add(turn)
            case {"kind": "HintShown"}:
                self._hints += 1
            case {"kind": "ExchangeUndone", "turn": turn}:
                self._undone += 1
                self._take_back(turn)
            case {"kind": "ReplyDiscarded", "turn": turn}:
                self._take_back(turn - 1)
            case {"kind": "SessionEnded", "reason": reason}:
                self._ended = reason

    def take_last(self, at: str, payload: str | bytes) -> None:
        """The session's last event, whatever its kind."""
        self._last = at
        event = self._read(payload)
        turn = event.get("turn", 0)
        gone = event.get("kind") in {"ExchangeUndone", "ReplyDiscarded"} or event.get("status") == "failed"
        self._turn = turn - 1 if gone else turn

    def take_gist(self, at: str, body: str | bytes) -> None:
        """One more grade, as its gist."""
        if found := self._read(body):
            where = (found["judge"], found["rubric"], found["rubric_hash"], found["prompt_hash"])
            numbers = (found["total"], found["passed"], found["band"], found["stages"], found["levels"])
            self._marks.append(Mark(_time(at), *numbers, Provenance(*where)))

    def run(self) -> Run | None:
        """The run; None where not even its start can be read."""
        start = self._started
        try:
            return Run(
                id=self._session,
                persona=start["persona"],
                language=start["language"],
                learner=start["learner"],
                rubric=start["rubric"],
                began_at=_time(self._began),
                last_at=_time(self._last),
                turn=self._turn,
                ended=self._ended,
                hints=self._hints,
                undone=self._undone,
                branch_of=start.get("branch_of"),
                explored=bool(self._explored),
                confirmed=bool(self._confirmed),
                damaged=self._damaged,
                marks=tuple(self._marks),
            )
        except KeyError:
            return None

    def _take_back(self, turn: int) -> None:
        self._explored = {one for one in self._explored if one < turn}
        self._confirmed = {one for one in self._confirmed if one < turn}

    def _read(self, payload: str | bytes) -> dict[str, Any]:
        try:
            found: dict[str, Any] = json.loads(payload)
        except ValueError:
            self._damaged = True
            return {}
        return found


def _time(at: str) -> datetime | None:
    try:
        return datetime.fromisoformat(at)
    except (TypeError, ValueError):
        return None
