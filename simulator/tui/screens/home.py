"""What there is to practise, what was left unfinished, and what to do next."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Input

from simulator.errors import MomentError
from simulator.reports.layout import cells, cut, dots, padded
from simulator.reports.sectors import sector_name
from simulator.tui.doors import Door
from simulator.tui.keys import bind
from simulator.tui.waiting import waited
from simulator.tui.widgets.head import Head
from simulator.tui.widgets.items import Item, Items, heading
from simulator.tui.widgets.keys import Keys
from simulator.tui.widgets.prose import BLANK, QUIET, Piece
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.domain.run import Run
    from simulator.progress.course import Course
    from simulator.progress.scenarios import Scenario
    from simulator.tui.app import MotApp

SIGNS = {"en": "en", "zh-Hans": "中", "zh-Hant": "繁"}
"""How a row names the languages of a scenario."""
NARROW, NARROWEST = 90, 50
"""Columns below which a row leaves out the languages, and then all but title and standing."""
MOST_UNFINISHED = 3
"""Sessions to go on with that home shows; the others are in the progress screen."""


class HomeScreen(Screen[None]):
    """Where the app begins and everything comes back to."""

    DEFAULT_CSS = """
    HomeScreen #filter { border: none; padding: 0 1; height: 1; dock: bottom; margin-bottom: 1; background: $panel; }
    """

    app: MotApp

    def __init__(self) -> None:
        super().__init__()
        self._course: Course | None = None
        self._reason = ""
        self._today = date.min
        bind(
            self,
            Binding("slash", "filter", say("filter")),
            Binding("p", "app.progress", say("progress")),
            Binding("w", "watch", say("watch one")),
            Binding("s", "app.settings", say("settings")),
            Binding("question_mark,f1", "app.help", say("help"), tooltip=say("these keys")),
            Binding("ctrl+p", "app.command_palette", say("commands"), tooltip=say("all commands")),
            Binding("q", "app.quit", say("quit")),
            Binding("escape", "unfilter", say("show all")),
        )

    def compose(self) -> ComposeResult:
        """A head, the scenarios, the keys."""
        yield Head(say("Moments of Truth"), self._standing())
        yield Items[Door](say("open"), id="scenarios")
        yield Input(id="filter", compact=True, placeholder=say("type a few letters of a title or sector"))
        yield Keys()

    def on_mount(self) -> None:
        """The filter shows when it is asked for."""
        self.query_one("#filter").display = False
        self._doors.focus()

    def on_screen_resume(self) -> None:
        """Look again: something may have been practised meanwhile. What is there is painted first."""
        self.call_after_refresh(self._load)

    @work(exclusive=True)
    async def _load(self) -> None:
        settings = self.app.settings

        def read() -> tuple[Course, str]:
            from simulator import assemble  # noqa: PLC0415 -- after the first paint
            from simulator.courses import own_course  # noqa: PLC0415
            from simulator.progress.advice import why  # noqa: PLC0415

            found = own_course(settings, assemble.store(settings))
            if found.next is None:
                return found, ""
            rubric = assemble.shelf(settings).rubric(settings.rubric).value
            names = {one.id: one.name.in_language(settings.preferred(rubric.languages)) for one in rubric.criteria}
            return found, why(found.next, names, settings.spoken)

        try:
            found, self._reason = await waited(self, asyncio.to_thread(read))
        except MomentError as error:
            self.app.tell(str(error), "error")
            return
        self._course, self._today = found, found.today
        self.query_one(Head).show(say("Moments of Truth"), self._standing())
        self._show()

    def _standing(self) -> str:
        endpoint = self.app.settings.endpoint
        player = endpoint.model if endpoint else say("offline")
        if self._course is None:
            return player
        loops = self._course.loops
        return say("{player} · {done} of {target} loops", player=player, done=loops.done, target=loops.target)

    def _show(self) -> None:
        if self._course is not None:
            self._doors.show(
                tuple(self._items(self._course, self.query_one("#filter", Input).value.strip().casefold()))
            )

    def _items(self, course: Course, wanted: str) -> Iterator[Item[Door]]:
        if not wanted:
            yield from self._to_do(course)
        sector = None
        names = [sector_name(one.heading.sector) for one in course.scenarios]
        widest = max(map(cells, names), default=0)
        for scenario, name in zip(course.scenarios, names, strict=True):
            title = self._title(scenario)
            if wanted and wanted not in f"{title} {name} {scenario.heading.id}".casefold():
                continue
            shown = name if name != sector else ""
            sector = name
            row = Row(padded(shown, widest), title, scenario, self._when(scenario.last_at))
            yield Item(row.pieces, Door("scenario", scenario.heading.id))

    def _to_do(self, course: Course) -> Iterator[Item[Door]]:
        kinds = (say("Continue"), say("Next"))
        widest = max(map(cells, kinds)) + 2
        begun = [run for run in course.unfinished if run.turn > 1]  # in the others nobody has answered yet
        for run in begun[:MOST_UNFINISHED]:
            told = say("{count} turns, {when}", count=run.turn, when=self._when(run.last_at))
            yield _entry(kinds[0], widest, self._name_of(run), told, Door("session", run.id))
        if course.next:
            scenario = course.scenario(course.next.scenario)
            title = self._title(scenario) if scenario else course.next.scenario
            yield _entry(kinds[1], widest, title, self._reason, Door("scenario", course.next.scenario))
        if begun or course.next:
            yield heading(BLANK)

    def _name_of(self, run: Run) -> str:
        scenario = self._course.scenario(run.persona) if self._course else None
        return self._title(scenario) if scenario else run.persona

    def _title(self, scenario: Scenario) -> str:
        return scenario.heading.title.in_language(self.app.settings.preferred(scenario.heading.languages))

    def _when(self, at: datetime | None) -> str:
        if at is None:
            return ""
        from simulator.progress.advice import when  # noqa: PLC0415 -- after the first paint

        return when(at.astimezone().date(), self._today)

    def on_option_list_option_selected(self) -> None:
        """Through the door."""
        if door := self._doors.chosen:
            door.go_through(self.app)

    def action_filter(self) -> None:
        """Type to narrow the list down."""
        entry = self.query_one("#filter", Input)
        entry.display = True
        entry.focus()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to show again while all is shown."""
        del parameters
        return action != "unfilter" or (self.is_mounted and self.query_one("#filter").display)

    def action_unfilter(self) -> None:
        """Show all again."""
        entry = self.query_one("#filter", Input)
        entry.display = False
        entry.value = ""
        self._doors.focus()
        self.refresh_bindings()

    def on_input_changed(self) -> None:
        """Narrow down while typing."""
        self._show()

    def on_input_submitted(self) -> None:
        """Enter goes to the list, or straight through the only door."""
        self._doors.focus()
        if self._doors.option_count == 1:
            self.on_option_list_option_selected()

    def action_watch(self) -> None:
        """See somebody else do the scenario under the highlight."""
        door = self._doors.chosen
        if door and door.kind == "scenario":
            self.app.demonstrate(door.id)

    @property
    def _doors(self) -> Items[Door]:
        return self.query_one("#scenarios", Items)


