"""A practice from start to scorecard: packs, store, conversation and grade brought together for whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from simulator import __version__, assemble
from simulator.conversation.engine import Conversation
from simulator.conversation.record import Record, record
from simulator.domain.events import Event, SessionStarted
from simulator.domain.persona import Persona
from simulator.domain.rubric import Rubric
from simulator.errors import BadInput, StoreDamaged

if TYPE_CHECKING:
    from simulator.domain.scorecard import Scorecard
    from simulator.domain.transcript import Transcript
    from simulator.packs.load import Loaded
    from simulator.settings import Settings
    from simulator.store.store import Store


P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a learner chose to practise. `session` and `seed` None: made here."""

    persona: str
    rubric: str
    seed: int | None = None
    session: str | None = None


class Practice:
    """One session with its writer's lock held. A context manager: leaving it frees the lock, and nothing else.

    `persona` and `rubric` are those the session started with, whatever became of their files.
    """

    def __init__(self, settings: Settings, store: Store, session: str) -> None:
        """Take up a stored session. Raises BadInput for none, SessionBusy where another process has it, StoreError."""
        self.settings = settings
        self._store = store
        from simulator.store.writer import SessionJournal  # noqa: PLC0415 -- the store is for those who write

        self._writer = store.writer(session)
        try:
            events = store.events(session)
            self.started = _started(events[0])
            self.persona, self.rubric = packs_of(store, self.started)
            cast = assemble.cast(settings)
            self.conversation = Conversation(self.persona, cast, SessionJournal(self._writer), events)
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

    @property
    def record(self) -> Record:
        """The session so far, looked back on."""
        return record(self.conversation.events, self.persona)

    async def grade(self) -> Scorecard:
        """Judge the session by its own rubric and keep the scorecard with it."""
        from simulator.grading.scorecard_json import to_json  # noqa: PLC0415 -- the grader is for after the end

        scorecard = await grade_record(self.settings, self.record, self.persona, self.rubric)
        self._store.save_scorecard(self.started.session, to_json(scorecard))
        return scorecard


def start(settings: Settings, choice: Choice) -> Practice:
    """A new session, durable before this returns. Raises BadInput for an unknown pack or language, StoreError."""
    shelf = assemble.shelf(settings)
    persona = shelf.persona(choice.persona)
    rubric = shelf.rubric(choice.rubric)
    cast = assemble.cast(settings)
    started = SessionStarted(
        session=choice.session or assemble.new_session_id(),
        persona=persona.value.id,
        persona_hash=persona.sha256,
        rubric=rubric.value.id,
        rubric_hash=rubric.sha256,
        language=settings.language_for(persona.value.profile.languages),
        seed=assemble.new_seed() if choice.seed is None else choice.seed,
        learner=settings.learner,
        listener=cast.listener.name,
        actor=cast.actor.name,
        program=__version__,
    )
    store = assemble.store(settings)
    store.create(started, (persona.source, rubric.source))
    return Practice(settings, store, started.session)


def resume(settings: Settings, session: str | None) -> Practice:
    """An unfinished session: the one whose id begins so, or the latest. Raises BadInput, SessionBusy, StoreError."""
    store = assemble.store(settings)
    return Practice(settings, store, store.session_id(session))


def packs_of(store: Store, started: Event) -> tuple[Persona, Rubric]:
    """The persona and rubric a session started with, worded for its language too. Raises StoreDamaged."""
    from simulator.packs.load import load_persona, load_rubric  # noqa: PLC0415 -- YAML is for those who read packs

    start = _started(started)
    persona = load_persona(store.pack(start.persona_hash), start.persona).value
    rubric = load_rubric(store.pack(start.rubric_hash), start.rubric).value
    return in_language(persona, start.language), in_language(rubric, start.language)


def in_language(pack: P, language: str) -> P:
    """The pack with wordings in this language: Traditional Chinese is made from Simplified where it is missing."""
    if language != "zh-Hant":
        return pack
    from simulator.packs.traditional import in_traditional  # noqa: PLC0415 -- loads a converter

    return in_traditional(pack)


async def grade_record(
    settings: Settings, practised: Record, persona: Persona, rubric: Rubric, rubric_hash: str | None = None
) -> Scorecard:
    """The scorecard of a session. `rubric_hash` names a rubric other than the one the session started with."""
    from simulator.grading.case import recorded  # noqa: PLC0415 -- the grader is for after the end
    from simulator.grading.grader import grade  # noqa: PLC0415

    judge = assemble.judge(settings, rubric)
    started = practised.started
    provenance = {
        "persona": started.persona,
        "persona_hash": started.persona_hash,
        "rubric": rubric.id,
        "rubric_hash": rubric_hash or started.rubric_hash,
        "judge": judge.name,
        "program": __version__,
    }
    return await grade(recorded(practised, persona), rubric, judge, started.language, provenance)


async def grade_transcript(
    settings: Settings, transcript: Transcript, persona: Loaded[Persona] | None, rubric: Loaded[Rubric]
) -> Scorecard:
    """The scorecard of an outside transcript; without a persona there is no ground truth."""
    from simulator.grading.case import outside  # noqa: PLC0415 -- the grader is for after the end
    from simulator.grading.grader import grade  # noqa: PLC0415

    worded = in_language(rubric.value, transcript.language)
    judge = assemble.judge(settings, worded)
    known = in_language(persona.value, transcript.language) if persona else None
    case = await outside(transcript, known, assemble.listener(settings))
    provenance = {
        "persona": persona.value.id if persona else None,
        "persona_hash": persona.sha256 if persona else None,
        "rubric": rubric.value.id,
        "rubric_hash": rubric.sha256,
        "judge": judge.name,
        "program": __version__,
    }
    return await grade(case, worded, judge, transcript.language, provenance)


def changed_since(settings: Settings, started: SessionStarted) -> tuple[str, ...]:
    """Which of the session's packs stand differently on the shelf now, by id. One that is gone has not changed."""
    shelf = assemble.shelf(settings)
    packs = (
        (started.persona, started.persona_hash, shelf.persona),
        (started.rubric, started.rubric_hash, shelf.rubric),
    )
    changed = []
    for name, sha256, find in packs:
        try:
            if find(name).sha256 != sha256:
                changed.append(name)
        except BadInput:
            continue
    return tuple(changed)


def _started(event: Event) -> SessionStarted:
    if not isinstance(event, SessionStarted):
        raise StoreDamaged("the session does not begin with its start")
    return event
