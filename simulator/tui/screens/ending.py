"""What F10 asks before a conversation ends that has confirmed nothing."""

from __future__ import annotations

from typing import Literal

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from simulator.tui.keys import bind
from simulator.tui.widgets.items import Item, Items
from simulator.tui.widgets.keys import Keys
from simulator.tui.widgets.prose import BLANK, Piece, Prose
from simulator.wording import say

Choice = Literal["talk", "end", "leave"]


class EndingScreen(ModalScreen[Choice]):
    """Answers whether to talk on, to end, or to leave for now. `reason` is why it asks."""

    DEFAULT_CSS = """
    EndingScreen { align: center middle; }
    EndingScreen #box { width: 60; max-width: 94%; height: auto; padding: 1 2; background: $panel; }
    EndingScreen Items, EndingScreen Items:focus { height: auto; background: $panel; padding: 0; }
    EndingScreen Items:focus > .option-list--option-highlighted {
        background: $accent; color: $background; text-style: bold;
    }
    """

    def __init__(self, reason: str) -> None:
        super().__init__()
        self._reason = reason
        bind(self, Binding("escape", "talk", say("talk on")))

    def compose(self) -> ComposeResult:
        """Why it asks, and the three ways on."""
        with Vertical(id="box"):
            yield Prose([Piece(self._reason, "bold"), BLANK])
            yield Items[Choice](say("choose"), id="ways")
        yield Keys()

    def on_mount(self) -> None:
        """Talking on comes first."""
        ways = self.query_one("#ways", Items)
        ways.show(
            (
                _way("talk", say("Talk on")),
                _way("end", say("End, and see how it went")),
                _way("leave", say("Leave for now; go on another day")),
            )
        )
        ways.focus()

    def on_option_list_option_selected(self) -> None:
        """The answer."""
        self.dismiss(self.query_one("#ways", Items).chosen)

    def action_talk(self) -> None:
        """Nothing is to change."""
        self.dismiss("talk")


def _way(choice: Choice, text: str) -> Item[Choice]:
    return Item(lambda _: (Piece(text, first="  "),), choice)
