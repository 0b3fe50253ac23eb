"""A model conversation that is watched: it plays by itself, says what it opened, and keeps nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from textual.app import App

from simulator.settings import Settings
from simulator.tui.preferences import Preferences
from simulator.tui.screens.watch import WatchScreen
from simulator.tui.theme import DARK
from simulator.tui.widgets.status import Status
from simulator.tui.widgets.transcript import Transcript


@dataclass
class Stage(App[None]):
    settings: Settings
    preferences: Preferences = field(default_factory=Preferences)

    def __post_init__(self) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name

    def tell(self, message: str, severity: str = "information") -> None:
        raise AssertionError(message, severity)

    __hash__ = App.__hash__


async def watched(settings: Settings, language: str) -> tuple[str, str]:
    """What the transcript says at the end, and the status line."""
    app = Stage(settings)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = WatchScreen("s02-forgotten-ticket", language, lambda _: 0)
        await app.push_screen(screen)
        await app.workers.wait_for_complete()
        await pilot.pause()
        text = "\n".join(f"{one.text} {one.mark}" for one in screen.query_one(Transcript).entries)
        return text, screen.query_one(Status).told


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
async def test_it_plays_to_its_end_with_what_each_line_opened(language: str, tmp_path: Path) -> None:
    settings: Any = Settings(home=tmp_path / "home", config_folder=tmp_path, language=language)
    text, told = await watched(settings, language)
    assert text.count("◆ This opened") >= 3
    assert "That was one good way" in told
    assert not (tmp_path / "home").exists()
