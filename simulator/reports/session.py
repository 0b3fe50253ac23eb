"""A session as JSON values with stable keys: session/1, whose schema lies in `exchange/schema/`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from simulator.conversation.guess import compare
from simulator.conversation.record import Record
from simulator.domain.persona import Persona
from simulator.domain.scorecard import Scorecard
from simulator.grading.scorecard_json import to_json, usage_json

FORMAT = "session/1"


def session_data(record: Record, persona: Persona, scorecard: Mapping[str, Any] | None) -> dict[str, Any]:
    """The session/1 object of a session; `scorecard` is a scorecard/1 object, None where it was not judged.

    It names needs by id and never by their text, so it gives nothing away before the debrief.
    """
    started, state, turns = record.started, record.state, record.transcript.turns
    return {
        "format": FORMAT,
        "session": started.session,
        "persona": started.persona,
        "rubric": started.rubric,
        "language": started.language,
        "ended": state.ended,
        "turns": [{"n": t.n, "speaker": t.speaker, "text": t.text, "status": t.status} for t in turns],
        "heard": [
            {"turn": turn, "acts": list(hearing.acts), "topics": list(hearing.topics)}
            for turn, hearing in sorted(record.hearings.items())
        ],
        "needs": [{"id": n.id, "outcome": n.outcome, "turn": n.turn, "by_turn": n.by_turn} for n in record.needs],
        "state": {"trust": state.trust, "mood": state.mood, "patience": state.patience},
        "seed": started.seed,
        "learner": started.learner,
        "hints": [{"turn": hint.turn, "need": hint.need, "step": hint.step} for hint in state.hints],
        "undone": state.undone,
        "branch_of": started.branch_of,
        "guess": _guess(record, persona),
        "notes": [{"turn": note.turn, "text": note.text} for note in state.notes],
        "contested": [{"what": one.what, "item": one.item, "reason": one.reason} for one in state.contested],
        "usage": usage_json(state.usage),
        "scorecard": scorecard,
    }


def session_json(record: Record, persona: Persona, scorecard: Scorecard | None) -> str:
    """The session/1 object as text on one line."""
    return json.dumps(session_data(record, persona, to_json(scorecard) if scorecard else None), ensure_ascii=False)


def _guess(record: Record, persona: Persona) -> dict[str, Any] | None:
    """What the learner thought was hidden, and which needs that names (recall by need, precision by line)."""
    if record.state.guess is None:
        return None
    found = compare(record.state.guess, persona)
    return {
        "lines": list(found.lines),
        "needs": list(found.hits),
        "recall": round(found.recall, 4),
        "precision": round(found.precision, 4),
    }
