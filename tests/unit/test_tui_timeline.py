"""The disclosure timeline: marks above their turns, at any width."""

from __future__ import annotations

import pytest

from simulator.reports.layout import cells
from simulator.tui.widgets.timeline import Moment, timeline

HAPPENED = (Moment(2, "elicited"), Moment(4, "elicited"), Moment(4, "missed"), Moment(9, "trap"))


def test_marks_stand_above_their_turns() -> None:
    upper, lower, axis, numbers, _ = timeline(9, HAPPENED, 60)
    column = {n: numbers.index(str(n)) for n in (2, 4, 9)}
    assert (lower[column[2]], lower[column[4]], lower[column[9]]) == ("◆", "◆", "▲")
    assert upper[column[4]] == "✕"
    assert [axis[place] for place in column.values()] == ["┴", "┴", "┴"]


def test_only_marks_in_use_are_explained() -> None:
    told = timeline(9, (Moment(2, "elicited"),), 60)[-1]
    assert "opened by you" in told
    assert "missed" not in told


@pytest.mark.parametrize("turns", [1, 2, 17, 60, 500])
@pytest.mark.parametrize("width", [8, 20, 40, 80, 200])
def test_no_line_is_wider_than_there_is_room(turns: int, width: int) -> None:
    moments = [Moment(turn, "elicited") for turn in range(1, turns + 1, 3)]
    lines = timeline(turns, moments, width)
    assert all(cells(line.rstrip()) <= width for line in lines[:-1])
    assert sum(line.count("◆") for line in lines[:-3]) == len(moments)


@pytest.mark.parametrize(("turns", "width"), [(0, 80), (5, 7)])
def test_no_axis_without_turns_or_room(turns: int, width: int) -> None:
    assert timeline(turns, (), width) == []
