"""How often and how long a model is asked."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable

from simulator.errors import EndpointError

TURN_SECONDS = 60.0
"""A turn's time, listener and actor together: who talks with a customer hangs up after that."""

_FIRST_WAIT = 0.5  # seconds; doubled each time, and jittered so that a class of learners does not come back at once

_WORTH_ANOTHER_TRY = {"unreachable", "unavailable", "empty"}


def now() -> float:
    """Seconds on the running loop's clock, which a replay sets; outside of a loop on the machine's, the same one."""
    try:
        return asyncio.get_running_loop().time()
    except RuntimeError:
        return time.monotonic()


class TurnBudget:
    """The seconds a turn may take, shared by listener and actor; the listener restarts it."""

    def __init__(self, seconds: float = TURN_SECONDS, clock: Callable[[], float] = now) -> None:
        self._seconds = seconds
        self._clock = clock
        self._until = clock() + seconds

    def restart(self) -> None:
        """A turn begins."""
        self._until = self._clock() + self._seconds

    def left(self) -> float:
        """Seconds left, never below 0."""
        return max(0.0, self._until - self._clock())


class Tries:
    """A request's tries, all within `seconds` from here; a wait longer than `longest_wait` seconds is not waited."""

    def __init__(self, most: int, seconds: float, longest_wait: float | None = None) -> None:
        self.until = now() + seconds
        self._left = most
        self._longest = seconds if longest_wait is None else longest_wait
        self._wait = _FIRST_WAIT
        self._emptied = False

    def wait_after(self, error: EndpointError) -> float:
        """Seconds to wait before asking again. Raises the error where that is no use or there is no time for it."""
        self._left -= 1
        if error.outcome not in _WORTH_ANOTHER_TRY or self._left <= 0:
            raise error
        if error.outcome == "empty":  # no sign of load: ask again at once, but only once
            if self._emptied:
                raise error
            self._emptied = True
            return 0.0
        wait = max(self._wait * random.uniform(0.5, 1.0), error.retry_after or 0.0)  # noqa: S311 -- no secret
        self._wait *= 2
        if wait > self._longest or now() + wait >= self.until:
            raise error
        return wait
