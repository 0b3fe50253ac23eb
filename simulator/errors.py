"""The exceptions this program raises on purpose, and the exit code each one ends in.

MomentError
├── BadInput            what a person handed in cannot be used (a file, a line, an option)
│   ├── LineRefused     a learner's line: empty after cleaning, or over the limit
│   ├── PackError       a persona or rubric file with findings; carries them
│   └── TranscriptError an outside transcript that cannot be read
├── EndpointError       the model's endpoint is unusable
└── StoreError          the event store cannot be read or written
    ├── SessionBusy     another process is writing this session
    ├── StoreFull       the disk is full; nothing acknowledged is lost
    └── StoreDamaged    the hash chain does not hold

Foreign exceptions are translated into these once, at the edge that calls the foreign library.
"""

from __future__ import annotations

from enum import IntEnum


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


class EndpointError(MomentError):
    """The model's endpoint is unusable."""

    exit_code = ExitCode.ENDPOINT


class StoreError(MomentError):
    """The event store cannot be read or written."""

    exit_code = ExitCode.STORAGE


class SessionBusy(StoreError):
    """Another process is writing this session."""


class StoreFull(StoreError):
    """The disk is full. What was acknowledged before is kept."""


class StoreDamaged(StoreError):
    """The hash chain does not hold from the named event on."""
