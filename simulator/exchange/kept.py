"""Any conversation in the store, practised here or imported, as those who take it out see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from simulator.conversation.state import without_undone
from simulator.domain.events import Ended, Event, LearnerSpoke, PersonaSpoke, SessionEnded, SessionStarted
from simulator.domain.transcript import OUTSIDE, Transcript, Turn

if TYPE_CHECKING:
    from simulator.store.store import Store


@dataclass(frozen=True, slots=True)
class Kept:
    """One conversation. `scorecards` are its grades, oldest first, as scorecard/1 objects.

    Of an imported one `at` is None, because nobody knows when it was held, and so are `ended` and `events`.
    """

    id: str
    learner: str
    transcript: Transcript
    scorecards: tuple[Mapping[str, Any], ...]
    at: datetime | None = None
    ended: Ended | None = None
    events: tuple[tuple[datetime, Event], ...] = ()

    @property
    def imported(self) -> bool:
        """Whether it was held elsewhere."""
        return self.id.startswith(OUTSIDE)

    @property
    def scorecard(self) -> Mapping[str, Any] | None:
        """The latest grade."""
        return self.scorecards[-1] if self.scorecards else None


def kept(store: Store, conversation: str) -> Kept:
    """The conversation with this id. `at` is when it was last written to. Raises BadInput for none, StoreError."""
    scorecards = store.scorecards(conversation)
    if conversation.startswith(OUTSIDE):
        one = store.imports.get(conversation)
        return Kept(conversation, one.learner, one.transcript, scorecards)
    events = store.events(conversation)
    times = store.times(conversation)
    started = next(event for event in events if isinstance(event, SessionStarted))
    ended = next((event.reason for event in events if isinstance(event, SessionEnded)), None)
    transcript = Transcript(_turns(events), started.language, started.persona)
    told = tuple(zip(times, events, strict=True))
    return Kept(conversation, started.learner, transcript, scorecards, times[-1], ended, told)


def _turns(events: Sequence[Event]) -> tuple[Turn, ...]:
    """What was said and stayed said, numbered without gaps."""
    spoken: list[Turn] = []
    for event in without_undone(events)[0]:
        match event:
            case LearnerSpoke(text=text) if text:
                spoken.append(Turn(len(spoken) + 1, "learner", text))
            case PersonaSpoke(text=text, status=status) if text and status != "failed":
                spoken.append(Turn(len(spoken) + 1, "persona", text, status))
    return tuple(spoken)
