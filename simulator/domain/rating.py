"""What a person found in a conversation, answering the same observations as a judge, blind to its answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator.domain.scorecard import Outcome


@dataclass(frozen=True, slots=True)
class Rating:
    """One rater's answers, by observation id; what was not answered is not in them.

    `subject` is a session's id, or `transcript:` and a hash for a conversation from elsewhere, which then stands in
    `transcript` (transcript/1 as JSON values) so that it can be judged again.
    """

    subject: str
    rater: str
    rubric: str
    rubric_hash: str
    observations: Mapping[str, Outcome]
    transcript: Mapping[str, Any] | None = None
