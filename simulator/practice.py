"""A practice from start to scorecard: packs, store, conversation and grade brought together for whoever shows it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Self

from simulator import __version__, assemble
from simulator.conversation.engine import Conversation
from simulator.conversation.record import Record, record
from simulator.conversation.state import without_undone
from simulator.domain.events import Event, HintShown, LearnerSpoke, ModelAnswered, SessionStarted
from simulator.domain.opening import Choice, Opening
from simulator.errors import BadInput, SessionBusy, StoreDamaged, StoreError
from simulator.judging import finished, grade_record, own_cards
from simulator.session_packs import common_languages, packs_of, started_of
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.domain.rubric import Stage
    from simulator.domain.scorecard import Scorecard
    from simulator.settings import Settings
    from simulator.store.store import Store
    from simulator.store.writer import SessionJournal


_LEFT = (HintShown, ModelAnswered)
"""What a branch leaves with the session it comes from."""

PAUSES = (0.1, 0.3, 0.6)
"""Seconds before each new try at a save that failed: a disk that is full for a moment, a file server that restarts."""


AWAY = timedelta(minutes=5)
"""From here on a gap between two events is no thinking: somebody had left, or the clock was set."""


class Practice:
    """One session with its writer's lock held. A context manager: leaving it frees the lock, and nothing else.

    `persona` and `rubric` are those the session started with, whatever became of their files. `endpoint` is where lines
    go; None: nowhere, the practice is offline. `took` is for how many seconds it had been held when it was taken up.
    """

    def __init__(self, settings: Settings, store: Store, session: str, company: assemble.Company) -> None:
        """Take up a stored session. Raises BadInput for none, SessionBusy where another process has it, StoreError."""
        from simulator.store.writer import SessionJournal  # noqa: PLC0415 -- the store is for those who write

        self.settings = settings
        self.endpoint = company.endpoint
        self._store = store
        self._writer = store.writer(session)
        try:
            events = store.events(session)
            self.took = _took(store, session)
            self.started = started_of(events[0])
            self.persona, self.rubric = packs_of(store, self.started)
            journal = PatientJournal(SessionJournal(self._writer))
            self.conversation = Conversation(self.persona, company.cast, journal, events)
        except BaseException:
            self._writer.close()
            raise

    def __enter__(self) -> Self:
        """The practice itself; it has held the lock since it was made."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the session back."""
        self.give_back()

    def give_back(self) -> None:
        """Free the session's lock, for whoever holds the practice longer than a block. Waits for a write under way."""
        self._writer.close()

    async def close(self) -> None:
        """Let go of the endpoint, in the event loop that used it. Whoever talked through it closes it last."""
        if self.endpoint:
            await self.endpoint.close()

    @property
    def record(self) -> Record:
        """The session so far, looked back on."""
        return record(self.conversation.events, self.persona)

    @property
    def graded(self) -> bool:
        """Whether a scorecard by its own rubric is kept with the session."""
        return bool(own_cards(self._store, self.started))

    @property
    def scorecard(self) -> Scorecard | None:
        """The latest scorecard by its own rubric that is kept with the session."""
        found = finished(self._store, self.started.session)
        return found[1] if found else None

    def origin(self) -> tuple[Record, Scorecard] | None:
        """The run this one branches from, with its latest scorecard; None for no branch, or where it was not graded.

        Raises BadInput where it has been deleted, StoreError.
        """
        branch = self.started.branches_off
        return finished(self._store, branch[0]) if branch else None

    async def grade(self, told: Callable[[Stage], None] = lambda _: None) -> Scorecard:
        """Judge the session by its own rubric; a model that plays judges too, and `told` hears of each stage after."""
        court = assemble.court(self.settings, asked=self.endpoint).announcing(told)
        return await grade_record(court, self.record, self.persona, self.rubric)

    async def keep(self, scorecard: Scorecard) -> None:
        """Store the scorecard with the session, unless its judge could not be asked at all. Raises StoreError."""
        if scorecard.unjudged:
            return
        from simulator.grading.scorecard_json import to_json  # noqa: PLC0415 -- the grader is for after the end

        card = to_json(scorecard)
        await patiently(lambda: asyncio.to_thread(self._store.save_scorecard, self.started.session, card))


