"""What every format comes down to: lines that somebody spoke, who that was, and the transcript they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast, get_args

from simulator.domain.text import LANGUAGES
from simulator.domain.transcript import Speaker, Status, Transcript, Turn
from simulator.errors import SpeakersUnknown, TranscriptError
from simulator.language.tongue import tongue
from simulator.text_gate import MAX_LINE, clean
from simulator.wording import say

STATUSES: tuple[Status, ...] = get_args(Status)
MAX_TURNS = 1_000
"""Most turns in one transcript: a day of talking. More is a log, not a conversation."""

_LEARNERS = frozenset({
    "learner", "you", "me", "agent", "clerk", "staff", "employee", "trainee", "student", "user",
    "学员", "學員", "我", "客服", "员工", "員工",
})  # fmt: skip
_PERSONAS = frozenset({
    "persona", "customer", "client", "caller", "guest", "patient", "assistant",
    "顾客", "顧客", "客户", "客戶", "客人", "来电人", "來電人", "患者",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spoken:
    """One turn as a file has it. `line` is where it stands in the file, 0 where nobody can say."""

    line: int
    speaker: Speaker
    text: str
    status: Status = "complete"


def unreadable(name: str, line: int, message: str, column: int = 0) -> TranscriptError:
    """`talk.yaml:7:3: message`, without the column and the line where they are not known (0)."""
    place = "".join(f":{number}" for number in (line, column) if number)
    return TranscriptError(f"{name}{place}: {message}")


def known_role(name: str) -> Speaker | None:
    """Who speaks under this name or role; None where the word does not tell."""
    word = name.strip().casefold()
    if word in _LEARNERS:
        return "learner"
    return "persona" if word in _PERSONAS else None


def roles(names: Iterable[str], source: str, learner: str | None = None) -> Mapping[str, Speaker]:
    """Who speaks under each name: by the word itself, and where one side is a proper name, by the other.

    `learner` is the name of the learner where it is known; no other is the learner's then. Names that belong to neither
    side, where both are known already, are left out. Raises SpeakersUnknown where nobody can tell who the learner is,
    TranscriptError where nobody has that name or several may be the customer.
    """
    distinct = list(dict.fromkeys(names))
    sure = {name: role for name in distinct if (role := known_role(name))}
    if learner is not None:
        named = [name for name in distinct if _same(name, learner)]
        if not named:
            message = say(
                "nobody is called '{name}' there; it has {names}", name=clean(learner), names=_heard(distinct)
            )
            raise unreadable(source, 0, message)
        sure = {**{name: role for name, role in sure.items() if role == "persona"}, **dict.fromkeys(named, "learner")}
    proper = [name for name in distinct if name not in sure]
    sides = set(sure.values())
    if len(sides) == 2 or (sides == {"learner"} and not proper):  # noqa: PLR2004 -- both, or nobody answers
        return sure
    if len(sides) == 1 and len(proper) == 1:
        return {**sure, proper[0]: "learner" if sides == {"persona"} else "persona"}
    heard = _heard(distinct)
    if learner is None:
        message = say("who is the learner among {names}? Say it with --learner-name NAME", names=heard)
        raise SpeakersUnknown(str(unreadable(source, 0, message)), tuple(map(clean, distinct)))
    message = say("who is the customer among {names}? Name the two sides Learner and Customer", names=heard)
    raise unreadable(source, 0, message)


def known_status(status: Any, source: str, line: int) -> Status:
    """How a turn ended, for a word in a file; complete where there is none. Raises TranscriptError for another word."""
    if status is None:
        return "complete"
    if status not in STATUSES:
        raise unreadable(source, line, say("status is one of {known}", known=", ".join(STATUSES)))
    return cast("Status", status)


def known_language(language: Any, source: str, line: int) -> str | None:
    """The language a file says it is in, None where it does not. Raises TranscriptError for one that is not known."""
    if language is not None and language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        message = say("unknown language '{language}'; there is {known}", language=clean(str(language)), known=known)
        raise unreadable(source, line, message)
    return cast("str | None", language)


def _same(name: str, other: str) -> bool:
    return name.strip().casefold() == other.strip().casefold()


def _heard(names: Sequence[str]) -> str:
    return ", ".join(repr(clean(name)) for name in names[:4]) or say("nobody")


def transcript_of(name: str, spoken: Sequence[Spoken], language: str | None, persona: str | None) -> Transcript:
    """The transcript that these turns make; `language` None: the one the words are in.

    Raises TranscriptError, with file and line, for an empty or overlong turn, more than MAX_TURNS, a file in which the
    learner says nothing, and one that does not say its language where no lexicon reads the learner's.
    """
    if len(spoken) > MAX_TURNS:
        message = say("{count:,} turns; at most {limit:,} make a conversation", count=len(spoken), limit=MAX_TURNS)
        raise unreadable(name, 0, message)
    turns = tuple(Turn(n, said.speaker, _text(name, n, said), said.status) for n, said in enumerate(spoken, 1))
    learner = " ".join(turn.text for turn in turns if turn.speaker == "learner")
    if not learner:
        raise unreadable(name, 0, say("the learner says nothing in it"))
    read_as = language or tongue(learner)
    if read_as is None:
        message = say("the learner speaks a language that no lexicon knows; there is English and Chinese")
        raise unreadable(name, 0, message)
    return Transcript(turns, read_as, (persona and clean(persona).strip()) or None)


def _text(name: str, n: int, said: Spoken) -> str:
    text = clean(said.text).strip()
    if not text:
        raise unreadable(name, said.line, say("turn {n} is empty", n=n))
    if len(text) > MAX_LINE:
        message = say(
            "turn {n} has {count:,} characters; at most {limit:,} make a turn", n=n, count=len(text), limit=MAX_LINE
        )
        raise unreadable(name, said.line, message)
    return text
