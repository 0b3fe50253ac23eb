"""A persona tried before people meet it: simulated learners play it, whom the grade must tell apart (drilled.py).

The customer is played by whoever the settings name, and heard by them too; the grade is the offline judge's, which
anybody can have again. A model may play a learner as well, as a guest: it is told no more than learners are.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial

from simulator import assemble
from simulator.conversation.engine import Conversation
from simulator.conversation.record import record
from simulator.conversation.rehearsal import rehearse, unkept
from simulator.conversation.state import State
from simulator.domain.events import Heard, PersonaSpoke
from simulator.domain.persona import Persona
from simulator.domain.rubric import Rubric
from simulator.errors import EndpointError
from simulator.judging import grade_record
from simulator.processes import shared
from simulator.session_packs import common_languages, in_language
from simulator.settings import NamedModel, Settings
from simulator.trainer.drilled import Drilled, Play, Task
from simulator.trainer.learners import LEARNERS, Learner, Standing
from simulator.wording import speaking

SEED = 1
"""Makes the customer's wording the same in every drill."""


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
    work: Sequence[Task], settings: Settings, jobs: int, language: str, guest: NamedModel | None = None
) -> Iterator[Drilled]:
    """Each task drilled, in the order in which they get ready, until the customer falls silent; `jobs` processes share
    the work.

    `language` is the one in which troubles are told, `guest` a model that plays a learner too.
    """
    each = partial(drill, settings=settings, language=language, guest=guest)
    with closing(shared(each, work, jobs)) as results:
        for one in results:
            yield one
            if one.silent:
                return


def drill(task: Task, settings: Settings, language: str = "en", guest: NamedModel | None = None) -> Drilled:
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


async def _plays(stage: _Stage, guest: NamedModel | None) -> tuple[Play, ...]:
    plays: list[Play] = []
    for learner in LEARNERS.values():
        plays.append(await _play(_simulated(learner, stage.persona), stage))
        if plays[-1].unanswered:
            return tuple(plays)
    if guest:
        plays.append(await _guest_play(stage, guest))
    return tuple(plays)


def _simulated(learner: Learner, persona: Persona) -> _Player:
    async def next_line(state: State) -> str | None:
        line = learner.next_line(persona, state)
        return line.text if line else None

    return _Player(learner.id, learner.standing, next_line)


async def _guest_play(stage: _Stage, guest: NamedModel) -> Play:
    model = assemble.learner(replace(stage.settings, endpoint=guest), stage.persona.profile, stage.language)

    async def next_line(state: State) -> str | None:
        return await model.next_line(state.turns)

    play = await _play(_Player(model.name, "guest", next_line), stage)
    return replace(play, usage=(*play.usage, *await model.leave()))


async def _play(player: _Player, stage: _Stage) -> Play:
    persona = stage.persona
    company = assemble.company(stage.settings)
    conversation = unkept(persona, stage.rubric, company.cast, language=stage.language, learner=player.name, seed=SEED)
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
        leaks={need: leak.turn // 2 for need, leak in held.state.leaks.items()},
        turns=held.transcript.turns,
        usage=held.state.usage,
        unheard=tuple(event.fallback for event in conversation.events if isinstance(event, Heard) and event.fallback),
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
