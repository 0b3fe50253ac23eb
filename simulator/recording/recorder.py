"""A practice recorded while it is held."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator import assemble
from simulator.conversation.record import record
from simulator.domain.events import Event, Heard, ModelAnswered, SessionStarted, from_json, to_json
from simulator.errors import BadInput
from simulator.judging import own_cards
from simulator.recording.kept import Secrets
from simulator.recording.recording import CASSETTE, FILE, LEARNER, Recording, Sitting, ledger_json, load, store
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.practice import Practice
    from simulator.settings import Settings

ADDRESS = "http://endpoint.invalid/v1"
"""Where the endpoint is in every recording and every replay."""


@contextmanager
def recorded(practice: Practice, folder: Path) -> Iterator[None]:
    """Record what is done to the practice in the block, and write it to `folder` at the end, however it ends.

    A practice that goes on is recorded where its beginning was. What earlier runs found out about the endpoint is
    forgotten, so that a replay finds it out in the same order. Raises BadInput for a folder that holds another
    recording, or none of the beginning; StoreError where it cannot be written.
    """
    sittings = _sittings(practice, folder)
    secrets = secrets_of(practice.settings)
    _write(practice, folder, sittings, secrets)  # what a program that is killed leaves can be gone on with
    with ExitStack() as stack:
        stack.callback(_write, practice, folder, sittings, secrets)
        if practice.endpoint:
            from simulator.llm.memory import Known  # noqa: PLC0415 -- only where a model is asked
            from simulator.recording.cassette import to_write  # noqa: PLC0415
            from simulator.recording.tape import Tape, in_place_of_network  # noqa: PLC0415

            practice.endpoint.learn(**asdict(Known()))
            tape = Tape(stack.enter_context(to_write(folder / CASSETTE)), secrets)
            practice.endpoint.tape = tape
            stack.callback(setattr, practice.endpoint, "tape", None)
            stack.enter_context(in_place_of_network(lambda network: partial(tape.send, network)))
        yield


def claim(folder: Path) -> None:
    """Make the folder of a new recording. Raises BadInput where it holds one, or cannot be made or written to."""
    if (folder / FILE).exists():
        raise BadInput(say("{folder} holds a recording already; name a new folder", folder=folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise BadInput(say("{folder}: {reason}", folder=folder, reason=error.strerror)) from error


def secrets_of(settings: Settings) -> Secrets:
    """What the settings know that nobody else should."""
    named = settings.endpoint
    folders = [settings.home, settings.config_folder]
    with suppress(RuntimeError):  # nobody's
        folders.append(Path.home())
    return Secrets(named.api_key if named else None, named.base_url if named else None, folders)


@dataclass(frozen=True, slots=True)
class Neutral:
    """Takes out of a session what belongs to the person and the place: names, addresses, prices, secrets."""

    secrets: Secrets
    address: str | None

    def events(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """The events as a recording has them."""
        return tuple(_impersonal(from_json(self._told(to_json(event)))) for event in events)

    def scorecard(self, card: Mapping[str, Any] | None) -> dict[str, Any] | None:
        """The scorecard, as scorecard/1, as a recording has it."""
        if card is None:
            return None
        usage = [{**one, "cost": None} for one in card.get("usage", ())]
        told: dict[str, Any] = self._told({**card, "usage": usage})
        return told

    def _told(self, value: Any) -> Any:
        if isinstance(value, str):
            text = value.replace(self.address, ADDRESS) if self.address else value
            return self.secrets.hide(text.encode()).decode()
        if isinstance(value, dict):
            return {name: self._told(item) for name, item in value.items()}
        if isinstance(value, list):
            return [self._told(item) for item in value]
        return value


def _sittings(practice: Practice, folder: Path) -> tuple[Sitting, ...]:
    """The sittings up to and with this one. Raises BadInput where the beginning is missing, or is another session's."""
    settings, before = practice.settings, practice.conversation.events
    model = settings.endpoint.model if settings.endpoint else None
    earlier = load(folder) if (folder / FILE).exists() else None
    if earlier and earlier.started.session != practice.started.session:
        raise BadInput(say("{folder} holds the recording of another session; name a new folder", folder=folder))
    asked = _requests_in(folder)
    sitting = Sitting(len(before) if len(before) > 1 else 0, model, settings.context_window, asked)
    unrecorded = BadInput(say("session {id}: what came before was not recorded", id=practice.started.session))
    if _judged_elsewhere(practice, earlier, asked):
        raise unrecorded
    if earlier and (len(earlier.events) == len(before) or _killed(earlier, before, asked)):
        return (*earlier.sittings, sitting)
    if sitting.first == 0:
        return (replace(sitting, asked=0),)
    if earlier or practice.started.actor != "offline":
        raise unrecorded
    return (Sitting(0, None, settings.context_window), sitting)


def _killed(earlier: Recording, before: Sequence[Event], requests: int) -> bool:
    """Whether the program was killed while it recorded what came since: the tape then knows of all that was asked."""
    if len(before) < len(earlier.events):
        return False
    online = any(sitting.model for sitting in earlier.sittings)
    asked = Heard if online else ModelAnswered
    if not any(isinstance(event, asked) for event in before[len(earlier.events) :]):
        return True
    return online and requests > earlier.requests


def _judged_elsewhere(practice: Practice, earlier: Recording | None, requests: int) -> bool:
    """Whether a model has judged the session with nobody recording: what it was asked and said is not on the tape."""
    cards = own_cards(assemble.store(practice.settings), practice.started)
    if not cards or not cards[-1]["provenance"].get("judge_model"):
        return False
    return earlier is None or (earlier.scorecard is None and requests <= earlier.requests)


def _requests_in(folder: Path) -> int:
    """How many requests are on the tape in a folder, if there is one."""
    if not (folder / CASSETTE).exists():
        return 0
    from simulator.recording.cassette import to_play  # noqa: PLC0415 -- heavy

    return len(to_play(folder / CASSETTE))


def _write(practice: Practice, folder: Path, sittings: tuple[Sitting, ...], secrets: Secrets) -> None:
    kept, started = assemble.store(practice.settings), practice.started
    neutral = Neutral(secrets, practice.endpoint.address if practice.endpoint else None)
    events = neutral.events(practice.conversation.events)
    cards = own_cards(kept, started)
    recording = Recording(
        started_at=kept.times(started.session)[0].isoformat(),
        sittings=sittings,
        events=events,
        ledger=ledger_json(record(events, practice.persona).ledger),
        scorecard=neutral.scorecard(cards[-1] if cards else None),
        requests=_requests_in(folder),
        persona=kept.pack(started.persona_hash),
        rubric=kept.pack(started.rubric_hash),
    )
    store(recording, folder)


def _impersonal(event: Event) -> Event:
    if isinstance(event, SessionStarted):
        return replace(event, learner=LEARNER)
    if isinstance(event, ModelAnswered):
        return replace(event, usage=replace(event.usage, cost=None))
    return event