@dataclass(frozen=True, slots=True)
class Row:
    """One scenario on one line, with as much of it as the width has room for."""

    sector: str
    title: str
    scenario: Scenario
    when: str

    def pieces(self, width: int) -> list[Piece]:
        """The line for a width in columns."""
        about, best = self.scenario.heading, self.scenario.best
        if self.scenario.last_at is None:
            standing = say("new")
        else:
            standing = say("best {total:.0f}", total=best.total) if best else "–"
        signs = " ".join(SIGNS[tag] for tag in about.languages)
        left = self.title if width < NARROWEST else f"{self.sector}  {self.title}"
        parts = [dots(about.difficulty), padded(signs, 5), padded(standing, 8), padded(self.when, 11)]
        if width < NARROW:
            parts = [dots(about.difficulty), padded(standing, 8), padded(self.when, 11)]
        if width < NARROWEST:
            parts = [standing]
        right = "  ".join(parts)
        room = width - cells(right) - 2
        return [Piece(f"{padded(cut(left, room), room)}  {right}", drawn=True)]


def _entry(kind: str, widest: int, title: str, told: str, door: Door) -> Item[Door]:
    """A line above the scenarios: what to go on with or to do next."""

    def pieces(width: int) -> list[Piece]:
        left = f"{padded(kind, widest)}{title}"
        room = width - cells(left) - 3
        short = room < cells(told)
        lines = [Piece(left if short else f"{left}   {told}", "bold", drawn=True)]
        return [*lines, Piece(told, QUIET, " " * widest)] if short else lines

    return Item(pieces, door)
