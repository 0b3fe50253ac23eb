"""Plain text: `Name: line`, as people write a conversation down."""

from __future__ import annotations

import re
from collections.abc import Iterable

from simulator.domain.transcript import Transcript
from simulator.exchange.spoken import Spoken, roles, transcript_of, unreadable
from simulator.text_gate import clean
from simulator.wording import say

# When it was said, as people note it and chat programs export it: 10:15, (9:15 pm), [12/03/2026, 10:01:22], with dash.
_WHEN = (
    r"[\[(]?(?:\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?(?:[,，]?\s+|T))?"
    r"\d{1,2}[:：]\d\d(?:[:：]\d\d)?(?:\s*[AaPp]\.?[Mm]\b\.?)?[\])]?(?:\s+[-–—])?(?:\*\*|__)?\s*"
)
# A name, perhaps in bold and in a list or a quotation, and a colon of either width. It stands where the line begins, or
# after a time, and is short: an indented line, or a sentence that holds a colon further on, is no turn.
TURN = re.compile(
    rf"\u200e?(?:[-*>]\s+)*(?:\*\*|__)?(?:{_WHEN})?(?:\*\*|__)?"
    r"(?P<name>[^\s:：*_#>][^:：*_]{0,38}?)(?:\*\*|__)?\s*[:：](?!(?<=\d[:：])\d)(?:\*\*|__)?(?!//)\s*(?P<words>.*)"
)
# What names somebody, and no sentence with a colon in it: three words, or four Chinese characters, at most.
_NAME = re.compile(r"[\u3400-\u9fff]{1,4}|[^\s\u3400-\u9fff]+(?:\s+[^\s\u3400-\u9fff]+){0,2}")
_ORNAMENT = re.compile(r"\s*(?:#.*|[-*_=]{3,}\s*|<!--.*-->\s*)?")


def read_talk(text: str, name: str, learner: str | None = None) -> Transcript:
    """The conversation of a plain text. Raises TranscriptError with the line."""
    spoken = spoken_in(enumerate(text.splitlines(), 1), name, learner)
    return transcript_of(name, spoken, None, None)


def spoken_in(numbered: Iterable[tuple[int, str]], name: str, learner: str | None) -> list[Spoken]:
    """What is said in lines with these numbers; a line without a name goes on with the turn before it.

    Headings and rules are skipped. Raises TranscriptError with the line, also for a third name: what stands there is
    not said by whoever spoke before.
    """
    lines = [(number, line, TURN.fullmatch(line)) for number, line in numbered if not _ORNAMENT.fullmatch(line)]
    names = [turn["name"].strip() for _, _, turn in lines if turn]
    if lines and not names:
        raise unreadable(name, lines[0][0], say("nobody speaks yet; a turn begins with a name and a colon"))
    role = roles(names, name, learner)
    spoken: list[Spoken] = []
    for number, line, turn in lines:
        speaker = role.get(turn["name"].strip()) if turn else None
        if turn and speaker:
            spoken.append(Spoken(number, speaker, turn["words"]))
        elif not spoken:
            raise unreadable(name, number, say("nobody speaks yet; a turn begins with a name and a colon"))
        elif turn and _NAME.fullmatch(turn["name"].strip()):
            message = say("unknown speaker '{name}'", name=clean(turn["name"].strip()))
            raise unreadable(name, number, message + say("; indent the line if it goes on with the turn before it"))
        else:
            last = spoken[-1]
            spoken[-1] = Spoken(last.line, last.speaker, f"{last.text}\n{line.strip()}")
    return spoken
