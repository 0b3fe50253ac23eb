"""What a learner can see of the customer's patience and mood: a few words of the pack's, never a number."""

from __future__ import annotations

from simulator.conversation.state import State
from simulator.domain.persona import Persona
from simulator.domain.text import Text

LEAVING = 1.5
"""Patience at or below which one more mistake of the graver kind sends the customer away (1 or 2)."""
COLD = -1.0
WARM = 1.0
"""Moods (-3..3) from which on somebody across the counter would notice."""


def bearing(state: State, persona: Persona) -> Text | None:
    """How the customer looks or sounds now; None where there is nothing to see, or the pack has no words for it.

    At the start there is nothing to see yet: the opening line says how they feel.
    """
    seen = persona.profile.bearing
    if not state.hearings:
        return None
    if state.patience <= min(LEAVING, persona.start.patience - 1):
        return seen.get("leaving")
    if state.mood <= min(COLD, persona.start.mood):
        return seen.get("cold")
    return seen.get("warm") if state.mood >= max(WARM, persona.start.mood) else None
