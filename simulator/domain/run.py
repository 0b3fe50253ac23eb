"""One practice as a course looks back on it: whose it was, how far it went, what it was graded, whether it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from simulator.domain.events import Ended


def by_own_rubric(held_with: str, judged_by: str) -> bool:
    """Whether a grade is by the rubric that its session was held with, by the hashes of the two.

    One by another rubric is a second opinion, and one that was edited since is another: under the same name it asks
    other things, and their totals cannot be compared.
    """
    return held_with == judged_by


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a grade comes from: who judged, asked how, by which version of which rubric.

    `judge` is `offline` or the model that answered. Grades of different provenance were not measured alike.
    """

    judge: str
    rubric: str
    rubric_hash: str
    prompt_hash: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """The numbers of one grade: total and stages 0..100, levels 1..5 by criterion; None where there is none."""

    at: datetime | None
    total: float | None
    passed: bool | None
    band: str | None
    stages: Mapping[str, float | None]
    levels: Mapping[str, int | None]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Run:
    """One session. `last_at` is the wall clock's, None where a fault made it unreadable.

    `turn` is how far an unfinished one got, over both speakers. `explored`: a need was opened. `confirmed`: a confirm
    question was answered, which takes an offer before it. `marks` are grades, oldest first.
    """

    id: str
    persona: str
    language: str
    learner: str
    rubric: str
    rubric_hash: str
    last_at: datetime | None
    turn: int
    ended: Ended | None
    hints: int
    undone: int
    branch_of: str | None
    explored: bool
    confirmed: bool
    damaged: bool = False
    marks: tuple[Mark, ...] = ()

    @property
    def mark(self) -> Mark | None:
        """The latest grade by the rubric it was held with."""
        own = (mark for mark in reversed(self.marks) if by_own_rubric(self.rubric_hash, mark.provenance.rubric_hash))
        return next(own, None)

    @property
    def counts(self) -> bool:
        """Whether it counts for best scores, mastery and full loops: over, and neither hinted, undone nor branched."""
        helped = self.hints or self.undone or self.branch_of
        return self.ended in {"learner", "script", "walked_away"} and not helped and not self.damaged

    @property
    def full_loop(self) -> bool:
        """Whether it went from Explore to Confirm and left no stage out, and counts. A poor one may."""
        whole = self.mark is None or all(share != 0 for share in self.mark.stages.values())
        return self.counts and self.ended != "walked_away" and self.explored and self.confirmed and whole
