"""All practices at a glance: what a course is made of, read by an index and without folding every session."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from simulator.domain.run import Mark, Provenance, Run
from simulator.store.tables import TELLING, tables

if TYPE_CHECKING:
    from sqlalchemy import Row, Select


_STARTS_WITH = {"persona", "language", "learner", "rubric", "rubric_hash"}
"""What a start has to tell: a fault may strike a name and leave JSON."""


def gist(scorecard: Mapping[str, Any]) -> dict[str, Any]:
    """What a history keeps of a scorecard (scorecard/1 as JSON values), a fortieth of it. What is missing is null."""
    provenance = scorecard.get("provenance") or {}
    return {
        "total": scorecard.get("total"),
        "passed": scorecard.get("passed"),
        "band": scorecard.get("band"),
        "stages": scorecard.get("stages") or {},
        "levels": {one["id"]: one["level"] for one in scorecard.get("criteria", ())},
        "provenance": {
            "judge": provenance.get("judge_answered") or provenance.get("judge") or "",
            "rubric": provenance.get("rubric") or "",
            "rubric_hash": provenance.get("rubric_hash") or "",
            "prompt_hash": provenance.get("prompt_hash") or "",
        },
    }


def history(rows: Callable[[Select[Any]], Iterator[Row[Any]]]) -> tuple[Run, ...]:
    """All sessions, the one written to last first. `rows` asks the store; what it raises is raised here."""
    from sqlalchemy import func  # noqa: PLC0415 -- deferred with the rest of SQLAlchemy

    events, e = tables().events.select(), tables().events.c
    marks = _marks(rows)
    telling = events.with_only_columns(e.session, func.group_concat(e.kind).label("kinds")).where(e.kind.in_(TELLING))
    kinds = {row.session: row.kinds.split(",") for row in rows(telling.group_by(e.session))}
    lines = events.with_only_columns(e.session, e.kind, e.at, e.payload)
    ends: dict[str, dict[str, Row[Any]]] = {}
    for row in rows(lines.where(e.kind.in_(TELLING), e.kind.in_(("SessionStarted", "SessionEnded")))):
        ends.setdefault(row.session, {})[row.kind] = row
    last = events.with_only_columns(func.max(e.position)).group_by(e.session)
    latest = rows(lines.where(e.position.in_(last)).order_by(e.position.desc()))
    runs = (_run(r, kinds.get(r.session, ()), ends.get(r.session, {}), marks.get(r.session, ())) for r in latest)
    return tuple(run for run in runs if run)


def latest_unfinished() -> Select[Any]:
    """Asks for the session without an end that was written to last, by its id; no row where all have ended."""
    events, e = tables().events.select(), tables().events.c

    def having(kind: str) -> Select[Any]:
        return events.with_only_columns(e.session).where(e.kind.in_(TELLING), e.kind == kind)

    unfinished = having("SessionStarted").where(e.session.not_in(having("SessionEnded")))
    return events.with_only_columns(e.session).where(e.session.in_(unfinished)).order_by(e.position.desc()).limit(1)


def _marks(rows: Callable[[Select[Any]], Iterator[Row[Any]]]) -> dict[str, list[Mark]]:
    """The grades of each session, oldest first; those whose gist cannot be read are left out."""
    grades, g = tables().scorecards.select(), tables().scorecards.c
    marks: dict[str, list[Mark]] = {}
    for row in rows(grades.with_only_columns(g.session, g.at, g.gist).order_by(g.position)):
        if mark := _mark(row):
            marks.setdefault(row.session, []).append(mark)
    return marks


def _mark(row: Row[Any]) -> Mark | None:
    found = _read(row.gist)
    try:
        return Mark(time(row.at), provenance=Provenance(**found.pop("provenance")), **found) if found else None
    except (KeyError, TypeError):  # JSON still, but a fault struck one of its names
        return None


def _run(last: Row[Any], kinds: Sequence[str], ends: Mapping[str, Row[Any]], marks: Sequence[Mark]) -> Run | None:
    """The run that these rows tell of; None where not even its start can be read.

    `last` is the session's last event, `kinds` are those of its telling events, `ends` its start and end by kind.
    """
    start, end = ends.get("SessionStarted"), ends.get("SessionEnded")
    started = _read(start.payload) if start else None
    if not started or not started.keys() >= _STARTS_WITH:
        return None
    ended = _read(end.payload) if end else {}
    latest = {} if end else _read(last.payload)
    return Run(
        id=last.session,
        persona=started["persona"],
        language=started["language"],
        learner=started["learner"],
        rubric=started["rubric"],
        rubric_hash=started["rubric_hash"],
        last_at=time(last.at),
        turn=_reached(latest or {}),
        ended=(ended or {}).get("reason"),
        hints=kinds.count("HintShown"),
        undone=kinds.count("ExchangeUndone"),
        branch_of=started.get("branch_of"),
        explored="NeedOpened" in kinds,
        confirmed="ConfirmAnswered" in kinds,
        damaged=ended is None or latest is None,
        marks=tuple(marks),
    )


def time(at: str) -> datetime | None:
    """A stored time; None where a fault made it unreadable."""
    try:
        return datetime.fromisoformat(at)
    except (TypeError, ValueError):
        return None


def _reached(last: Mapping[str, Any]) -> int:
    """The turn a session got to, by its last event; 0 where that does not tell, as after the end."""
    turn: int = last.get("turn", 0)
    gone = last.get("kind") in {"ExchangeUndone", "ReplyDiscarded"} or last.get("status") == "failed"
    return turn - 1 if gone else turn


def _read(payload: str | bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(payload)
    except (ValueError, TypeError):
        return None
    return found if isinstance(found, dict) else None
