"""How far one has come: scores over time, what is due, and every practice to look at again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from simulator.errors import MomentError
from simulator.tui.doors import Door
from simulator.tui.keys import bind
from simulator.tui.progressing import Progress
from simulator.tui.waiting import waited
from simulator.tui.widgets.head import Head
from simulator.tui.widgets.items import Items
from simulator.tui.widgets.keys import Keys
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.tui.app import MotApp


class ProgressScreen(Screen[None]):
    """The learner's course."""

    app: MotApp

    def __init__(self) -> None:
        super().__init__()
        bind(self, Binding("escape", "app.pop_screen", say("back")))

    def compose(self) -> ComposeResult:
        """A head, the course, the keys."""
        yield Head(say("Progress"), self.app.settings.learner)
        yield Items[Door](say("open"), id="course")
        yield Keys()

    def on_mount(self) -> None:
        """Fetch the course behind the first paint."""
        self._load()

    @work(exclusive=True)
    async def _load(self) -> None:
        try:
            progress = await waited(self, asyncio.to_thread(self._progress))
        except MomentError as error:
            self.app.tell(str(error), "error")
            return
        course = self.query_one("#course", Items)
        course.show(progress.items())
        course.focus()

    def _progress(self) -> Progress:
        from simulator import assemble, courses  # noqa: PLC0415 -- after the first paint
        from simulator.reports.progress import progress_view  # noqa: PLC0415

        settings = self.app.settings
        store = assemble.store(settings)
        found = courses.own_course(settings, store)
        view = progress_view(found, courses.names_for(settings, store, [found]), settings.spoken)
        return Progress(view, found.days, found.today)

    def on_option_list_option_selected(self) -> None:
        """Through the door; from what is none, to the list of practices."""
        course = self.query_one("#course", Items)
        if course.chosen:
            course.chosen.go_through(self.app)
        else:
            course.jump(lambda door: door.kind == "session")
