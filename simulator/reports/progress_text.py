"""A course as text: for a terminal, a pipe, or a screen reader. Nothing in it depends on colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from simulator.reports.headings import headings, uncounted
from simulator.reports.layout import bar, cells, dots, padded, wrapped
from simulator.reports.terminal import WIDTH
from simulator.text_gate import clean
from simulator.wording import say, speaking

if TYPE_CHECKING:
    from simulator.reports.progress import Judged, ProgressView

LATEST = 10
"""Practices and values of a line that are listed."""


def progress_text(view: ProgressView, columns: int | None = None) -> str:
    """The view in lines of at most `columns`, without a line feed at the end."""
    width = min(WIDTH, columns or WIDTH)
    with speaking(view.language):
        blocks = (
            _summary(view, width),
            _unfinished(view, width),
            *(_judged(judged, width) for judged in view.judged),
            _scenarios(view, width),
            _mastery(view, width),
            _drills(view, width),
            _practices(view, width),
        )
        return "\n\n".join(text for block in blocks if (text := "\n".join(block)))


def _summary(view: ProgressView, width: int) -> Iterator[str]:
    words = headings()
    yield from wrapped(f"{view.heading} · {view.loops_told}", width, "  ", "")
    yield from wrapped(words["loops_meant"], width, "  ")
    if view.next:
        told = " · ".join(filter(None, (view.next.title, view.next.when)))
        yield from wrapped(say("{heading}: ", heading=words["next"]) + told, width, "  ", "")
        yield from wrapped(view.next.why, width, "  ")
    if view.weakest:
        yield from wrapped(say("{heading}: ", heading=words["weakest"]) + view.weakest, width, "  ", "")


def _unfinished(view: ProgressView, width: int) -> Iterator[str]:
    if view.unfinished:
        yield say("To go on with: mot practice --resume ID")
    for row in view.unfinished[:LATEST]:
        yield from wrapped(f"{row.id}  {row.title}, {row.day}", width, "    ", "  ")


def _judged(judged: Judged, width: int) -> Iterator[str]:
    yield from wrapped(judged.heading, width, "  ", "")
    longest = max(cells(line.name) for line in judged.trends)
    for line in judged.trends:
        values = [dot.value for dot in line.dots if dot.counts]
        latest = " ".join(f"{value:.0f}" for value in values[-LATEST:])
        yield f"  {padded(line.name, longest)}  {bar(values[-1] if values else None)}  {latest}".rstrip()
    open_ones = [dot for dot in judged.trends[0].dots if not dot.counts]
    if open_ones:
        yield from wrapped(uncounted(len(open_ones)), width, "  ", "  ")


def _scenarios(view: ProgressView, width: int) -> Iterator[str]:
    words = headings()
    yield words["scenarios"]
    rows = [
        (
            row.sector,
            row.title,
            dots(row.difficulty),
            "–" if row.best is None else f"{row.best:.0f}",
            row.last or words["new"],
        )
        for row in view.scenarios
    ]
    yield from _table(rows, width)


def _mastery(view: ProgressView, width: int) -> Iterator[str]:
    if view.skills:
        yield headings()["mastery"]
    rows = [(row.name, dots(row.passes, row.wanted), row.state) for row in view.skills]
    yield from _table(rows, width)


def _drills(view: ProgressView, width: int) -> Iterator[str]:
    yield headings()["plan"]
    for principle in view.principles:
        yield from wrapped(principle, width, "    ", "  · ")
    for row in view.drills:
        yield from wrapped(f"{row.text} {row.scenario} · {row.state}", width, "      ", f"  {row.number:2}  ")


def _practices(view: ProgressView, width: int) -> Iterator[str]:
    if view.practices:
        yield headings()["latest_practices"]
    rows = [
        (row.day, "–" if row.total is None else f"{row.total:3.0f}", row.title, row.remarks)
        for row in view.practices[:LATEST]
    ]
    yield from _table(rows, width)


def _table(rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """The rows in aligned columns; one that is too wide goes on below."""
    plain = [[" ".join(clean(cell).split()) for cell in row] for row in rows]
    widths = [max(map(cells, column)) for column in zip(*plain, strict=True)]
    for row in plain:
        line = "  " + "  ".join(map(padded, row, widths)).rstrip()
        yield from [line] if cells(line) <= width else wrapped(line.strip(), width, "    ", "  ")
