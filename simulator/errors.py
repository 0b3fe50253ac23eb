"""The exceptions this program raises on purpose, and the exit code each one ends in.

MomentError
├── BadInput            what a person handed in cannot be used (a file, a line, an option)
│   ├── LineRefused     a learner's line: empty after cleaning, or over the limit
│   ├── PackError       a persona or rubric file with findings; carries them
│   └── TranscriptError an outside transcript that cannot be read
│       └── SpeakersUnknown  nobody can tell which of its speakers is the learner; carries their names
├── EndpointError       a model did not answer, or not usably; its `outcome` says in which of the known ways
└── StoreError          the event store cannot be read or written
    ├── SessionBusy     another process is writing this session
    ├── StoreFull       the disk is full; nothing acknowledged is lost
    └── StoreDamaged    the hash chain does not hold

Foreign exceptions are translated into these once, at the edge that calls the foreign library.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Literal


class ExitCode(IntEnum):
    """What the `mot` command ends with."""

    FINE = 0
    FINDINGS = 1
    USAGE = 2
    ENDPOINT = 3
    STORAGE = 4
    INTERRUPTED = 130


class MomentError(Exception):
    """Anything this program says no to. `str(error)` is one line for a person."""

    exit_code = ExitCode.USAGE


class BadInput(MomentError):
    """What a person handed in cannot be used."""


class LineRefused(BadInput):
    """A learner's line is not a turn; it was not stored and may be typed again."""


class PackError(BadInput):
    """A persona or rubric file has findings of severity error; `findings` lists them."""

    def __init__(self, message: str, findings: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


class TranscriptError(BadInput):
    """An outside transcript cannot be read."""


class SpeakersUnknown(TranscriptError):
    """Which of its speakers is the learner, nobody can tell but a person; `names` are all of them, perhaps none."""

    def __init__(self, message: str, names: tuple[str, ...]) -> None:
        super().__init__(message)
        self.names = names


Outcome = Literal[
    "unreachable",  # no connection, or it broke before an answer began
    "unavailable",  # busy or failing (408, 409, 429, 5xx) after all tries, or for longer than a turn may wait
    "key_rejected",  # 401
    "not_allowed",  # 403
    "unknown_model",  # 404, or an error that names the model
    "quota",  # 429 for want of credit: waiting is no remedy
    "refused",  # any other request the endpoint does not take (400, 422); `reason` is its own message
    "context",  # the prompt is longer than the model's window
    "filtered",  # a content filter, or the model's own refusal
    "bad_answer",  # not the protocol: HTML, broken JSON, no choices, a malformed event, an error inside the stream
    "empty",  # no content, twice
    "tool_call",  # a tool was called instead of an answer; nothing is ever executed
    "cut",  # the stream ended without a finish_reason
    "stalled",  # no content for too long, or the turn's time is up
    "too_long",  # more than a reply may hold, or the model stopped at its own limit
    "unfit",  # structured output that does not fit its schema, twice
]
"""The ways in which asking a model can go wrong."""


class EndpointError(MomentError):
    """A model did not answer, or not usably. `outcome` says how; `retry_after` how many seconds it asked us to wait."""

    exit_code = ExitCode.ENDPOINT

    def __init__(self, message: str, outcome: Outcome = "unavailable", retry_after: float | None = None) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.retry_after = retry_after


class StoreError(MomentError):
    """The event store cannot be read or written."""

    exit_code = ExitCode.STORAGE


class SessionBusy(StoreError):
    """Another process is writing this session."""


class StoreFull(StoreError):
    """The disk is full. What was acknowledged before is kept."""


class StoreDamaged(StoreError):
    """The hash chain does not hold from the named event on."""
