"""What people had written under MOT_HOME, to files of their own naming: kept track of, so that purging finds it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

from simulator.errors import StoreError
from simulator.replacing import PRIVATE, replacing
from simulator.wording import say

TRACK = "written.jsonl"
"""The file under MOT_HOME that tells of each output where it lies and of which conversations it holds something."""


def keep_track(home: Path, output: Path | None, ids: Collection[str]) -> None:
    """Remember that `output`, a file or folder just written, holds something of these conversations.

    What lies elsewhere than under `home` is the person's own business. Raises StoreError.
    """
    if output is None or not ids or not output.resolve().is_relative_to(home.resolve()):
        return
    where = str(output.resolve().relative_to(home.resolve()))
    line = json.dumps({"at": where, "of": sorted(ids)})
    try:
        with open(home / TRACK, "a", encoding="utf-8", opener=_private) as track:
            track.write(line + "\n")
    except OSError as error:
        raise StoreError(say("{output}: not written: {reason}", output=home / TRACK, reason=error.strerror)) from error


def forget(home: Path, ids: Collection[str]) -> None:
    """Delete what holds something of these conversations, and others with them. Raises OSError."""
    kept, gone = [], False
    for line, at, of in _tracked(home):
        if of.isdisjoint(ids):
            kept.append(line)
            continue
        gone = True
        if at.is_dir() and not at.is_symlink():
            shutil.rmtree(at)
        else:
            at.unlink(missing_ok=True)
    if gone:
        with replacing(home / TRACK, PRIVATE) as track:
            track.write("".join(kept).encode())


def _tracked(home: Path) -> Iterator[tuple[str, Path, set[str]]]:
    """Each line, where the output lies and whose it is; without what a fault made unreadable or leads elsewhere."""
    try:
        lines = (home / TRACK).read_text("utf-8", errors="replace").splitlines(keepends=True)
    except FileNotFoundError:
        return
    for line in lines:
        try:
            found = json.loads(line)
            at, of = home.resolve() / found["at"], set(found["of"])
        except (ValueError, TypeError, KeyError):
            continue
        if at.resolve().is_relative_to(home.resolve()) and at.resolve() != home.resolve():
            yield line, at, of


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, PRIVATE)
