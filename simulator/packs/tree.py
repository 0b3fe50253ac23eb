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
from simulator.packs.locate import START, Path, Place, Positions
from simulator.text_gate import clean
from simulator.wording import say

if TYPE_CHECKING:
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
_FULL_WIDTH_KEY = re.compile(r"\s*(?:- )*\{?\s*[\"']?(?P<key>[A-Za-z_][\w-]*)[\"']?(?P<colon>：)")
_NODES = frozenset({"ScalarEvent", "MappingStartEvent", "SequenceStartEvent", "AliasEvent"})
_DOUBLED = "\0"  # marks the path of a second value of one key: it is read past, and can be no key of a text file
_LOOK_BACK = 5  # lines: the parser stumbles over a full-width colon a line or more after it


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
        return Tree(None, Positions({}, {}, ""), (stop.fault,))
    growing = _Growing(text)
    try:
        for event in _events(text):
            growing.take(event)
    except _Stop as stop:
        growing.faults.append(stop.fault)
        growing.root = None
    else:
        if growing.root is None:
            growing.faults.append(Fault("P004", (), say("the file is empty")))
    return Tree(growing.root, Positions(growing.values, growing.keys, text), tuple(growing.faults))


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
    for row in range(min(mark.line, len(lines) - 1), max(-1, mark.line - _LOOK_BACK), -1):
        if wide := _FULL_WIDTH_KEY.match(lines[row]):
            return full_width_fault((), wide["key"], Place(row + 1, wide.start("colon") + 1))
    line = lines[mark.line] if mark.line < len(lines) else ""
    indent = line[: mark.column + 1]
    if "\t" in indent and not indent.strip(" \t-"):
        message = say("a tab in the indentation; YAML wants spaces")
        return Fault("P007", (), message, place=Place(mark.line + 1, indent.index("\t") + 1))
    place = Place(mark.line + 1, mark.column + 1)
    return Fault("P005", (), say("not YAML: {problem}", problem=shown(problem)), place=place)


def full_width_fault(path: Path, key: str, place: Place | None = None, *, at_key: bool = False) -> Fault:
    """The full-width colon by name: in a Chinese input method it is one keystroke away and looks right."""
    message = say("full-width colon '：' after '{key}'; a key wants ': ' (half-width, with a space)", key=shown(key))
    return Fault("P006", path, message, at_key=at_key, place=place)


@dataclass(slots=True)
class _Open:
    """A list or mapping that is still being read; `key` is the one whose value comes next."""

    value: Any
    path: Path
    key: str | None = None


@dataclass(slots=True)
class _Growing:
    """The tree while it is read, one event at a time."""

    text: str
    root: Any = None
    documents: int = 0
    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)

    def take(self, event: Event) -> None:
        """One parser event. Raises _Stop at whatever ends the reading."""
        name = type(event).__name__
        mark = event.start_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else START
        if name == "DocumentStartEvent":
            self._begin_document(place)
        elif name in {"MappingEndEvent", "SequenceEndEvent"}:
            self._open.pop()
        elif name in _NODES:
            self._refuse_hostile(event, place)
            if name == "ScalarEvent":
                self._scalar(event, place)
            else:
                self._enter({} if name == "MappingStartEvent" else [], place)

    def _begin_document(self, place: Place) -> None:
        self.documents += 1
        if self.documents > 1:
            raise _Stop(Fault("P011", (), say("a second document begins here; a pack is one document"), place=place))

    def _refuse_hostile(self, event: Any, place: Place) -> None:
        anchor, tag = event.anchor, getattr(event, "tag", None)
        if anchor:
            sign = "&" if hasattr(event, "tag") else "*"
            message = say(
                "'{sign}{anchor}' is a YAML alias; write the value out, or put it in quotes if it is text",
                sign=sign,
                anchor=shown(anchor),
            )
            raise _Stop(Fault("P009", self._next_path(), message, place=place))
        if tag:
            message = say("'{tag}' is a YAML tag; put it in quotes if it is text", tag=shown(tag))
            raise _Stop(Fault("P010", self._next_path(), message, place=place))
        if len(self.values) > MAX_VALUES:
            raise _Stop(Fault("P013", (), say("more than {limit} values in one file", limit=MAX_VALUES), place=place))

    def _next_path(self) -> Path:
        if not self._open:
            return ()
        top = self._open[-1]
        if isinstance(top.value, list):
            return (*top.path, len(top.value))
        return top.path if top.key is None else (*top.path, top.key)

    def _enter(self, fresh: Any, place: Place) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise _Stop(Fault("P012", (), say("nested more than {limit} levels deep", limit=MAX_DEPTH), place=place))
        if self._open and isinstance(self._open[-1].value, dict) and self._open[-1].key is None:
            raise _Stop(Fault("P005", self._open[-1].path, say("a key must be a word, not a list or map"), place=place))
        path = self._next_path()
        self._put(fresh, path, place)
        self._open.append(_Open(fresh, path))

    def _scalar(self, event: Any, place: Place) -> None:
        top = self._open[-1] if self._open else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self._key(top, self._text(event.value, place), place)
            return
        plain = event.implicit[0] and not event.style
        value = _plain(event.value) if plain else event.value
        self._put(self._text(value, place) if isinstance(value, str) else value, self._next_path(), place)

    def _key(self, top: _Open, key: str, place: Place) -> None:
        path = (*top.path, key)
        if key == "<<":
            raise _Stop(Fault("P009", top.path, say("'<<' merges maps; write the keys out"), place=place))
        if path in self.keys:
            message = say("key '{key}' stands twice; first on line {line}", key=shown(key), line=self.keys[path].line)
            self.faults.append(Fault("P008", path, message, at_key=True, place=place))
            if len(self.faults) >= MAX_FINDINGS:
                raise _Stop(self.faults.pop())
            key = f"{key}{_DOUBLED}{len(self.values)}"
        self.keys[(*top.path, key)] = place
        top.key = key

    def _put(self, value: Any, path: Path, place: Place) -> None:
        self.values[path] = place
        if not self._open:
            self.root = value
            return
        top = self._open[-1]
        if isinstance(top.value, list):
            top.value.append(value)
        elif top.key is not None:
            if _DOUBLED not in top.key:
                top.value[top.key] = value
            top.key = None

    def _text(self, value: str, place: Place) -> str:
        if value.isprintable():
            return value if value.isascii() else unicodedata.normalize("NFC", value)
        kept = clean(value)
        if kept != unicodedata.normalize("NFC", value):
            message = say("holds a character that is invisible or steers a terminal; take it out")
            self.faults.append(Fault("P023", self._next_path(), message, place=place))
        return kept


def _plain(value: str) -> Any:
    if value in _WORDS:
        return _WORDS[value]
    if number := _NUMBER.fullmatch(value):
        return float(value) if number["fraction"] else int(value)
    return value
