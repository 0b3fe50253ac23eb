"""A learner's course as items to walk through: scores over time, what is due, and the practices themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from simulator.reports.headings import headings, uncounted
from simulator.reports.layout import bar, cells, dots, padded
from simulator.text_gate import clean
from simulator.tui.doors import Door
from simulator.tui.widgets.items import Item, heading, item
from simulator.tui.widgets.prose import BLANK, HEADING, QUIET, Piece
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.reports.progress import Judged, PracticeRow, ProgressView

LATEST = 20
"""Practices of a line that are drawn, and practices listed."""
WEEKS = 26
"""Weeks of the calendar: half a year."""
RISING = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class Progress:
    """What the items are made from. `days` counts practices by calendar day."""

    view: ProgressView
    days: Mapping[date, int]
    today: date

    def items(self) -> tuple[Item[Door], ...]:
        """All items; a session leads to itself, a drill and what to do next to their scenario."""
        return (
            *self._summary(),
            *(one for judged in self.view.judged for one in _judged(judged)),
            *self._calendar(),
            *self._mastery(),
            *self._plan(),
            *self._practices(headings()["latest_practices"], self.view.practices),
            *self._practices(say("To go on with"), self.view.unfinished),
        )

    def _summary(self) -> Iterator[Item[Door]]:
        pieces = [Piece(self.view.loops_told, "bold"), Piece(headings()["loops_meant"], QUIET)]
        if self.view.next:
            told = " · ".join(filter(None, (self.view.next.title, self.view.next.why, self.view.next.when)))
            pieces.append(Piece(told, "", say("{heading}: ", heading=headings()["next"])))
        if self.view.weakest:
            pieces.append(Piece(self.view.weakest, "", say("{heading}: ", heading=headings()["weakest"])))
        yield item(*pieces, BLANK, about=Door("scenario", self.view.next.id) if self.view.next else None)

    def _calendar(self) -> Iterator[Item[Door]]:
        if self.days:
            yield heading(Piece(say("When you practised"), HEADING))
            told = Piece(say("a column a week, Monday on top: · none, ○ one, ◐ two, ● more"), QUIET)
            yield Item(lambda width: [*_calendar(self.days, self.today, width), told, BLANK])

    def _mastery(self) -> Iterator[Item[Door]]:
        if self.view.skills:
            yield heading(Piece(headings()["mastery"], HEADING))
            widest = max(cells(row.name) for row in self.view.skills) + 2
            rows = [
                Piece(
                    f"{padded(row.name, widest)}{dots(row.passes, row.wanted)}  {row.state}",
                    drawn=True,
                )
                for row in self.view.skills
            ]
            yield item(*rows, BLANK)

    def _plan(self) -> Iterator[Item[Door]]:
        principles = (Piece(principle, QUIET, "· ") for principle in self.view.principles)
        yield heading(Piece(headings()["plan"], HEADING), *principles, BLANK)
        for row in self.view.drills:
            yield item(
                Piece(row.text, "", f"{row.number:2}  "),
                Piece(f"{row.scenario} · {row.state}", QUIET, "    "),
                about=Door("scenario", row.id) if row.available else None,
            )
        yield heading(BLANK)

    def _practices(self, title: str, rows: Sequence[PracticeRow]) -> Iterator[Item[Door]]:
        if rows:
            yield heading(Piece(title, HEADING))
        for row in rows[:LATEST]:
            total = "  –" if row.total is None else f"{row.total:3.0f}"
            told = f"{row.day}  {total}  {row.title}"
            remarks = (Piece(clean(row.remarks), QUIET, " " * cells(f"{row.day}  {total}  ")),) if row.remarks else ()
            yield item(Piece(clean(told), drawn=True), *remarks, about=Door("session", row.id))
        if rows:
            yield heading(BLANK)


def _judged(judged: Judged) -> Iterator[Item[Door]]:
    """Only practices that were judged alike stand on one line; those that do not count are left out and counted."""
    yield heading(Piece(judged.heading, HEADING))
    widest = max(cells(line.name) for line in judged.trends) + 2
    rows = []
    for line in judged.trends:
        values = [dot.value for dot in line.dots if dot.counts][-LATEST:]
        latest = f"{values[-1]:3.0f}" if values else "  –"
        rows.append(
            Piece(
                f"{padded(line.name, widest)}{bar(values[-1] if values else None)} {latest}  {spark(values)}",
                drawn=True,
            )
        )
    open_ones = sum(not dot.counts for dot in judged.trends[0].dots)
    if open_ones:
        rows.append(Piece(uncounted(open_ones), QUIET))
    yield item(*rows, BLANK)


def _calendar(days: Mapping[date, int], today: date, width: int) -> Iterator[Piece]:
    for line in calendar(days, today, width):
        yield Piece(line, drawn=True)


def spark(values: Sequence[float]) -> str:
    """Values of 0..100, the earliest first, each as a column whose height tells it."""
    return "".join(RISING[min(len(RISING) - 1, int(value / 100 * len(RISING)))] for value in values)


def calendar(days: Mapping[date, int], today: date, width: int) -> list[str]:
    """The latest weeks side by side, a line a weekday, Monday first; the marks are fuller for more practices."""
    weeks = max(1, min(WEEKS, width // 2))
    first = today - timedelta(days=today.weekday(), weeks=weeks - 1)
    rows = []
    for weekday in range(7):
        marks = [_mark(first + timedelta(weeks=week, days=weekday), days, today) for week in range(weeks)]
        rows.append(" ".join(marks).rstrip())
    return rows


def _mark(day: date, days: Mapping[date, int], today: date) -> str:
    if day > today:
        return " "
    return "·○◐●"[min(3, days.get(day, 0))]
