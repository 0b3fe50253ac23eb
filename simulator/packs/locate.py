"""Where each value of a YAML file stands, so that a diagnostic can point at it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

Path = tuple[str | int, ...]
"""The way to a value inside a file: keys and 0-based list positions."""


class Place(NamedTuple):
    """A line and a column, both counted from 1."""

    line: int
    column: int


START = Place(1, 1)


def spelled(path: Path) -> str:
    """The path as people write it: `latent_needs[2].unlock`."""
    parts = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(parts).removeprefix(".")


@dataclass(frozen=True)
class Positions:
    """Places of the values and of the keys that hold them, in one file with this text."""

    values: Mapping[Path, Place]
    keys: Mapping[Path, Place]
    text: str

    def of(self, path: Path) -> Place:
        """The place of the value, or of the nearest one around it where this one is missing."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, START)

    def of_key(self, path: Path) -> Place:
        """The place of the key that holds the value; an item of a list has no key, so its own place."""
        return self.keys.get(path) or self.of(path)

    def inside(self, path: Path, value: str, offset: int = 0) -> Place:
        """The place of one character of a text value: past its quotes or block sign, and across folded lines.

        The value's own place where an escape makes source and value differ.
        """
        place = self.of(path)
        at = self._line_starts[place.line - 1] + place.column - 1
        opening = self.text[at : at + 1]
        if opening in {"'", '"'}:
            at += 1
        elif opening in {"|", ">"}:
            at = self._past_space(self.text.index("\n", at))
        for wanted in value[:offset]:
            if wanted.isspace():
                at = self._past_space(at)
            elif self.text[at : at + 1] == wanted:
                at += 2 if wanted == opening == "'" else 1
            else:
                return place
        line = bisect_right(self._line_starts, at)
        return Place(line, at - self._line_starts[line - 1] + 1)

    def _past_space(self, at: int) -> int:
        while self.text[at : at + 1].isspace():
            at += 1
        return at

    @cached_property
    def _line_starts(self) -> tuple[int, ...]:
        lengths = map(len, self.text.splitlines(keepends=True))
        return (0, *accumulate(lengths))
