"""The transcript: one scroll view that draws lines, so that a thousand turns cost no more than one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.cache import LRUCache
from textual.events import Resize
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.timer import Timer

from simulator.reports.layout import cells
from simulator.tui.widgets.entry import MARGIN, Block, Entry, Line

FRAME = 0.033
"""Seconds of streamed text that are drawn together: more frames nobody sees, and each costs the keyboard time."""

DRAWN = 256
"""Lines kept as they were drawn: when a line comes in, all others only move."""


class Transcript(ScrollView, can_focus=True):
    """The turns of a conversation. It follows the end unless somebody scrolled up."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"transcript--{part}" for part in ("name", "you", "words", "yours", "mark", "aside", "blank", "found")
    }
    DEFAULT_CSS = """
    Transcript {
        background: $background;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
        scrollbar-color: $foreground 20%;
    }
    Transcript:focus { scrollbar-color: $accent; }
    Transcript > .transcript--name { color: $accent; text-style: bold; }
    Transcript > .transcript--you { color: $foreground 60%; text-style: bold; }
    Transcript > .transcript--words { color: $foreground; }
    Transcript > .transcript--yours { color: $foreground 75%; }
    Transcript > .transcript--mark { color: $foreground 60%; text-style: italic; }
    Transcript > .transcript--aside { color: $foreground 50%; }
    Transcript > .transcript--found { background: $panel; }
    """

    def __init__(self, entries: Iterable[Entry] = (), *, id: str | None = None) -> None:  # noqa: A002 -- the toolkit's name
        super().__init__(id=id)
        self._entries = list(entries)
        self._blocks: list[Block] = []
        self._starts: list[int] = []
        self._height = 0
        self._width = 0
        self._found: int | None = None
        self._coming: list[str] | None = None
        self._drawn: LRUCache[int, Strip] = LRUCache(DRAWN)
        self._fresh: list[str] = []
        self._frame: Timer | None = None
        self._at_end = True

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is shown, in order."""
        return tuple(self._entries)

    @property
    def following(self) -> bool:
        """Whether the end is in view."""
        return self.scroll_offset.y >= self.max_scroll_y

    def show(self, entries: Iterable[Entry]) -> None:
        """Show these instead, at their end."""
        self._end_stream()
        self._entries = list(entries)
        self._found = None
        self._lay_out()
        self.follow()

    def add(self, entry: Entry) -> None:
        """One more at the end."""
        following, changed = self.following, self._height
        self._append(entry)
        self._grown(following=following, changed=changed)

    def begin(self, entry: Entry) -> None:
        """One more at the end whose words are still to come: `stream` brings them, `settle` ends it."""
        changed = self._height
        self._coming = []
        self._append(entry)
        self._grown(following=True, changed=changed)

    def stream(self, piece: str) -> None:
        """More words of what has begun. They are drawn at the end of the frame."""
        self._fresh.append(piece)
        if self._frame is None:
            self._frame = self.set_timer(FRAME, self._draw_fresh)

    def settle(self, *entries: Entry) -> None:
        """The last block is over: these stand in its place."""
        self._end_stream()
        following = self.following
        self._entries.pop()
        if self._blocks:
            self._blocks.pop()
            self._height = self._starts.pop()
        changed = self._height
        for entry in entries:
            self._append(entry)
        self._grown(following=following, changed=changed)

    def follow(self) -> None:
        """Go to the end, and stay there."""
        self.scroll_to(y=self.max_scroll_y, animate=False, immediate=True)

    def jump(self, turn: int) -> bool:
        """Bring a turn into view and mark it; False where there is none."""
        found = [n for n, entry in enumerate(self._entries) if entry.turn == turn and not entry.undone]
        self._found = found[-1] if found else None
        self._redraw()
        if self._found is None:
            return False
        top, lines = self._starts[self._found], len(self._blocks[self._found].lines)
        room = max(0, self.size.height - lines) // 3
        self.scroll_to(y=max(0, top - room), animate=False, immediate=True)
        return True

    def on_resize(self, event: Resize) -> None:
        """Lay out anew for another width; the end stays in view where it was, else what stood at the top."""
        del event
        width = self.scrollable_content_region.width
        following = self._at_end or not self._blocks  # by now the end may be out of sight, for there is less room
        if width == self._width:
            if following:
                self.follow()
            return
        top = self._block_at(self.scroll_offset.y)
        self._width = width
        self._lay_out()
        if following:
            self.follow()
        elif self._blocks:
            self.scroll_to(y=self._starts[top], animate=False, immediate=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember whether the end is in view: a resize asks for what was before it."""
        super().watch_scroll_y(old_value, new_value)
        self._at_end = self.following

    def render_line(self, y: int) -> Strip:
        """The line at this row of the view."""
        row = self.scroll_offset.y + y
        if row >= self._height or not self._blocks:
            return Strip.blank(self.size.width, self.rich_style)
        strip = self._drawn.get(row)
        if strip is None:
            strip = self._drawn[row] = self._strip(row)
        return strip

    def _strip(self, row: int) -> Strip:
        index = self._block_at(row)
        block = self._blocks[index]
        line = block.lines[row - self._starts[index]]
        found = index == self._found and line.part != "blank"
        strip = Strip(self._segments(block, line, last=row == self._height - 2, found=found))
        if (selection := self.text_selection) is not None and (span := selection.get_span(row)) is not None:
            strip = self._selected(strip, *span)
        blank = self._style("blank", found=found)
        return strip.adjust_cell_length(self.size.width, blank).apply_offsets(0, row)

    def get_selection(self, selection: Selection) -> tuple[str, str]:
        """The selected words, without the margin."""
        lines = "\n".join(self._plain(block, line) for block in self._blocks for line in block.lines)
        return "\n".join(line.strip() for line in selection.extract(lines).split("\n")), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw what is selected."""
        del selection
        self._redraw()

    def notify_style_update(self) -> None:
        """Another theme."""
        super().notify_style_update()
        self._redraw()

    def _segments(self, block: Block, line: Line, *, last: bool, found: bool) -> Iterable[Segment]:
        margin = "▸".ljust(MARGIN) if found and line is block.lines[0] else " " * MARGIN
        yield Segment(margin, self._style("blank", found=found))
        yield Segment(line.text, self._style(line.part, found=found))
        if line.beside:
            yield Segment(_gap(block, line), self._style("blank", found=found))
            yield Segment(line.beside, self._style("mark", found=found))
        if last and block.live and line.text != "…":
            yield Segment("▌", self._style("name", found=found))

    def _plain(self, block: Block, line: Line) -> str:
        return " " * MARGIN + line.text + (_gap(block, line) + line.beside if line.beside else "")

    def _selected(self, strip: Strip, start: int, end: int) -> Strip:
        text = Text.assemble(*((segment.text, segment.style or "") for segment in strip), no_wrap=True, end="")
        text.stylize(self.screen.get_component_rich_style("screen--selection"), start, len(text) if end < 0 else end)
        return Strip(text.render(self.app.console))

    def _style(self, part: str, *, found: bool) -> Style:
        style = self.get_component_rich_style(f"transcript--{part}")
        if not found:
            return style
        return style + Style(bgcolor=self.get_component_rich_style("transcript--found").bgcolor)

    def _block_at(self, row: int) -> int:
        return max(0, bisect_right(self._starts, row) - 1)

    def _lay_out(self) -> None:
        if not self._width:
            return
        self._blocks, self._starts, self._height = [], [], 0
        for entry in self._entries:
            self._place(entry)
        if self._coming is not None:
            self._begin(self._coming)
        self.virtual_size = Size(self._width, self._height)
        self._redraw()

    def _redraw(self) -> None:
        self._drawn.clear()
        self.refresh()

    def _append(self, entry: Entry) -> None:
        self._entries.append(entry)
        if self._width:  # else nobody has seen anything yet
            self._place(entry)
            if self._coming is not None:
                self._begin(())

    def _place(self, entry: Entry) -> None:
        block = Block(entry, self._width)
        self._blocks.append(block)
        self._starts.append(self._height)
        self._height += len(block.lines)

    def _begin(self, so_far: Iterable[str]) -> None:
        """The last block is one whose words are coming."""
        self._blocks[-1].begin()
        self._blocks[-1].grow("".join(so_far))
        self._height = self._starts[-1] + len(self._blocks[-1].lines)

    def _draw_fresh(self) -> None:
        piece = "".join(self._fresh)
        self._forget_fresh()
        if self._coming is None:
            return
        self._coming.append(piece)
        if not self._blocks:
            return
        following = self.following
        block, start = self._blocks[-1], self._starts[-1]
        changed = start + block.grow(piece)
        self._height = start + len(block.lines)
        self._grown(following=following, changed=changed)

    def _grown(self, *, following: bool, changed: int) -> None:
        """Draw what changed, from line `changed` on."""
        if not self._width:
            return
        for row in range(changed, self._height):
            self._drawn.discard(row)
        if self._height != self.virtual_size.height:
            self.virtual_size = Size(self._width, self._height)
        if following and not self.following:
            self.follow()  # which draws everything
        else:
            self.refresh_lines(changed, self._height - changed)

    def _end_stream(self) -> None:
        self._forget_fresh()
        self._coming = None

    def _forget_fresh(self) -> None:
        self._fresh.clear()
        if self._frame is not None:
            self._frame.stop()
            self._frame = None


def _gap(block: Block, line: Line) -> str:
    return " " * max(2, block.width - cells(line.text) - cells(line.beside))
