"""Pictures of the app: what a person would see, as SVG."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.image import SVGImageSnapshotExtension

from simulator import assemble
from simulator.domain.opening import Opening
from simulator.settings import Settings
from simulator.tui.app import MotApp
from simulator.tui.preferences import Preferences
from simulator.wording import speaking
from tests.apps import press, settled

SIZES = ((80, 24), (120, 40))
LANGUAGES = ("en", "zh-Hans")
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

Picture = Callable[..., Awaitable[str]]


class Screenshot(SVGImageSnapshotExtension):
    """An SVG without the addresses of fonts, which nobody needs to fetch to see what changed."""

    def serialize(self, data: Any, **options: Any) -> bytes:
        """The picture as bytes."""
        return super().serialize(re.sub(r"\s*@font-face \{.*?\}", "", str(data), flags=re.DOTALL), **options)


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Pictures are kept one a file."""
    return snapshot.use_extension(Screenshot)


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """The language of the interface and of the session."""
    return str(request.param)


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Columns and lines."""
    return (int(request.param[0]), int(request.param[1]))


@pytest.fixture
def settings(tmp_path: Path, language: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings whose data folder is the same on every picture; the clock stands still."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(assemble, "now", lambda: NOW)
    monkeypatch.chdir(tmp_path)
    return Settings(home=Path("home"), config_folder=Path("config"), language=language)


@pytest.fixture
def picture(settings: Settings, size: tuple[int, int]) -> Picture:
    """Opens the app, presses keys, and takes its picture."""

    async def taken(*keys: str, opening: Opening | None = None, theme: str = "dark") -> str:
        with speaking(settings.language or "en"):
            app = MotApp(settings, opening or Opening(), Preferences(theme="light" if theme == "light" else "dark"))
            async with app.run_test(size=size) as pilot:
                await settled(pilot)
                await press(pilot, *keys)
                return app.export_screenshot()

    return taken
