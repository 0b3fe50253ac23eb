"""Text that wraps as a reader of Chinese or English expects, at whatever width the widget has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from simulator.reports.layout import cells, cut, wrapped


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph. `first` stands before its first line, as many spaces before the others; `style` is the toolkit's
    (`bold`, `$text-muted`, ...). `drawn`: its columns mean something, so it is cut at the edge and not wrapped.
    """

    text: str
    style: str = ""
    first: str = ""
    drawn: bool = False


BLANK = Piece("")
"""An empty line."""

HEADING, QUIET = "bold $accent", "$foreground 60%"
"""How what is above others and what is beside the point are drawn on every screen."""


class Prose(Widget):
    """Paragraphs one below the other. Nothing in them is markup."""

    DEFAULT_CSS = """
    Prose { height: auto; width: 1fr; }
    """

    def __init__(self, pieces: Sequence[Piece] = (), *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 -- the toolkit's name
        super().__init__(id=id, classes=classes)
        self._pieces = tuple(pieces)

    def show(self, pieces: Sequence[Piece]) -> None:
        """Show these instead."""
        self._pieces = tuple(pieces)
        self.refresh(layout=True)

    def render(self) -> Content:
        """The paragraphs at the width there is."""
        lines = [Content.styled(line, style) for style, line in laid_out(self._pieces, max(1, self.size.width))]
        return Content("\n").join(lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Lines at this width."""
        del container, viewport
        return len(laid_out(self._pieces, max(1, width)))


@lru_cache(maxsize=256)
def laid_out(pieces: tuple[Piece, ...], width: int) -> tuple[tuple[str, str], ...]:
    """Style and text of each line. The same widgets are measured and drawn over and over at one width."""
    return tuple(
        (piece.style, line)
        for piece in pieces
        for paragraph in piece.text.split("\n")
        for line in _lines(piece, paragraph, width)
    )


def _lines(piece: Piece, paragraph: str, width: int) -> list[str]:
    if piece.drawn:
        return [cut(piece.first + paragraph, width)]
    return wrapped(paragraph, width, " " * cells(piece.first), piece.first)
