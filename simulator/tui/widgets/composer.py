"""Where the learner writes: Enter sends, what was said before comes back with the arrow keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding
from textual.events import Key, Paste
from textual.message import Message
from textual.widgets import TextArea

from simulator.text_gate import clean
from simulator.tui.keys import bind
from simulator.wording import say


class Composer(TextArea):
    """A few lines of text, kept until they are said.

    The keys that move a page belong to the transcript, for the composer has none to turn.
    """

    DEFAULT_CSS = """
    Composer, Composer:focus {
        background: $background;
        color: $foreground;
        border: none;
        padding: 0;
        height: auto;
        max-height: 5;
        width: 1fr;
        scrollbar-size-vertical: 1;
    }
    Composer > .text-area--cursor { background: $foreground; color: $background; }
    Composer > .text-area--placeholder { color: $foreground 40%; }
    """

    @dataclass
    class Sent(Message):
        """The learner pressed Enter. The text stays until `said`."""

        text: str

    class NothingToUndo(Message):
        """The learner undoes, and nothing was typed: what is meant is the last exchange."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- the toolkit's name
        super().__init__(compact=True, highlight_cursor_line=False, id=id)
        self.cursor_blink = False
        self._history: list[str] = []
        self._at = 0
        self._draft = ""
        earlier = say("what you said before, to say it again")
        bind(
            self,
            Binding("enter", "send", say("send"), tooltip=say("say it")),
            Binding("ctrl+j", "new_line", say("line"), tooltip=say("a new line in what you write")),
            Binding(
                "ctrl+z", "undo", say("undo"), tooltip=say("undo what you typed, else take the last exchange back")
            ),
            Binding("up", "cursor_up", key_display="↑ ↓", tooltip=earlier),
            Binding(
                "pageup", "screen.page(-1)", key_display="PgUp PgDn", tooltip=say("turn the pages of what was said")
            ),
            Binding("pagedown", "screen.page(1)"),
        )

    def remember(self, lines: Iterable[str]) -> None:
        """Lines that were said before this composer was there, the latest last."""
        self._history = list(lines)
        self._at = len(self._history)

    def said(self, text: str) -> None:
        """The text that was sent is durable: it goes into the history. What was typed since stays."""
        rest = self.text.removeprefix(text)
        if self.text != rest or not rest:
            self._put(rest)
        self._history.append(text.strip())
        self._at, self._draft = len(self._history), ""

    def offer(self, text: str) -> None:
        """Put a line there to be said again, unless something else was typed meanwhile."""
        if not self.text.strip() or self.text in self._history:
            self._put(text)

    def action_send(self) -> None:
        """Say it."""
        self.post_message(self.Sent(self.text))

    def action_new_line(self) -> None:
        """A line feed, which Enter cannot give here."""
        self.insert("\n")

    def action_undo(self) -> None:
        """Take back what was typed last; where nothing was, tell."""
        before = self.text
        super().action_undo()
        if self.text == before:
            self.post_message(self.NothingToUndo())

    def action_cursor_up(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 -- the toolkit's
        """The line above; on the first one, what was said before."""
        if select or not self.navigator.is_first_wrapped_line(self.cursor_location) or self._at == 0:
            super().action_cursor_up(select)
            return
        if self._at == len(self._history):
            self._draft = self.text
        self._recall(self._at - 1)

    def action_cursor_down(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 -- the toolkit's
        """The line below; on the last one, what was said after it, and at the end what was being written."""
        if select or not self.navigator.is_last_wrapped_line(self.cursor_location) or self._at == len(self._history):
            super().action_cursor_down(select)
            return
        self._recall(self._at + 1)

    async def _on_key(self, event: Key) -> None:
        """Enter sends. It waits its turn behind what was typed before it, as a binding of the screen would not."""
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.action_send()

    async def _on_paste(self, event: Paste) -> None:
        """Everything pasted passes the gate; how long a line may be is for the conversation to say."""
        event.prevent_default()
        await super()._on_paste(Paste(clean(event.text)))

    def _recall(self, at: int) -> None:
        self._at = at
        self._put(self._history[at] if at < len(self._history) else self._draft)

    def _put(self, text: str) -> None:
        self.load_text(text)
        self.move_cursor(self.document.end)
