"""WebVTT and SubRip (SRT): captions of a recorded conversation, one turn for each run of cues by one speaker.

WebVTT by https://www.w3.org/TR/webvtt1/. SubRip has no standard: a number, a line of times, the words, a blank line.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from simulator.domain.transcript import Transcript
from simulator.exchange.spoken import Spoken, roles, transcript_of, unreadable
from simulator.exchange.talk import TURN
from simulator.wording import say

_ARROW = "-->"
_TIME = re.compile(r"(?:\d{2,}:)?[0-5]\d:[0-5]\d[.,]\d{3}")
_NO_CUE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|\Z)")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+(?P<name>[^>]+)>")
_MARKUP = re.compile(r"</?[a-z][^<>]*>|<[\d:.]+>|\{\\[^{}]*\}", re.IGNORECASE)
_UNSPACED = re.compile("[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]")
"""Chinese characters and punctuation, around which no space is wanted."""


@dataclass(frozen=True, slots=True)
class _Said:
    """Words of a cue and where they begin. `name` None: nobody is named, so the one who spoke before goes on.

    `whole` are the words with what looks like a name before them, should it turn out to be none.
    """

    line: int
    column: int
    name: str | None
    words: str
    whole: str


def read_captions(text: str, name: str, learner: str | None = None) -> Transcript:
    """The conversation in captions whose speakers are named, by `<v Name>` or else by `Name:` before their words.

    Raises TranscriptError with line and column.
    """
    lines = [line for cue in _cues(text, name) for line in cue]
    voiced = any(_VOICE.search(line) for _, line in lines)
    said = [one for number, line in lines for one in (_voices(number, line) if voiced else _named(number, line))]
    if not any(one.name for one in said):
        line, column = (said[0].line, said[0].column) if said else (0, 0)
        raise unreadable(name, line, say("nobody is named; a speaker is <v Name> or Name: before the words"), column)
    role = roles((one.name for one in said if one.name is not None), name, learner)
    spoken: list[Spoken] = []
    for one in said:
        speaker = role.get(one.name) if one.name is not None else None
        if one.name is not None and speaker is None and voiced:
            raise unreadable(name, one.line, say("unknown speaker '{name}'", name=one.name), one.column)
        words = one.words if speaker else one.whole
        if speaker is None and not spoken:
            raise unreadable(name, one.line, say("nobody is named yet; a speaker is <v Name> or Name:"), one.column)
        if spoken and speaker in {None, spoken[-1].speaker}:
            spoken[-1] = replace(spoken[-1], text=_joined(spoken[-1].text, words))
        elif speaker:
            spoken.append(Spoken(one.line, speaker, words))
    return transcript_of(name, spoken, None, None)


def _cues(text: str, name: str) -> Iterator[list[tuple[int, str]]]:
    """The lines of each cue's words, with their numbers."""
    for number, block in _blocks(text):
        if (number == 1 and block[0].startswith("WEBVTT")) or _NO_CUE.match(block[0]):
            if any(_ARROW in line for line in block[1:] if number == 1):
                raise unreadable(name, number + 1, say("a blank line stands before the first cue"), 1)
            continue
        times = 0 if _ARROW in block[0] else 1  # before them perhaps the cue's name or number
        if len(block) <= times or _ARROW not in block[times]:
            raise unreadable(name, number, say("no cue: a line of times is wanted, 00:00:01.000 --> 00:00:04.000"), 1)
        _check_times(block[times], name, number + times)
        yield [(number + n, line) for n, line in enumerate(block) if n > times]


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines that are not blank, each with the number of its first."""
    block: list[str] = []
    for number, line in enumerate((*re.split("\r\n?|\n", text), ""), 1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _check_times(line: str, name: str, number: int) -> None:
    begin, _, rest = line.partition(_ARROW)
    end = rest.split(maxsplit=1)
    for written, at in ((begin.strip(), 0), (end[0] if end else "", len(begin) + len(_ARROW))):
        if not _TIME.fullmatch(written):
            column = line.index(written, at) + 1 if written else at + 1
            raise unreadable(name, number, say("'{time}' is no time like 00:00:01.000", time=written), column)


def _voices(number: int, line: str) -> Iterable[_Said]:
    """The words of each voice in a line; what stands before the first is said by the one who spoke before."""
    ends = [*(found.start() for found in _VOICE.finditer(line)), len(line)]
    if before := _plain(line[: ends[0]]):
        yield _Said(number, 1, None, before, before)
    for found, end in zip(_VOICE.finditer(line), ends[1:], strict=True):
        words = _plain(line[found.end() : end])
        yield _Said(number, found.start() + 1, html.unescape(found["name"]).strip(), words, words)


def _named(number: int, line: str) -> Iterable[_Said]:
    words = _plain(line)
    turn = TURN.fullmatch(words)
    if turn:
        yield _Said(number, line.find(turn["name"]) + 1, turn["name"].strip(), turn["words"], words)
    elif words:
        yield _Said(number, 1, None, words, words)


def _plain(words: str) -> str:
    """The words without tags, times and positions. A tag once undone does not become another."""
    return html.unescape(_MARKUP.sub("", words)).strip()


def _joined(before: str, after: str) -> str:
    """Captions break where the picture is full, not where a sentence ends."""
    if not before or not after or (_UNSPACED.match(before[-1]) and _UNSPACED.match(after)):
        return before + after
    return f"{before} {after}"
