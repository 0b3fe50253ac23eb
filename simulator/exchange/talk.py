"""Plain text: `Name: line`, as people write a conversation down."""

from __future__ import annotations

import re
from collections.abc import Iterable

from simulator.domain.transcript import Transcript
from simulator.exchange.spoken import Spoken, roles, transcript_of, unreadable
from simulator.wording import say

# A name, perhaps in bold and in a list or a quotation, and a colon of either width. It stands where the line begins and
# is short: an indented line, or a sentence that holds a colon further on, is no turn.
TURN = re.compile(
    r"(?:[-*>]\s+)*(?:\*\*|__)?(?P<name>[^\s:：*_#>][^:：*_]{0,38}?)(?:\*\*|__)?\s*[:：](?!(?<=\d[:：])\d)(?:\*\*|__)?(?!//)\s*(?P<words>.*)"
)
_ORNAMENT = re.compile(r"\s*(?:#.*|[-*_=]{3,}\s*|<!--.*-->\s*)?")


def read_talk(text: str, name: str, learner: str | None = None) -> Transcript:
    """The conversation of a plain text. Raises TranscriptError with the line."""
    spoken = spoken_in(enumerate(text.splitlines(), 1), name, learner)
    return transcript_of(name, spoken, None, None)


def spoken_in(numbered: Iterable[tuple[int, str]], name: str, learner: str | None) -> list[Spoken]:
    """What is said in lines with these numbers; a line without a name goes on with the turn before it.

    Headings and rules are skipped. Raises TranscriptError with the line.
    """
    lines = [(number, line, TURN.fullmatch(line)) for number, line in numbered]
    names = (turn["name"].strip() for _, line, turn in lines if turn and not _ORNAMENT.fullmatch(line))
    role = roles(names, name, learner)
    spoken: list[Spoken] = []
    for number, line, turn in lines:
        if _ORNAMENT.fullmatch(line):
            continue
        speaker = role.get(turn["name"].strip()) if turn else None
        if turn and speaker:
            spoken.append(Spoken(number, speaker, turn["words"]))
        elif not spoken:
            raise unreadable(name, number, say("nobody speaks yet; a turn begins with a name and a colon"))
        else:
            last = spoken[-1]
            spoken[-1] = Spoken(last.line, last.speaker, f"{last.text}\n{line.strip()}")
    return spoken
