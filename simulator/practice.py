"""A practice from start to scorecard: packs, store, conversation and grade brought together for whoever shows it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from simulator import __version__, assemble
from simulator.conversation.engine import Conversation
from simulator.conversation.record import Record, record
from simulator.conversation.state import without_undone
from simulator.domain.events import Event, HintShown, LearnerSpoke, ModelAnswered, SessionStarted
from simulator.domain.opening import Choice, Opening
from simulator.domain.persona import Persona
from simulator.domain.rubric import Rubric
from simulator.errors import BadInput, PackError, SessionBusy, StoreDamaged, StoreError
from simulator.settings import available
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.domain.rubric import Stage
    from simulator.domain.scorecard import Scorecard
    from simulator.domain.transcript import Transcript
    from simulator.grading.case import Case
    from simulator.packs.load import Loaded
    from simulator.settings import Settings
    from simulator.store.store import Store
    from simulator.store.writer import SessionJournal


P = TypeVar("P", Persona, Rubric)

_LEFT = (HintShown, ModelAnswered)
"""What a branch leaves with the session it comes from."""

PAUSES = (0.1, 0.3, 0.6)
"""Seconds before each new try at a save that failed: a disk that is full for a moment, a file server that restarts."""


class Practice:
    """One session with its writer's lock held. A context manager: leaving it frees the lock, and nothing else.

    `persona` and `rubric` are those the session started with, whatever became of their files. `endpoint` is where lines
    go; None: nowhere, the practice is offline.
    """

    def __init__(self, settings: Settings, store: Store, session: str, company: assemble.Company) -> None:
        """Take up a stored session. Raises BadInput for none, SessionBusy where another process has it, StoreError."""
        self.settings = settings
        self.endpoint = company.endpoint
        self._store = store
        from simulator.store.writer import SessionJournal  # noqa: PLC0415 -- the store is for those who write

        self._writer = store.writer(session)
        try:
            events = store.events(session)
            self.started = _started(events[0])
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
        return self.scorecard is not None

    @property
    def scorecard(self) -> Scorecard | None:
        """The latest scorecard by its own rubric that is kept with the session."""
        found = finished(self._store, self.started.session)
        return found[1] if found else None

    def origin(self) -> tuple[Record, Scorecard] | None:
        """The run this one branches from, with its latest scorecard; None for no branch, or where it was not graded.

        Raises BadInput where it has been deleted, StoreError.
        """
        session, _, _ = (self.started.branch_of or "").rpartition(":")
        if not session:
            return None
        return finished(self._store, session)

    async def grade(self, told: Callable[[Stage], None] = lambda _: None) -> Scorecard:
        """Judge the session by its own rubric; a model that plays judges too, and `told` hears each stage before."""
        court = assemble.court(self.settings, asked=self.endpoint).announcing(told)
        return await grade_record(court, self.record, self.persona, self.rubric)

    async def keep(self, scorecard: Scorecard) -> None:
        """Store the scorecard with the session, unless its judge could not be asked at all. Raises StoreError."""
        if scorecard.unjudged:
            return
        from simulator.grading.scorecard_json import to_json  # noqa: PLC0415 -- the grader is for after the end

        card = to_json(scorecard)
        await patiently(lambda: asyncio.to_thread(self._store.save_scorecard, self.started.session, card))


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
    start = _started(kept[0])
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


def finished(store: Store, session: str) -> tuple[Record, Scorecard] | None:
    """A stored session looked back on, with its latest scorecard by the rubric it was held with; None where there is
    none. What another rubric said of it has other criteria.

    Raises BadInput for no such session, StoreError.
    """
    from simulator.grading.scorecard_json import from_json  # noqa: PLC0415 -- the grader is for after the end

    events = store.events(session)
    own = _started(events[0]).rubric_hash
    kept = [card for card in store.scorecards(session) if card["provenance"]["rubric_hash"] == own]
    if not kept:
        return None
    persona, _ = packs_of(store, events[0])
    looked_back = record(events, persona)
    return looked_back, replace(from_json(kept[-1]), needs=looked_back.needs)


def packs_of(store: Store, started: Event) -> tuple[Persona, Rubric]:
    """The persona and rubric a session started with, worded for its language too. Raises StoreDamaged."""
    from simulator.packs.load import load_persona, load_rubric  # noqa: PLC0415 -- YAML is for those who read packs

    start = _started(started)
    persona = load_persona(store.pack(start.persona_hash), start.persona).value
    rubric = load_rubric(store.pack(start.rubric_hash), start.rubric).value
    return in_language(persona, start.language), in_language(rubric, start.language)


def languages_of(pack: Persona | Rubric) -> tuple[str, ...]:
    """The languages in which a session can be held with this persona, or graded by this rubric."""
    return available(pack.profile.languages if isinstance(pack, Persona) else pack.languages)


def common_languages(persona: Persona, rubric: Rubric) -> tuple[str, ...]:
    """The languages in which a session can be held with the one and graded by the other. Raises BadInput for none."""
    common = tuple(tag for tag in languages_of(persona) if tag in languages_of(rubric))
    if not common:
        message = say("persona {persona} and rubric {rubric} share no language", persona=persona.id, rubric=rubric.id)
        raise BadInput(message)
    return common


def in_language(pack: P, language: str) -> P:
    """The pack with wordings in this language: Traditional Chinese is made from Simplified where it is missing.

    Raises BadInput for a language that the pack does not offer.
    """
    known = languages_of(pack)
    if language not in known:
        message = say(
            "{pack} is not available in {language}; there is {known}",
            pack=pack.id,
            language=language,
            known=", ".join(known),
        )
        raise BadInput(message)
    if language != "zh-Hant":
        return pack
    from simulator.packs.traditional import in_traditional  # noqa: PLC0415 -- loads a converter

    return in_traditional(pack)


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
    settings: Settings,
    court: assemble.Court,
    transcript: Transcript,
    persona: Loaded[Persona] | None,
    rubric: Loaded[Rubric],
) -> Scorecard:
    """The scorecard of an outside transcript; without a persona there is no ground truth."""
    from simulator.grading.case import outside  # noqa: PLC0415 -- the grader is for after the end

    worded = in_language(rubric.value, transcript.language)
    known = in_language(persona.value, transcript.language) if persona else None
    case = await outside(transcript, known, assemble.listener(settings))
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


def changed_since(settings: Settings, started: SessionStarted, *, rubric: bool = True) -> tuple[str, ...]:
    """A line for each of the session's packs that stands differently on the shelf now; for the rubric if it is used.

    One that is gone has not changed.
    """
    shelf = assemble.shelf(settings)
    changed = []
    if _differs(shelf.persona, started.persona, started.persona_hash):
        changed.append(started.persona)
    if rubric and _differs(shelf.rubric, started.rubric, started.rubric_hash):
        changed.append(started.rubric)
    return tuple(
        say("{pack} has changed since this session began; the session's own copy of it is used", pack=name)
        for name in changed
    )


def _differs(find: Callable[[str], Loaded[Persona] | Loaded[Rubric]], name: str, sha256: str) -> bool:
    try:
        return find(name).sha256 != sha256
    except PackError:  # it could be loaded when the session began
        return True
    except BadInput:
        return False


def _started(event: Event) -> SessionStarted:
    if not isinstance(event, SessionStarted):
        raise StoreDamaged("the session does not begin with its start")
    return event
