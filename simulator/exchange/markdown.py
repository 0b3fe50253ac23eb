"""Markdown in and out: `**Learner:** words`, a turn a paragraph, what else is known of it in front.

Written so that nothing in the words is markup to whoever shows it, and read so that they come back as they were: signs
are escaped by a backslash, and a backslash at the end of a line says that the next goes on with it (CommonMark's hard
break).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from simulator.domain.transcript import Status, Transcript
from simulator.exchange.document import document_yaml, stated
from simulator.exchange.spoken import Spoken, transcript_of
from simulator.exchange.talk import spoken_in

NAMES = {"learner": "Learner", "persona": "Customer"}
"""What the two are called in every language, so that any reader of the file can tell them apart."""

_FENCE = "---\n"
_SIGN = re.compile(r"[\\`*_\[\]<>&~|]|^[#+=-]|(?<=^\d)[.)]", re.MULTILINE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BREAK = "\0"  # stands for a hard break while lines are told apart; no text file holds one
_HARD = re.compile(r"(?<!\\)((?:\\\\)*)\\\n")
_CUT = re.compile(r"\s\[(?P<status>interrupted|failed)\]\Z")


def write_markdown(transcript: Transcript) -> str:
    """The transcript as Markdown."""
    turns = (f"**{NAMES[turn.speaker]}:** {_escaped(turn.text)}{_cut(turn.status)}" for turn in transcript.turns)
    front = document_yaml(replace(transcript, turns=()))
    return f"{_FENCE}{front}{_FENCE}\n" + "\n\n".join(turns) + "\n"


def read_markdown(text: str, name: str, learner: str | None = None) -> Transcript:
    """The conversation of a Markdown text, by people or by `write_markdown`. Raises TranscriptError with the line."""
    language, persona, skipped = None, None, 0
    front, body = _parted(text)
    if front:
        language, persona = stated(front, name)
        skipped = front.count("\n") + 1
    spoken = [_plain(one) for one in spoken_in(_lines(body, skipped), name, learner)]
    return transcript_of(name, spoken, language, persona)


def is_markdown(text: str) -> bool:
    """Whether this is Markdown as `write_markdown` writes it."""
    return bool(_parted(text)[0])


def _parted(text: str) -> tuple[str, str]:
    """What stands in front, with the fence before it, and the rest; no front where it is not ours."""
    text = re.sub("\r\n?", "\n", text)
    end = text.find(f"\n{_FENCE}", len(_FENCE)) + 1
    if text.startswith(f"{_FENCE}format: transcript/1\n") and end:
        return text[:end], text[end + len(_FENCE) :]
    return "", text


def _lines(body: str, skipped: int) -> Iterator[tuple[int, str]]:
    """The lines with their numbers in the file; a hard break does not end one."""
    number = skipped + 1
    for line in _HARD.sub(lambda found: found[1] + _BREAK, body).splitlines():
        yield number, line
        number += 1 + line.count(_BREAK)


def _plain(one: Spoken) -> Spoken:
    cut = _CUT.search(one.text)
    words = one.text[: cut.start()] if cut else one.text
    status: Status = next((known for known in get_args(Status) if cut and known == cut["status"]), one.status)
    return replace(one, text=_ESCAPED.sub(r"\1", words).replace(_BREAK, "\n"), status=status)


def _escaped(text: str) -> str:
    return _SIGN.sub(r"\\\g<0>", text).replace("\n", "\\\n")


def _cut(status: Status) -> str:
    return "" if status == "complete" else f" [{status}]"
