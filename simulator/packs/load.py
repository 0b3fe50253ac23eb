"""A pack's bytes to frozen domain values, or to findings that say which line to change and to what."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath
from typing import Any, Generic, TypeVar

from simulator.domain.persona import Persona
from simulator.domain.rubric import Rubric
from simulator.errors import PackError
from simulator.packs.diagnostics import MAX_FINDINGS, Fault, Finding, located, nearest, shown
from simulator.packs.locate import Positions
from simulator.packs.personas import build_persona
from simulator.packs.references import inconsistent
from simulator.packs.rubrics import build_rubric
from simulator.packs.shape import Kind, misshapen, schema_of
from simulator.packs.slips import full_width_fault
from simulator.packs.tree import Tree, read_tree
from simulator.wording import say

T = TypeVar("T")

_FORMATS: dict[str, Kind] = {"persona/1": "persona", "rubric/1": "rubric"}


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T]):
    """A pack that can be used. `source` is the file with plain line feeds, `sha256` (hex) the hash of that.

    Findings are warnings.
    """

    value: T
    source: bytes
    sha256: str
    positions: Positions
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A pack as the linter sees it: `value` is None where an error stands in the findings."""

    value: Persona | Rubric | None
    findings: tuple[Finding, ...]
    positions: Positions


def load_persona(source: bytes, name: str) -> Loaded[Persona]:
    """The persona in these bytes. `name` is the file's name as people see it. Raises PackError with its findings."""
    reading = read_pack(source, name, "persona")
    return _loaded(reading, reading.value if isinstance(reading.value, Persona) else None, source)


def load_rubric(source: bytes, name: str) -> Loaded[Rubric]:
    """The rubric in these bytes. `name` is the file's name as people see it. Raises PackError with its findings."""
    reading = read_pack(source, name, "rubric")
    return _loaded(reading, reading.value if isinstance(reading.value, Rubric) else None, source)


def _loaded(reading: Reading, value: T | None, source: bytes) -> Loaded[T]:
    if value is None:
        errors = [finding for finding in reading.findings if finding.severity == "error"]
        more = say(" (and {count} more; see mot check)", count=len(errors) - 1) if len(errors) > 1 else ""
        raise PackError(f"{errors[0]}{more}", reading.findings)
    plain = _with_line_feeds(source)
    return Loaded(value, plain, hash_of(plain), reading.positions, reading.findings)


def hash_of(source: bytes) -> str:
    """The hash (hex) a pack goes by. Line ends do not count: a checkout writes them as its system does."""
    return hashlib.sha256(_with_line_feeds(source)).hexdigest()


def _with_line_feeds(source: bytes) -> bytes:
    return source.replace(b"\r\n", b"\n")


def read_pack(source: bytes, name: str, kind: Kind | None = None) -> Reading:
    """What these bytes hold and what is wrong with them; `kind` None takes what the file says it is. Never raises."""
    tree = read_tree(source)
    found, faults = _kind(tree, kind)
    value: Persona | Rubric | None = None
    if found:
        faults = [*tree.faults, *islice(_faults(tree.value, found, PurePath(name).stem), MAX_FINDINGS)]
        if not any(fault.severity == "error" for fault in faults):
            value = build_persona(tree.value) if found == "persona" else build_rubric(tree.value, tree.positions)
    findings = {located(fault, name, tree.positions): None for fault in faults[:MAX_FINDINGS]}
    return Reading(value, tuple(sorted(findings, key=lambda finding: (finding.line, finding.column))), tree.positions)


def _kind(tree: Tree, wanted: Kind | None) -> tuple[Kind | None, list[Fault]]:
    """Which format the file declares; None, with the reason, where it cannot be read further."""
    if tree.value is None:
        return None, list(tree.faults)
    if not isinstance(tree.value, dict):
        return None, [*tree.faults, *misshapen(tree.value, schema_of(wanted or "persona"))]
    formats = [name for name, kind in _FORMATS.items() if wanted in (None, kind)]
    declared = tree.value.get("format")
    other = _mistaken(tree.value, declared)
    if isinstance(declared, str) and declared in formats and not other:
        return _FORMATS[declared], []
    known = say(" or ").join(formats)
    if declared is None:
        return None, [*tree.faults, _undeclared(tree.value, known)]
    if other:
        message = say("the keys of this file are not those of {format}", format=shown(declared))
        return None, [*tree.faults, Fault("P001", ("format",), message, other)]
    message = say("format '{format}' is not read here; wanted {known}", format=shown(declared), known=known)
    return None, [*tree.faults, Fault("P001", ("format",), message, nearest(str(declared), formats))]


def _mistaken(value: dict[str, Any], declared: object) -> str:
    """The format a file is of that declares another; empty where what it declares has more of its keys."""
    kind = _FORMATS.get(str(declared))
    if kind is None or value.keys() >= set(schema_of(kind)["required"]):
        return ""
    (other,) = _FORMATS.keys() - {declared}
    own, others = (set(schema_of(one)["properties"]) for one in (kind, _FORMATS[other]))
    return other if len(value.keys() & (others - own)) > len(value.keys() & (own - others)) else ""


def _undeclared(value: dict[str, Any], known: str) -> Fault:
    if wide := next((key for key in value if key.startswith("format：")), None):
        return full_width_fault((wide,), "format", at_key=True)
    if near := nearest("format", value):
        return Fault("P014", (near,), say("unknown key '{key}'", key=shown(near)), "format", at_key=True)
    return Fault("P001", (), say("the file does not say its format; begin with `format: {known}`", known=known))


def _faults(value: Any, kind: Kind, file_id: str) -> Iterator[Fault]:
    """Faults of shape, or of consistency where the shape is right."""
    shapely = True
    for fault in misshapen(value, schema_of(kind)):
        shapely = False
        yield fault
    if shapely:
        yield from inconsistent(value, kind, file_id)
