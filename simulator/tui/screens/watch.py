"""A model conversation that plays by itself, with what each line opened and why."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import aclosing
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from simulator.errors import MomentError
from simulator.reports.layout import cells
from simulator.text_gate import clean
from simulator.tui.keys import bind
from simulator.tui.spoken import Telling
from simulator.tui.waiting import waited
from simulator.tui.widgets.entry import Entry
from simulator.tui.widgets.keys import Keys
from simulator.tui.widgets.loop_head import LoopHead
from simulator.tui.widgets.status import Status
from simulator.tui.widgets.transcript import Transcript
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.trainer.model_run import Exchange, ModelRun
    from simulator.tui.app import MotApp

READING = 0.045
"""Seconds a column of text takes to read: about 240 words a minute."""


def time_to_read(text: str) -> float:
    """Seconds that a person wants with this text."""
    return 1 + READING * cells(text)


class WatchScreen(Screen[None]):
    """Watches the expert in one scenario. `pace` says for how many seconds a text stands before the next comes."""

    app: MotApp

    def __init__(self, scenario: str, language: str | None = None, pace: Callable[[str], float] = time_to_read) -> None:
        super().__init__()
        self._scenario = scenario
        self._language = language
        self._pace = pace
        self._next = asyncio.Event()
        self._going = asyncio.Event()
        self._going.set()
        bind(
            self,
            Binding("enter", "next", say("next")),
            Binding("space", "pause", say("pause, go on")),
            Binding("escape", "leave", say("back")),
        )

    def compose(self) -> ComposeResult:
        """A head, the talk, what the expert is about to do, the keys."""
        yield LoopHead("…")
        yield Transcript()
        yield Status()
        yield Keys()

    def on_mount(self) -> None:
        """Begin."""
        self.query_one(Transcript).focus()
        self._watch()

    @work(exclusive=True)
    async def _watch(self) -> None:
        from simulator.trainer.model_run import ModelRun  # noqa: PLC0415 -- after the first paint

        try:
            run = await waited(self, asyncio.to_thread(ModelRun, self.app.settings, self._scenario, self._language))
        except MomentError as error:
            self.app.tell(str(error), "error")
            self.dismiss()
            return
        await self._play(run)

    async def _play(self, run: ModelRun) -> None:
        head = self.query_one(LoopHead)
        head.entitle(run.persona.profile.title.in_language(run.language))
        telling, talk = Telling(run.persona, run.language), run.conversation
        seen, shown = 0, self.app.preferences.show_stages
        head.stand({}, shown=shown)
        async with aclosing(run.play()) as exchanges:
            async for exchange in exchanges:
                fresh = [entry for event in talk.events[seen:] for entry in telling.of(event, talk.state)]
                seen = len(talk.events)
                # The opening line comes with the first exchange, before the expert's line.
                for entry in fresh:
                    await self._show(_explained(entry, exchange))
                for entry in _opened(exchange):
                    await self._show(entry)
                head.stand(talk.state.hearings, shown=shown)
        self.query_one(Transcript).add(Entry("rule"))
        self.query_one(Status).say(say("That was one good way. Esc: back, and hold it yourself."))

    async def _show(self, entry: Entry) -> None:
        """Show it, and give time to read it."""
        self.query_one(Transcript).add(entry)
        self._next.clear()
        try:
            await waited(self, asyncio.wait_for(self._next.wait(), self._pace(entry.text + entry.mark)))
        except TimeoutError:
            await waited(self, self._going.wait())

    def action_next(self) -> None:
        """The next line at once."""
        self._next.set()
        self._going.set()
        self.query_one(Status).say()

    def action_pause(self) -> None:
        """Wait, or go on."""
        if self._going.is_set():
            self._going.clear()
            self.query_one(Status).say(say("Paused. Space goes on, Enter shows the next line."))
        else:
            self.action_next()

    def action_leave(self) -> None:
        """Back; nothing was kept."""
        self.dismiss()


def _explained(entry: Entry, exchange: Exchange) -> Entry:
    """The expert's line, with what it is for."""
    if entry.kind != "learner":
        return entry
    return Entry("learner", entry.text, say("A good colleague"), entry.turn, mark=clean(exchange.why))


def _opened(exchange: Exchange) -> Iterable[Entry]:
    for opened in exchange.opened:
        told = say("◆ This opened: {need}", need=opened.need)
        words = say("by the words “{words}”", words=opened.words)
        yield Entry("aside", f"{told}\n   {words}")
