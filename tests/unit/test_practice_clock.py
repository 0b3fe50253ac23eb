"""How long a practice has taken, by what its events say."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from simulator import assemble, practice
from simulator.domain.opening import Choice
from simulator.settings import Settings
from tests.recorded import settings_for
from tests.sessions import damage

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_for(tmp_path / "home")


def held(settings: Settings, monkeypatch: pytest.MonkeyPatch, *minutes: float) -> str:
    """A session begun at noon in which a note was taken so many minutes after noon; the value is its id."""
    at = NOON
    monkeypatch.setattr(assemble, "now", lambda: at)
    with practice.start(settings, Choice("s02-forgotten-ticket", settings.rubric, 1)) as session:
        for later in minutes:
            at = NOON + timedelta(minutes=later)
            asyncio.run(session.conversation.note("heard"))
        return session.started.session


@pytest.mark.parametrize(
    ("minutes", "seconds"),
    [
        ((), 0),
        ((0.5, 2, 4), 240),
        ((2, 3, 603, 604), 240),  # it was left for ten hours
        ((2, 5_256_000, 5_256_001), 180),  # the clock was ten years ahead for a while
        ((2, -5_256_000, -5_255_999), 180),
    ],
    ids=["begun", "held", "left", "ahead", "behind"],
)
def test_it_goes_on_where_it_was_left(
    minutes: tuple[float, ...], seconds: float, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = held(settings, monkeypatch, *minutes)
    with practice.resume(settings, session) as again:
        assert again.took == seconds


def test_a_time_that_cannot_be_read_keeps_nobody_from_going_on(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = held(settings, monkeypatch, 1, 2)
    damage(assemble.store(settings), "UPDATE events SET at = 'noon' WHERE seq = 2")
    with practice.resume(settings, session) as again:
        assert again.took == 0
