"""One dataclass for each thing that can happen in a session, and their form as JSON.

A session is the list of its events in order; state, debrief, grade and replay are folds over that list.
`turn` is always the number of the turn the event belongs to, counted from 1 over both speakers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from simulator.domain.acts import Hearing
from simulator.domain.transcript import Status
from simulator.domain.usage import Usage

Ended = Literal["script", "learner", "walked_away", "technical"]
Contestable = Literal["promise", "cap"]


@dataclass(frozen=True, slots=True)
class SessionStarted:
    """The first event. Packs are kept beside the session as snapshots under these hashes (SHA-256, hex).

    `branch_of` is SESSION:TURN of the session it branches off; None for no branch.
    """

    session: str
    persona: str
    persona_hash: str
    rubric: str
    rubric_hash: str
    language: str
    seed: int
    learner: str
    listener: str
    actor: str
    program: str
    branch_of: str | None = None

    @property
    def branches_off(self) -> tuple[str, int] | None:
        """The session this one branches off, and the learner's turn there that is tried again; None for no branch."""
        session, _, turn = (self.branch_of or "").rpartition(":")
        return (session, int(turn)) if session else None


@dataclass(frozen=True, slots=True)
class LearnerSpoke:
    """The learner's line, durable before anything is asked of a listener or an actor."""

    turn: int
    text: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What the listener made of the line. `fallback` says why another listener answered instead, or is empty."""

    turn: int
    hearing: Hearing
    listener: str
    fallback: str = ""


@dataclass(frozen=True, slots=True)
class StateMoved:
    """Trust, mood and patience after the deltas named in `causes` (delta names and irritation ids), clamped."""

    turn: int
    trust: float
    mood: float
    patience: float
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IrritationHit:
    """The learner did what annoys this customer."""

    turn: int
    irritation: str
    span: str


@dataclass(frozen=True, slots=True)
class NeedOpened:
    """From here on the actor may know this need. `turn` is the learner turn that earned it."""

    turn: int
    need: str
    act: str
    span: str


@dataclass(frozen=True, slots=True)
class NeedBlocked:
    """Asked for rightly, but trust was too low or an earlier need still closed."""

    turn: int
    need: str
    span: str
    missing: Literal["trust", "predecessor"]


@dataclass(frozen=True, slots=True)
class CueDropped:
    """The reply in `turn` drops this need's cue."""

    turn: int
    need: str


@dataclass(frozen=True, slots=True)
class TrapSprung:
    """The reply in `turn` says the tempting line."""

    turn: int


@dataclass(frozen=True, slots=True)
class ConfirmAnswered:
    """The first confirm question was answered, satisfied or not, and the new expectation raised with it."""

    turn: int
    satisfied: bool
    expectation: str | None


@dataclass(frozen=True, slots=True)
class PersonaSpoke:
    """The customer's words as they were shown."""

    turn: int
    text: str
    status: Status = "complete"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ModelAnswered:
    """A model was asked in this turn; what that came to. Kept for the reply that failed too."""

    turn: int
    usage: Usage


@dataclass(frozen=True, slots=True)
class ReplyDiscarded:
    """The reply in `turn` was cut off by the endpoint and is asked for again; its line is heard afresh."""

    turn: int


@dataclass(frozen=True, slots=True)
class LeakSuspected:
    """A reply held a distinctive phrase of a need that was still locked."""

    turn: int
    need: str
    span: str


@dataclass(frozen=True, slots=True)
class WalkedAway:
    """Patience is gone; the customer left with this reply."""

    turn: int


@dataclass(frozen=True, slots=True)
class HintShown:
    """Step 1 (nudge), 2 (kind of question) or 3 (example line) of the ladder for one need."""

    turn: int
    need: str
    step: int


@dataclass(frozen=True, slots=True)
class NoteTaken:
    """A note of the learner's, kept with the session."""

    turn: int
    text: str


@dataclass(frozen=True, slots=True)
class ExchangeUndone:
    """Turns from `turn` on are taken out of the fold; what they opened is locked again."""

    turn: int


@dataclass(frozen=True, slots=True)
class Guessed:
    """What the learner thinks was hidden, written before anything was revealed; one guess a line."""

    text: str


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """The conversation is over."""

    reason: Ended


@dataclass(frozen=True, slots=True)
class Contested:
    """Somebody holds a finding of the grade to be wrong. It is recorded beside the score and never changes it.

    `item` names the finding: the quote of a promise, the id of a cap.
    """

    what: Contestable
    item: str
    reason: str


Event = (
    SessionStarted
    | LearnerSpoke
    | Heard
    | StateMoved
    | IrritationHit
    | NeedOpened
    | NeedBlocked
    | CueDropped
    | TrapSprung
    | ConfirmAnswered
    | PersonaSpoke
    | ModelAnswered
    | ReplyDiscarded
    | LeakSuspected
    | WalkedAway
    | HintShown
    | NoteTaken
    | ExchangeUndone
    | Guessed
    | SessionEnded
    | Contested
)

KINDS: Mapping[str, type[Any]] = {kind.__name__: kind for kind in get_args(Event)}


def to_json(event: Event) -> dict[str, Any]:
    """The event as plain JSON values, with its class name under `kind`."""
    return {"kind": type(event).__name__, **_plain(event)}


def from_json(value: Mapping[str, Any]) -> Event:
    """The event again. Raises ValueError for an unknown kind or a payload that does not fit it."""
    try:
        kind: Any = KINDS[value["kind"]]
        event: Event = _maker_of(kind)({name: item for name, item in value.items() if name != "kind"})
    except (KeyError, TypeError) as error:
        raise ValueError(f"not an event of this program: {error}") from error
    return event


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


@cache  # working types out takes longer than all the rest of reading an event
def _maker_of(hint: Any) -> Callable[[Any], Any]:
    """What makes a value of this type from its JSON."""
    if is_dataclass(hint) and isinstance(hint, type):
        makers = {name: maker for name, part in get_type_hints(hint).items() if (maker := _maker_of(part)) is not _same}
        return lambda value: hint(**value | {name: make(value[name]) for name, make in makers.items() if name in value})
    if get_origin(hint) is tuple:
        make_item = _maker_of(get_args(hint)[0])
        return tuple if make_item is _same else lambda items: tuple(map(make_item, items))
    return _same


def _same(value: Any) -> Any:
    return value
