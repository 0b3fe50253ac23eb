"""YAML bytes to plain values with their positions, and nothing that a hostile file could ask for.

Values are built from parser events rather than by a YAML constructor: reading stops at the first anchor, tag, second
document or over-deep level, before any of it costs time or memory, and every event brings its line and column.
Plain scalars follow YAML 1.2, so `NO` and `11:10` are text. The events are libyaml's, through PyYAML: a pack of 50 kB
takes 12 ms there and 240 ms in a parser written in Python, which is too long for a first screen and for a hostile file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simulator.packs.diagnostics import MAX_FINDINGS, Fault, shown
from simulator.packs.locate import START, Path, Place, Positions, Spots, place_of
from simulator.packs.slips import mend_of, named_slip, parser_words
from simulator.text_gate import clean
from simulator.wording import say

if TYPE_CHECKING:
    from yaml.error import Mark
    from yaml.events import Event

MAX_BYTES = 256 * 1024
"""Largest pack file: ten times the largest shipped one."""

MAX_DEPTH = 20
"""Deepest nesting; the formats need eight levels."""

MAX_VALUES = 20_000
"""Most values in one file: a full rubric has some five thousand."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_NUMBER = re.compile(r"[-+]?\d{1,15}(?P<fraction>\.\d{1,15})?")
_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_NODES = frozenset({"ScalarEvent", "MappingStartEvent", "SequenceStartEvent", "AliasEvent"})
_ENDS = frozenset({"MappingEndEvent", "SequenceEndEvent"})
_DOUBLED = "\0"  # marks the path of a second value of one key: it is read past, and can be no key of a text file


@dataclass(frozen=True, slots=True)
class Tree:
    """What a file holds: plain values (None where it could not be read to its end), their places, what is wrong."""

    value: Any
    positions: Positions
    faults: tuple[Fault, ...]


