"""One question with a line to answer it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from simulator.tui.keys import bind
from simulator.tui.widgets.keys import Keys
from simulator.tui.widgets.prose import Piece, Prose
from simulator.wording import say


class AskScreen(ModalScreen[str]):
    """Answers with the line, or with an empty one where the learner left."""

    DEFAULT_CSS = """
    AskScreen { align: center middle; }
    AskScreen #box { width: 60; max-width: 90%; height: auto; padding: 1 2; background: $panel; }
    AskScreen Input { border: none; padding: 0; height: 1; margin-top: 1; }
    """

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question
        bind(self, Binding("escape", "leave", say("back")))

    def compose(self) -> ComposeResult:
        """The question, the line, the keys."""
        with Vertical(id="box"):
            yield Prose([Piece(self._question, "bold")])
            line = Input(compact=True)
            bind(line, Binding("enter", "submit", say("keep")))
            yield line
        yield Keys()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The answer."""
        self.dismiss(event.value)

    def action_leave(self) -> None:
        """No answer."""
        self.dismiss("")
