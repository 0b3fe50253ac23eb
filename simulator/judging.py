"""Judging: a session or an outside transcript before a court, and what was last found of a session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from simulator import __version__, assemble
from simulator.conversation.record import Record, record
from simulator.domain.persona import Persona
from simulator.domain.rubric import Rubric
from simulator.domain.run import by_own_rubric
from simulator.session_packs import in_language, packs_of, started_of

if TYPE_CHECKING:
    from simulator.domain.events import SessionStarted
    from simulator.domain.scorecard import Scorecard
    from simulator.domain.transcript import Transcript
    from simulator.grading.case import Case
    from simulator.packs.load import Loaded
    from simulator.store.store import Store


async def grade_record(
    court: assemble.Court, practised: Record, persona: Persona, rubric: Rubric, rubric_hash: str | None = None
) -> Scorecard:
    """The scorecard of a session. `rubric_hash` names a rubric other than the one the session started with."""
    from simulator.grading.case import recorded  # noqa: PLC0415 -- the grader is for after the end

    started = practised.started
    provenance = {
        "persona": started.persona,
        "persona_hash": started.persona_hash,
        "rubric": rubric.id,
        "rubric_hash": rubric_hash or started.rubric_hash,
        "program": __version__,
    }
    return await _graded(court, recorded(practised, persona), rubric, started.language, provenance)


async def grade_transcript(
    court: assemble.Court, transcript: Transcript, persona: Loaded[Persona] | None, rubric: Loaded[Rubric]
) -> Scorecard:
    """The scorecard of an outside transcript; without a persona there is no ground truth."""
    from simulator.grading.case import outside  # noqa: PLC0415 -- the grader is for after the end

    worded = in_language(rubric.value, transcript.language)
    known = in_language(persona.value, transcript.language) if persona else None
    case = await outside(transcript, known, assemble.listener())
    provenance = {
        "persona": persona.value.id if persona else None,
        "persona_hash": persona.sha256 if persona else None,
        "rubric": rubric.value.id,
        "rubric_hash": rubric.sha256,
        "program": __version__,
    }
    return await _graded(court, case, worded, transcript.language, provenance)


async def _graded(
    court: assemble.Court, case: Case, rubric: Rubric, language: str, provenance: Mapping[str, str | None]
) -> Scorecard:
    from simulator.grading.grader import grade  # noqa: PLC0415 -- the grader is for after the end

    seat = court.seat(rubric)
    card = await grade(case, rubric, seat.judge, language, provenance)
    return seat.concluded(await seat.coach(card, case, rubric, language) if seat.coach else card)


def own_cards(store: Store, started: SessionStarted) -> list[dict[str, Any]]:
    """The grades of a session by the rubric it was held with, as JSON values, the latest last. Raises StoreError."""
    cards = store.scorecards(started.session)
    return [card for card in cards if by_own_rubric(started.rubric_hash, card["provenance"]["rubric_hash"])]


def finished(store: Store, session: str) -> tuple[Record, Scorecard] | None:
    """A stored session looked back on, with its latest scorecard by the rubric it was held with; None for none.

    Raises BadInput for no such session, StoreError.
    """
    from simulator.grading.scorecard_json import from_json  # noqa: PLC0415 -- the grader is for after the end

    events = store.events(session)
    kept = own_cards(store, started_of(events[0]))
    if not kept:
        return None
    persona, _ = packs_of(store, events[0])
    looked_back = record(events, persona)
    return looked_back, replace(from_json(kept[-1]), needs=looked_back.needs)