class _Stop(Exception):
    """Nothing after this place is worth reading."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def read_tree(source: bytes, max_bytes: int = MAX_BYTES) -> Tree:
    """The values of one YAML document. Never raises; what is wrong stands in `faults`."""
    try:
        text = _decoded(source, max_bytes)
    except _Stop as stop:
        return Tree(None, Positions(Spots(), ""), (stop.fault,))
    growing = _Growing()
    try:
        for event in _events(text):
            growing.take(event)
    except _Stop as stop:
        growing.faults.append(stop.fault)
        growing.root = None
    else:
        if growing.root is None:
            growing.faults.append(Fault("P004", (), say("the file is empty")))
    return Tree(growing.root, Positions(growing.spots, text), tuple(growing.faults))


def _decoded(source: bytes, max_bytes: int) -> str:
    if len(source) > max_bytes:
        limit = max_bytes // 1024
        raise _Stop(Fault("P002", (), say("the file is larger than {limit} KiB", limit=limit)))
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _place(source[: error.start].decode("utf-8", "replace"))
        raise _Stop(Fault("P003", (), say("not text in UTF-8"), place=place)) from None
    if control := _CONTROL.search(text):
        sign = f"U+{ord(control.group()):04X}"
        message = say("not a text file: control character {sign}", sign=sign)
        raise _Stop(Fault("P003", (), message, place=_place(text[: control.start()])))
    return text


def _place(before: str) -> Place:
    return Place(before.count("\n") + 1, len(before) - before.rfind("\n"))


def _events(text: str) -> Iterator[Event]:
    import yaml  # noqa: PLC0415 -- YAML is for those who read packs

    try:
        # Where PyYAML was built without libyaml its own parser gives the same events, slower.
        yield from yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise _Stop(_syntax_fault(error, text)) from None


def _syntax_fault(error: Exception, text: str) -> Fault:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or say("the file cannot be read as YAML")
    if mark is None:
        return Fault("P005", (), say("not YAML: {problem}", problem=shown(problem)), place=START)
    if (getattr(error, "context", None) or "") in {"while scanning an alias", "while scanning an anchor"}:
        sign = getattr(error, "context_mark", None) or mark
        message = say("'*' and '&' begin YAML aliases; put text that begins with one in quotes")
        return Fault("P009", (), message, place=Place(sign.line + 1, sign.column + 1))
    lines = text.splitlines()
    opened = getattr(error, "context_mark", None) or mark
    if slip := named_slip(lines, mark.line, mark.column, opened.line):
        return slip
    line = lines[mark.line] if mark.line < len(lines) else ""
    indent = line[: mark.column + 1]
    if "\t" in indent and not indent.strip(" \t-"):
        message = say("a tab in the indentation; YAML wants spaces")
        return Fault("P007", (), message, place=Place(mark.line + 1, indent.index("\t") + 1))
    problem = mend_of(lines, mark.line, mark.column, opened.line) or parser_words(shown(problem))
    place = Place(mark.line + 1, mark.column + 1)
    return Fault("P005", (), say("not YAML: {problem}", problem=problem), place=place)


@dataclass(slots=True)
class _Open:
    """A list or map that is still being read, and where its parts stand; `key` is the one whose value comes next."""

    value: Any
    path: Path
    spots: Spots
    is_map: bool
    key: str | None = None


@dataclass(slots=True)
class _Growing:
    """The tree while it is read, one event at a time. A pack has five thousand: paths are made for faults alone."""

    root: Any = None
    spots: Spots = field(default_factory=Spots)
    documents: int = 0
    values: int = 0
    faults: list[Fault] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)

    def take(self, event: Any) -> None:
        """One parser event. Raises _Stop at whatever ends the reading."""
        name = type(event).__name__
        if name in _NODES:
            if event.anchor or event.tag or self.values > MAX_VALUES:  # an alias has an anchor and no tag
                raise _Stop(self._hostile(event))
            if name == "ScalarEvent":
                self._scalar(event)
            else:
                self._enter(event.start_mark, is_map=name == "MappingStartEvent")
        elif name in _ENDS:
            self._open.pop()
        elif name == "DocumentStartEvent":
            self._begin_document(place_of(event.start_mark))

    def _begin_document(self, place: Place) -> None:
        self.documents += 1
        if self.documents > 1:
            raise _Stop(Fault("P011", (), say("a second document begins here; a pack is one document"), place=place))

    def _hostile(self, event: Any) -> Fault:
        """What a value asks for that no pack needs."""
        place = place_of(event.start_mark)
        if event.anchor:
            sign = "&" if hasattr(event, "tag") else "*"
            message = say(
                "'{sign}{anchor}' is a YAML alias; write the value out, or put it in quotes if it is text",
                sign=sign,
                anchor=shown(event.anchor),
            )
            return Fault("P009", self._next_path(), message, place=place)
        if event.tag:
            message = say("'{tag}' is a YAML tag; put it in quotes if it is text", tag=shown(event.tag))
            return Fault("P010", self._next_path(), message, place=place)
        return Fault("P013", (), say("more than {limit} values in one file", limit=MAX_VALUES), place=place)

    def _next_path(self) -> Path:
        if not self._open:
            return ()
        top = self._open[-1]
        if top.is_map:
            return top.path if top.key is None else (*top.path, top.key)
        return (*top.path, len(top.value))

    def _enter(self, mark: Mark, *, is_map: bool) -> None:
        place = place_of(mark)
        if len(self._open) >= MAX_DEPTH:
            raise _Stop(Fault("P012", (), say("nested more than {limit} levels deep", limit=MAX_DEPTH), place=place))
        top = self._open[-1] if self._open else None
        if top is not None and top.is_map and top.key is None:
            raise _Stop(Fault("P005", top.path, say("a key must be a word, not a list or map"), place=place))
        path = self._next_path()
        around = top.spots if top is not None else self.spots
        fresh: Any = {} if is_map else []
        inside = around.inner[path[-1] if path else ""] = Spots()
        self._put(fresh, mark)
        self._open.append(_Open(fresh, path, inside, is_map))

    def _scalar(self, event: Any) -> None:
        value, mark = event.value, event.start_mark
        top = self._open[-1] if self._open else None
        if top is not None and top.is_map and top.key is None:
            self._key(top, self._text(value, mark), mark)
            return
        if not event.style and event.implicit[0]:
            value = _plain(value)
        self._put(self._text(value, mark) if isinstance(value, str) else value, mark)

    def _key(self, top: _Open, key: str, mark: Mark) -> None:
        known = top.spots.keys
        if key == "<<":
            raise _Stop(Fault("P009", top.path, say("'<<' merges maps; write the keys out"), place=place_of(mark)))
        if key in known:
            line = place_of(known[key]).line
            message = say("key '{key}' stands twice; first on line {line}", key=shown(key), line=line)
            self.faults.append(Fault("P008", (*top.path, key), message, at_key=True, place=place_of(mark)))
            if len(self.faults) >= MAX_FINDINGS:
                raise _Stop(self.faults.pop())
            key = f"{key}{_DOUBLED}{self.values}"
        known[key] = mark
        top.key = key

    def _put(self, value: Any, mark: Mark) -> None:
        self.values += 1
        if not self._open:
            self.root = value
            self.spots.values[""] = mark
            return
        top = self._open[-1]
        if top.key is None:
            top.spots.values[len(top.value)] = mark
            top.value.append(value)
        else:
            top.spots.values[top.key] = mark
            if _DOUBLED not in top.key:
                top.value[top.key] = value
            top.key = None

    def _text(self, value: str, mark: Mark) -> str:
        if value.isprintable():
            return value if value.isascii() else unicodedata.normalize("NFC", value)
        kept = clean(value)
        if kept != unicodedata.normalize("NFC", value):
            message = say("holds a character that is invisible or steers a terminal; take it out")
            self.faults.append(Fault("P023", self._next_path(), message, place=place_of(mark)))
        return kept


def _plain(value: str) -> Any:
    if value in _WORDS:
        return _WORDS[value]
    if number := _NUMBER.fullmatch(value):
        return float(value) if number["fraction"] else int(value)
    return value
