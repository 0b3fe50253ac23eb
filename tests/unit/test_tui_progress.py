"""The progress screen: what Enter does wherever the highlight is."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from simulator import practice
from simulator.domain.opening import Choice, Opening
from simulator.settings import Settings
from simulator.tui.app import MotApp
from simulator.tui.screens.brief import BriefScreen
from simulator.tui.screens.debrief import DebriefScreen
from simulator.tui.screens.progress import ProgressScreen
from simulator.tui.widgets.head import Head
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
            await press(pilot, "down")
            assert course.chosen is None
            await press(pilot, "enter")
            assert course.chosen
            top = course.get_option_at_index(course.highlighted or 0)
            assert "The ticket on the hotel desk" in str(top.prompt)
            await press(pilot, "enter")
            assert isinstance(app.screen, DebriefScreen)

    asyncio.run(go())


@pytest.mark.parametrize(("key", "leads_to"), [("home", "A call for Xiao Wang"), ("end", "The cheapest, by Saturday")])
def test_what_comes_next_and_the_drills_lead_to_their_scenario(tmp_path: Path, key: str, leads_to: str) -> None:
    """Whoever has practised nothing yet finds nothing else there that leads anywhere."""

    async def go() -> None:
        app = MotApp(settings_for(tmp_path / "home"), Opening())
        async with app.run_test(size=(100, 40)) as pilot:
            await settled(pilot)
            await press(pilot, "p")
            await press(pilot, key)
            await press(pilot, "enter")
            assert isinstance(app.screen, BriefScreen)
            assert leads_to in str(app.screen.query_one(Head).render())
            await press(pilot, "escape")
            assert isinstance(app.screen, ProgressScreen)

    asyncio.run(go())
