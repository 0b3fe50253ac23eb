"""Recordings checked: each played again and compared with what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from simulator.errors import MomentError
from simulator.processes import shared
from simulator.recording.causes import cause_drifts, pack_words
from simulator.recording.drift import Drift
from simulator.recording.outcome import outcome_drifts
from simulator.recording.recording import Recording, load
from simulator.recording.replay import Replayed, replay
from simulator.settings import Settings
from simulator.wording import speaking


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of one recording. `trouble` says why it could not be played at all, or is empty."""

    folder: Path
    drifts: tuple[Drift, ...] = ()
    trouble: str = ""


def check(folder: Path, settings: Settings, language: str = "en") -> Checked:
    """Play the recording in a folder again. `language` is the one in which differences are told. Never raises
    MomentError: what is wrong with one recording is no hindrance to the next.
    """
    with speaking(language):
        try:
            recording = load(folder)
            replayed = replay(recording, folder, settings)
        except MomentError as trouble:
            return Checked(folder, trouble=str(trouble))
        return Checked(folder, drifts_of(recording, replayed))


def drifts_of(recording: Recording, replayed: Replayed) -> tuple[Drift, ...]:
    """The differences: what was changed, then what came of it."""
    explained = pack_words(recording, replayed)
    return (*cause_drifts(recording, replayed, explained), *outcome_drifts(recording, replayed, explained))


def check_all(folders: Sequence[Path], settings: Settings, jobs: int, language: str = "en") -> Iterator[Checked]:
    """Each recording checked, in the order in which they get ready; `jobs` processes share the work."""
    return shared(partial(check, settings=settings, language=language), folders, jobs)
