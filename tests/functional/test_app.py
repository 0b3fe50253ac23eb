"""One learner's way through the app, from home to a second try and their progress, as they would go it: by keys."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.screen import Screen

from simulator import assemble
from simulator.domain.opening import Opening
from simulator.settings import Settings
from simulator.tui.app import Again, MotApp
from simulator.tui.screens.brief import BriefScreen
from simulator.tui.screens.conversation import ConversationScreen
from simulator.tui.screens.debrief import DebriefScreen
from simulator.tui.screens.home import HomeScreen
from simulator.tui.screens.transcript import TranscriptScreen
from simulator.tui.widgets.items import Items
from simulator.tui.widgets.transcript import Transcript
from simulator.wording import speaking
from tests.apps import press, settled

SAID = {
    "en": ("What a fright. What is waiting for you over there today?", "Who is travelling with you?"),
    "zh-Hans": ("真够您急的。今天那边有什么事在等着您？", "今天有人跟您一起飞吗？"),
}
OPENED = {"en": "side by side", "zh-Hans": "挨着坐"}


async def write(pilot: Pilot[Again], line: str) -> None:
    """Put a line in as a terminal hands over what an input method commits or a clipboard holds, and send it."""
    pilot.app.post_message(Paste(line))
    await pilot.pause()
    await press(pilot, "enter")


def on(pilot: Pilot[Again], kind: type[Screen[object]]) -> None:
    """This screen is in front."""
    assert isinstance(pilot.app.screen, kind), pilot.app.screen


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
async def test_from_home_to_a_second_try(tmp_path: Path, language: str, size: tuple[int, int]) -> None:
    settings = Settings(home=tmp_path / "home", config_folder=tmp_path / "config", language=language)
    with speaking(language):
        app = MotApp(settings, Opening())
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            on(pilot, HomeScreen)
            app.screen.query_one(Items).jump(lambda door: door.id == "s02-forgotten-ticket")
            await press(pilot, "enter")
            on(pilot, BriefScreen)
            await press(pilot, "enter")
            on(pilot, ConversationScreen)
            for line in SAID[language]:
                await write(pilot, line)
            said = " ".join(entry.text for entry in app.screen.query_one(Transcript).entries)
            assert OPENED[language] in said
            await press(pilot, "f10", "down", "enter")
            on(pilot, DebriefScreen)
            await write(pilot, "a signing")
            await press(pilot, "enter")
            [first] = assemble.store(settings).sessions()
            assert first.ended == "learner"
            assert assemble.store(settings).scorecards(first.id)
            app.screen.query_one(Items).jump(lambda place: place.turn == 2)
            await press(pilot, "enter")
            on(pilot, TranscriptScreen)
            await press(pilot, "r")
            on(pilot, ConversationScreen)
            assert len(app.screen.query_one(Transcript).entries) == 1
            await write(pilot, SAID[language][1])
            await press(pilot, "f10", "down", "enter", "enter")
            on(pilot, DebriefScreen)
            again = assemble.store(settings).sessions()[0]
            items = app.screen.query_one(Items)
            told = "\n".join(str(items.get_option_at_index(n).prompt) for n in range(items.option_count))
            for line in SAID[language]:
                assert "".join(line.split()) in "".join(told.split())
            assert again.id != first.id
            await press(pilot, "escape")
            on(pilot, HomeScreen)
            await press(pilot, "p", "escape")
            on(pilot, HomeScreen)


async def test_a_key_pressed_twice_begins_one_practice(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", config_folder=tmp_path / "config", language="en")
    app = MotApp(settings, Opening())
    async with app.run_test() as pilot:
        await settled(pilot)
        brief = BriefScreen("s02-forgotten-ticket")
        await app.push_screen(brief)
        await settled(pilot)
        for _ in range(2):  # faster than a pilot's keys, which wait for what the one before began
            brief.action_start()
            await asyncio.sleep(0)
        await settled(pilot)
        on(pilot, ConversationScreen)
        assert [session.id for session in assemble.store(settings).sessions()] == [app.session]
