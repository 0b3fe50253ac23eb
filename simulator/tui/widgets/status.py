"""The rule above the composer, which tells what the program has to say, and a quiet clock."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from simulator.reports.layout import cells, wrapped
from simulator.text_gate import clean

BEFORE = 3
"""Columns of rule before the words."""


class Status(Widget):
    """A rule with words set into it; what is longer than a line goes on below."""

    DEFAULT_CSS = """
    Status { height: auto; width: 1fr; max-height: 4; }
    """

    told: reactive[str] = reactive("", layout=True)

    def say(self, text: str = "") -> None:
        """Tell this until something else is told; nothing leaves the bare rule."""
        self.told = clean(text)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Lines at this width."""
        del container, viewport
        return len(self._lines(width))

    def render(self) -> Content:
        """The rule and the words."""
        width = self.size.width
        first, *others = self._lines(width)
        rule = "$foreground 25%"
        rest = max(0, width - BEFORE - cells(first) - 2) if first else width - BEFORE
        line = Content.styled("─" * BEFORE, rule)
        line += Content.styled(f" {first} " if first else "", "$warning") + Content.styled("─" * rest, rule)
        return Content("\n").join([line, *(Content.styled(" " * (BEFORE + 1) + other, "$warning") for other in others)])

    def _lines(self, width: int) -> list[str]:
        return wrapped(self.told, max(1, width - 2 * BEFORE)) if self.told else [""]


class Clock(Widget):
    """Minutes and seconds that the talk has taken."""

    DEFAULT_CSS = """
    Clock { width: 7; height: 1; color: $foreground 40%; text-align: right; }
    """

    seconds: reactive[int] = reactive(0)

    def render(self) -> Content:
        """The time that has gone."""
        minutes, seconds = divmod(self.seconds, 60)
        return Content(f"{minutes}:{seconds:02} ")
