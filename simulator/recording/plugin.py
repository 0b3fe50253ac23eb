"""The pytest plugin: trainers test their personas, and replay their recordings, in their own repositories.

pytest loads this module wherever the package is installed, so it imports nothing before a fixture is used.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.recording.bench import Held


@pytest.fixture
def mot_practise(pytestconfig: pytest.Config) -> Callable[..., Held]:
    """Practise a script, offline: `mot_practise("personas/late-parcel.yaml", ["a line", ...])`.

    Takes a persona's id, or its file as seen from pytest's root folder, and the learner's lines; besides `language`,
    `seed` and `rubric`. Gives the session held: its `needs`, `transcript`, `scorecard` and `total`.
    """
    from simulator.recording import bench  # noqa: PLC0415 -- for those who use it

    return partial(bench.practise, pytestconfig.rootpath)


@pytest.fixture
def mot_replay(pytestconfig: pytest.Config) -> Callable[[str | Path], None]:
    """Replay the recordings in a folder: `mot_replay("recordings")`. What differs fails the test, and says why."""
    from simulator.recording import bench  # noqa: PLC0415 -- for those who use it

    def replay(folder: str | Path) -> None:
        __tracebackhide__ = True
        if different := bench.differences(pytestconfig.rootpath, folder):
            pytest.fail(different, pytrace=False)

    return replay
