"""What a check found in the packs that ship comes with an installation: the program's own findings, in these bytes."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator.packs.diagnostics import Finding
from simulator.trainer import lint
from simulator.trainer.remembered import BUILT, Remembered

TOP = Path(__file__).parents[2]
PACKS = sorted((*TOP.glob("personas/*.yaml"), *TOP.glob("rubrics/*.yaml")))


@pytest.fixture(scope="module")
def hook() -> Iterator[Any]:
    """The build's hook after it ran, with `asked`: what it has installed besides."""
    described = importlib.util.spec_from_file_location("hatch_build", TOP / "hatch_build.py")
    assert described is not None
    assert described.loader is not None
    module = importlib.util.module_from_spec(described)
    described.loader.exec_module(module)
    before = [*sys.path]
    ran = module.CheckedPacks(str(TOP), {}, None, None, str(TOP), "wheel")
    ran.asked = {"shared_data": {}}
    ran.initialize("standard", ran.asked)
    sys.path[:] = before
    yield ran
    ran.finalize("standard", ran.asked, "")
    assert not ran.made.exists()


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were really looked into, in order."""
    names: list[str] = []

    def look(source: bytes, name: str, really: Any = lint.lint) -> tuple[Finding, ...]:
        names.append(name)
        return really(source, name)

    monkeypatch.setattr(lint, "lint", look)
    return names


def test_it_is_installed_where_it_is_looked_for(hook: Any) -> None:
    [(made, place)] = hook.asked["shared_data"].items()
    assert Path(made) == hook.made
    assert Path(sys.prefix) / place == BUILT


@pytest.mark.parametrize("file", PACKS, ids=lambda file: file.stem)
def test_it_is_what_a_check_finds_now(file: Path, hook: Any, home: Path, looked: list[str]) -> None:
    source, name = file.read_bytes(), str(file)
    told = Remembered(home, "zh-Hans", built=hook.made).lint(source, name)
    assert looked == []
    assert told == Remembered(home, "zh-Hans", built=home).lint(source, name)
    assert looked == [name]


def test_a_pack_that_was_edited_since_is_looked_into(hook: Any, home: Path, looked: list[str]) -> None:
    [file] = (file for file in PACKS if file.stem == "listening")
    spoilt = file.read_bytes().replace(b"format: rubric/1", b"format: rubric/2")
    [finding] = Remembered(home, "en", built=hook.made).lint(spoilt, file.name)
    assert finding.code == "P001"
    assert looked == [file.name]


def test_a_program_that_was_edited_since_looks_into_everything(
    hook: Any, home: Path, tmp_path: Path, looked: list[str]
) -> None:
    other = tmp_path / "program"
    other.mkdir()
    [file] = (file for file in PACKS if file.stem == "listening")
    Remembered(home, "en", other, built=hook.made).lint(file.read_bytes(), file.name)
    assert looked == [file.name]


def test_packs_that_are_installed_in_the_program_are_no_part_of_it(
    home: Path, tmp_path: Path, looked: list[str]
) -> None:
    program = tmp_path / "program"
    (program / "shipped" / "rubrics").mkdir(parents=True)
    for content in ("one", "two"):
        (program / "shipped" / "rubrics" / "listening.yaml").write_text(content, "utf-8")
        kept = Remembered(home, "en", program, built=home)
        kept.lint(b"format: persona/2\n", "a.yaml")
        kept.keep()
    assert looked == ["a.yaml"]


def test_an_installation_is_only_read(hook: Any, home: Path) -> None:
    before = (hook.made / "checked.json").read_bytes()
    kept = Remembered(home, "en", built=hook.made)
    kept.lint(b"format: persona/2\n", "a.yaml")
    kept.keep()
    assert (home / "checked.json").is_file()
    assert (hook.made / "checked.json").read_bytes() == before
