"""Everything one grade is made from: what was said, what it did, what the ledgers hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from simulator.conversation import ledger as ledgers
from simulator.conversation.context import listen
from simulator.conversation.ports import Listener, Scene
from simulator.conversation.reconstruct import reconstruct
from simulator.conversation.record import Record
from simulator.domain.acts import HeardSentence, Hearing
from simulator.domain.events import Ended
from simulator.domain.persona import Persona
from simulator.domain.scorecard import NeedRecord
from simulator.domain.transcript import Transcript
from simulator.grading.idle import heeded, replies_to, telling
from simulator.language.acts import reply_acts


@dataclass(frozen=True, slots=True)
class Case:
    """One conversation as it is judged.

    `persona` is None without ground truth. `mood` is the customer's at the end (-3..3), known only of our own sessions;
    `trap_turn` and `expectation_turn` are customer turns, None where they were never said; `confirm_turn` is the
    learner's whose confirm question the customer answered, None where nobody knows of one.
    """

    transcript: Transcript
    hearings: Mapping[int, Hearing]
    replies: Mapping[int, frozenset[str]]
    persona: Persona | None
    ledger: ledgers.Ledger
    needs: tuple[NeedRecord, ...]
    trap_turn: int | None = None
    expectation_turn: int | None = None
    confirm_turn: int | None = None
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
        expectation_turn=record.state.expectation_turn,
        confirm_turn=record.state.confirmed.turn - 1 if record.state.confirmed else None,
        mood=record.state.mood,
        walked_away=record.state.ended == "walked_away",
        ended=record.state.ended,
    )


async def outside(transcript: Transcript, persona: Persona | None, listener: Listener) -> Case:
    """The case of a transcript from elsewhere: heard afresh, its needs, trap and new expectation read off the words.

    Idle talk is found in a first hearing. The rest is then heard, and its ledgers read, as if that had not been said:
    whether a sentence gives something back depends on the words it answers and on those beside it.
    """
    memory = _Memory(listener)
    hearings = await listen(transcript, persona, memory)
    quiet = _quiet(transcript, hearings, persona)
    if quiet != transcript:
        again = await listen(quiet, persona, memory)
        hearings |= {
            n: placed for n, hearing in again.items() if (placed := _in_place(hearing, transcript.turn(n).text))
        }
    if persona is None:
        ledger = ledgers.read(quiet, hearings, None, (), None)
        return Case(transcript, hearings, _replies(transcript), None, ledger, ())
    found = reconstruct(quiet, hearings, persona)
    ledger = ledgers.read(quiet, hearings, persona, found.needs, found.expectation_turn)
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


class _Memory:
    """A listener that hears the same line after the same words once: a model is paid for each."""

    def __init__(self, listener: Listener) -> None:
        self.name = listener.name
        self._listener = listener
        self._heard: dict[tuple[str, str], Hearing] = {}

    async def hear(self, line: str, scene: Scene) -> Hearing:
        key = (line, scene.previous)
        if key not in self._heard:
            self._heard[key] = await self._listener.hear(line, scene)
        return self._heard[key]


def _quiet(transcript: Transcript, hearings: Mapping[int, Hearing], persona: Persona | None) -> Transcript:
    """The transcript without idle sentences, turns that were set aside and, unless they matter, the replies to them."""
    kept = heeded(transcript, hearings, persona)
    aside = {turn.n for turn in transcript.learner_turns} - kept.keys()
    skipped = aside.union(replies_to(aside, transcript))
    if persona and aside:
        found = reconstruct(transcript, hearings, persona)
        skipped -= telling(found.needs, found.trap_turn, found.expectation_turn)
    turns = (
        replace(turn, text=_without_idle(turn.text, hearings[turn.n], kept[turn.n])) if turn.n in kept else turn
        for turn in transcript.turns
        if turn.n not in skipped
    )
    return replace(transcript, turns=tuple(turns))


def _without_idle(text: str, hearing: Hearing, kept: Sequence[HeardSentence]) -> str:
    for sentence in reversed(hearing.sentences):
        if sentence not in kept and not sentence.flag:
            text = text[: sentence.start] + text[sentence.end :]
    return text


def _in_place(hearing: Hearing, text: str) -> Hearing | None:
    """The sentences where they stand in the whole text of the turn; None where one does not, verbatim."""
    end = 0
    placed: list[HeardSentence] = []
    for sentence in hearing.sentences:
        start = text.find(sentence.text, end)
        if start < 0:
            return None
        end = start + len(sentence.text)
        placed.append(sentence if start == sentence.start else replace(sentence, start=start, end=end))
    return Hearing(tuple(placed))


def _replies(transcript: Transcript) -> dict[int, frozenset[str]]:
    return {turn.n: reply_acts(turn.text) for turn in transcript.turns if turn.speaker == "persona"}
