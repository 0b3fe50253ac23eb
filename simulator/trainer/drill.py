"""A persona tried before people meet it: simulated learners play it, and the grade must tell them apart.

The customer is played by whoever the settings name, and heard by them too; the grade is the offline judge's, which
anybody can have again. A model may play a learner as well, as a guest: it is told no more than learners are.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from multiprocessing import get_context

from simulator import __version__, assemble
from simulator.conversation.engine import Conversation
from simulator.conversation.record import record
from simulator.conversation.rehearsal import Nowhere, rehearse
from simulator.conversation.state import State
from simulator.domain.events import PersonaSpoke, SessionStarted
from simulator.domain.persona import Persona
from simulator.domain.rubric import Rubric
from simulator.domain.scorecard import NeedOutcome
from simulator.domain.transcript import Turn
from simulator.domain.usage import Usage
from simulator.errors import EndpointError
from simulator.judging import grade_record
from simulator.session_packs import common_languages, in_language
from simulator.settings import Endpoint, Settings
from simulator.trainer.learners import LEARNERS, Learner, Standing
from simulator.wording import say, speaking

EXPERT_AT_LEAST = 85
"""Total (0..100) from which on the shipped rubric calls a conversation excellent."""

POOR_AT_MOST = 30
"""Total that nobody gets who earned nothing: half-way to the shipped rubric's `developing`, and a little more."""

GOOD = 4
"""Level (1..5) from which on a criterion needs no word."""

SEED = 1
"""Makes the customer's wording the same in every drill."""


@dataclass(frozen=True, slots=True)
class Play:
    """One learner's conversation.

    `total` is 0..100, None where too little could be scored; `levels` are by criterion. `opened` has the exchange (from
    1) that opened each need. `broken` says why a reply, or a guest's line, never came, or is empty.
    """

    learner: str
    standing: Standing
    total: float | None
    levels: Mapping[str, int | None]
    opened: Mapping[str, int]
    outcomes: Mapping[str, NeedOutcome]
    leaks: tuple[str, ...]
    turns: tuple[Turn, ...]
    usage: tuple[Usage, ...]
    broken: str

    @property
    def false_openings(self) -> tuple[str, ...]:
        """Needs that opened to somebody who asked for none."""
        return tuple(self.opened) if self.standing == "poor" else ()


@dataclass(frozen=True, slots=True)
class Task:
    """What to drill: a persona by id or file, in one of its languages."""

    persona: str
    language: str


@dataclass(frozen=True, slots=True)
class Drilled:
    """What came of a drill. `needs` are the persona's, in order."""

    task: Task
    needs: tuple[str, ...]
    plays: tuple[Play, ...]

    def of(self, standing: Standing) -> tuple[Play, ...]:
        """The plays of learners who stand there."""
        return tuple(play for play in self.plays if play.standing == standing)

    @property
    def faults(self) -> tuple[str, ...]:
        """What keeps the persona from passing, in words."""
        return tuple(_faults(self))


def tasks(personas: Sequence[str], settings: Settings) -> tuple[Task, ...]:
    """Each persona in every language it is written in, or in the one the settings choose.

    Raises BadInput for an unknown persona, rubric or language, PackError for one that cannot be used.
    """
    shelf = assemble.shelf(settings)
    rubric = shelf.rubric(settings.rubric).value
    found: list[Task] = []
    for name in personas:
        persona = shelf.persona(name).value
        common = common_languages(persona, rubric)
        written = [tag for tag in common if tag in persona.profile.languages]
        found += [Task(name, tag) for tag in ([settings.language_for(common)] if settings.language else written)]
    return tuple(dict.fromkeys(found))


def drill_all(
    work: Sequence[Task], settings: Settings, jobs: int, language: str, guest: Endpoint | None = None
) -> Iterator[Drilled]:
    """Each task drilled, in the order in which they get ready; `jobs` processes share the work.

    `language` is the one in which troubles are told, `guest` a model that plays a learner too.
    """
    if jobs == 1 or len(work) == 1:
        yield from (drill(task, settings, language, guest) for task in work)
        return
    with ProcessPoolExecutor(min(jobs, len(work)), mp_context=get_context("spawn")) as pool:
        yield from (
            done.result() for done in as_completed(pool.submit(drill, task, settings, language, guest) for task in work)
        )


def drill(task: Task, settings: Settings, language: str = "en", guest: Endpoint | None = None) -> Drilled:
    """Have every learner play the persona, and the guest. Not to be called from a running event loop."""
    shelf = assemble.shelf(settings)
    persona = in_language(shelf.persona(task.persona).value, task.language)
    rubric = in_language(shelf.rubric(settings.rubric).value, task.language)
    with speaking(language):
        plays = asyncio.run(_plays(_Stage(persona, rubric, task.language, settings), guest))
    return Drilled(task, tuple(need.id for need in persona.needs), plays)


@dataclass(frozen=True, slots=True)
class _Stage:
    """What all learners of one drill are put before."""

    persona: Persona
    rubric: Rubric
    language: str
    settings: Settings


