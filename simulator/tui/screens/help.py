"""The keys of the screen below, each with what it does."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from simulator.reports.layout import cells, padded
from simulator.tui.keys import bind
from simulator.tui.widgets.keys import Keys
from simulator.tui.widgets.prose import BLANK, HEADING, QUIET, Piece, Prose
from simulator.wording import say


class HelpScreen(ModalScreen[None]):
    """Names of keys and what they do."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen #box { width: 64; max-width: 94%; height: auto; max-height: 90%; padding: 1 2; background: $panel; }
    """

    def __init__(self, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._keys = keys
        bind(self, Binding("escape,f1,enter,question_mark", "app.pop_screen", say("back")))

    def compose(self) -> ComposeResult:
        """The keys one below the other, and what the mouse can do."""
        with VerticalScroll(id="box"):
            yield Prose(self._pieces())
        yield Keys()

    def _pieces(self) -> list[Piece]:
        widest = max((cells(name) for name, _ in self._keys), default=0) + 3
        told = say("A click on a key at the foot of a screen does the same.")
        return [
            Piece(say("Keys of this screen"), HEADING),
            BLANK,
            *(Piece(does, first=padded(name, widest)) for name, does in self._keys),
            BLANK,
            Piece(told, QUIET),
        ]
