"""The YAML of a recording's files: readable by people, bounded, and with a line to name where something is wrong.

Texts are written as block text and Chinese as Chinese. Read are plain values only: no tag, no alias, no doubled key.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from simulator.errors import BadInput, StoreError
from simulator.packs.diagnostics import shown
from simulator.packs.locate import Path as Way
from simulator.packs.locate import spelled
from simulator.replacing import replacing
from simulator.wording import say

MAX_BYTES = 64 * 1024 * 1024
"""Largest file of a recording: a thousand requests with the longest histories take a tenth of it."""

_LONG = 80  # characters of a text beyond which it gets lines of its own
_DEEPEST = 40  # levels of nesting; a hearing in an event is eight levels down
_BINARY = "tag:yaml.org,2002:binary"
_NUMBER = re.compile(r"[-+]?\d{1,300}(?P<point>\.\d*)?(?P<power>[eE][-+]?\d{1,3})?", re.ASCII)
_NUMERIC = frozenset("+-0123456789")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Document:
    """What one file holds, and the file, so that a fault can be given its place."""

    file: Path
    text: str
    value: Any

    def refuse(self, way: Way, message: str) -> NoReturn:
        """Raise BadInput for the value at the end of `way`, or the nearest one around it that is there."""
        where = f"{spelled(way)}: " if way else ""
        raise BadInput(f"{self.file}:{_line_of(self.text, way)}: {where}{message}")

    def known_format(self, declared: object, known: str) -> None:
        """Raise BadInput unless this is the format read here (`recording/1`), naming a newer one as such."""
        if declared == known:
            return
        name, _, newest = known.rpartition("/")
        version = str(declared).removeprefix(f"{name}/")
        if version.isdecimal() and int(version) > int(newest):
            self.refuse(
                (),
                say(
                    "{format} is newer than what this program reads, {known}; update the program",
                    format=f"{name}/{version}",
                    known=known,
                ),
            )
        self.refuse((), say("format is '{format}'; this program reads {known}", format=shown(declared), known=known))


def read(file: Path) -> Document:
    """The values of a file. Raises BadInput, in one line with the file and where possible the line, if it cannot be."""
    text = _text(file)
    try:
        return Document(file, text, _value_of(text))
    except _Damaged as damage:
        message = say("{file}:{line}: damaged: {problem}", file=file, line=damage.line, problem=damage)
        raise BadInput(message) from None


def written(value: Any) -> str:
    """The value as YAML."""
    import yaml  # noqa: PLC0415 -- YAML is for those who write recordings

    return yaml.dump(
        value, Dumper=_dumper(), allow_unicode=True, sort_keys=False, width=10**6, default_flow_style=False
    )


def save(file: Path, content: bytes) -> None:
    """Write the file whole or not at all. Raises StoreError."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with replacing(file) as new:
            new.write(content)
    except OSError as error:
        raise StoreError(say("{output}: not written: {reason}", output=file, reason=error.strerror)) from error