@dataclass(frozen=True, slots=True)
class _Player:
    """One learner of a drill, whoever plays it."""

    name: str
    standing: Standing
    next_line: Callable[[State], Awaitable[str | None]]


async def _plays(stage: _Stage, guest: Endpoint | None) -> tuple[Play, ...]:
    plays = [await _play(_simulated(learner, stage.persona), stage) for learner in LEARNERS.values()]
    if guest:
        plays.append(await _guest_play(stage, guest))
    return tuple(plays)


def _simulated(learner: Learner, persona: Persona) -> _Player:
    async def next_line(state: State) -> str | None:
        line = learner.next_line(persona, state)
        return line.text if line else None

    return _Player(learner.id, learner.standing, next_line)


async def _guest_play(stage: _Stage, guest: Endpoint) -> Play:
    model = assemble.learner(replace(stage.settings, endpoint=guest), stage.persona.profile, stage.language)

    async def next_line(state: State) -> str | None:
        return await model.next_line(state.turns)

    play = await _play(_Player(model.name, "guest", next_line), stage)
    return replace(play, usage=(*play.usage, *await model.leave()))


async def _play(player: _Player, stage: _Stage) -> Play:
    persona = stage.persona
    company = assemble.company(stage.settings)
    started = SessionStarted(
        session=f"{persona.id}-{player.name}",
        persona=persona.id,
        persona_hash="",
        rubric=stage.rubric.id,
        rubric_hash="",
        language=stage.language,
        seed=SEED,
        learner=player.name,
        listener=company.cast.listener.name,
        actor=company.cast.actor.name,
        program=__version__,
    )
    conversation = Conversation(persona, company.cast, Nowhere(), (started,))
    speechless = await _hold(conversation, player, company)
    held = record(conversation.events, persona)
    card = await grade_record(assemble.court(replace(stage.settings, endpoint=None)), held, persona, stage.rubric)
    failed = (event.reason for event in conversation.events if isinstance(event, PersonaSpoke))
    return Play(
        learner=player.name,
        standing=player.standing,
        total=card.total,
        levels={score.id: score.level for score in card.criteria},
        opened={need: opened.turn // 2 for need, opened in held.state.opened.items()},
        outcomes={need.id: need.outcome for need in held.needs},
        leaks=tuple(held.state.leaks),
        turns=held.transcript.turns,
        usage=held.state.usage,
        broken=speechless or next((reason for reason in failed if reason), ""),
    )


async def _hold(conversation: Conversation, player: _Player, company: assemble.Company) -> str:
    """Hold the learner's conversation, to its end. Gives why a line of the learner's never came, or nothing."""
    try:
        await rehearse(conversation, player.next_line)
    except EndpointError as error:
        await conversation.end("technical")
        return str(error)
    finally:
        if company.endpoint:
            await company.endpoint.close()
    return ""


def _faults(drilled: Drilled) -> Iterator[str]:
    for play in drilled.plays:
        if play.broken:
            yield say("{learner}: the conversation broke off: {reason}", learner=play.learner, reason=play.broken)
        for need in play.leaks:
            yield say("{learner}: need {need} leaked", learner=play.learner, need=need)
        for need in play.false_openings:
            told = _line_that_opened(play, need)
            yield say("{learner}: need {need} opened to “{line}”", learner=play.learner, need=need, line=told)
    yield from _unreached(drilled)
    yield from _below_the_bar(drilled)


def _unreached(drilled: Drilled) -> Iterator[str]:
    for play in drilled.of("expert"):
        for need in drilled.needs:
            if need not in play.opened:
                outcome = play.outcomes[need]
                yield say(
                    "{learner}: need {need} did not open ({outcome})", learner=play.learner, need=need, outcome=outcome
                )


def _line_that_opened(play: Play, need: str) -> str:
    return next(turn.text for turn in play.turns if turn.n == 2 * play.opened[need])


def _below_the_bar(drilled: Drilled) -> Iterator[str]:
    """Expert at its mark, poor ones below theirs, and the middling one between them."""
    best = min((play.total or 0 for play in drilled.of("expert")), default=0)
    worst = max((play.total or 0 for play in drilled.of("poor")), default=0)
    if best < EXPERT_AT_LEAST:
        low = ", ".join(
            f"{name} {level}"
            for play in drilled.of("expert")
            for name, level in play.levels.items()
            if level and level < GOOD
        )
        yield say(
            "the expert gets {total:.1f}, wanted {bar} or more; its low levels: {low}",
            total=best,
            bar=EXPERT_AT_LEAST,
            low=low,
        )
    for play in drilled.of("poor"):
        if (play.total or 0) > POOR_AT_MOST:
            yield say(
                "{learner} gets {total:.0f}, wanted {bar} or less",
                learner=play.learner,
                total=play.total,
                bar=POOR_AT_MOST,
            )
    for play in drilled.of("middling"):
        if not worst < (play.total or 0) < best:
            yield say(
                "the middling learner gets {total:.0f}, not between {worst:.0f} and {best:.0f}",
                total=play.total or 0,
                worst=worst,
                best=best,
            )
