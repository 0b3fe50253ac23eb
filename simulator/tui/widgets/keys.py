"""The keys of a screen, at its foot: all of them, on as many lines as they take."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.widget import Widget

from simulator.reports.layout import cells

GAP = 2
"""Columns between two keys."""


class Keys(Widget):
    """What can be done here, and by which key; a click does it too.

    The toolkit's footer is a widget a key, which takes a third of the first paint, and cuts what does not fit.
    """

    DEFAULT_CSS = """
    Keys { dock: bottom; height: auto; padding: 0 1; color: $foreground 60%; }
    """

    def on_mount(self) -> None:
        """Draw anew when what can be done changes."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh(layout=True))

    def render(self) -> Content:
        """The keys at the width there is."""
        gap = Content(" " * GAP)
        return Content("\n").join(
            gap.join(Content.assemble((key, "$accent"), " ", told) for key, told, _ in row)
            for row in self._rows(max(1, self.size.width))
        )

    def on_click(self, event: Click) -> None:
        """The same as the key under the pointer."""
        place = event.get_content_offset(self)
        rows = list(self._rows(max(1, self.size.width)))
        if place is None or place.y >= len(rows):
            return
        end = 0
        for key, told, pressed in rows[place.y]:
            begin, end = end, end + cells(key) + 1 + cells(told) + GAP
            if begin <= place.x < end - GAP:
                self.app.simulate_key(pressed)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Lines at this width."""
        del container, viewport
        return max(1, len(list(self._rows(max(1, width)))))

    def _rows(self, width: int) -> Iterator[list[tuple[str, str, str]]]:
        """Key, what it does and what is pressed for it, in lines."""
        row: list[tuple[str, str, str]] = []
        taken = 0
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if not (binding.show and active.enabled):
                continue
            key = self.app.get_key_display(binding)
            wide = cells(key) + 1 + cells(binding.description)
            if row and taken + GAP + wide > width:
                yield row
                row, taken = [], 0
            taken += wide + (GAP if row else 0)
            row.append((key, binding.description, binding.key))
        if row:
            yield row
