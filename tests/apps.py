"""The app under test: waiting for it to come to rest, and leaving it while it works."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.strip import Strip
from textual.worker import WorkerCancelled

from simulator.tui.widgets.head import Head
from simulator.tui.widgets.keys import Keys

LOOKS, APART = 3, 0.02
"""At rest is what looks the same so often in a row, so many seconds apart: longer than the toolkit puts off a paint."""
PATIENCE = 30.0
"""Seconds after which something is wrong."""


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until nothing works in the background and the screen stays as it is.

    `pilot.pause` alone takes a process for idle that only had no turn on a busy machine. A question to the learner
    (a modal screen) keeps the worker that asked it, so there only the screen is looked at.
    """
    async with asyncio.timeout(PATIENCE):
        seen: list[Strip] = []
        same = 0
        while same < LOOKS:
            await pilot.pause(APART)
            if not pilot.app.screen.is_modal:
                with suppress(WorkerCancelled):
                    await pilot.app.workers.wait_for_complete()
            now = pilot.app.screen._compositor.render_strips()  # what a screenshot draws, without drawing it
            same = same + 1 if now == seen else 1
            seen = now


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, each when the one before has done its work."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


def lingers(monkeypatch: pytest.MonkeyPatch, app: App[Any], release: Callable[[], None]) -> list[Keys]:
    """Let what the workers wait for come at the worst moment: the widgets of a screen are gone, and nobody has stopped
    its workers yet. `release` lets it come. The value fills when that moment was there.
    """
    lingered: list[Keys] = []

    async def linger(self: Keys) -> None:
        await asyncio.gather(*(head._task for head in self.screen.query(Head) if head._task))
        lingered.append(self)
        release()
        await asyncio.wait_for(_idle(app), PATIENCE)

    monkeypatch.setattr(Keys, "on_unmount", linger, raising=False)
    return lingered


async def _idle(app: App[Any]) -> None:
    """The workers are done, however they ended."""
    await asyncio.gather(*(worker.wait() for worker in app.workers), return_exceptions=True)
