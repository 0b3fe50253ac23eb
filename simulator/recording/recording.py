"""A recording: a practice with everything that came of it, in a folder of four files.

`recording.yaml` (format recording/1) holds the session's events, the ledger and the scorecard; `cassette.yaml` what was
asked of a model, where one was asked; `persona.yaml` and `rubric.yaml` the packs as they were practised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import Field, dataclass, fields, is_dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, NoReturn, TypeAlias, Union, get_args, get_origin, get_type_hints

from simulator.conversation.ledger import Ledger
from simulator.domain.events import KINDS, Event, SessionStarted, from_json, to_json
from simulator.errors import BadInput
from simulator.packs.diagnostics import shown
from simulator.packs.load import hash_of
from simulator.packs.locate import Path as Way
from simulator.recording.files import Document, content_of, read, save, written
from simulator.wording import say

FORMAT = "recording/1"
FILE, CASSETTE, PERSONA, RUBRIC = "recording.yaml", "cassette.yaml", "persona.yaml", "rubric.yaml"

LEARNER = "learner"
"""Who practises in every recording: a recording goes into a repository, and a name has no business there."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Some of the session, held in one go: from the event in place `first` on, with this model (None: with none).

    A sitting begins with nothing found out about the endpoint. `window` is in tokens, `asked` is how many requests came
    before it.
    """

    first: int
    model: str | None
    window: int
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Recording:
    """One recorded practice. `scorecard` is scorecard/1, None where the session was not graded.

    `requests` counts the interactions of the cassette; with none there is no such file. `persona` and `rubric` are the
    packs' sources.
    """

    started_at: str
    sittings: tuple[Sitting, ...]
    events: tuple[Event, ...]
    ledger: Mapping[str, Any]
    scorecard: Mapping[str, Any] | None
    requests: int
    persona: bytes
    rubric: bytes

    @property
    def started(self) -> SessionStarted:
        """The session's first event."""
        first = self.events[0]
        assert isinstance(first, SessionStarted)  # noqa: S101 -- loaded and made so
        return first


def found_in(folders: Iterable[Path]) -> tuple[Path, ...]:
    """The recordings in these folders and below, in order of their names. Raises BadInput for a folder without one.

    What is left of one whose first file is gone is found too: it must not pass for one that was never made.
    """
    found: dict[Path, None] = {}
    for folder in folders:
        if not folder.is_dir():
            raise BadInput(say("{folder}: no such folder", folder=folder))
        packs = {file.parent for file in folder.rglob(PERSONA)} & {file.parent for file in folder.rglob(RUBRIC)}
        inside = sorted(packs.union(file.parent for name in (FILE, CASSETTE) for file in folder.rglob(name)))
        if not inside:
            raise BadInput(say("{folder}: no recording ({file}) in it", folder=folder, file=FILE))
        found |= dict.fromkeys(inside)
    return tuple(found)


def load(folder: Path) -> Recording:
    """The recording in a folder. Raises BadInput, with file and line, for one that is damaged or of a newer format."""
    if not (folder / FILE).exists():
        raise BadInput(say("{file} is missing", file=FILE))
    document = read(folder / FILE)
    value = document.value
    if not isinstance(value, dict):
        document.refuse((), say("a recording is a map with format, sittings and events"))
    document.known_format(value.get("format"), FORMAT)
    keys = ("started_at", "sittings", "events", "ledger", "scorecard", "requests")
    for place, key in enumerate(keys):
        if place and value.keys() == {"format", *keys[:place]}:
            raise BadInput(say("{file}: damaged: cut off in '{key}'", file=document.file, key=keys[place - 1]))
        if key not in value:
            document.refuse((), say("damaged: '{key}' is missing", key=key))
    for key in _PLAIN:
        _checks()[key](document, (key,), value[key])
    events = _events(document, value["events"])
    sittings = tuple(Sitting(**entry) for entry in value["sittings"])
    if [sitting.first for sitting in sittings][:1] != [0]:
        document.refuse(("sittings",), say("the first sitting begins with the first event, 0"))
    recording = Recording(
        started_at=value["started_at"],
        sittings=sittings,
        events=events,
        ledger=value["ledger"],
        scorecard=value["scorecard"],
        requests=value["requests"],
        persona=content_of(folder / PERSONA),
        rubric=content_of(folder / RUBRIC),
    )
    started = recording.started
    for file, source, wanted in (
        (PERSONA, recording.persona, started.persona_hash),
        (RUBRIC, recording.rubric, started.rubric_hash),
    ):
        if wanted not in {hash_of(source), sha256(source).hexdigest()}:  # once, line ends counted
            raise BadInput(say("{file}: not the pack that was recorded; its SHA-256 differs", file=folder / file))
    return recording


