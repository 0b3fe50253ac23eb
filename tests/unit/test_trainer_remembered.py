"""What was found in a pack is found again without looking, until the pack or the program changes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.packs.diagnostics import Finding
from simulator.trainer import lint
from simulator.trainer.remembered import MOST_KEPT, Remembered

SOURCE = b"format: persona/2\n"


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were really looked into, in order."""
    names: list[str] = []

    def look(source: bytes, name: str) -> tuple[Finding, ...]:
        names.append(name)
        return (Finding(name, 1, 9, "P001", "format", f"{len(source)} bytes", "error", "persona/1"),)

    monkeypatch.setattr(lint, "lint", look)
    return names


@pytest.fixture
def program(tmp_path: Path) -> Path:
    folder = tmp_path / "program"
    folder.mkdir()
    (folder / "lint.py").write_text("one", "utf-8")
    return folder


def check(
    home: Path, program: Path, *names: str, source: bytes = SOURCE, language: str = "en"
) -> list[tuple[Finding, ...]]:
    kept = Remembered(home, language, program)
    found = [kept.lint(source, name) for name in names]
    kept.keep()
    return found


def test_a_file_that_did_not_change_is_not_looked_into_again(tmp_path: Path, program: Path, looked: list[str]) -> None:
    first = check(tmp_path / "home", program, "a.yaml", "b.yaml")
    assert check(tmp_path / "home", program, "a.yaml", "b.yaml") == first
    assert looked == ["a.yaml", "b.yaml"]


def test_a_file_that_changed_or_was_renamed_is_looked_into(tmp_path: Path, program: Path, looked: list[str]) -> None:
    check(tmp_path, program, "a.yaml")
    [[found]] = check(tmp_path, program, "a.yaml", source=SOURCE + b"# more\n")
    assert found.message == "25 bytes"
    check(tmp_path, program, "b.yaml")
    check(tmp_path, program, "a.yaml", language="zh-Hans")
    assert looked == ["a.yaml", "a.yaml", "b.yaml", "a.yaml"]


def test_a_program_that_changed_looks_into_everything(tmp_path: Path, program: Path, looked: list[str]) -> None:
    check(tmp_path, program, "a.yaml")
    before = (program / "lint.py").stat()
    (program / "lint.py").write_text("two", "utf-8")  # as long as before, and as old
    os.utime(program / "lint.py", ns=(before.st_atime_ns, before.st_mtime_ns))
    check(tmp_path, program, "a.yaml")
    assert looked == ["a.yaml", "a.yaml"]


def test_the_same_program_in_another_folder_knows_what_was_found(
    tmp_path: Path, program: Path, looked: list[str]
) -> None:
    check(tmp_path, program, "a.yaml")
    check(tmp_path, program.rename(tmp_path / "moved"), "a.yaml")
    assert looked == ["a.yaml"]


def test_that_nothing_was_found_is_known_in_every_folder_and_language(
    tmp_path: Path, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str] = []
    monkeypatch.setattr(lint, "lint", lambda _, name: names.append(name) or ())
    check(tmp_path, program, "here/a.yaml")
    assert check(tmp_path, program, "there/a.yaml", language="zh-Hans") == [()]
    check(tmp_path, program, "here/b.yaml")  # its name is not its id: that may be a finding
    assert names == ["here/a.yaml", "here/b.yaml"]


@pytest.mark.parametrize("content", ["", "[]", '{"a": 1}', '{"a": [{"line": 1}]}', "\x00"])
def test_what_was_kept_and_cannot_be_read_counts_as_nothing(
    tmp_path: Path, program: Path, looked: list[str], content: str
) -> None:
    (tmp_path / "checked.json").write_text(content, "utf-8")
    check(tmp_path, program, "a.yaml")
    check(tmp_path, program, "a.yaml")
    assert looked == ["a.yaml"]


def test_a_folder_that_cannot_be_written_is_no_hindrance(tmp_path: Path, program: Path, looked: list[str]) -> None:
    (tmp_path / "home").write_text("a file in the way", "utf-8")
    check(tmp_path / "home", program, "a.yaml")
    assert len(check(tmp_path / "home", program, "a.yaml")) == 1
    assert looked == ["a.yaml", "a.yaml"]


def test_only_the_latest_are_kept(tmp_path: Path, program: Path, looked: list[str]) -> None:
    check(tmp_path, program, *(f"{n}.yaml" for n in range(MOST_KEPT)))
    check(tmp_path, program, "0.yaml", "new.yaml")
    looked.clear()
    check(tmp_path, program, "0.yaml", "1.yaml", "2.yaml", "new.yaml")
    assert looked == ["1.yaml"]


def test_what_is_known_is_told_without_loading_the_linter_or_what_packs_are_read_with() -> None:
    code = (
        "import sys, simulator.trainer.remembered, simulator.packs.find;"
        "sys.exit(bool({'simulator.trainer.lint', 'simulator.packs.load'} & sys.modules.keys()))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
