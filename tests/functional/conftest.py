"""A command run in this process, and a conversation for it to grade."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.__main__ import main

Run = Callable[..., tuple[int, str, str]]

TALK = "Customer: I've left my ticket in my hotel room.\nLearner: What is waiting for you over there today?\n"


@pytest.fixture
def mot(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run a command in an empty folder; gives its exit code, standard output and standard error."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path, typed: str | bytes = b"") -> tuple[int, str, str]:
        keyed = typed.encode() if isinstance(typed, str) else typed
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(keyed), "utf-8"))
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.txt"
    path.write_text(TALK, encoding="utf-8")
    return path
