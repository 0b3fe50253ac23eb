"""The conversation, in both languages and two sizes. `pytest --snapshot-update` takes the pictures anew."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion

from simulator import practice
from simulator.practice import Opening
from simulator.settings import Settings
from simulator.tui.screens import conversation, talk
from tests.snapshots.conftest import Picture

SAID = {
    "en": ("That's a horrible moment. What is waiting for you over there today?", "You'd hate for him to see this."),
    "zh-Hans": ("这种时候真难受。今天那边有什么事在等着您？", "您一定不想让他看见这样。"),
}
RUDE = {
    "en": "It is your own fault. You should have been more careful. Rules are rules.",
    "zh-Hans": "这是您自己的责任，谁让您不小心。规定就是规定。",
}

Begun = Callable[..., Opening]


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """No clock, no pauses."""
    monkeypatch.setattr(talk, "monotonic", lambda: 0.0)
    monkeypatch.setattr(conversation, "STILL", 0.001)


@pytest.fixture
def begun(settings: Settings) -> Begun:
    """Makes a session in which this was said, the last line without an answer where it is `pending`."""

    async def hold(session: practice.Practice, lines: tuple[str, ...], *, pending: bool) -> None:
        async for _ in session.conversation.open():
            pass
        for line in lines[:-1] if pending else lines:
            async for _ in session.conversation.say(line):
                pass
        if pending:
            saying = session.conversation.say(lines[-1])
            await anext(saying)
            await saying.aclose()

    def made(*lines: str, pending: bool = False) -> Opening:
        chosen = practice.Choice("s02-forgotten-ticket", settings.rubric, seed=1, session="20260301-101500-0000")
        with practice.start(settings, chosen) as session:
            asyncio.run(hold(session, lines, pending=pending))
        return Opening(resume=chosen.session)

    return made


@pytest.mark.parametrize("keys", [(), ("f1",), ("f2",), ("f4", "f4"), ("f10",)], ids="+".join)
def test_conversation(
    keys: tuple[str, ...], begun: Begun, language: str, picture: Picture, snapshot: SnapshotAssertion
) -> None:
    assert asyncio.run(picture(*keys, opening=begun(*SAID[language]))) == snapshot


def test_preview(begun: Begun, language: str, picture: Picture, snapshot: SnapshotAssertion) -> None:
    assert asyncio.run(picture(opening=replace(begun(*SAID[language]), show_gate=True))) == snapshot


def test_conversation_in_light(begun: Begun, language: str, picture: Picture, snapshot: SnapshotAssertion) -> None:
    assert asyncio.run(picture(opening=begun(*SAID[language]), theme="light")) == snapshot


def test_the_customer_walks_out(begun: Begun, language: str, picture: Picture, snapshot: SnapshotAssertion) -> None:
    opening = begun(RUDE[language], RUDE[language], pending=True)
    assert asyncio.run(picture("pageup", "pagedown", opening=opening)) == snapshot
