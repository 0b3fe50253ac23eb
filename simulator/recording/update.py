"""A recording made anew where a replay differs: expectations always, answers only where requests have changed."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.domain.events import Heard, PersonaSpoke
from simulator.errors import BadInput
from simulator.grading.scorecard_json import to_json
from simulator.recording.recorder import Neutral, secrets_of
from simulator.recording.recording import CASSETTE, Recording, ledger_json, store
from simulator.recording.replay import Replayed, held_again, replay
from simulator.wording import say, speaking

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.domain.events import Event
    from simulator.settings import Settings


def update(recording: Recording, folder: Path, settings: Settings) -> None:
    """Make the recording hold what happens now: the same lines said again to the packs and prompts of today.

    Requests that have not changed keep their answers; others go to the endpoint of the settings, in the name of the
    recorded model. Raises BadInput where there is none or it leaves more unanswered than when it was recorded,
    StoreError where the recording cannot be written.
    """
    replayed = replay(recording, folder, settings)
    requests = replayed.requests
    count = recording.requests
    if requests and (requests.strangers or requests.unused):
        if settings.endpoint is None:
            message = say(
                "{folder}: {count} requests have changed, and no endpoint is set that could answer them (--model)",
                folder=folder,
                count=len(requests.strangers) or len(requests.unused),
            )
            raise BadInput(message)
        replayed, count = _asked_again(recording, replayed, folder, settings)
        # What was asked again is all on the tape, and in another order.
        recording = replace(recording, sittings=tuple(replace(one, asked=0) for one in recording.sittings))
    store(_renewed(recording, replayed, count, settings), folder)


def _renewed(recording: Recording, replayed: Replayed, requests: int, settings: Settings) -> Recording:
    from simulator.llm.memory import address_of  # noqa: PLC0415 -- only who writes a recording anew needs it

    neutral = Neutral(secrets_of(settings), address_of(settings.endpoint.base_url) if settings.endpoint else None)
    return replace(
        recording,
        events=neutral.events(replayed.events),
        ledger=ledger_json(replayed.record.ledger),
        scorecard=neutral.scorecard(to_json(replayed.scorecard) if replayed.scorecard else None),
        requests=requests,
        persona=replayed.packs.persona.source,
        rubric=replayed.packs.rubric.source,
    )


def _asked_again(recording: Recording, replayed: Replayed, folder: Path, settings: Settings) -> tuple[Replayed, int]:
    """Hold the session once more, now with the endpoint; gives also how many requests the new cassette has."""
    from simulator.recording.cassette import to_play, to_write  # noqa: PLC0415 -- heavy
    from simulator.recording.tape import Renewal, Tape, in_place_of_network  # noqa: PLC0415

    old, part = to_play(folder / CASSETTE), folder / f".{CASSETTE}.new"
    part.unlink(missing_ok=True)
    held: list[Replayed] = []
    with ExitStack() as stack:
        new = stack.enter_context(to_write(part))
        renewal = Renewal(old, Tape(new, secrets_of(settings)))
        stack.enter_context(in_place_of_network(lambda network: partial(renewal.send, network)))
        stack.enter_context(speaking(recording.started.language))

        async def hold() -> None:
            held.append(await held_again(recording, replayed.packs, settings, None))

        asyncio.run(hold())
    failed = _unanswered(held[0].events) - _unanswered(recording.events)
    if failed > 0:
        part.unlink(missing_ok=True)
        message = say(
            "{folder}: {count} more answers failed to come than when it was recorded", folder=folder, count=failed
        )
        raise BadInput(message)
    if len(new):
        part.replace(folder / CASSETTE)
    return held[0], len(new)


def _unanswered(events: Iterable[Event]) -> int:
    """How many answers of a model failed to come: lines heard by another listener for it, replies that broke down."""
    return sum(
        (isinstance(e, Heard) and bool(e.fallback)) or (isinstance(e, PersonaSpoke) and e.status == "failed")
        for e in events
    )
