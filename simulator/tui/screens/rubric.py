"""The rubric, to read before, during and after a practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen

from simulator.domain.rubric import LEVELS
from simulator.tui.keys import bind
from simulator.tui.widgets.head import Head
from simulator.tui.widgets.keys import Keys
from simulator.tui.widgets.prose import BLANK, HEADING, QUIET, Piece, Prose
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.domain.rubric import Rubric


class RubricScreen(Screen[None]):
    """Stages, their criteria, what each is about, what each level looks like, and what goes wrong there most."""

    def __init__(self, rubric: Rubric, language: str) -> None:
        super().__init__()
        self._rubric = rubric
        self._language = language
        bind(self, Binding("escape", "app.pop_screen", say("back")))
        bind(self, Binding("enter", "app.pop_screen", show=False))

    def compose(self) -> ComposeResult:
        """A head, the rubric, the keys."""
        yield Head(self._rubric.title.in_language(self._language), say("what a conversation is judged by"))
        with VerticalScroll(classes="page"):
            yield Prose(self._pieces())
        yield Keys()

    def _pieces(self) -> list[Piece]:
        language = self._language
        pieces: list[Piece] = []
        for stage in self._rubric.stages:
            pieces += [Piece(stage.name.in_language(language), HEADING), BLANK]
            for criterion in stage.criteria:
                pieces.append(Piece(criterion.name.in_language(language), "bold", "  "))
                pieces.append(Piece(criterion.what.in_language(language), "", "    "))
                pieces += [
                    Piece(criterion.anchors[level].in_language(language), "", f"    {level}  ")
                    for level in reversed(LEVELS)
                    if level in criterion.anchors
                ]
                pieces += [Piece(mistake.in_language(language), QUIET, "    ✗  ") for mistake in criterion.mistakes]
                pieces.append(BLANK)
        return pieces
