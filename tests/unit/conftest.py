"""An endpoint on this machine, and the clock of whoever asks it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from simulator.llm.endpoint import Endpoint
from tests.endpoint import MODEL, LoopbackEndpoint
from tests.fault_table import KEY
from tests.loop_time import LoopTime


@pytest.fixture
async def time() -> LoopTime:
    return LoopTime()


@pytest.fixture
async def server(time: LoopTime) -> AsyncIterator[LoopbackEndpoint]:
    with LoopbackEndpoint(time=time) as server:
        yield server


@pytest.fixture
async def endpoint(server: LoopbackEndpoint, time: LoopTime) -> AsyncIterator[Endpoint]:
    """One that left nothing behind in the end."""
    endpoint = Endpoint(MODEL, server.base_url, KEY, sleep=time.sleep)
    yield endpoint
    await endpoint.close()
    assert await server.connections_left() == 0
    assert await time.tasks_left() == 1
