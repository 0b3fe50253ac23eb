"""Two runs of one conversation beside one another: the one tried first and the branch tried from one of its turns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.conversation.record import Record
    from simulator.domain.scorecard import Scorecard


@dataclass(frozen=True, slots=True)
class Change:
    """One number in both runs, 0..100; None: not scored. `stage` None: the total."""

    stage: str | None
    before: float | None
    after: float | None

    @property
    def by(self) -> float | None:
        """How much it went up; None where one of the two is not scored."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What changed, and the two lines that began it. `comparable`: both were judged by the same judge and rubric."""

    turn: int
    said_before: str
    said_after: str
    changes: tuple[Change, ...]
    comparable: bool


def side_by_side(before: tuple[Record, Scorecard], after: tuple[Record, Scorecard]) -> SideBySide:
    """The branch `after` beside the run it branches from. Raises ValueError where it branches from nothing."""
    (first, first_card), (second, second_card) = before, after
    branch = second.started.branches_off
    if branch is None:
        raise ValueError("this session branches from none")
    _, number = branch
    return SideBySide(
        number,
        _said(first, number),
        _said(second, number),
        tuple(_changes(first_card, second_card)),
        all(
            first_card.provenance.get(name) == second_card.provenance.get(name)
            for name in ("judge", "rubric_hash", "persona_hash")
        ),
    )


def _said(record: Record, turn: int) -> str:
    return next((one.text for one in record.transcript.turns if one.n == turn), "")


def _changes(before: Scorecard, after: Scorecard) -> Iterator[Change]:
    yield Change(None, before.total, after.total)
    for stage, share in after.stages.items():
        yield Change(stage, before.stages.get(stage), share)
