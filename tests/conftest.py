"""What every test gets: no keys, no settings of the person who runs it, a home of its own, and no network."""

from __future__ import annotations

import os
import socket
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from simulator.wording import speaking

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# No test is timed: machines are busy. A change is tried with the same examples each time, the night looks for others.
for profile, derandomize in (("day", True), ("night", False)):
    settings.register_profile(
        profile, deadline=None, derandomize=derandomize, suppress_health_check=[HealthCheck.too_slow]
    )
settings.load_profile("day")

_SETTINGS = ("OPENAI_", "MOT_", "LC_", "PIP_")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary home and MOT_HOME (the value), in a language nobody's machine decides."""
    for name in list(os.environ):
        if name.startswith(_SETTINGS):
            monkeypatch.delenv(name)
    person = tmp_path / "person"
    person.mkdir()
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(person))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(person / name.lower()))
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("NO_COLOR", "1")
    written = tmp_path / "mot-home"
    monkeypatch.setenv("MOT_HOME", str(written))
    return written


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Whatever language a test makes the program speak, the next one begins in English."""
    with speaking("en"):
        yield


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let sockets reach this machine and nothing else."""
    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))


def _guarded(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if isinstance(address, tuple) and not _is_here(address[0]):
            pytest.fail(f"a test reached for the network: {address[0]}")
        return connect(self, address)

    return guarded


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
