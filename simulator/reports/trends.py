"""Figures over time laid out to be drawn: a line a stage, and criteria as a map of levels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from itertools import islice
from statistics import fmean
from typing import TYPE_CHECKING

from simulator.progress.course import RECENT
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.domain.run import Mark, Run

LEFT, RIGHT, BOTTOM, SCALE = 26.0, 316.0, 92.0, 0.84
"""Where a chart's lines run in its drawing, and how far a point of 0..100 reaches up."""
COLUMNS = 24
"""Practices in a map: what fits a sheet of A4."""
LONGEST = 40
"""Practices in a line; of more the latest."""

Points = Sequence[tuple["Run", "Mark"]]


@dataclass(frozen=True, slots=True)
class Dot:
    """One practice in a drawing; `counts` False is drawn hollow and stands on no line."""

    x: float
    y: float
    value: float
    counts: bool
    told: str


@dataclass(frozen=True, slots=True)
class TrendView:
    """One line over time. `told` says in words what it shows; `latest` is its last value that counts."""

    name: str
    latest: str
    told: str
    dots: tuple[Dot, ...]
    parts: tuple[tuple[tuple[float, float], ...], ...]
    first_day: str
    last_day: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a map: `shade` 1..5, 0 for nothing."""

    text: str
    shade: int


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One row of a map."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class HeatView:
    """A map of levels."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]


def trends_of(
    points: Points, stages: Mapping[str, str], titles: Mapping[str, str], zone: tzinfo | None
) -> Iterator[TrendView]:
    """The total and each stage (id: name) over these practices, the earliest first."""
    shown = points[-LONGEST:]
    yield _trend(say("Total"), [mark.total for _, mark in shown], shown, titles, zone)
    for stage, name in stages.items():
        yield _trend(name, [mark.stages.get(stage) for _, mark in shown], shown, titles, zone)


def heat_of(points: Points, criteria: Mapping[str, str], zone: tzinfo | None) -> HeatView:
    """The levels of the criteria (id: name) in the latest practices."""
    shown = points[-COLUMNS:]
    return HeatView(
        say("Criteria by practice, levels 1 to 5"),
        tuple(_day(run, zone) + ("" if run.counts else " *") for run, _ in shown),
        tuple(
            HeatRow(name, tuple(_cell(mark.levels.get(criterion)) for _, mark in shown))
            for criterion, name in criteria.items()
        ),
    )


def mean_heats(caption: str, rows: Mapping[str, Sequence[Mark]], criteria: Mapping[str, str]) -> Iterator[HeatView]:
    """The mean levels of the criteria (id: name) over the latest practices of each row, in maps that fit a page."""
    named = iter(rows.items())
    while part := list(islice(named, COLUMNS)):
        yield HeatView(
            caption,
            tuple(name for name, _ in part),
            tuple(
                HeatRow(name, tuple(_mean_cell(marks[-RECENT:], criterion) for _, marks in part))
                for criterion, name in criteria.items()
            ),
        )


def sparkline(values: Sequence[float]) -> str:
    """Values of 0..100 as the points of a line in a drawing of 100 by 24."""
    step = 100 / max(1, len(values) - 1)
    return " ".join(f"{at * step:.1f},{22 - value * 0.2:.1f}" for at, value in enumerate(values))


def _trend(
    name: str, values: Sequence[float | None], points: Points, titles: Mapping[str, str], zone: tzinfo | None
) -> TrendView:
    step = (RIGHT - LEFT) / max(1, len(points) - 1)
    dots: list[Dot] = []
    line: list[tuple[float, float]] = []
    counted: list[float] = []
    for at, (value, (run, _)) in enumerate(zip(values, points, strict=True)):
        if value is None:
            continue
        x, y = (LEFT + at * step, BOTTOM - value * SCALE) if len(points) > 1 else (RIGHT, BOTTOM - value * SCALE)
        told = f"{_day(run, zone)} {titles.get(run.persona, run.persona)}: {value:.0f}"
        dots.append(
            Dot(x, y, value, run.counts, told if run.counts else say("{practice}, does not count", practice=told))
        )
        if run.counts:
            line.append((x, y))
            counted.append(value)
    return TrendView(
        name=name,
        latest=f"{counted[-1]:.0f}" if counted else "–",
        told=_told(name, counted),
        dots=tuple(dots),
        parts=(tuple(line),) if line else (),
        first_day=_day(points[0][0], zone) if len(points) > 1 else "",
        last_day=_day(points[-1][0], zone) if points else "",
    )


def _told(name: str, values: Sequence[float]) -> str:
    if not values:
        return say("{name}: no practice that counts", name=name)
    return say(
        "{name}: {first:.0f} at first, {last:.0f} at last, {best:.0f} at best; practices: {count}",
        name=name,
        count=len(values),
        first=values[0],
        last=values[-1],
        best=max(values),
    )


def _cell(level: int | None) -> Cell:
    return Cell("–", 0) if level is None else Cell(str(level), level)


def _mean_cell(marks: Sequence[Mark], criterion: str) -> Cell:
    levels = [level for mark in marks if (level := mark.levels.get(criterion)) is not None]
    return Cell(f"{fmean(levels):.1f}", round(fmean(levels))) if levels else Cell("–", 0)


def _day(run: Run, zone: tzinfo | None) -> str:
    return f"{run.last_at.astimezone(zone):%m-%d}" if run.last_at else "?"
