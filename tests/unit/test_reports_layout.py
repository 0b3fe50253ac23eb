"""Lines of a fixed width: no glyph columns broken, no punctuation mark astray."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.reports.layout import Flow, bar, cells, padded, wrapped

CLOSING = "，。、；：？！）】》」』”,.;:?!)]"


def test_chinese_takes_two_columns_and_marks_none() -> None:
    assert cells("票 ok") == 5
    assert cells("e\u0301") == 1


def test_latin_words_are_kept_whole() -> None:
    assert wrapped("one two three", 8) == ["one two", "three"]


def test_first_line_and_the_others_have_their_own_indent() -> None:
    assert wrapped("one two three", 9, "    ", "  - ") == ["  - one", "    two", "    three"]


def test_word_wider_than_a_line_is_cut() -> None:
    assert all(cells(line) <= 6 for line in wrapped("a" * 20, 6))
    assert "".join(wrapped("a" * 20, 6)) == "a" * 20


@pytest.mark.parametrize("width", range(8, 30))
def test_no_chinese_line_begins_with_a_closing_mark(width: int) -> None:
    lines = wrapped("他说：“两点签约，不能晚。”我问：「还有呢？」他看了看（四周），没说话……", width)
    assert all(cells(line) <= width for line in lines)
    assert not any(line[0] in CLOSING for line in lines)
    assert not any(line[-1] in "“「（" for line in lines)


@given(st.text(alphabet="ab 票，。“”()\n", max_size=60), st.integers(min_value=8, max_value=30))
def test_nothing_but_space_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cells(line) <= width for line in lines)


@given(
    st.lists(st.text(alphabet="ab 票，。“”（()\n", max_size=12), max_size=12), st.integers(min_value=8, max_value=30)
)
def test_text_in_pieces_is_broken_as_the_whole_is(pieces: list[str], width: int) -> None:
    flow = Flow(width, "  ", "")
    flowed = "".join([*map(flow.feed, pieces), flow.close()])
    assert flowed.split("\n") == wrapped("".join(pieces), width, "  ", "")


def test_a_word_is_written_as_soon_as_its_end_is_known() -> None:
    flow = Flow(20)
    assert [flow.feed(piece) for piece in ("Two ", "o'cl", "ock, ", "sharp")] == ["Two", "", " o'clock,", ""]
    assert flow.close() == " sharp"
    chinese = Flow(20)
    assert [chinese.feed(piece) for piece in ("两点", "。", "好")] == ["两", "", "点。"]


def test_bar_and_padding_count_columns() -> None:
    assert bar(None) == "········"
    assert bar(0) == "▁▁▁▁▁▁▁▁"
    assert bar(100) == "▇▇▇▇▇▇▇▇"
    assert cells(padded("探寻", 8)) == 8
