"""What can be looked at without a network: the place for sessions, the packs, the terminal."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from simulator import assemble
from simulator.doctor.check import Check
from simulator.errors import BadInput, StoreDamaged, StoreError
from simulator.settings import Settings
from simulator.wording import say

LITTLE_ROOM = 100 * 2**20
"""Free bytes below which a disk is called nearly full: a long session takes a hundredth of it."""
NARROW = 80
"""Columns of a terminal of the usual size, which the program's pages are drawn for."""
MARKS = "◆▇中文"
"""What the pages draw, in small: an encoding has to hold it."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where standard output goes. `columns` None: not to a terminal."""

    encoding: str
    columns: int | None
    colours: bool


def machine_checks(settings: Settings, terminal: Terminal, environment: Mapping[str, str]) -> Iterator[Check]:
    """Every check of this machine. Nothing is changed by looking."""
    yield from storage(settings)
    yield packs(settings)
    yield screen(terminal, settings.spoken)
    yield input_method(environment)


def storage(settings: Settings) -> Iterator[Check]:
    """Whether sessions can be kept, and whether those that are there are whole."""
    home = _home(settings.home)
    yield home
    if home.state != "trouble":
        yield _store(settings)


def _home(folder: Path) -> Check:
    try:
        there = folder.exists()
        place = folder if there else next(parent for parent in folder.absolute().parents if parent.exists())
        with tempfile.TemporaryFile(dir=place) as probe:
            probe.write(bytes(4096))
        free = shutil.disk_usage(place).free
        mode = stat.S_IMODE(folder.stat().st_mode) if there and os.name != "nt" else 0o700
    except OSError as error:
        found = say("{folder} cannot be written to: {reason}", folder=folder, reason=error.strerror or error)
        return Check("home", "trouble", found, say("give yourself the right to write there, or set MOT_HOME"))
    room = say("{free:,} MiB free", free=free // 2**20)
    named = folder if there else say("{folder}, made when it is needed", folder=folder)
    found = say("{first}; {second}", first=named, second=room)
    if free < LITTLE_ROOM:
        return Check("home", "note", found, say("free some space soon: a full disk ends a practice"))
    if mode & 0o077:
        advice = say("others on this machine can look into the folder (mode {mode:o}): chmod 700 it", mode=mode)
        return Check("home", "note", found, advice)
    return Check("home", "ok", found)


def _store(settings: Settings) -> Check:
    try:
        store = assemble.store(settings)
        sessions = store.sessions()
    except StoreDamaged as error:
        return Check("store", "trouble", str(error), say("move it out of the way and keep it; a new one is made"))
    except StoreError as error:
        return Check("store", "trouble", str(error), say("put that right, or set MOT_HOME to another folder"))
    damaged = [summary.id for summary in sessions if summary.damaged]
    if damaged:
        found = say("damaged sessions: {ids}", ids=", ".join(damaged))
        advice = say("mot show SESSION says where the damage begins; keep a copy of the folder; the others are whole")
        return Check("store", "trouble", found, advice)
    try:
        store.verify()
    except StoreDamaged as error:
        advice = say("keep a copy of the folder; mot export SESSION writes out what was said")
        return Check("store", "trouble", str(error), advice)
    if not sessions:
        return Check("store", "ok", say("none yet"))
    return Check("store", "ok", say("sessions: {count}, every one as it was written", count=len(sessions)))


def packs(settings: Settings) -> Check:
    """Whether every persona and rubric within reach loads."""
    from simulator.packs.find import read_source  # noqa: PLC0415 -- YAML is for those who read packs
    from simulator.packs.load import read_pack  # noqa: PLC0415

    try:
        files = assemble.shelf(settings).files()
    except BadInput as error:
        return Check("packs", "trouble", str(error), say("go to a folder that is there"))
    errors: list[str] = []
    warnings = 0
    for file in files:
        try:
            findings = read_pack(read_source(file), str(file)).findings
        except BadInput as unreadable:
            errors.append(str(unreadable))
            continue
        errors.extend(str(finding) for finding in findings if finding.severity == "error")
        warnings += sum(finding.severity == "warning" for finding in findings)
    counts = {"files": len(files), "errors": len(errors), "warnings": warnings}
    found = say("files checked: {files}, to mend: {errors}, to consider: {warnings}", **counts)
    if errors:
        found = say("{first}; {second}", first=found, second=errors[0])
        return Check("packs", "trouble", found, say("mot check names every line and what to write"))
    if not files:
        return Check("packs", "trouble", found, say("name a folder with --packs, or install the program again"))
    return Check("packs", "note" if warnings else "ok", found, say("mot check names them") if warnings else "")


def screen(terminal: Terminal, language: str) -> Check:
    """What the terminal can show."""
    if terminal.columns is None:
        return Check("terminal", "ok", say("not a terminal: plain text in UTF-8"))
    colours = say("colours") if terminal.colours else say("no colours")
    found = say(
        "{encoding}, {columns} columns, {colours}",
        encoding=terminal.encoding,
        columns=terminal.columns,
        colours=colours,
    )
    try:
        MARKS.encode(terminal.encoding)
    except (UnicodeEncodeError, LookupError):
        advice = say("Chinese and some marks show as ?; set LANG to a UTF-8 locale (Windows: chcp 65001)")
        return Check("terminal", "note", found, advice)
    if terminal.columns < NARROW:
        return Check("terminal", "note", found, say("pages look best with {columns} columns or more", columns=NARROW))
    if language != "en":
        advice = say("where columns look shifted, let the terminal draw ambiguous-width characters narrow")
        return Check("terminal", "note", found, advice)
    return Check("terminal", "ok", found)


def input_method(environment: Mapping[str, str]) -> Check:
    """Whether Chinese can be typed: under the kitty keyboard protocol what an input method commits arrives garbled."""
    value = environment.get("TEXTUAL_DISABLE_KITTY_KEY", "").strip()
    if value in {"", "1"}:
        return Check("input_method", "ok", say("nothing is in the way of an input method"))
    found = say("TEXTUAL_DISABLE_KITTY_KEY is {value}: the kitty keyboard protocol stays on", value=value)
    return Check("input_method", "note", found, say("unset it: what an input method writes arrives garbled"))
