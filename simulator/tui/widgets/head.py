"""The line at the top of a screen: what this is on the left, where one stands on the right, a rule below."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from simulator.reports.layout import cells, cut
from simulator.text_gate import clean

MARGIN = 1


class Head(Widget):
    """Two texts on one line. Where they do not both fit, the right one gives way."""

    DEFAULT_CSS = """
    Head { height: 2; dock: top; }
    """

    def __init__(self, left: str, right: str | Content = "") -> None:
        super().__init__()
        self._left, self._right = clean(left), _quiet(right)

    def show(self, left: str, right: str | Content = "") -> None:
        """Show these instead."""
        self._left, self._right = clean(left), _quiet(right)
        self.refresh()

    def render(self) -> Content:
        """The line and the rule."""
        width = max(1, self.size.width - 2 * MARGIN)
        left = cut(" ".join(self._left.split()), width)
        room = width - cells(left)
        right = self._right if self._right.cell_length + 2 <= room else Content()
        space = " " * (room - right.cell_length)
        margin = Content(" " * MARGIN)
        title = Content.styled(left, "bold")
        return (
            margin + title + Content(space) + right
            + Content("\n") + Content.styled("─" * self.size.width, "$foreground 25%")
        )  # fmt: skip

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Always two lines."""
        del container, viewport, width
        return 2


def _quiet(text: str | Content) -> Content:
    """What is no content yet is text that does not ask for attention."""
    return text if isinstance(text, Content) else Content.styled(clean(text), "$foreground 60%")
