"""The README says what the program does: its excerpt is played again, and its commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from simulator.__main__ import main

TOP = Path(__file__).parents[2]
README = (TOP / "README.md").read_text("utf-8")


def test_excerpt_is_what_the_customer_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    excerpt = re.findall(r"```text\n(.*?)```", README, re.DOTALL)[0]
    lines = re.findall(r"^You: (.*)$", excerpt, re.MULTILINE)
    assert len(lines) >= 2
    (tmp_path / "lines.txt").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["practice", "s02-forgotten-ticket", "--script", "lines.txt", "--seed", "1", "--language", "en"]) == 0
    played = capsys.readouterr().out
    said = "".join(line for line in played.splitlines(keepends=True)[: 2 * len(lines) + 1])
    assert said == excerpt


def test_first_two_commands_are_the_practice_and_the_tests() -> None:
    commands = re.findall(r"^python3 bootstrap\.py (.*)$", README, re.MULTILINE)
    assert commands[0].startswith("practice ")
    assert commands[1] == "test"


def test_every_command_it_names_exists(capsys: pytest.CaptureFixture[str]) -> None:
    named = set(re.findall(r"`?\bmot ([a-z]+)\b", README))
    assert {"practice", "grade", "check", "explain"} <= named
    for command in named:
        assert main([command, "--help"]) == 0, command
    assert "Example: " in capsys.readouterr().out


def test_every_variable_it_names_is_read() -> None:
    settings = (TOP / "simulator" / "settings.py").read_text("utf-8")
    named = set(re.findall(r"`(MOT_[A-Z_]+)`", README))
    assert "MOT_HOME" in named
    assert all(f'"{variable}"' in settings for variable in named)
