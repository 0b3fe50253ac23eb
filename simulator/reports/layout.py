"""Lines of a fixed width for text of any script."""

from __future__ import annotations

import re
import unicodedata

_WIDE = frozenset("WF")
# A unit is never torn apart: a Latin word, or one East Asian character, with the punctuation that clings to it.
_CLOSING = "，。、；：？！…）】》」』”’,.;:?!)\\]}%"
_OPENING = "（【《「『“‘(\\[{"
_UNIT = re.compile(
    rf"\s+|[{_OPENING}]*(?:[^\s\u2e80-\u9fff\uff00-\uffef{_OPENING}{_CLOSING}]+|[\u2e80-\u9fff\uff00-\uffef])[{_CLOSING}]*|\S"
)


def cells(text: str) -> int:
    """How many columns a terminal gives this text."""
    return sum(_width(character) for character in text)


def wrapped(text: str, width: int, indent: str = "", first: str | None = None) -> list[str]:
    """The text in lines of at most `width` columns, each after `indent`, the first one after `first` where given.

    No line begins with a closing punctuation mark or ends in an opening one. A word longer than a line is cut.
    """
    lines: list[str] = []
    line = indent if first is None else first
    empty = True
    for unit in (piece for found in _UNIT.findall(text) for piece in _pieces(found, width - cells(indent))):
        if unit.isspace():
            line += "" if empty else " "
            continue
        if not empty and cells(line) + cells(unit) > width:
            lines.append(line.rstrip())
            line = indent
        line += unit
        empty = False
    return [*lines, line.rstrip()]


def padded(text: str, width: int) -> str:
    """The text with spaces up to `width` columns; longer text is left as it is."""
    return text + " " * (width - cells(text))


def bar(share: float | None, length: int = 8) -> str:
    """A bar of `length` columns for 0..100; dots where nobody can say."""
    if share is None:
        return "·" * length
    full = round(share / 100 * length)
    return "▇" * full + "▁" * (length - full)


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Me", "Mn"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def _pieces(unit: str, width: int) -> list[str]:
    """The unit, cut where it alone is wider than a line."""
    if cells(unit) <= width:
        return [unit]
    return [unit[start : start + width // 2] for start in range(0, len(unit), width // 2)]