def store(recording: Recording, folder: Path) -> None:
    """Write a recording, its cassette apart, into a folder. Raises StoreError."""
    value = {
        "format": FORMAT,
        "started_at": recording.started_at,
        "sittings": [_sitting_json(sitting) for sitting in recording.sittings],
        "events": [to_json(event) for event in recording.events],
        "ledger": recording.ledger,
        "scorecard": recording.scorecard,
        "requests": recording.requests,
    }
    save(folder / PERSONA, recording.persona)
    save(folder / RUBRIC, recording.rubric)
    save(folder / FILE, written(value).encode())


def _sitting_json(sitting: Sitting) -> dict[str, Any]:
    asked = {"asked": sitting.asked} if sitting.asked else {}
    return {"first": sitting.first, "model": sitting.model, "window": sitting.window, **asked}


def ledger_json(ledger: Ledger) -> dict[str, Any]:
    """A ledger as plain JSON values."""
    return {field.name: _plain(getattr(ledger, field.name)) for field in fields(ledger)}


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value


_PLAIN: Mapping[str, Any] = {
    "started_at": str,
    "sittings": tuple[Sitting, ...],
    "events": tuple[dict[str, Any], ...],
    "ledger": dict[str, Any],
    "scorecard": dict[str, Any] | None,
    "requests": int,
}


def _events(document: Document, values: Sequence[Mapping[str, Any]]) -> tuple[Event, ...]:
    events = []
    for place, value in enumerate(values):
        way: Way = ("events", place)
        kind = KINDS.get(str(value.get("kind")))
        if kind is None:
            document.refuse(way, say("no event of this program: '{kind}'", kind=shown(value.get("kind"))))
        _checks()[kind.__name__](document, way, {name: item for name, item in value.items() if name != "kind"})
        if (kind is SessionStarted) is not (place == 0):
            document.refuse(way, say("a session begins with SessionStarted, and only once"))
        events.append(from_json(value))
    if not events:
        document.refuse(("events",), say("a session begins with SessionStarted, and only once"))
    return tuple(events)


_Check: TypeAlias = Callable[[Document, Way, Any], None]
"""Raises BadInput, with the line, unless the value at the end of the way is one that can stand there."""


@cache  # working types out takes longer than all the rest
def _checks() -> Mapping[str, _Check]:
    """By a recording's key for what is plain in it, by its kind for an event."""
    return {name: _check_of(hint) for name, hint in (*_PLAIN.items(), *KINDS.items())}


def _check_of(hint: Any) -> _Check:
    if isinstance(hint, type) and is_dataclass(hint):
        hints = get_type_hints(hint)
        parts = {field.name: (field, _check_of(hints[field.name])) for field in fields(hint)}
        return lambda document, way, value: _check_parts(document, way, value, parts)
    if get_origin(hint) is tuple:
        check = _check_of(get_args(hint)[0])
        return lambda document, way, value: _check_items(document, way, value, check)
    is_one = _test_of(hint)

    def check_plain(document: Document, way: Way, value: Any) -> None:
        if not is_one(value):
            _refuse(document, way, value)

    return check_plain


def _check_parts(document: Document, way: Way, value: Any, parts: Mapping[str, tuple[Field[Any], _Check]]) -> None:
    if not isinstance(value, dict):
        _refuse(document, way, value)
    for name in value.keys() - parts.keys():
        document.refuse((*way, name), say("unknown key '{key}'", key=shown(name)))
    for name, (field, check) in parts.items():
        if name in value:
            check(document, (*way, name), value[name])
        elif field.default is field.default_factory:  # neither is given
            document.refuse(way, say("damaged: '{key}' is missing", key=name))


def _check_items(document: Document, way: Way, value: Any, check: _Check) -> None:
    if not isinstance(value, list):
        _refuse(document, way, value)
    for place, item in enumerate(value):
        check(document, (*way, place), item)


def _refuse(document: Document, way: Way, value: Any) -> NoReturn:
    document.refuse(way, say("damaged: not a value that can stand here: {value}", value=shown(value)))


def _test_of(hint: Any) -> Callable[[Any], bool]:
    """Whether a value is one of this type, which holds no others that would have to be looked into."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        tests = [_test_of(one) for one in arguments]
        return lambda value: any(is_one(value) for is_one in tests)
    if origin is Literal:
        return lambda value: value in arguments
    if hint is float:
        return lambda value: isinstance(value, (int, float)) and not isinstance(value, bool)
    if hint in {NoneType, str, int, bool}:
        return lambda value: type(value) is hint
    return lambda value: origin is dict and isinstance(value, dict)
