"""A replay's clock and network."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable

import pytest

from simulator.recording.clock import SkippingLoop, closed_sockets


def run(work: Callable[[], Awaitable[float]]) -> float:
    async def main() -> float:
        return await work()

    with asyncio.Runner(loop_factory=SkippingLoop) as runner:
        return runner.run(main())


def test_an_hour_passes_at_once_and_timers_keep_their_order() -> None:
    woken: list[int] = []

    async def sleeper(seconds: int) -> None:
        await asyncio.sleep(seconds)
        woken.append(seconds)

    async def hour() -> float:
        begun = asyncio.get_running_loop().time()
        await asyncio.gather(*map(sleeper, (3600, 60, 1800)))
        return asyncio.get_running_loop().time() - begun

    assert 3600 <= run(hour) < 3700
    assert woken == [60, 1800, 3600]


def test_a_silence_runs_into_its_time_out() -> None:
    async def silence() -> float:
        begun = asyncio.get_running_loop().time()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(30):
                await asyncio.sleep(86_400)
        return asyncio.get_running_loop().time() - begun

    assert 30 <= run(silence) < 31


def test_no_time_out_overtakes_a_thread() -> None:
    may_end = threading.Event()

    async def worked() -> float:
        asyncio.get_running_loop().call_soon(threading.Timer(0.05, may_end.set).start)
        async with asyncio.timeout(60):
            return float(await asyncio.to_thread(may_end.wait, 10))

    assert run(worked) == 1.0


def test_nothing_is_reached_while_sockets_are_closed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        with closed_sockets(), pytest.raises(ConnectionRefusedError, match="while a recording is replayed"):
            socket.create_connection(server.getsockname())
        socket.create_connection(server.getsockname()).close()
