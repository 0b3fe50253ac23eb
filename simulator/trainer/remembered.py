"""What was found in a pack last time, for as long as neither it nor the program has changed.

Trying what a pack means takes a tenth of a second, and to get ready for the first takes half a second. A folder of many
is checked again and again while one file is worked on, so what was found in the others is kept in the data folder.
Losing it costs time and nothing else. What was found in the packs that ship is installed with the program.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import cached_property
from pathlib import Path, PurePath

from simulator.packs.diagnostics import Finding
from simulator.replacing import replacing

MOST_KEPT = 500
"""Files whose findings are kept, the latest: some hundred kilobytes at most, for most have none."""

BUILT = Path(sys.prefix) / "share" / "moments-of-truth"
"""The folder in which an installation has what a check found when the program was built."""

_FILE = "checked.json"
_PROGRAM = Path(__file__).parents[1]
_PACKS = "shipped/"
_PARTS = (".py", ".yaml", ".toml", ".json", ".mo")


class Remembered:
    """The findings kept in one data folder; `language` is the one they are told in. `built` is only read."""

    def __init__(self, home: Path, language: str, program: Path = _PROGRAM, built: Path = BUILT) -> None:
        self._home = home
        self._language = language
        self._program = program
        self._built = built
        self._used: dict[str, tuple[Finding, ...]] = {}

    def lint(self, source: bytes, name: str) -> tuple[Finding, ...]:
        """The findings of a pack file as `lint` gives them."""
        sound, told = self._sound(source, name), self._key(source, name, self._language)
        key = sound if sound in self._known else told
        found = self._known.get(key)
        if found is None:
            from simulator.trainer.lint import lint  # noqa: PLC0415 -- it needs half the program; what is known does not

            found = lint(source, name)
            key = told if found else sound
        self._used[key] = found
        return found

    def is_sound(self, source: bytes, name: str) -> bool:
        """Whether it is known that nothing is wrong with a pack file. Looks into none."""
        return self._sound(source, name) in self._known

    def keep(self) -> None:
        """Write down what is new. A folder that cannot be written to is left alone."""
        if self._used.keys() <= self._known.keys():
            return
        earlier = {key: found for key, found in self._known.items() if key not in self._used}
        kept = list({**earlier, **self._used}.items())[-MOST_KEPT:]
        try:
            self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
            with replacing(self._home / _FILE) as file:
                file.write(json.dumps({key: _plain(findings) for key, findings in kept}).encode())
        except OSError:
            return

    @cached_property
    def _known(self) -> dict[str, tuple[Finding, ...]]:
        return {**_kept_in(self._built), **_kept_in(self._home)}

    def _sound(self, source: bytes, name: str) -> str:
        """The key of a pack in which nothing was found: that is so wherever the file lies and in every language."""
        return self._key(source, PurePath(name).stem)

    def _key(self, source: bytes, *said: str) -> str:
        told = "\n".join((self._state, *said, "")).encode()
        return hashlib.sha256(told + source).hexdigest()

    @cached_property
    def _state(self) -> str:
        """What the program is, so that a linter that was edited or installed anew begins afresh: the Python it runs in,
        and its files to the last letter. Packs that were installed in its folder are none of them.
        """
        digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
        parts = {file.relative_to(self._program).as_posix(): file for file in self._program.rglob("*")}
        for name, file in sorted(parts.items()):
            if file.suffix in _PARTS and not name.startswith(_PACKS):
                digest.update(name.encode() + hashlib.sha256(file.read_bytes()).digest())
        return digest.hexdigest()


def _kept_in(folder: Path) -> dict[str, tuple[Finding, ...]]:
    try:
        kept = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return {key: tuple(Finding(**finding) for finding in findings) for key, findings in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _plain(findings: Iterable[Finding]) -> list[Mapping[str, object]]:
    return [asdict(finding) for finding in findings]
