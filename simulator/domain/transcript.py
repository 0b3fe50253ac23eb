"""What was said, by whom, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Speaker = Literal["learner", "persona"]
Status = Literal["complete", "interrupted", "failed"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn. `n` counts from 1 over both speakers."""

    n: int
    speaker: Speaker
    text: str
    status: Status = "complete"


@dataclass(frozen=True, slots=True)
class Transcript:
    """A whole conversation. `persona` is a persona's id, or None for one without ground truth."""

    turns: tuple[Turn, ...]
    language: str
    persona: str | None = None

    def turn(self, n: int) -> Turn:
        """The turn numbered n. Raises LookupError."""
        for turn in self.turns:
            if turn.n == n:
                return turn
        raise LookupError(n)

    @property
    def learner_turns(self) -> tuple[Turn, ...]:
        """The learner's turns, in order."""
        return tuple(turn for turn in self.turns if turn.speaker == "learner")
