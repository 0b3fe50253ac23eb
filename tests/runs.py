"""Practices for tests of progress and reports: one a day, graded as the test says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from simulator.domain.run import Mark, Provenance, Run

FIRST_DAY = datetime(2026, 1, 1, 12, tzinfo=UTC)
OFFLINE = Provenance("offline", "moments-of-truth", "1" * 64)
MODEL = Provenance("model-7", "moments-of-truth", "1" * 64, "2" * 64)


def mark(total: float | None = 60.0, provenance: Provenance = OFFLINE, **levels: int | None) -> Mark:
    passed = None if total is None else total >= 70
    return Mark(FIRST_DAY, total, passed, None, {"explore": total}, levels, provenance)


def run(day: int, persona: str = "a", graded: Mark | None = None, **changes: object) -> Run:
    """A finished full loop on the n-th day."""
    at = FIRST_DAY + timedelta(days=day)
    plain = Run(
        id=f"s-{day:02}",
        persona=persona,
        language="en",
        learner="Wen",
        rubric="moments-of-truth",
        rubric_hash="1" * 64,
        last_at=at,
        turn=0,
        ended="learner",
        hints=0,
        undone=0,
        branch_of=None,
        explored=True,
        confirmed=True,
        marks=(graded,) if graded else (),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def levels(level: int, *names: str) -> Mapping[str, int]:
    return dict.fromkeys(names, level)
