"""Where each value of a YAML file stands, so that a diagnostic can point at it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from simulator.domain.text import ANY_LANGUAGE

if TYPE_CHECKING:
    from yaml.error import Mark

Path = tuple[str | int, ...]
"""The way to a value inside a file: keys and 0-based list positions."""


class Place(NamedTuple):
    """A line and a column, both counted from 1."""

    line: int
    column: int


START = Place(1, 1)


def of_wording(path: Path, language: str) -> Path:
    """The way to one wording of the text at `path`; a text that was written as one plain string has no way inside."""
    return path if language == ANY_LANGUAGE else (*path, language)


def spelled(path: Path) -> str:
    """The path as people write it: `latent_needs[2].unlock`."""
    parts = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(parts).removeprefix(".")


def place_of(mark: Mark | None) -> Place:
    """Where a mark of the parser's stands."""
    return Place(mark.line + 1, mark.column + 1) if mark else START


@dataclass(slots=True, eq=False)
class Spots:
    """Where the parts of one list or map stand, by position or key: the values, the keys that hold them, and the parts
    of those values that have some. Marks are kept as the parser gave them: of thousands hardly one is ever asked for.
    """

    values: dict[str | int, Mark | None] = field(default_factory=dict)
    keys: dict[str, Mark | None] = field(default_factory=dict)
    inner: dict[str | int, Spots] = field(default_factory=dict)


@dataclass(frozen=True)
class Positions:
    """Places of the values and of the keys that hold them, in one file with this text. `root` holds the file's one
    value under "".
    """

    root: Spots
    text: str

    def of(self, path: Path) -> Place:
        """The place of the value, or of the nearest one around it where this one is missing."""
        mark, spots = None, self.root
        for step in ("", *path):
            if step not in spots.values:
                break
            mark = spots.values[step]
            spots = spots.inner.get(step, _NOTHING)
        return place_of(mark)

    def of_key(self, path: Path) -> Place:
        """The place of the key that holds the value; an item of a list has no key, so its own place."""
        spots = self.root
        for step in ("", *path[:-1]):
            spots = spots.inner.get(step, _NOTHING)
        return place_of(spots.keys[path[-1]]) if path and path[-1] in spots.keys else self.of(path)

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


_NOTHING = Spots()
