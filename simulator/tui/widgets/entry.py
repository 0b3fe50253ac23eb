"""What a transcript shows, block by block, and the lines that each block takes at a width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from simulator.reports.layout import cells, wrapped

Kind = Literal["persona", "learner", "aside", "rule"]
Part = Literal["name", "you", "words", "yours", "mark", "aside", "blank"]
"""What a line is part of, which decides how it looks."""

MARGIN = 3
"""Columns before the words; a turn that was jumped to has its mark there."""
AFTER = 2
"""Columns kept free at the right, one of them for the cursor of a reply that is still coming."""
WIDEST = 84
"""Columns of words at most: longer lines are hard to read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One block: a turn, an aside of the program's, or a rule that sets off what follows.

    `beside` stands at the right of the name; `mark` says what became of the turn (stopped, taken back); one that is
    `undone` is nobody's any more and is not jumped to.
    """

    kind: Kind
    text: str = ""
    name: str = ""
    turn: int = 0
    beside: str = ""
    mark: str = ""
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is drawn. `beside` ends at the right edge of the column."""

    part: Part
    text: str = ""
    beside: str = ""


class Block:
    """An entry laid out at one width. While its text is still coming, only its last line is laid out anew."""

    def __init__(self, entry: Entry, width: int) -> None:
        self.entry = entry
        self.lines: list[Line] = []
        self._width = max(1, min(WIDEST, width - MARGIN - AFTER))
        self._live = False
        self._tail = ""
        self._lay_out()

    @property
    def live(self) -> bool:
        """Whether its text is still coming."""
        return self._live

    @property
    def width(self) -> int:
        """Columns of words."""
        return self._width

    def begin(self) -> None:
        """Wait for text: until it comes, an ellipsis stands there."""
        self._live, self._tail = True, ""
        self.lines = [*self._head(), Line("words", "…"), Line("blank")]

    def grow(self, piece: str) -> int:
        """More of the text; returns the first line that changed."""
        part: Part = "words" if self.entry.kind == "persona" else "yours"
        tail = self._tail + piece
        if not self._tail and self.lines[-2].text == "…":
            tail = tail.lstrip()
        if not tail:
            return len(self.lines)
        first = len(self.lines) - 2
        fresh = _laid_out(tail, self._width)
        self.lines[first:] = [*(Line(part, line) for line in fresh), Line("blank")]
        self._tail = fresh[-1] + (" " if tail[-1] in " \t" else "")
        return first

    def _lay_out(self) -> None:
        entry = self.entry
        if entry.kind == "rule":
            self.lines = [Line("aside", "─" * self._width), Line("blank")]
            return
        part: Part = {"persona": "words", "learner": "yours", "aside": "aside"}[entry.kind]  # type: ignore[assignment]
        if entry.undone:
            part = "aside"
        self.lines = self._head() if entry.name else []
        self.lines += [Line(part, line) for line in _laid_out(entry.text, self._width)]
        if entry.mark:
            self.lines += [Line("mark", line) for line in wrapped(f"· {entry.mark}", self._width, "  ", "")]
        self.lines.append(Line("blank"))

    def _head(self) -> list[Line]:
        entry = self.entry
        part: Part = "name" if entry.kind == "persona" and not entry.undone else "you"
        if cells(entry.name) + 2 + cells(entry.beside) <= self._width:
            return [Line(part, entry.name, entry.beside)]
        beside = wrapped(entry.beside, self._width) if entry.beside else []
        return [*(Line(part, line) for line in wrapped(entry.name, self._width)), *(Line("mark", b) for b in beside)]


def _laid_out(text: str, width: int) -> list[str]:
    """The text in lines, its own line ends kept."""
    return [line for paragraph in text.split("\n") for line in wrapped(paragraph, width)]
