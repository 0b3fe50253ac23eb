"""Where packs lie and how one is found: by id on a shelf of folders, or by the path of its file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from simulator.errors import BadInput, PackError
from simulator.packs.diagnostics import Finding, nearest, shown, whole_file
from simulator.packs.tree import MAX_BYTES
from simulator.text_gate import clean
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.domain.persona import Persona
    from simulator.domain.rubric import Rubric
    from simulator.packs.load import Loaded
    from simulator.packs.shape import Kind

    LoadedPersona: TypeAlias = Loaded[Persona]
    LoadedRubric: TypeAlias = Loaded[Rubric]

SUFFIXES = (".yaml", ".yml")
_FOLDERS: dict[Kind, str] = {"persona": "personas", "rubric": "rubrics"}
_FORMAT = re.compile(rb"^format:\s*[\"']?(persona|rubric)/", re.MULTILINE)
_HEAD = 4096  # bytes: the format stands on top of a pack, after comments


def default_folders(extra: Iterable[Path], cwd: Path, config_dir: Path) -> tuple[Path, ...]:
    """Folders in which packs are looked for, the first to win: `extra` (each as it is, and its personas/ and rubrics/),
    then personas/ and rubrics/ in the working folder, the user's config folder, the installed package, the checkout.
    """
    package = Path(__file__).parent.parent
    places = [folder for given in extra for folder in (given, *_inside(given))]
    checkout = [package.parent] if (package.parent / "pyproject.toml").is_file() else []
    for home in (cwd, config_dir, package / "shipped", *checkout):
        places.extend(_inside(home))
    return tuple(dict.fromkeys(places))


def _inside(folder: Path) -> tuple[Path, ...]:
    return tuple(folder / name for name in _FOLDERS.values())


def packs_in(folder: Path) -> tuple[Path, ...]:
    """The pack files of a folder and of its personas/ and rubrics/, in order of their names."""
    return tuple(file for file, _ in _packs((folder, *_inside(folder))))


def read_source(file: Path, shown_as: str | None = None) -> bytes:
    """The bytes of a pack file, at most one more than the limit.

    Raises PackError for what is no plain file or points out of its folder, BadInput where there is no such file.
    """
    name = clean(shown_as or str(file))
    try:
        home = file.parent.resolve(strict=True)
        real = file.resolve(strict=True)
        if not real.is_relative_to(home):
            raise _refused(whole_file("P025", name, say("the link leads out of its folder")))
        if not real.is_file():
            raise _refused(whole_file("P025", name, say("not a plain file")))
        with real.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise BadInput(say("no such file: {name}", name=name)) from None
    except (OSError, ValueError, RuntimeError) as error:  # a null byte in a name, a circle of links
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput(say("cannot read {name}: {reason}", name=name, reason=reason)) from error


def _refused(finding: Finding) -> PackError:
    return PackError(str(finding), (finding,))


@dataclass(frozen=True)
class PackShelf:
    """All packs within reach. Of two with one id, the one in the earlier folder is taken."""

    folders: Sequence[Path]

    def personas(self) -> tuple[str, ...]:
        """Ids of the personas within reach, sorted."""
        return tuple(sorted(self._files["persona"]))

    def rubrics(self) -> tuple[str, ...]:
        """Ids of the rubrics within reach, sorted."""
        return tuple(sorted(self._files["rubric"]))

    def files(self) -> tuple[Path, ...]:
        """The files of all packs within reach: personas, then rubrics."""
        return tuple(file for found in self._files.values() for _, file in sorted(found.items()))

    def persona(self, name: str) -> LoadedPersona:
        """The persona with this id, or in this file. Raises BadInput with the nearest id, PackError with findings."""
        from simulator.packs.load import load_persona  # noqa: PLC0415 -- not for those who ask what there is

        return load_persona(*self.source(name, "persona"))

    def rubric(self, name: str) -> LoadedRubric:
        """The rubric with this id, or in this file. Raises BadInput with the nearest id, PackError with findings."""
        from simulator.packs.load import load_rubric  # noqa: PLC0415 -- not for those who ask what there is

        return load_rubric(*self.source(name, "rubric"))

    def source(self, name: str, kind: Kind) -> tuple[bytes, str]:
        """The bytes of the pack with this id, or in this file, and the file's name. Raises BadInput, PackError."""
        file = self._file(name, kind)
        return read_source(file), str(file)

    def _file(self, name: str, kind: Kind) -> Path:
        if name.endswith(SUFFIXES):
            return Path(name)
        known = self._files[kind]
        if name in known:
            return known[name]
        asked = shown(name)
        told = say("no persona '{name}'", name=asked) if kind == "persona" else say("no rubric '{name}'", name=asked)
        near = nearest(name, known)
        if near:
            hint = say("; did you mean '{word}'?", word=near)
        elif known:
            hint = say("; there is {known}", known=", ".join(sorted(known)))
        else:
            hint = say("; none was found in {folders}", folders=", ".join(map(str, self.folders)))
        raise BadInput(told + hint)

    @cached_property
    def _files(self) -> dict[Kind, dict[str, Path]]:
        found: dict[Kind, dict[str, Path]] = {"persona": {}, "rubric": {}}
        for file, kind in _packs(self.folders):
            found[kind].setdefault(file.stem, file)
        return found


def _packs(folders: Iterable[Path]) -> Iterator[tuple[Path, Kind]]:
    for folder in folders:
        try:
            files = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
        except OSError as error:  # its name is too long, or it may not be entered
            reason = error.strerror or str(error)
            raise BadInput(say("cannot read {name}: {reason}", name=folder, reason=reason)) from error
        for file in files:
            if kind := _kind_of(file):
                yield file, kind


def _kind_of(file: Path) -> Kind | None:
    """What a file claims to be, by its format line, else by the folder it lies in; None: no pack."""
    try:
        if file.is_file():
            with file.open("rb") as opened:
                if declared := _FORMAT.search(opened.read(_HEAD)):
                    return "persona" if declared[1] == b"persona" else "rubric"
    except OSError:
        pass  # whoever loads it is told why it cannot be read
    return next((kind for kind, name in _FOLDERS.items() if file.parent.name == name), None)
