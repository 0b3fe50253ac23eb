"""The disclosure timeline: one column a turn, a mark where something came to light or went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.reports.headings import signs
from simulator.reports.layout import cells, padded
from simulator.reports.page import SIGNS, Kind

NARROWEST, WIDEST = 2, 4
"""Columns for a turn."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened in a turn."""

    turn: int
    kind: Kind


def timeline(turns: int, moments: Sequence[Moment], width: int) -> list[str]:
    """The axis with its marks and what they mean, in lines of at most `width` columns.

    Several moments of one turn stand above one another. Long conversations get a column for several turns.
    """
    if not turns or width < 8:  # noqa: PLR2004 -- no axis fits
        return []
    step = max(1, -(-turns // (width // NARROWEST)))
    columns = -(-turns // step)
    wide = min(WIDEST, width // columns)
    stacks: dict[int, list[Kind]] = {}
    for moment in moments:
        stacks.setdefault((moment.turn - 1) // step, []).append(moment.kind)
    height = max((len(stack) for stack in stacks.values()), default=0)
    rows = [
        "".join(padded(_at(stacks, column, row), wide) for column in range(columns)) for row in reversed(range(height))
    ]
    axis = "".join(("┴" if column in stacks else "─") + "─" * (wide - 1) for column in range(columns))
    used = {moment.kind for moment in moments}
    return [*rows, axis, _numbers(columns, step, wide), *_meaning(used, width)]


def _meaning(used: set[Kind], width: int) -> list[str]:
    """The legend of the marks in use, in as many lines as it takes."""
    lines: list[str] = []
    meant = signs()
    for entry in (f"{sign} {meant[kind]}" for kind, sign in SIGNS.items() if kind in used):
        if lines and cells(lines[-1]) + 3 + cells(entry) <= width:
            lines[-1] += f"   {entry}"
        else:
            lines.append(entry)
    return lines


def _at(stacks: dict[int, list[Kind]], column: int, row: int) -> str:
    stack = stacks.get(column, [])
    return SIGNS[stack[row]] if row < len(stack) else ""


def _numbers(columns: int, step: int, wide: int) -> str:
    """The numbers of the turns under the axis, as many as fit."""
    line = ""
    for column in range(columns):
        number = str(column * step + 1)
        at = column * wide
        if cells(line) <= at and (column == 0 or at - cells(line.rstrip()) >= 3):  # noqa: PLR2004 -- a number and air
            line = padded(line, at) + number
    return line
