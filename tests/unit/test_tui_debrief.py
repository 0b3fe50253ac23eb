"""The debrief where something is missing: a judge that does not answer, a grade by another rubric, a full disk."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from simulator import assemble, practice
from simulator.domain.opening import Choice, Opening
from simulator.domain.scorecard import Scorecard
from simulator.errors import StoreFull
from simulator.practice import Practice
from simulator.settings import Settings
from simulator.tui.app import MotApp
from simulator.tui.screens.ask import AskScreen
from simulator.tui.screens.debrief import DebriefScreen
from simulator.tui.widgets.items import Items
from simulator.tui.widgets.keys import Keys
from tests.apps import press, settled


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", config_folder=tmp_path / "config", language="en")


@pytest.fixture
def held(settings: Settings) -> str:
    """A session that is over and not graded; the value is its id."""

    async def hold(session: Practice) -> None:
        async for _ in session.conversation.open():
            pass
        for line in ("I guarantee you will be on that plane.", "What is waiting for you over there?"):
            async for _ in session.conversation.say(line):
                pass
        await session.conversation.end("learner")

    with practice.start(settings, Choice("s02-forgotten-ticket", settings.rubric, 1)) as session:
        asyncio.run(hold(session))
        return session.started.session


def test_a_judge_that_did_not_answer_can_be_asked_again(
    settings: Settings, held: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Practice.grade
    asked: list[int] = []

    async def failing(self: Practice, told: object = None) -> Scorecard:
        del told
        asked.append(1)
        card = await plain(self)
        return replace(card, unjudged="no answer") if len(asked) == 1 else card

    monkeypatch.setattr(Practice, "grade", failing)

    async def walk() -> None:
        app = MotApp(settings, Opening(resume=held))
        async with app.run_test() as pilot:
            await settled(pilot)
            await press(pilot, "enter")
            assert "g asks again" in str(app.screen.query_one("#status").render())
            assert not assemble.store(settings).scorecards(held)
            await press(pilot, "g")
            assert assemble.store(settings).scorecards(held)
            await press(pilot, "g")  # which does nothing any more

    asyncio.run(walk())
    assert len(asked) == 2


def test_a_grade_by_another_rubric_is_not_taken_for_the_sessions_own(settings: Settings, held: str) -> None:
    store = assemble.store(settings)
    with practice.resume(settings, held) as session:
        card = asyncio.run(session.grade())
        asyncio.run(session.keep(replace(card, criteria=(), provenance={**card.provenance, "rubric_hash": "0" * 64})))
        assert len(store.scorecards(held)) == 1
        assert session.scorecard is None
        assert not session.graded

    async def walk() -> None:
        app = MotApp(settings, Opening(resume=held))
        async with app.run_test() as pilot:
            await settled(pilot)
            await press(pilot, "enter")
            assert isinstance(app.screen, DebriefScreen)
            assert app.screen.query_one(Items).option_count > 10

    asyncio.run(walk())


def test_a_reason_that_cannot_be_kept_is_said_and_breaks_nothing(
    settings: Settings, held: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise StoreFull("the disk is full")

    async def walk() -> None:
        app = MotApp(settings, Opening(resume=held))
        async with app.run_test() as pilot:
            await settled(pilot)
            await press(pilot, "enter", "l", "c")
            monkeypatch.setattr("simulator.conversation.engine.Conversation.contest", full)
            await press(pilot, "n", "o", "enter")
            assert isinstance(app.screen, DebriefScreen)
            assert any("the disk is full" in note.message for note in app._notifications)

    asyncio.run(walk())


def test_what_to_work_on_cannot_be_contested_and_it_is_told_what_can_be_done(settings: Settings, held: str) -> None:
    async def walk() -> None:
        app = MotApp(settings, Opening(resume=held))
        async with app.run_test() as pilot:
            await settled(pilot)
            await press(pilot, "enter", "c")
            assert isinstance(app.screen, DebriefScreen)
            told = " ".join(note.message for note in app._notifications)
            assert "Promises and deductions (!) can be contested" in told
            assert f"mot rate {held} --rater NAME" in told

    asyncio.run(walk())


def test_a_message_does_not_lie_over_the_keys(settings: Settings, held: str) -> None:
    async def walk() -> None:
        app = MotApp(settings, Opening(resume=held))
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await settled(pilot)
            await press(pilot, "enter", "c")
            while not app.screen.query("Toast"):
                await pilot.pause()
            await pilot.pause()
            [toast], foot = app.screen.query("Toast"), app.screen.query_one(Keys).region
            assert foot.height == 2
            assert toast.region.bottom <= foot.y

    asyncio.run(walk())


def test_what_enter_does_is_told_where_something_is_written(settings: Settings, held: str) -> None:
    async def walk() -> None:
        app = MotApp(settings, Opening(resume=held))
        async with app.run_test() as pilot:
            await settled(pilot)
            assert "Enter one more, or show" in str(app.screen.query_one(Keys).render())
            await press(pilot, "enter")
            await press(pilot, "l", "c")
            assert isinstance(app.screen, AskScreen)
            assert "Enter keep" in str(app.screen.query_one(Keys).render())

    asyncio.run(walk())
