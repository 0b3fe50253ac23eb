"""What was said, as text."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.conversation.record import Record
from simulator.domain.persona import Persona
from simulator.domain.transcript import Transcript, Turn
from simulator.reports.headings import signs
from simulator.reports.layout import wrapped
from simulator.wording import say

WIDTH = 96


def conversation_text(record: Record, persona: Persona) -> str:
    """The turns with their numbers, then the needs that may be told: all once it is over, before that the opened."""
    language = record.started.language
    title, name = (text.in_language(language) for text in (persona.profile.title, persona.profile.name))
    spoken = transcript_text(record.transcript, say("You"), name)
    return "\n".join((title, "", spoken, "", *_needs(record, persona)))


def transcript_text(transcript: Transcript, learner: str, customer: str) -> str:
    """The turns with their numbers, under these names."""
    names = {"learner": learner, "persona": customer}
    lines: list[str] = []
    for turn in transcript.turns:
        lines += wrapped(f"{names[turn.speaker]}: {turn.text}{broken(turn)}", WIDTH, "     ", f"{turn.n:3}  ")
    return "\n".join(lines)


def broken(turn: Turn) -> str:
    """That a turn did not come to its end, in the language spoken; nothing for one that did."""
    told = {"complete": "", "interrupted": say("interrupted"), "failed": say("failed")}[turn.status]
    return f" [{told}]" if told else ""


def _needs(record: Record, persona: Persona) -> Iterator[str]:
    language = record.started.language
    over = record.state.ended is not None
    told = [need for need in record.needs if over or need.outcome == "elicited"]
    for need in told:
        turn = need.by_turn or need.turn
        outcome = signs()[need.outcome]
        became = f"{outcome} · {say('turn {turn}', turn=turn)}" if turn else outcome
        text = persona.need(need.id).text.in_language(language)
        yield from wrapped(f"{need.id} ({became}): {text}", WIDTH, "    ", "  ")
    if not over:
        yield say("This conversation is not over; what else there is to find is shown afterwards.")
