"""What asking a model came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["listener", "actor", "judge", "coach", "learner", "drafter"]
Measured = Literal["reported", "counted", "estimated"]
"""Where token counts come from: the endpoint, the model's own encoding, or a rule of thumb."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What a model costs, for a million tokens of prompt and of reply."""

    prompt: float
    reply: float
    currency: str = "USD"


@dataclass(frozen=True, slots=True)
class Usage:
    """One request. `asked` and `answered` are model names: the one named, and the one that says it answered.

    Tokens are those of the prompt and of the reply. `left_out` counts the oldest exchanges that no longer fitted the
    model's window. `cost` is in the currency of the settings, None where no prices are set.
    """

    role: Role
    asked: str
    answered: str
    prompt_tokens: int
    reply_tokens: int
    measured: Measured
    left_out: int = 0
    cost: float | None = None
