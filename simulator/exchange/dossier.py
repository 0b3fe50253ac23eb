"""Everything that is kept of one learner, in one folder or one zip, for whoever asks for their data."""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.domain import events as e
from simulator.errors import BadInput
from simulator.exchange.kept import Kept
from simulator.exchange.names import file_names
from simulator.exchange.results import results_csv
from simulator.exchange.write import WRITERS
from simulator.exchange.xapi import statements_json
from simulator.replacing import PRIVATE, replacing
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.domain.rating import Rating

_FOREVER = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a zip: the same data makes the same file."""


def dossier(learner: str, conversations: Sequence[Kept], ratings: Iterable[Rating]) -> Iterator[tuple[str, str]]:
    """The files, each with its path, parts separated by `/`, and its text."""
    rated: dict[str, list[dict[str, Any]]] = {}
    for rating in ratings:
        rated.setdefault(rating.subject, []).append({**asdict(rating), "transcript": None})  # it stands beside it
    yield "README.txt", _readme(learner, len(conversations))
    yield "results.csv", results_csv(conversations)
    yield "xapi.json", statements_json(conversations)
    names = file_names(one.id for one in conversations)
    for one in conversations:
        folder = f"{'imported' if one.imported else 'sessions'}/{names[one.id]}"
        if one.transcript.turns:
            yield f"{folder}/transcript.yaml", WRITERS["yaml"](one.transcript)
            yield f"{folder}/transcript.md", WRITERS["md"](one.transcript)
        if one.events:
            told = ({"at": at.isoformat(), **e.to_json(event)} for at, event in one.events)
            yield f"{folder}/events.jsonl", "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in told)
        if one.scorecards:
            yield f"{folder}/scorecards.json", _json(one.scorecards)
        if one.id in rated:
            yield f"{folder}/ratings.json", _json(rated[one.id])


def write_folder(files: Iterable[tuple[str, str]], target: Path) -> None:
    """Write the files into a folder that is new or empty, all or none. Raises BadInput where it is neither, OSError."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BadInput(say("{folder} is there already; name a new folder", folder=target))
    making = Path(tempfile.mkdtemp(prefix=".mot-", dir=_parent(target)))
    try:
        for name, text in files:
            path = making.joinpath(*name.split("/"))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        with suppress(FileNotFoundError):
            target.rmdir()
        making.replace(target)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def write_zip(files: Iterable[tuple[str, str]], target: Path) -> None:
    """Write the files into a zip, whole or not at all. Raises BadInput where there is one already, OSError."""
    if target.exists():
        raise BadInput(say("{file} is there already; name a new file", file=target))
    whole = _parent(target) / target.resolve().name
    with replacing(whole, PRIVATE) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files:
            entry = zipfile.ZipInfo(name, _FOREVER)
            entry.external_attr = PRIVATE << 16
            archive.writestr(entry, text.encode(), zipfile.ZIP_DEFLATED)


def _parent(target: Path) -> Path:
    parent = target.resolve().parent
    if not parent.is_dir():
        raise BadInput(say("{folder} is no folder", folder=parent))
    return parent


def _readme(learner: str, count: int) -> str:
    lines = (
        say("Everything that is kept of {learner}: {count} conversations.", learner=learner, count=count),
        "",
        say("results.csv: the latest grade of each, for a spreadsheet"),
        say("xapi.json: the same as xAPI 1.0.3 statements"),
        say("sessions: what was practised here; imported: conversations from elsewhere. In each folder:"),
        say("  transcript.yaml, transcript.md: what was said"),
        say("  events.jsonl: everything that happened, in order, notes and guesses included"),
        say("  scorecards.json: every grade; ratings.json: what people found"),
    )
    return "\n".join(lines) + "\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
