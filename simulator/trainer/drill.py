"""A persona tried before people meet it: simulated learners play it, and the grade must tell them apart.

The customer is played by whoever the settings name, and heard by them too; the grade is the offline judge's, which
anybody can have again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
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
from simulator.practice import common_languages, grade_record, in_language
from simulator.settings import Settings
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
    1) that opened each need. `broken` says why a reply never came, or is empty.
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


def drill_all(work: Sequence[Task], settings: Settings, jobs: int, language: str) -> Iterator[Drilled]:
    """Each task drilled, in the order in which they get ready; `jobs` processes share the work.

    `language` is the one in which troubles are told.
    """
    if jobs == 1 or len(work) == 1:
        yield from (drill(task, settings, language) for task in work)
        return
    with ProcessPoolExecutor(min(jobs, len(work)), mp_context=get_context("spawn")) as pool:
        yield from (
            done.result() for done in as_completed(pool.submit(drill, task, settings, language) for task in work)
        )


def drill(task: Task, settings: Settings, language: str = "en") -> Drilled:
    """Have every learner play the persona. Not to be called from a running event loop."""
    shelf = assemble.shelf(settings)
    persona = in_language(shelf.persona(task.persona).value, task.language)
    rubric = in_language(shelf.rubric(settings.rubric).value, task.language)
    with speaking(language):
        plays = asyncio.run(_plays(persona, rubric, task.language, settings))
    return Drilled(task, tuple(need.id for need in persona.needs), plays)


async def _plays(persona: Persona, rubric: Rubric, language: str, settings: Settings) -> tuple[Play, ...]:
    return tuple([await _play(learner, persona, rubric, language, settings) for learner in LEARNERS.values()])


async def _play(learner: Learner, persona: Persona, rubric: Rubric, language: str, settings: Settings) -> Play:
    company = assemble.company(settings)
    started = SessionStarted(
        session=f"{persona.id}-{learner.id}",
        persona=persona.id,
        persona_hash="",
        rubric=rubric.id,
        rubric_hash="",
        language=language,
        seed=SEED,
        learner=learner.id,
        listener=company.cast.listener.name,
        actor=company.cast.actor.name,
        program=__version__,
    )
    conversation = await _held(learner, persona, started, company)
    held = record(conversation.events, persona)
    card = await grade_record(assemble.court(replace(settings, endpoint=None)), held, persona, rubric)
    failed = (event.reason for event in conversation.events if isinstance(event, PersonaSpoke))
    return Play(
        learner=learner.id,
        standing=learner.standing,
        total=card.total,
        levels={score.id: score.level for score in card.criteria},
        opened={need: opened.turn // 2 for need, opened in held.state.opened.items()},
        outcomes={need.id: need.outcome for need in held.needs},
        leaks=tuple(held.state.leaks),
        turns=held.transcript.turns,
        usage=held.state.usage,
        broken=next((reason for reason in failed if reason), ""),
    )


async def _held(learner: Learner, persona: Persona, started: SessionStarted, company: assemble.Company) -> Conversation:
    """The learner's conversation, to its end."""
    conversation = Conversation(persona, company.cast, Nowhere(), (started,))

    def next_line(state: State) -> str | None:
        line = learner.next_line(persona, state)
        return line.text if line else None

    try:
        await rehearse(conversation, next_line)
    finally:
        if company.endpoint:
            await company.endpoint.close()
    return conversation


def _faults(drilled: Drilled) -> Iterator[str]:
    for play in drilled.plays:
        if play.broken:
            yield say("{learner}: the customer fell silent: {reason}", learner=play.learner, reason=play.broken)
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
