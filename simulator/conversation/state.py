"""Where a conversation stands: a fold over its events, and nothing that is not in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from simulator.domain import events as e
from simulator.domain.acts import Hearing
from simulator.domain.persona import Persona
from simulator.domain.transcript import Turn
from simulator.domain.usage import Usage


@dataclass(frozen=True, slots=True)
class State:
    """Everything known of a conversation at one moment.

    `trust` 0..3, `mood` -3..3, `patience` 0..start. Mappings by need are in the order things happened.
    A turn that follows an undone one takes its number. `usage` is of every request, those for undone turns included.
    `cut_off`: the endpoint broke the latest reply off, so it may be asked for again.
    """

    trust: float
    mood: float
    patience: float
    started: e.SessionStarted | None = None
    turns: tuple[Turn, ...] = ()
    hearings: Mapping[int, Hearing] = field(default_factory=dict)
    opened: Mapping[str, e.NeedOpened] = field(default_factory=dict)
    blocked: Mapping[str, e.NeedBlocked] = field(default_factory=dict)
    cues: Mapping[str, int] = field(default_factory=dict)
    leaks: Mapping[str, e.LeakSuspected] = field(default_factory=dict)
    irritations: tuple[e.IrritationHit, ...] = ()
    trap_turn: int | None = None
    confirmed: e.ConfirmAnswered | None = None
    hints: tuple[e.HintShown, ...] = ()
    notes: tuple[e.NoteTaken, ...] = ()
    guess: str | None = None
    undone: int = 0
    usage: tuple[Usage, ...] = ()
    cut_off: bool = False
    contested: tuple[e.Contested, ...] = ()
    ended: e.Ended | None = None

    @property
    def pending(self) -> Turn | None:
        """The learner's line that still waits for a reply, after a crash or a failed one."""
        last = self.turns[-1] if self.turns else None
        return last if last and last.speaker == "learner" and self.ended is None else None

    @property
    def expectation_turn(self) -> int | None:
        """The customer's turn that raised the new expectation; None while none has."""
        return self.confirmed.turn if self.confirmed and self.confirmed.expectation else None

    @property
    def last_reply(self) -> Turn | None:
        """The customer's latest turn."""
        return next((turn for turn in reversed(self.turns) if turn.speaker == "persona"), None)


def fold(events: Iterable[e.Event], persona: Persona) -> State:
    """The state after these events of one session, in their order."""
    kept, undone = without_undone(events)
    start = persona.start
    state = State(trust=start.trust, mood=start.mood, patience=start.patience, undone=undone)
    for event in kept:
        state = advance(state, event)
    return state


def advance(state: State, event: e.Event) -> State:
    """The state after one more event (any but those that take something back and so change the past: fold again)."""
    return replace(state, **_change(state, event))


def _change(state: State, event: e.Event) -> dict[str, Any]:  # noqa: C901, PLR0911, PLR0912 -- a line a kind of event
    match event:
        case e.SessionStarted():
            return {"started": event}
        case e.LearnerSpoke(turn, text):
            return {"turns": (*state.turns, Turn(turn, "learner", text))}
        case e.PersonaSpoke(status="failed"):
            return {}
        case e.PersonaSpoke(turn, text, status, reason):
            return {"turns": (*state.turns, Turn(turn, "persona", text, status)), "cut_off": bool(reason)}
        case e.ModelAnswered(usage=usage):
            return {"usage": (*state.usage, usage)}
        case e.Heard(turn, hearing):
            return {"hearings": {**state.hearings, turn: hearing}}
        case e.StateMoved(_, trust, mood, patience):
            return {"trust": trust, "mood": mood, "patience": patience}
        case e.IrritationHit():
            return {"irritations": (*state.irritations, event)}
        case e.NeedOpened(need=need):
            return {"opened": {**state.opened, need: event}}
        case e.NeedBlocked(need=need):
            return {"blocked": {**state.blocked, need: event}}
        case e.CueDropped(turn, need):
            return {"cues": {**state.cues, need: turn}}
        case e.LeakSuspected(need=need):
            return {"leaks": {**state.leaks, need: event}}
        case e.TrapSprung(turn):
            return {"trap_turn": turn}
        case e.ConfirmAnswered():
            return {"confirmed": event}
        case e.HintShown():
            return {"hints": (*state.hints, event)}
        case e.NoteTaken():
            return {"notes": (*state.notes, event)}
        case e.Guessed(text):
            return {"guess": text}
        case e.Contested():
            return {"contested": (*state.contested, event)}
        case e.SessionEnded(reason):
            return {"ended": reason}
        case e.WalkedAway():
            return {}
        case e.ExchangeUndone() | e.ReplyDiscarded():
            raise ValueError("what is taken back changes the past; fold the events again")


_NEVER_UNDONE = (e.NoteTaken, e.HintShown, e.ModelAnswered)


def without_undone(events: Iterable[e.Event]) -> tuple[list[e.Event], int]:
    """The events that still count, and how many exchanges were taken back.

    Notes and hints stay: they were taken. So does what a model was paid for. A discarded reply goes with all that was
    made of its line, but the line stays.
    """
    kept: list[e.Event] = []
    undone = 0
    for event in events:
        if isinstance(event, e.ExchangeUndone):
            undone += 1
            kept = [k for k in kept if isinstance(k, _NEVER_UNDONE) or getattr(k, "turn", 0) < event.turn]
        elif isinstance(event, e.ReplyDiscarded):
            line = event.turn - 1
            stays = (e.LearnerSpoke, *_NEVER_UNDONE)
            kept = [k for k in kept if isinstance(k, stays) or getattr(k, "turn", 0) < line]
        else:
            kept.append(event)
    return kept, undone
