"""The whole conversation, to read again, opened at a turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from simulator.tui.keys import bind
from simulator.tui.spoken import Telling
from simulator.tui.widgets.entry import Entry
from simulator.tui.widgets.head import Head
from simulator.tui.widgets.keys import Keys
from simulator.tui.widgets.transcript import Transcript
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.practice import Practice
    from simulator.tui.app import MotApp


class TranscriptScreen(Screen[None]):
    """What was said. `turn` None: from the beginning."""

    app: MotApp

    def __init__(self, practice: Practice, turn: int | None) -> None:
        super().__init__()
        self._practice = practice
        self._turn = turn
        bind(self, Binding("escape,enter", "app.pop_screen", say("back")))
        if self._retry is not None:
            bind(self, Binding("r", "retry", say("retry this moment")))

    def compose(self) -> ComposeResult:
        """A head, the turns, the keys."""
        title = self._practice.persona.profile.title.in_language(self._practice.started.language)
        yield Head(title, say("turn {turn}", turn=self._turn) if self._turn else "")
        yield Transcript(self._entries())
        yield Keys()

    def on_mount(self) -> None:
        """To the turn, once the lines are laid out."""
        self.call_after_refresh(self._to_turn)

    def _to_turn(self) -> None:
        transcript = self.query_one(Transcript)
        if self._turn is None or not transcript.jump(self._turn):
            transcript.scroll_home(animate=False)

    def _entries(self) -> Iterator[Entry]:
        """The talk as it went, with what became of each turn, the customer's bearing, and the numbers of the turns."""
        telling = Telling(self._practice.persona, self._practice.started.language)
        for entry in telling.all(self._practice.conversation.events):
            number = str(entry.turn) if entry.turn and not entry.undone else ""
            yield replace(entry, beside=" · ".join(filter(None, (entry.beside, number))))

    @property
    def _retry(self) -> int | None:
        """The learner's line at or after this turn."""
        if self._turn is None:
            return None
        turns = self._practice.record.transcript.turns
        return next((turn.n for turn in turns if turn.n >= self._turn and turn.speaker == "learner"), None)

    def action_retry(self) -> None:
        """Try again from here."""
        if self._retry is not None:
            from simulator.domain.opening import Opening  # noqa: PLC0415 -- after the first paint

            self.app.take_up(Opening(moment=(self._practice.started.session, self._retry)))