def _took(store: Store, session: str) -> float:
    """Seconds between the events of a session, without the gaps in which it was left; 0 where a time is unreadable."""
    try:
        times = store.times(session)
    except StoreDamaged:  # times are for information: a session goes on without them
        return 0
    gaps = (later - earlier for earlier, later in pairwise(times))
    return sum((gap for gap in gaps if timedelta() < gap < AWAY), timedelta()).total_seconds()


class PatientJournal:
    """A session's journal that gives a failing store about a second to recover."""

    def __init__(self, journal: SessionJournal) -> None:
        self._journal = journal

    async def append(self, *events: Event) -> None:
        """Return once all events are durable, in one step. Raises the StoreError of the last try."""
        await patiently(lambda: self._journal.append(*events))


async def patiently(save: Callable[[], Awaitable[None]]) -> None:
    """Save, trying again a few times within about a second. Raises StoreError; at once where waiting is no remedy."""
    begun = monotonic()
    for pause in PAUSES:
        try:
            return await save()
        except (SessionBusy, StoreDamaged):
            raise
        except StoreError:
            if monotonic() - begun > sum(PAUSES):  # a locked file has been waited for already
                raise
        await asyncio.sleep(pause)
    return await save()


def take_up(settings: Settings, opening: Opening) -> Practice:
    """The practice of this opening. Raises BadInput for none or one that is not there, SessionBusy, StoreError."""
    if opening.choice:
        return start(settings, opening.choice)
    if opening.moment:
        return branch(settings, *opening.moment)
    if opening.resume is None:
        raise BadInput(say("name a scenario, as in: mot practice s02-forgotten-ticket (mot list personas shows them)"))
    return resume(settings, opening.resume or None)


def start(settings: Settings, choice: Choice) -> Practice:
    """A new session, durable before this returns. Raises BadInput for an unknown pack or language, StoreError."""
    shelf = assemble.shelf(settings)
    persona = shelf.persona(choice.persona)
    rubric = shelf.rubric(choice.rubric)
    languages = common_languages(persona.value, rubric.value)
    company = assemble.company(settings)
    started = SessionStarted(
        session=choice.session or assemble.new_session_id(),
        persona=persona.value.id,
        persona_hash=persona.sha256,
        rubric=rubric.value.id,
        rubric_hash=rubric.sha256,
        language=settings.language_for(languages),
        seed=assemble.new_seed() if choice.seed is None else choice.seed,
        learner=settings.learner,
        listener=company.cast.listener.name,
        actor=company.cast.actor.name,
        program=__version__,
    )
    store = assemble.store(settings)
    store.create(started, (persona.source, rubric.source))
    return Practice(settings, store, started.session, company)


def resume(settings: Settings, session: str | None) -> Practice:
    """An unfinished session: the one whose id begins so, or the latest. Raises BadInput, SessionBusy, StoreError."""
    store = assemble.store(settings)
    return Practice(settings, store, store.session_id(session), assemble.company(settings))


def branch(settings: Settings, session: str, turn: int) -> Practice:
    """A new session that begins before the learner's `turn` of another one (its id may be cut short), to try it again.

    It keeps the language, the packs and the seed, and the notes taken so far; hints and what a model was paid for stay
    with the other. Raises BadInput where that turn is not the learner's, StoreError.
    """
    store = assemble.store(settings)
    origin = store.session_id(session)
    kept, _ = without_undone(store.events(origin))
    start = started_of(kept[0])
    lines = [event.turn for event in kept if isinstance(event, LearnerSpoke)]
    if turn not in lines:
        listed = ", ".join(map(str, lines)) or "-"
        raise BadInput(say("turn {turn} is not a line of the learner's; those are {turns}", turn=turn, turns=listed))
    company = assemble.company(settings)
    began = replace(
        start,
        session=assemble.new_session_id(),
        listener=company.cast.listener.name,
        actor=company.cast.actor.name,
        program=__version__,
        branch_of=f"{origin}:{turn}",
    )
    carried = [event for event in kept[1:] if 0 < getattr(event, "turn", 0) < turn and not isinstance(event, _LEFT)]
    store.create(began, (store.pack(start.persona_hash), store.pack(start.rubric_hash)), carried)
    return Practice(settings, store, began.session, company)
