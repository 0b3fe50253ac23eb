"""The only place that picks implementations: shelf, store, listener, actor and judge, from settings.

Each is made when it is first asked for, so a command pays for what it uses.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.conversation.engine import Cast
    from simulator.conversation.ports import Listener
    from simulator.domain.rubric import Rubric
    from simulator.grading.observations import Judge
    from simulator.packs.find import PackShelf
    from simulator.settings import Settings
    from simulator.store.store import Store

Clock = Callable[[], datetime]


def now() -> datetime:
    """The wall clock, in UTC."""
    return datetime.now(UTC)


def new_session_id(clock: Clock = now) -> str:
    """An id that sorts by time and can be typed: date, time, and four hexadecimal digits against collision."""
    return f"{clock():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


def new_seed() -> int:
    """A seed for a session that was given none."""
    return secrets.randbelow(2**31)


def shelf(settings: Settings) -> PackShelf:
    """Where personas and rubrics are looked for. Raises BadInput where the working folder is gone."""
    from simulator.errors import BadInput  # noqa: PLC0415
    from simulator.packs.find import PackShelf, default_folders  # noqa: PLC0415 -- YAML is for those who read packs
    from simulator.wording import say  # noqa: PLC0415

    try:
        here = Path.cwd()
    except OSError as error:
        raise BadInput(say("the working folder cannot be used: {reason}", reason=error.strerror)) from error
    return PackShelf(default_folders(settings.packs, here, settings.config_folder))


def store(settings: Settings, clock: Clock = now) -> Store:
    """The event store. Raises StoreError where the settings name one that this program does not speak to."""
    from simulator.errors import StoreError  # noqa: PLC0415
    from simulator.store.store import open_store  # noqa: PLC0415
    from simulator.wording import say  # noqa: PLC0415

    if settings.database_url:
        raise StoreError(say("MOT_DATABASE_URL: only the embedded store is available in this version; unset it"))
    return open_store(settings.home, clock)


def listener(settings: Settings) -> Listener:
    """Who hears the learner."""
    from simulator.offline.listener import OfflineListener  # noqa: PLC0415

    del settings  # offline is all there is until a model can be asked
    return OfflineListener()


def cast(settings: Settings) -> Cast:
    """Who hears and who plays in a new or resumed conversation."""
    from simulator.conversation.engine import Cast  # noqa: PLC0415
    from simulator.offline.actor import OfflineActor  # noqa: PLC0415
    from simulator.offline.listener import OfflineListener  # noqa: PLC0415

    return Cast(listener(settings), OfflineActor(), stand_in=OfflineListener())


def judge(settings: Settings, rubric: Rubric) -> Judge:
    """Who answers the observations of this rubric that code cannot."""
    from simulator.offline.judge import OfflineJudge  # noqa: PLC0415

    del settings
    return OfflineJudge(rubric)
