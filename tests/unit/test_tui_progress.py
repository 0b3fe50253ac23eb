"""The progress screen: what Enter does wherever the highlight is."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from simulator import practice
from simulator.domain.opening import Choice, Opening
from simulator.settings import Settings
from simulator.tui.app import MotApp
from simulator.tui.screens.debrief import DebriefScreen
from simulator.tui.screens.progress import ProgressScreen
from simulator.tui.widgets.items import Items
from tests.apps import press, settled
from tests.recorded import settings_for


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of somebody with one practice behind them."""

    async def hold(session: practice.Practice) -> None:
        async for _ in session.conversation.open():
            pass
        await session.conversation.end("learner")

    settings = settings_for(tmp_path / "home")
    with practice.start(settings, Choice("s02-forgotten-ticket", settings.rubric, seed=1)) as session:
        asyncio.run(hold(session))
    return settings


def test_enter_leads_to_the_list_of_practices_and_then_into_one(settings: Settings) -> None:
    async def go() -> None:
        app = MotApp(settings, Opening())
        async with app.run_test() as pilot:
            await settled(pilot)
            await press(pilot, "p")
            assert isinstance(app.screen, ProgressScreen)
            course = app.screen.query_one(Items)
            assert course.chosen is None
            await press(pilot, "enter")
            assert course.chosen
            top = course.get_option_at_index(course.highlighted or 0)
            assert "The ticket on the hotel desk" in str(top.prompt)
            await press(pilot, "enter")
            assert isinstance(app.screen, DebriefScreen)

    asyncio.run(go())