def content_of(file: Path) -> bytes:
    """The bytes of a file, bounded. Raises BadInput."""
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInput(say("{path}: {reason}", path=file, reason=error.strerror or error)) from error
    if len(content) > MAX_BYTES:
        raise BadInput(say("{path}: larger than {limit} MB", path=file, limit=MAX_BYTES // 1024 // 1024))
    return content


def _text(file: Path) -> str:
    content = content_of(file)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadInput(say("{path}:{line}: not text in UTF-8", path=file, line=line)) from None
    if b"\0" in content:
        line = content.count(b"\n", 0, content.index(b"\0")) + 1
        raise BadInput(say("{path}:{line}: a binary file, not text", path=file, line=line))
    if not text or text.isspace():
        raise BadInput(say("{path}: the file is empty", path=file))
    return text


class _Damaged(Exception):
    """The file cannot be read from this line on."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line


def _value_of(text: str) -> Any:
    """The value of the one document in the text. Raises _Damaged."""
    import yaml  # noqa: PLC0415 -- YAML is for those who read recordings

    root: list[Any] = []
    try:
        _grow(root, _loader()(text).get_event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        raise _Damaged(mark.line + 1 if mark else 1, shown(getattr(error, "problem", None) or error)) from None
    if len(root) != 1:
        raise _Damaged(1, say("one YAML document is wanted, not {count}", count=len(root)))
    return root[0]


def _grow(root: list[Any], next_event: Callable[[], Any]) -> None:
    """Fill a list with the values of the parser's events, taken one by one: no depth ends in an exhausted stack, no
    alias is followed.
    """
    import yaml  # noqa: PLC0415

    scalar, fresh = yaml.ScalarEvent, {yaml.MappingStartEvent: dict, yaml.SequenceStartEvent: list}
    ends = {yaml.MappingEndEvent, yaml.SequenceEndEvent}
    into: Any = root
    around: list[Any] = []
    key: str | None = None  # of what comes next, in a map
    while event := next_event():
        kind = type(event)
        if kind is scalar:
            if key is None and type(into) is dict:
                key = _key(event, into)
                continue
            value = _scalar(event)
        elif kind in fresh:
            value = fresh[kind]()
        elif kind in ends:
            into = around.pop()
            continue
        else:
            _pass_by(event)
            continue
        if type(into) is list:
            into.append(value)
        elif key is None:
            raise _Damaged(_line(event), say("a key must be a word, not a list or map"))
        else:
            into[key], key = value, None
        if kind is not scalar:
            if len(around) >= _DEEPEST:
                raise _Damaged(_line(event), say("nested more than {limit} levels deep", limit=_DEEPEST))
            around.append(into)
            into = value


def _pass_by(event: Any) -> None:
    """Nothing, for where streams and documents begin and end."""
    import yaml  # noqa: PLC0415

    if type(event) is yaml.AliasEvent:
        raise _Damaged(_line(event), say("aliases are not read here"))


def _key(event: Any, into: Mapping[str, Any]) -> str:
    key: str = event.value
    if key in into:
        raise _Damaged(_line(event), say("key '{key}' stands twice", key=shown(key)))
    return key


def _scalar(event: Any) -> Any:
    if event.tag == _BINARY:
        return _bytes(event)
    if event.tag and not event.implicit[1]:
        raise _Damaged(_line(event), say("'{tag}' is a YAML tag, which is not read here", tag=shown(event.tag)))
    return _plain(event.value) if event.implicit[0] and not event.style else event.value


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _bytes(event: Any) -> bytes:
    try:
        return b64decode(event.value, validate=False)
    except ValueError:
        raise _Damaged(_line(event), say("broken binary data")) from None


def _plain(value: str) -> Any:
    """What an unquoted word stands for, by YAML 1.2's core schema."""
    if value in _WORDS:
        return _WORDS[value]
    if value[0] not in _NUMERIC:  # most are words
        return value
    if number := _NUMBER.fullmatch(value):
        return float(value) if number["point"] or number["power"] else int(value)
    return value


@cache
def _dumper() -> Any:
    import yaml  # noqa: PLC0415

    class Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
        def ignore_aliases(self, data: object) -> bool:
            del data
            return True

    def text(dumper: Any, value: str) -> Any:
        style = "|" if "\n" in value or len(value) > _LONG else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    Dumper.add_representer(str, text)
    return Dumper


@cache
def _loader() -> Any:
    import yaml  # noqa: PLC0415

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _line_of(text: str, way: Way) -> int:
    """The line of the value at the end of `way`, or of the nearest one around it. Only a fault pays for this."""
    import yaml  # noqa: PLC0415

    node: Any = yaml.compose(text, Loader=_loader())
    for step in way:
        inside = {}
        if isinstance(node, yaml.MappingNode):
            inside = {key.value: value for key, value in node.value}
        elif isinstance(node, yaml.SequenceNode):
            inside = dict(enumerate(node.value))
        if step not in inside:
            break
        node = inside[step]
    return int(node.start_mark.line) + 1
