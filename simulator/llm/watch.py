"""Breaks off waits that last too long."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

T = TypeVar("T")


class Watch:
    """One timer for all the waits of a stream, one after another: an `asyncio.timeout` for each takes as long as
    reading what is waited for. Close it in the end.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._until = 0.0
        self._waiting: asyncio.Task[object] | None = None
        self._rang = False

    async def wait(self, awaited: Awaitable[T], until: float) -> T:
        """What is awaited. Raises TimeoutError once it is `until` on the loop's clock."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 -- coroutines of asyncio run in tasks
        self._until, self._waiting = until, task
        if self._timer is None or self._timer.when() > until:
            self._set()
        before = task.cancelling()
        try:
            return await awaited
        except asyncio.CancelledError:
            if self._rang and task.uncancel() <= before:
                raise TimeoutError from None
            raise
        finally:
            self._waiting = None

    def close(self) -> None:
        """Put the timer away."""
        if self._timer is not None:
            self._timer.cancel()

    def _set(self) -> None:
        self.close()
        self._timer = self._loop.call_at(self._until, self._ring)

    def _ring(self) -> None:
        self._timer = None
        if self._waiting is None:  # nobody waits just now; the next wait sets it again
            return
        if self._loop.time() < self._until:  # it was set for an earlier wait
            self._set()
        else:
            self._rang = True
            self._waiting.cancel()
