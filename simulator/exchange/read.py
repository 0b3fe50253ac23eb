"""One way in for every format: a file's bytes, bounded and decoded, to the reader of its format."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from simulator.domain.transcript import Transcript
from simulator.exchange.captions import read_captions
from simulator.exchange.chat import read_chat
from simulator.exchange.document import read_json, read_yaml
from simulator.exchange.markdown import is_markdown, read_markdown
from simulator.exchange.spoken import unreadable
from simulator.exchange.table import is_header, read_table
from simulator.exchange.talk import read_talk
from simulator.wording import say

MAX_BYTES = 5 * 1024 * 1024
"""Largest transcript file."""

_READERS = {
    ".yaml": read_yaml,
    ".yml": read_yaml,
    ".json": read_json,
    ".jsonl": read_chat,
    ".ndjson": read_chat,
    ".csv": read_table,
    ".tsv": read_table,
    ".md": read_markdown,
    ".txt": read_talk,
    ".vtt": read_captions,
    ".srt": read_captions,
}
ENDINGS = frozenset(_READERS)
"""How the names of files end that hold transcripts."""

_CAPTIONS = re.compile(r"WEBVTT(?:\s|\Z)|(?:\d+[ \t]*[\r\n]+)?\d+:\d\d:\d\d[.,]\d{3} --> ")


def read_transcript(path: Path, learner: str | None = None) -> Transcript:
    """The conversation a file holds. `learner` is what the learner is called in it, where it names its speakers.

    Raises TranscriptError, in one line with the file and where possible line and column in it, for a file that is
    missing, empty, binary, larger than MAX_BYTES, not UTF-8, or not what its format says; SpeakersUnknown where only a
    person can tell who the learner is.
    """
    return parse_transcript(read_bounded(path), str(path), learner)


def read_piped(stream: BinaryIO, learner: str | None = None) -> Transcript:
    """The conversation in a stream without a name, the format told by what stands inside. Raises as read_transcript."""
    name = say("standard input")
    return parse_transcript(_bounded(stream, name), name, learner)


def names_a_file(name: str) -> bool:
    """Whether this names a file rather than a conversation in the store: their ids have no dot and no folder."""
    return Path(name).exists() or "." in name or "/" in name or "\\" in name


def parse_transcript(source: bytes, name: str, learner: str | None = None) -> Transcript:
    """The same for bytes that are already here; the format follows the ending of `name`, or else what stands inside."""
    text = decoded(source, name)
    reader = _READERS.get(Path(name).suffix.lower()) or _reader_by_content(text)
    return reader(text, name, learner)


def read_bounded(path: Path) -> bytes:
    """At most MAX_BYTES of a file. Raises TranscriptError where it is larger or cannot be read."""
    try:
        with path.open("rb") as file:
            return _bounded(file, str(path))
    except OSError as error:
        raise unreadable(str(path), 0, error.strerror or str(error)) from error


def _bounded(stream: BinaryIO, name: str) -> bytes:
    source = stream.read(MAX_BYTES + 1)
    if len(source) > MAX_BYTES:
        raise unreadable(name, 0, say("larger than {limit} MB", limit=MAX_BYTES // 1024 // 1024))
    return source


def decoded(source: bytes, name: str) -> str:
    """The text of a file. Raises TranscriptError where it is empty, binary or not UTF-8, with the line."""
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise unreadable(name, line, say("not text in UTF-8")) from None
    if "\0" in text:
        raise unreadable(name, text.count("\n", 0, text.index("\0")) + 1, say("a binary file, not text"))
    if not text.strip():
        raise unreadable(name, 0, say("the file is empty"))
    return text


def _reader_by_content(text: str) -> Callable[[str, str, str | None], Transcript]:
    first = text.lstrip().splitlines()[0]
    if _CAPTIONS.match(text.lstrip()):
        return read_captions
    if is_markdown(text):
        return read_markdown
    if first.startswith("{"):
        return read_chat if first.rstrip().endswith("}") and '"role"' in first else read_json
    if re.search(r"^(?:format|schema|turns):", text, re.MULTILINE):
        return read_yaml
    if is_header(first):
        return read_table
    return read_talk
