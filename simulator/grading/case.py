"""Everything one grade is made from: what was said, what it did, what the ledgers hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.conversation import ledger as ledgers
from simulator.conversation.context import listen
from simulator.conversation.ports import Listener
from simulator.conversation.reconstruct import reconstruct
from simulator.conversation.record import Record
from simulator.domain.acts import Hearing
from simulator.domain.events import Ended
from simulator.domain.persona import Persona
from simulator.domain.scorecard import NeedRecord
from simulator.domain.transcript import Transcript
from simulator.language.acts import reply_acts


@dataclass(frozen=True, slots=True)
class Case:
    """One conversation as it is judged.

    `persona` is None without ground truth. `mood` is the customer's at the end (-3..3), known only of our own sessions;
    `trap_turn` and `expectation_turn` are customer turns, None where they were never said.
    """

    transcript: Transcript
    hearings: Mapping[int, Hearing]
    replies: Mapping[int, frozenset[str]]
    persona: Persona | None
    ledger: ledgers.Ledger
    needs: tuple[NeedRecord, ...]
    trap_turn: int | None = None
    expectation_turn: int | None = None
    mood: float | None = None
    walked_away: bool | None = None
    ended: Ended | None = None

    @property
    def flags(self) -> tuple[str, ...]:
        """Sentences that were set aside, as `turn N: why`."""
        found = ((n, flag) for n, hearing in sorted(self.hearings.items()) for flag in hearing.flags)
        return tuple(f"turn {n}: {flag}" for n, flag in found)


def recorded(record: Record, persona: Persona) -> Case:
    """The case of one of our own sessions."""
    return Case(
        transcript=record.transcript,
        hearings=record.hearings,
        replies=_replies(record.transcript),
        persona=persona,
        ledger=record.ledger,
        needs=record.needs,
        trap_turn=record.state.trap_turn,
        expectation_turn=record.expectation_turn,
        mood=record.state.mood,
        walked_away=record.state.ended == "walked_away",
        ended=record.state.ended,
    )


async def outside(transcript: Transcript, persona: Persona | None, listener: Listener) -> Case:
    """The case of a transcript from elsewhere: heard afresh, its needs, trap and new expectation read off the words."""
    hearings = await listen(transcript, persona, listener)
    if persona is None:
        ledger = ledgers.read(transcript, hearings, None, (), None)
        return Case(transcript, hearings, _replies(transcript), None, ledger, ())
    found = reconstruct(transcript, hearings, persona)
    ledger = ledgers.read(transcript, hearings, persona, found.needs, found.expectation_turn)
    return Case(
        transcript=transcript,
        hearings=hearings,
        replies=_replies(transcript),
        persona=persona,
        ledger=ledger,
        needs=found.needs,
        trap_turn=found.trap_turn,
        expectation_turn=found.expectation_turn,
    )


def _replies(transcript: Transcript) -> dict[int, frozenset[str]]:
    return {turn.n: reply_acts(turn.text) for turn in transcript.turns if turn.speaker == "persona"}
