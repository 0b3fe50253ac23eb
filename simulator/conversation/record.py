"""A session looked back on: everything the grader, the debrief and the reports need, folded from its events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulator.conversation import ledger
from simulator.conversation.state import State, fold, without_undone
from simulator.domain import events as e
from simulator.domain.acts import Hearing
from simulator.domain.persona import Persona
from simulator.domain.scorecard import NeedRecord
from simulator.domain.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Record:
    """One session. `flags` are why learner sentences were set aside, each reason once; `moods` how the customer's state
    moved, in order.
    """

    started: e.SessionStarted
    transcript: Transcript
    hearings: Mapping[int, Hearing]
    needs: tuple[NeedRecord, ...]
    state: State
    ledger: ledger.Ledger
    flags: tuple[str, ...]
    moods: tuple[e.StateMoved, ...] = ()


def record(events: Sequence[e.Event], persona: Persona) -> Record:
    """The session these events tell of. Raises ValueError if they do not begin with SessionStarted."""
    state = fold(events, persona)
    if state.started is None:
        raise ValueError("a session starts with SessionStarted")
    transcript = Transcript(state.turns, state.started.language, persona.id)
    needs = tuple(_outcome(need.id, state) for need in persona.needs)
    return Record(
        started=state.started,
        transcript=transcript,
        hearings=state.hearings,
        needs=needs,
        state=state,
        ledger=ledger.read(transcript, state.hearings, persona, needs, state.expectation_turn),
        flags=tuple(dict.fromkeys(flag for hearing in state.hearings.values() for flag in hearing.flags)),
        moods=tuple(event for event in without_undone(events)[0] if isinstance(event, e.StateMoved)),
    )


def _outcome(need: str, state: State) -> NeedRecord:
    """Elicited, volunteered, blocked or missed: the first that holds."""
    if opened := state.opened.get(need):
        return NeedRecord(need, "elicited", opened.turn + 1, opened.turn, opened.span)
    if leak := state.leaks.get(need):
        return NeedRecord(need, "volunteered", leak.turn, None, leak.span)
    if blocked := state.blocked.get(need):
        return NeedRecord(need, "blocked", None, blocked.turn, blocked.span)
    return NeedRecord(need, "missed")
