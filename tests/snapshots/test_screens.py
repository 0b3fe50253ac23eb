"""Every screen but the conversation, in both languages and two sizes. `pytest --snapshot-update` takes them anew."""

from __future__ import annotations

import asyncio

import pytest
from syrupy.assertion import SnapshotAssertion

from simulator import practice
from simulator.domain.opening import Choice, Opening
from simulator.settings import Settings
from simulator.tui.app import MotApp
from simulator.tui.screens.watch import WatchScreen
from simulator.wording import speaking
from tests.apps import settled
from tests.snapshots.conftest import Picture

SAID = {
    "en": (
        "I'll have you on that plane, I guarantee it. What happened?",
        "What is waiting for you over there today?",
        "I'll send our driver to the hotel for the ticket now.",
    ),
    "zh-Hans": (
        "我保证您一定能上飞机。出什么事了？",
        "今天那边有什么事在等着您？",
        "我现在就派司机去酒店取票。",
    ),
}


@pytest.fixture
def held(settings: Settings, language: str) -> str:
    """A session that is over and not graded yet; the value is its id."""

    async def hold(session: practice.Practice) -> None:
        async for _ in session.conversation.open():
            pass
        for line in SAID[language]:
            async for _ in session.conversation.say(line):
                pass
        await session.conversation.end("learner")

    chosen = Choice("s02-forgotten-ticket", settings.rubric, seed=1, session="20260301-101500-0000")
    with practice.start(settings, chosen) as session:
        asyncio.run(hold(session))
    return session.started.session


async def test_home_of_somebody_new(picture: Picture, snapshot: SnapshotAssertion) -> None:
    assert await picture() == snapshot


def test_home_with_a_practice_behind_one(held: str, picture: Picture, snapshot: SnapshotAssertion) -> None:
    assert asyncio.run(picture("/", "t", "i")) == snapshot
    del held


async def test_brief(picture: Picture, snapshot: SnapshotAssertion) -> None:
    assert await picture("enter") == snapshot


async def test_rubric(picture: Picture, snapshot: SnapshotAssertion) -> None:
    assert await picture("enter", "r") == snapshot


async def test_settings_in_the_light(picture: Picture, snapshot: SnapshotAssertion) -> None:
    assert await picture("s", theme="light") == snapshot


def test_guess_before_anything_is_shown(held: str, picture: Picture, snapshot: SnapshotAssertion) -> None:
    assert asyncio.run(picture("a", " ", "c", "a", "r", "enter", opening=Opening(resume=held))) == snapshot


def test_debrief(held: str, picture: Picture, snapshot: SnapshotAssertion) -> None:
    assert asyncio.run(picture("enter", "down", "down", opening=Opening(resume=held))) == snapshot


def test_promises_of_the_debrief(held: str, picture: Picture, snapshot: SnapshotAssertion) -> None:
    assert asyncio.run(picture("enter", "l", opening=Opening(resume=held))) == snapshot


def test_transcript_from_the_debrief(held: str, picture: Picture, snapshot: SnapshotAssertion) -> None:
    assert asyncio.run(picture("enter", "l", "enter", opening=Opening(resume=held))) == snapshot


def test_contesting(held: str, picture: Picture, snapshot: SnapshotAssertion) -> None:
    assert asyncio.run(picture("enter", "l", "c", opening=Opening(resume=held))) == snapshot


def test_progress(held: str, picture: Picture, snapshot: SnapshotAssertion) -> None:
    asyncio.run(picture("enter", opening=Opening(resume=held)))  # which grades it
    assert asyncio.run(picture("p")) == snapshot


async def test_watching_to_its_end(
    settings: Settings, size: tuple[int, int], language: str, snapshot: SnapshotAssertion
) -> None:
    with speaking(language):
        app = MotApp(settings, Opening())
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            await app.push_screen(WatchScreen("s02-forgotten-ticket", language, pace=lambda _: 0))
            await settled(pilot)
            assert app.export_screenshot() == snapshot
