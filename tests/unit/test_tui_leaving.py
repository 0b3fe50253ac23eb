"""Screens that are left while something is still on its way to them: it comes to nobody, and breaks nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from simulator import assemble, practice
from simulator.domain.opening import Choice, Opening
from simulator.settings import Settings
from simulator.trainer.preview import Preview
from simulator.tui.app import Again, MotApp
from simulator.tui.screens.brief import BriefScreen
from simulator.tui.screens.debrief import DebriefScreen
from simulator.tui.screens.home import HomeScreen
from simulator.tui.screens.preview import PreviewScreen
from simulator.tui.screens.progress import ProgressScreen
from simulator.tui.screens.watch import WatchScreen
from simulator.tui.waiting import waited
from tests.apps import PATIENCE, lingers, settled

TICKET = "s02-forgotten-ticket"
SCREENS: dict[str, Callable[[], Screen[None]]] = {
    "home": HomeScreen,
    "brief": lambda: BriefScreen(TICKET),
    "progress": ProgressScreen,
    "watch": lambda: WatchScreen(TICKET),
}


class Held:
    """A function that does not return before it may. `given` keeps what it returned: nobody else may."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> None:
        self.begun, self.go_on = Event(), Event()
        self.given: list[Any] = []
        self._does = getattr(owner, name)
        monkeypatch.setattr(owner, name, self)

    def __get__(self, one: object, _: object) -> Callable[..., Any]:
        return partial(self, one)

    def __call__(self, *arguments: Any) -> Any:
        self.begun.set()
        assert self.go_on.wait(PATIENCE)
        self.given.append(self._does(*arguments))
        return self.given[-1]

    async def has_begun(self, pilot: Pilot[Any]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not self.begun.is_set():
                await pilot.pause(0.01)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", config_folder=tmp_path / "config", language="en")


@pytest.mark.parametrize("name", SCREENS)
async def test_what_was_fetched_for_a_screen_that_is_gone_is_let_go(
    name: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = MotApp(settings, Opening())
    async with app.run_test() as pilot:
        await settled(pilot)
        fetching = Held(monkeypatch, assemble, "shelf")
        await app.push_screen(SCREENS[name]())
        await fetching.has_begun(pilot)
        lingered = lingers(monkeypatch, app, fetching.go_on.set)
    assert lingered


async def test_what_comes_while_a_screen_is_on_its_way_out_is_let_go(settings: Settings) -> None:
    app = MotApp(settings, Opening())
    async with app.run_test() as pilot:
        await settled(pilot)
        screen = ProgressScreen()
        await app.push_screen(screen)
        await settled(pilot)
        come = asyncio.get_running_loop().create_future()
        come.set_result("fetched")
        assert await waited(screen, come) == "fetched"
        app.pop_screen()
        assert screen.is_running
        with pytest.raises(asyncio.CancelledError):
            await waited(screen, come)


async def test_a_grade_for_a_debrief_that_is_gone_is_let_go(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    practised = practice.start(settings, Choice(TICKET, settings.rubric, 1))
    await practised.conversation.end("learner")
    practised.give_back()
    app = MotApp(settings, Opening(resume=practised.started.session))
    async with app.run_test() as pilot:
        await settled(pilot)
        assert isinstance(app.screen, DebriefScreen)
        fetching = Held(monkeypatch, practice, "finished")
        await pilot.press("enter")
        await fetching.has_begun(pilot)
        lingered = lingers(monkeypatch, app, fetching.go_on.set)
    assert lingered


@asynccontextmanager
async def previewing(settings: Settings) -> AsyncIterator[tuple[MotApp, Pilot[Again], PreviewScreen]]:
    app = MotApp(settings, Opening(Choice(TICKET, settings.rubric, 1), show_gate=True))
    async with app.run_test() as pilot:
        await settled(pilot)
        assert isinstance(app.screen, PreviewScreen)
        yield app, pilot, app.screen


async def test_a_preview_left_while_it_begins_again_leads_nowhere(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with previewing(settings) as (app, pilot, screen):
        beginning = Held(monkeypatch, Preview, "again")
        screen.action_begin_again()
        await beginning.has_begun(pilot)
        lingered = lingers(monkeypatch, app, beginning.go_on.set)
        screen.action_leave()
        await settled(pilot)
        assert lingered
        assert len(beginning.given) == 1
        assert isinstance(app.screen, HomeScreen)
        for session in assemble.store(settings).sessions():
            assert session.ended is None
            practice.resume(settings, session.id).give_back()


async def test_a_preview_that_begins_again_does_not_end_as_well(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with previewing(settings) as (app, pilot, screen):
        beginning = Held(monkeypatch, Preview, "again")
        screen.action_begin_again()
        await beginning.has_begun(pilot)
        screen._leave_by("end")
        beginning.go_on.set()
        await settled(pilot)
        assert isinstance(app.screen, PreviewScreen)
        assert [session.ended for session in assemble.store(settings).sessions()] == [None, "learner"]
