"""Lines of a fixed width for text of any script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WIDE = frozenset("WF")
# A unit is never torn apart: a Latin word (11:10 is one), or one East Asian character, with the punctuation that clings
# to it.
_CLOSING = "，。、；：？！…）】》」』”’,.;:?!)\\]}%"
_OPENING = "（【《「『“‘(\\[{"
_EAST_ASIAN = r"\u2e80-\u9fff\uff00-\uffef"
_PLAIN = rf"[^\s{_EAST_ASIAN}{_OPENING}{_CLOSING}]+"
_UNIT = re.compile(rf"\s+|[{_OPENING}]{{0,8}}(?:{_PLAIN}(?:[{_CLOSING}]+{_PLAIN})*|[{_EAST_ASIAN}])[{_CLOSING}]*|\S")


def cells(text: str) -> int:
    """How many columns a terminal gives this text."""
    return len(text) if text.isascii() else sum(map(_width, text))


class Flow:
    """Text that comes in pieces, in lines of at most `width` columns after `indent`; the first line has begun already,
    with `first` where given.

    What `feed` and `close` return, put together, is broken as `wrapped` breaks the whole. A word is held until its end
    is known.
    """

    def __init__(self, width: int, indent: str = "", first: str | None = None) -> None:
        self._width = width
        self._indent = indent
        self._column = cells(indent if first is None else first)
        self._empty = True
        self._gap = ""
        self._held = ""

    def feed(self, piece: str) -> str:
        """What can be written now, with a line feed where a line is full."""
        units = _UNIT.findall(self._held + piece)
        whole = len(units) - 1  # the last one may go on, and so may opening marks before it
        while whole > 0 and set(_OPENING).issuperset(units[whole - 1] + units[whole]):
            whole -= 1
        self._held = "".join(units[whole:]) if units else ""
        return self._placed(units[: max(0, whole)])

    def close(self) -> str:
        """What was held."""
        held, self._held = self._held, ""
        return self._placed(_UNIT.findall(held))

    def _placed(self, units: list[str]) -> str:
        placed = ""
        for unit in (piece for found in units for piece in _pieces(found, self._width - cells(self._indent))):
            if unit.isspace():
                self._gap = "" if self._empty else " "
                continue
            if not self._empty and self._column + len(self._gap) + cells(unit) > self._width:
                placed += "\n" + self._indent
                self._column, self._gap = cells(self._indent), ""
            placed += self._gap + unit
            self._column += len(self._gap) + cells(unit)
            self._empty, self._gap = False, ""
        return placed


def wrapped(text: str, width: int, indent: str = "", first: str | None = None) -> list[str]:
    """The text in lines of at most `width` columns, each after `indent`, the first one after `first` where given.

    No line begins with a closing punctuation mark or ends in an opening one. A word longer than a line is cut.
    """
    flow = Flow(width, indent, first)
    lines = (indent if first is None else first) + flow.feed(text) + flow.close()
    return [line.rstrip() for line in lines.split("\n")]


def padded(text: str, width: int) -> str:
    """The text with spaces up to `width` columns; longer text is left as it is."""
    return text + " " * (width - cells(text))


def cut(text: str, width: int) -> str:
    """The text, cut to `width` columns with an ellipsis where it is wider."""
    if cells(text) <= width:
        return text
    kept = ""
    for character in text:
        if cells(kept + character) > width - 1:
            break
        kept += character
    return kept.rstrip() + "…"


def dots(full: int, of: int = 5) -> str:
    """So many filled dots of so many: of five for a difficulty."""
    return "●" * full + "○" * (of - full)


def bar(share: float | None, length: int = 8) -> str:
    """A bar of `length` columns for 0..100; dots where nobody can say."""
    if share is None:
        return "·" * length
    full = round(share / 100 * length)
    return "▇" * full + "▁" * (length - full)


@lru_cache(maxsize=8192)  # Chinese is laid out in half the time
def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Me", "Mn"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def _pieces(unit: str, width: int) -> list[str]:
    """The unit, cut where it alone is wider than a line."""
    if cells(unit) <= width:
        return [unit]
    step = max(1, width // 2)
    return [unit[start : start + step] for start in range(0, len(unit), step)]
