"""Files that are written whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from simulator.errors import StoreError
from simulator.exchange.dossier import write_zip
from simulator.exchange.files import write_whole
from simulator.llm.memory import Known, Memory
from simulator.recording.files import save
from simulator.replacing import PRIVATE, replacing
from simulator.trainer.remembered import Remembered
from simulator.tui.preferences import Preferences


def the_app(file: Path) -> None:
    Preferences().keep(file.parent)


def the_linter(file: Path) -> None:
    remembered = Remembered(file.parent, "en", file.parent)
    remembered._used = {"a": ()}
    remembered.keep()


WRITERS: dict[str, Callable[[Path], object]] = {
    "app.json": the_app,
    "checked.json": the_linter,
    "endpoints.json": lambda file: Memory(file).learn(None, "m", Known()),
    "recording.yaml": lambda file: save(file, b"new"),
    "transcript.md": lambda file: write_whole("new", file),
    "everything.zip": lambda file: write_zip([("a", "new")], file),
}
NEW_EACH_TIME = {"everything.zip"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One with nothing in it."""
    made = tmp_path / "folder"
    made.mkdir()
    return made


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_is_on_the_disk_before_it_takes_its_place(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a power cut could leave the new name with nothing in it."""
    done: list[str] = []
    fsync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda file: (done.append("on the disk"), fsync(file)))
    monkeypatch.setattr(Path, "replace", lambda self, to: (done.append("in its place"), replace(self, to))[1])
    WRITERS[name](folder / name)
    assert done == ["on the disk", "in its place"]
    assert [file.name for file in folder.iterdir()] == [name]


@pytest.mark.parametrize("name", sorted(WRITERS.keys() - NEW_EACH_TIME))
def test_where_the_disk_fails_the_file_that_was_there_stays(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.EIO, "the disk failed")

    file = folder / name
    file.write_text("old", "utf-8")
    monkeypatch.setattr(os, "fsync", fail)
    with suppress(OSError, StoreError):  # who can go on without it says nothing
        WRITERS[name](file)
    assert file.read_text("utf-8") == "old"
    assert [file.name for file in folder.iterdir()] == [name]


@pytest.mark.skipif(os.name == "nt", reason="no such modes")
@pytest.mark.parametrize(
    ("name", "mode"), [("endpoints.json", PRIVATE), ("everything.zip", PRIVATE), ("app.json", 0o640)]
)
def test_what_is_private_nobody_else_may_read(name: str, mode: int, folder: Path) -> None:
    before = os.umask(0o027)
    try:
        WRITERS[name](folder / name)
    finally:
        os.umask(before)
    assert (folder / name).stat().st_mode & 0o777 == mode


def test_two_who_write_at_once_do_not_mix(folder: Path) -> None:
    file = folder / "a"
    with replacing(file) as one, replacing(file) as other:
        one.write(b"one")
        other.write(b"other")
    assert file.read_bytes() == b"one"
    assert list(folder.iterdir()) == [file]
