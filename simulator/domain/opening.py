"""What a learner sits down to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """What a learner chose to practise. `session` and `seed` None: made when it starts."""

    persona: str
    rubric: str
    seed: int | None = None
    session: str | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """A new practice, one to go on with ("" is the latest unfinished one), or a line (session, turn) of an earlier one
    to try again. All None: nothing was chosen yet. `show_gate`: with the gate's reasoning beside it, for a trainer.
    """

    choice: Choice | None = None
    resume: str | None = None
    moment: tuple[str, int] | None = None
    show_gate: bool = False
