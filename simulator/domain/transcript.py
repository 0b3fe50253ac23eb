"""What was said, by whom, in order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

Speaker = Literal["learner", "persona"]
Status = Literal["complete", "interrupted", "failed"]


OUTSIDE = "transcript:"
"""How the id of a conversation that is none of our sessions begins; the hash of its words follows."""


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
    _numbered: Mapping[int, Turn] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Number the turns once: each quote of a grade is looked up."""
        object.__setattr__(self, "_numbered", {turn.n: turn for turn in reversed(self.turns)})

    def turn(self, n: int) -> Turn:
        """The turn numbered n, the first of several. Raises LookupError."""
        return self._numbered[n]

    @property
    def learner_turns(self) -> tuple[Turn, ...]:
        """The learner's turns, in order."""
        return tuple(turn for turn in self.turns if turn.speaker == "learner")

    @property
    def id(self) -> str:
        """What a conversation from elsewhere is known by: who said what, wherever and however often that is read."""
        words = json.dumps([[turn.speaker, turn.text] for turn in self.turns], ensure_ascii=False)
        return OUTSIDE + sha256(words.encode()).hexdigest()[:16]


def to_json(transcript: Transcript) -> dict[str, Any]:
    """The transcript/1 object of a transcript, as plain JSON values."""
    turns = [asdict(turn) for turn in transcript.turns]
    return {"format": "transcript/1", "persona": transcript.persona, "language": transcript.language, "turns": turns}


def from_json(value: Mapping[str, Any]) -> Transcript:
    """The transcript again, from what `to_json` made of it."""
    return Transcript(tuple(Turn(**turn) for turn in value["turns"]), value["language"], value["persona"])


@dataclass(frozen=True, slots=True)
class Imported:
    """A conversation from elsewhere that is kept in the store. It was never practised here: it has no events.

    `learner` is whose it is, `source` the name of the file it came in. `at` is when it was taken in, in UTC; None: not
    yet. When it was held nobody knows.
    """

    transcript: Transcript
    learner: str
    source: str
    at: datetime | None = None

    @property
    def id(self) -> str:
        """The id of what was said."""
        return self.transcript.id
