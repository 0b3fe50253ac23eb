"""An event loop's clock in a test's hand."""

from __future__ import annotations

import asyncio

PATIENCE = 5.0
"""Seconds after which something that must happen has not happened."""


class LoopTime:
    """The running loop's clock, and the test's hand on it: waits of minutes pass at once."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._ahead = 0.0
        self.naps: list[float] = []
        real = self._loop.time
        self._loop.time = lambda: real() + self._ahead  # type: ignore[method-assign]

    def now(self) -> float:
        """Seconds on the loop's clock, as TurnBudget's `clock` wants it."""
        return self._loop.time()

    async def sleep(self, seconds: float) -> None:
        """An `asyncio.sleep` that takes no time; `naps` keeps how long it would have taken."""
        self.naps.append(seconds)
        self._ahead += seconds
        await asyncio.sleep(0)

    def pass_for_client(self, seconds: float) -> None:
        """Set the clock forward from another thread, once the loop has settled."""
        asyncio.run_coroutine_threadsafe(self._settle_and_pass(seconds), self._loop).result(PATIENCE)

    async def settle(self) -> None:
        """Let the loop take in all that was sent to it: on loopback it has arrived, and a few rounds read it."""
        for _ in range(50):
            await asyncio.sleep(0)

    async def tasks_left(self) -> int:
        """Tasks still there once those about to end have ended, the caller's own included."""
        await self.settle()
        return len(asyncio.all_tasks())

    async def _settle_and_pass(self, seconds: float) -> None:
        await self.settle()
        self._ahead += seconds
