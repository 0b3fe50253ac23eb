"""A list of paragraphs to walk through with the arrow keys, each a thing that something can be done about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from textual.binding import Binding
from textual.content import Content
from textual.events import Resize
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from simulator.tui.keys import bind
from simulator.tui.widgets.prose import Piece, laid_out
from simulator.wording import say

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Item(Generic[T]):
    """One entry. `lines` makes its paragraphs for a width in columns; `about` is what it stands for; a heading stands
    for nothing and is passed over.
    """

    lines: Callable[[int], Sequence[Piece]]
    about: T | None = None
    heading: bool = False


def item(*pieces: Piece, about: T | None = None) -> Item[T]:
    """An entry that is the same at every width."""
    return Item(lambda _: pieces, about)


def heading(*pieces: Piece) -> Item[T]:
    """A heading that is the same at every width."""
    return Item(lambda _: pieces, heading=True)


class Items(OptionList, Generic[T]):
    """Items one below the other, laid out anew when the width changes. Headings are passed over."""

    DEFAULT_CSS = """
    Items, Items:focus {
        border: none; padding: 0 1; height: 1fr; background: $background; background-tint: $foreground 0%;
        scrollbar-gutter: stable;
    }
    Items > .option-list--option-highlighted, Items:focus > .option-list--option-highlighted {
        background: $accent 22%; color: $foreground; text-style: none;
    }
    Items > .option-list--option-hover { background: $accent 10%; }
    Items > .option-list--option-disabled { color: $foreground; }
    Items > .option-list--option { padding: 0; }
    """

    def __init__(self, enter: str, *, id: str | None = None) -> None:  # noqa: A002 -- the toolkit's name
        """`enter` is what Enter does, for the footer."""
        super().__init__(id=id, markup=False)
        bind(
            self,
            Binding("enter", "select", enter),
            Binding("up", "cursor_up", key_display="↑ ↓", tooltip=say("up and down the list")),
        )
        self._items: tuple[Item[T], ...] = ()

    @property
    def chosen(self) -> T | None:
        """What the item under the highlight stands for."""
        return None if self.highlighted is None else self._items[self.highlighted].about

    def show(self, items: Sequence[Item[T]]) -> None:
        """Show these; the highlight stays where it was, or goes to the first."""
        self._items = tuple(items)
        self._lay_out()

    def jump(self, where: Callable[[T], bool]) -> None:
        """Highlight the first item that stands for something of which this holds."""
        found = (index for index, item in enumerate(self._items) if item.about is not None and where(item.about))
        place = next(found, None)
        if place is not None:
            self.highlighted = place
            self.scroll_to_highlight(top=True)

    def on_resize(self, _: Resize) -> None:
        """Wrap again."""
        self._lay_out()

    def _lay_out(self) -> None:
        width = max(1, self.scrollable_content_region.width)
        place = self.highlighted
        self.set_options(Option(_content(item, width), disabled=item.heading) for item in self._items)
        if self._items:
            first = next((index for index, item in enumerate(self._items) if not item.heading), None)
            self.highlighted = place if place is not None and place < len(self._items) else first


def _content(item: Item[T], width: int) -> Content:
    lines = laid_out(tuple(item.lines(width)), width)
    return Content("\n").join(Content.styled(line, style) for style, line in lines)
