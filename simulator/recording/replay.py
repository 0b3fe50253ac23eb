"""A recording played again through the same code, and what came of it this time."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from simulator import assemble
from simulator.conversation.engine import Conversation
from simulator.conversation.record import Record, record
from simulator.conversation.rehearsal import Nowhere
from simulator.domain.events import Event
from simulator.domain.persona import Persona
from simulator.domain.rubric import Rubric
from simulator.domain.scorecard import Scorecard
from simulator.errors import BadInput, PackError
from simulator.judging import grade_record
from simulator.recording.actions import Leaver, Step, perform, steps_of
from simulator.recording.clock import SkippingLoop, closed_sockets
from simulator.recording.recorder import ADDRESS
from simulator.recording.recording import CASSETTE, Recording, Sitting
from simulator.session_packs import in_language
from simulator.settings import NamedModel, Settings
from simulator.wording import speaking

if TYPE_CHECKING:
    from simulator.packs.find import PackShelf
    from simulator.packs.load import Loaded
    from simulator.packs.shape import Kind
    from simulator.recording.requests import Requests

T = TypeVar("T", Persona, Rubric)

NOBODY = NamedModel("", ADDRESS, "none")
"""The endpoint of a replay: the recorded model is put in its place."""


@dataclass(frozen=True, slots=True)
class Packs:
    """The packs a replay uses: those on the shelf, or the recording's own where the shelf has none.

    The files are their paths, or their ids where they are the recording's own.
    """

    persona: Loaded[Persona]
    rubric: Loaded[Rubric]
    persona_file: str
    rubric_file: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """A replay. `stopped` says why it did not come to the end, or is empty; `requests` is None where none was asked."""

    events: tuple[Event, ...]
    record: Record
    persona: Persona
    rubric: Rubric
    scorecard: Scorecard | None
    packs: Packs
    stopped: str
    requests: Requests | None = None


def replay(recording: Recording, folder: Path, settings: Settings) -> Replayed:
    """Play a recording again: with no network, no key, and waits that pass at once. `folder` is where it lies.

    Only the settings' pack folders count. Not to be called from a running event loop. Raises BadInput for a damaged
    cassette, PackError for a pack on the shelf that cannot be used.
    """
    packs, requests, player = packs_for(recording, settings), None, None
    held: list[Replayed] = []
    with ExitStack() as stack:
        runner = stack.enter_context(asyncio.Runner(loop_factory=SkippingLoop))
        runner.get_loop()  # made before sockets are closed: some systems make a loop out of two connected ones
        stack.enter_context(closed_sockets())
        if any(sitting.model for sitting in recording.sittings):
            from simulator.recording.requests import Requests  # noqa: PLC0415 -- heavy: only what asked a model
            from simulator.recording.tape import Player, in_place_of_network  # noqa: PLC0415

            requests = Requests(folder / CASSETTE, recording.requests)
            player = Player(requests.cassette, requests.unmatched)
            stack.enter_context(in_place_of_network(lambda _: player.send))
        stack.enter_context(speaking(recording.started.language))

        async def hold() -> None:  # its result stays out of the task: the runner's clean-up spells a task out, 0.2 s
            held.append(await held_again(recording, packs, replace(settings, endpoint=NOBODY), player))

        runner.run(hold())
    return replace(held[0], requests=requests)


async def held_again(recording: Recording, packs: Packs, settings: Settings, player: Leaver | None) -> Replayed:
    """Do everything again that was done in the recorded practice, and grade it where it was graded."""
    started = replace(recording.started, persona_hash=packs.persona.sha256, rubric_hash=packs.rubric.sha256)
    persona = in_language(packs.persona.value, started.language)
    rubric = in_language(packs.rubric.value, started.language)
    events: tuple[Event, ...] = (started,)
    stopped, card, practised = "", None, None
    steps = steps_of(recording.events)
    ends = [*(sitting.first for sitting in recording.sittings[1:]), len(recording.events)]
    async with AsyncExitStack() as open_till_graded:
        homes = open_till_graded.enter_context(tempfile.TemporaryDirectory())  # what is found out about the endpoint
        for number, (sitting, end) in enumerate(zip(recording.sittings, ends, strict=True)):
            own = _in_sitting(settings, sitting, Path(homes, str(number)))
            company = assemble.company(own)
            answering = player if company.endpoint else None
            if player:
                player.sit(_asked_until(recording, number))
            if company.endpoint:
                open_till_graded.push_async_callback(company.endpoint.close)
            if not stopped:
                conversation = Conversation(persona, company.cast, Nowhere(), events)
                due = [step for step in steps if sitting.first <= step.first < end]
                stopped = await _sit(conversation, due, answering)
                events = conversation.events
            in_vain = recording.scorecard is None or sitting is not recording.sittings[-1]
            if card is None and end == len(recording.events) and (not in_vain or (answering and not answering.through)):
                if answering:
                    answering.begin(leaving=in_vain)
                court = assemble.court(replace(own, home=Path(homes)), asked=company.endpoint)  # answers are kept there
                practised = record(events, persona)
                grading = grade_record(court, practised, persona, rubric)
                card = await (_broken_off(grading) if in_vain else grading)
    return Replayed(events, practised or record(events, persona), persona, rubric, card, packs, stopped)


def _asked_until(recording: Recording, number: int) -> int | None:
    """How many requests had been made when a sitting, counted from 0, ended. Recordings did not always say."""
    following = recording.sittings[number + 1 : number + 2]
    return following[0].asked or None if following else None


def _in_sitting(settings: Settings, sitting: Sitting, home: Path) -> Settings:
    endpoint = replace(settings.endpoint or NOBODY, model=sitting.model) if sitting.model else None
    return replace(settings, home=home, endpoint=endpoint, context_window=sitting.window, prices=None)


async def _sit(conversation: Conversation, steps: Sequence[Step], player: Leaver | None) -> str:
    """Do what was done in one sitting. Gives the reason why that could not be done to its end, or nothing."""
    try:
        for step in steps:
            await perform(step.action, conversation, player)
    except BadInput as refused:
        return str(refused)
    return ""


async def _broken_off(grading: Awaitable[Scorecard]) -> Scorecard | None:
    """A grade of which the session kept nothing; all the same it may be judged to the end this time."""
    try:
        card = await grading
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task and task.cancelling():
            raise
        return None
    return None if card.unjudged else card


def packs_for(recording: Recording, settings: Settings) -> Packs:
    """The packs a replay uses. Raises PackError for one on the shelf that cannot be used."""
    shelf, started = assemble.shelf(settings), recording.started
    persona = _found(shelf, "persona", started.persona, recording.persona)
    rubric = _found(shelf, "rubric", started.rubric, recording.rubric)
    return Packs(_persona(*persona), _rubric(*rubric), persona[1], rubric[1])


def _found(shelf: PackShelf, kind: Kind, name: str, own: bytes) -> tuple[bytes, str]:
    try:
        return shelf.source(name, kind)
    except PackError:
        raise
    except BadInput:
        return own, name


@lru_cache(maxsize=64)
def _persona(source: bytes, name: str) -> Loaded[Persona]:
    """Many recordings are of few personas; reading one takes as long as all the rest of a replay."""
    from simulator.packs.load import load_persona  # noqa: PLC0415 -- YAML is for those who read packs

    return load_persona(source, name)


@lru_cache(maxsize=64)
def _rubric(source: bytes, name: str) -> Loaded[Rubric]:
    from simulator.packs.load import load_rubric  # noqa: PLC0415 -- YAML is for those who read packs

    return load_rubric(source, name)
