"""A replay's time and network: waits pass at once, and nothing is reached."""

from __future__ import annotations

import asyncio
import selectors
import socket
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any


class SkippingLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock jumps to the next timer where it would wait for one.

    What was recorded as a wait of a minute, or as a silence that ran into a time-out, happens again in the same order
    and in no time. While a thread works for the loop its clock runs as usual, so that no time-out overtakes the thread.
    """

    def __init__(self) -> None:
        self._skipped = 0.0
        self._threads = 0
        super().__init__(_Skipping(self._skip))

    def time(self) -> float:
        """Seconds on the loop's own clock."""
        return super().time() + self._skipped

    def run_in_executor(self, executor: Executor | None, func: Any, *args: Any) -> asyncio.Future[Any]:  # type: ignore[override]
        """Work in a thread; until it is done no time is skipped."""
        work = super().run_in_executor(executor, func, *args)
        self._threads += 1
        work.add_done_callback(self._returned)
        return work

    async def shutdown_default_executor(self, *timeout: Any) -> None:
        """As usual, and in usual time: whatever waits for threads to end must not be overtaken by its time-out."""
        self._threads += 1
        try:
            await super().shutdown_default_executor(*timeout)
        finally:
            self._threads -= 1

    def _returned(self, work: asyncio.Future[Any]) -> None:
        del work
        self._threads -= 1

    def _skip(self, seconds: float) -> bool:
        if self._threads:
            return False
        self._skipped += seconds
        return True


class _Skipping(selectors.DefaultSelector):  # which one it is depends on the system
    """A selector that asks before it waits."""

    def __init__(self, skip: Any) -> None:
        super().__init__()
        self._skip = skip

    def select(self, timeout: float | None = None) -> Any:
        if not timeout or timeout < 0:
            return super().select(timeout)
        return super().select(0) or ([] if self._skip(timeout) else super().select(timeout))


@contextmanager
def closed_sockets() -> Iterator[None]:
    """Refuse every connection this process begins. A replay needs none, so whatever asks for one is a fault."""

    def refused(self: socket.socket, address: object) -> None:
        del self
        raise ConnectionRefusedError(f"no connections while a recording is replayed: {address}")

    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex
    socket.socket.connect = refused  # type: ignore[method-assign,assignment]
    socket.socket.connect_ex = refused  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        socket.socket.connect = connect  # type: ignore[method-assign]
        socket.socket.connect_ex = connect_ex  # type: ignore[method-assign]
