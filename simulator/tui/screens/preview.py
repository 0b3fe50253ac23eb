"""A conversation for who writes the persona: with what the gate makes of each line, and the file taken up anew."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

from textual import work
from textual.binding import Binding
from textual.worker import Worker

from simulator.errors import MomentError
from simulator.text_gate import clean
from simulator.trainer.gate_view import lacking, reasoning, since_last_line, standing
from simulator.trainer.preview import Preview
from simulator.tui.keys import bind, key_name
from simulator.tui.screens.conversation import ConversationScreen
from simulator.tui.waiting import waited
from simulator.tui.widgets.prose import BLANK, HEADING, QUIET, Piece
from simulator.tui.widgets.side import Side
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.domain.opening import Opening
    from simulator.practice import Practice

LOOKING = 1.0
"""Seconds between two looks at the file."""
BEGIN_AGAIN = Binding("ctrl+o", "begin_again")


def preview_of(practice: Practice, opening: Opening) -> PreviewScreen:
    """The preview of a practice that was opened so. Raises BadInput where the working folder is gone."""
    chosen = opening.choice.persona if opening.choice else None
    return PreviewScreen(practice, Preview(practice, chosen, key_name(BEGIN_AGAIN)))


class PreviewScreen(ConversationScreen):
    """One practice with the gate beside it. `lines` are said first: those of the practice that this one replaces."""

    WIDE = 80
    """Earlier than for a learner: the gate is what a trainer came for."""

    def __init__(self, practice: Practice, preview: Preview, lines: Iterable[str] = ()) -> None:
        super().__init__(practice)
        self._preview = preview
        self._lines = deque(lines)
        self._looking: Worker[None] | None = None
        bind(
            self,
            Binding("ctrl+g", "side('gate')", say("gate"), tooltip=say("what the gate made of your last line")),
            Binding(
                BEGIN_AGAIN.key,
                BEGIN_AGAIN.action,
                say("begin again"),
                tooltip=say("begin again with the file as it is now, and with your lines so far"),
            ),
        )

    def side(self) -> Side:
        """With the gate's page."""
        return Side(self._talk, self._practice.persona, self._language, self._gate)

    def on_mount(self) -> None:
        """Look at the file now and then."""
        self.set_interval(LOOKING, self._look)

    def moved(self) -> None:
        """The gate's page follows; a line that is still to be said again comes next."""
        super().moved()
        if self._lines:
            self.call_later(self._say_again)

    def _say_again(self) -> None:
        if self._replying:
            return
        if self._state.ended or self._state.pending or self._state.turns[-1].status != "complete":
            self._lines.clear()  # the customer left, or the trainer or the endpoint stopped a reply
        else:
            line = self._lines.popleft()
            self._converse(self._talk.say(line), line)

    def _gate(self) -> Iterator[Piece]:
        """The page: what is the matter with the file, then the last line, then where everything stands."""
        if self._preview.news:
            yield from (Piece(clean(self._preview.news), "bold $warning"), BLANK)
        told = list(reasoning(since_last_line(self._talk.events)))
        yield Piece(say("Your last line"), HEADING)
        yield from (Piece(line, first="· ") for line in told)
        if not told:
            yield Piece(say("You have said nothing yet."), QUIET)
        yield from (BLANK, Piece(say("Where it stands"), HEADING), Piece(standing(self._state)), BLANK)
        yield Piece(say("Needs"), HEADING)
        opened = (need for need in self._practice.persona.needs if need.id in self._state.opened)
        yield from (Piece(say("{need} is open", need=need.id), first="◆ ") for need in opened)
        yield from (Piece(line, first="◇ ") for line in lacking(self._state, self._practice.persona))

    def _look(self) -> None:
        if self._looking is None or self._looking.is_finished:
            self._looking = self._looked()

    @work(group="look")
    async def _looked(self) -> None:
        if await waited(self, asyncio.to_thread(self._preview.look)):
            self._side.refresh_pages()
            if self._preview.news and not (self._side.display and self._side.page == "gate"):
                self._status.say(self._preview.news)

    def action_begin_again(self) -> None:
        """A new session with the file as it is now; this one ends."""
        self._end_by(self._begin_again)

    @work(group="end")
    async def _begin_again(self) -> None:
        lines = [turn.text for turn in self._state.turns if turn.speaker == "learner"]
        try:
            fresh = await asyncio.to_thread(self._preview.again, self._practice)
        except MomentError as refused:
            if self.is_running:
                self._side.refresh_pages()
                self._status.say(str(refused))
            return
        with ExitStack() as unseen:
            unseen.enter_context(fresh)
            await self.stop()
            if self.is_active and not self._state.ended:  # who left meanwhile ended nothing
                await self._kept(self._talk.end("learner"))
            if self.is_active:
                unseen.pop_all()
                self.app.session = fresh.started.session
                self.app.switch_screen(PreviewScreen(fresh, self._preview, lines))

    def commands(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        """What the command palette offers here."""
        yield say("Begin again"), say("With the file as it is now, and your lines so far"), self.action_begin_again
        yield from super().commands()
