"""The transcript: what it draws, what it follows, and that a turn costs the same however many there are."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from simulator.tui.theme import DARK
from simulator.tui.widgets import entry as blocks
from simulator.tui.widgets.entry import Block, Entry
from simulator.tui.widgets.transcript import Transcript

EMOJI = "👩‍👩‍👧 über\u0308all e\u0301 שלום"  # joined people, accents apart from their letters, right to left


def said(n: int, text: str = "I have a train at four.") -> Entry:
    return Entry("persona" if n % 2 else "learner", text, "Ms Chen" if n % 2 else "You", n)


class Shown(App[None]):
    def __init__(self, entries: list[Entry]) -> None:
        super().__init__()
        self._entries = entries
        self.register_theme(DARK)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        yield Transcript(self._entries)


@asynccontextmanager
async def shown(*entries: Entry, size: tuple[int, int] = (60, 12)) -> AsyncIterator[tuple[Transcript, Pilot[None]]]:
    app = Shown(list(entries))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app.query_one(Transcript), pilot


def screen(transcript: Transcript) -> list[str]:
    return [transcript.render_line(y).text.rstrip() for y in range(transcript.size.height)]


async def test_a_turn_shows_who_spoke_how_they_look_and_what_became_of_it() -> None:
    turn = Entry("persona", "Well.", "Ms Chen", 1, beside="she looks at the clock", mark="stopped")
    async with shown(turn) as (transcript, _):
        name, words, mark, *_ = screen(transcript)
    assert name.split("  ")[0].strip() == "" and "Ms Chen" in name and name.endswith("she looks at the clock")  # noqa: PT018
    assert words == "   Well."
    assert mark == "   · stopped"


async def test_no_chinese_line_begins_with_a_closing_mark() -> None:
    text = "您先别着急，我们到柜台安静的那一头说。" * 20
    async with shown(Entry("persona", text, "陈女士", 1), size=(41, 30)) as (transcript, _):
        lines = [line.strip() for line in screen(transcript)]
    assert not [line for line in lines if line[:1] in set("，。")]


async def test_the_end_is_followed_until_somebody_scrolls_up() -> None:
    async with shown(*(said(n) for n in range(1, 30))) as (transcript, pilot):
        assert transcript.following
        transcript.add(said(30, "The last word."))
        await pilot.pause()
        assert "   The last word." in screen(transcript)
        transcript.scroll_to(y=3, animate=False)
        await pilot.pause()
        transcript.add(said(31, "Unseen."))
        await pilot.pause()
        assert transcript.scroll_offset.y == 3
        transcript.follow()
        assert "   Unseen." in screen(transcript)


async def test_words_that_stream_are_drawn_in_frames_and_settle_as_they_were_stored() -> None:
    async with shown(said(1)) as (transcript, pilot):
        transcript.begin(Entry("persona", "", "Ms Chen"))
        assert "   …" in screen(transcript)
        for piece in ("I ", "see", ". Then"):
            transcript.stream(piece)
        assert "   …" in screen(transcript)  # not before the frame is over
        await pilot.pause(0.1)
        assert "   I see. Then▌" in screen(transcript)
        transcript.settle(Entry("persona", "I see. Then no.", "Ms Chen", 3))
        assert "   I see. Then no." in screen(transcript)
        assert "▌" not in "".join(screen(transcript))


async def test_a_reply_that_streams_survives_another_width() -> None:
    async with shown(said(1), size=(60, 20)) as (transcript, pilot):
        transcript.begin(Entry("persona", "", "Ms Chen"))
        transcript.stream("word " * 30)
        await pilot.pause(0.1)
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        transcript.stream("end")
        await pilot.pause(0.1)
        assert [line for line in screen(transcript) if line.endswith("end▌")]
        assert "".join(screen(transcript)).count("word") == 30


def test_what_streams_wraps_as_the_whole_does() -> None:
    text = "He said: “(it) won't do”, then left — at 11:10. 他说“不行”，然后走了。Well.\n\nA new line, and more of it."
    whole = Block(Entry("persona", text, "Ms Chen"), 30)
    streamed = Block(Entry("persona", "", "Ms Chen"), 30)
    streamed.begin()
    for character in text:
        streamed.grow(character)
    assert [line.text for line in streamed.lines] == [line.text for line in whole.lines]


async def test_a_turn_that_is_jumped_to_is_in_view_and_marked_without_colour() -> None:
    async with shown(*(said(n, f"This is turn {n}.") for n in range(1, 60))) as (transcript, pilot):
        assert transcript.jump(21)
        await pilot.pause()
        lines = screen(transcript)
        assert lines[lines.index("   This is turn 21.") - 1].startswith("▸")
        assert not transcript.jump(99)


async def test_a_turn_taken_back_is_not_the_one_to_jump_to() -> None:
    undone = Entry("learner", "Old words.", "You", 2, mark="taken back", undone=True)
    async with shown(said(1), undone, Entry("learner", "New words.", "You", 2)) as (transcript, _):
        assert transcript.jump(2)
        marked = [n for n, line in enumerate(screen(transcript)) if line.startswith("▸")]
        assert screen(transcript)[marked[0] + 1] == "   New words."
    async with shown(said(1), undone) as (transcript, _):
        assert not transcript.jump(2)


async def test_a_resize_keeps_what_was_read_in_view() -> None:
    async with shown(*(said(n, f"This is turn {n}.") for n in range(1, 60))) as (transcript, pilot):
        transcript.jump(31)
        await pilot.pause()
        await pilot.resize_terminal(40, 12)
        await pilot.resize_terminal(60, 12)
        await pilot.pause()
        assert any("turn 3" in line for line in screen(transcript))


@pytest.mark.parametrize("text", [EMOJI, "word" * 2500, "[/] [bold]", "", "\n\n"])
async def test_no_text_is_too_strange(text: str) -> None:
    async with shown(said(1, text), said(2, text), size=(40, 12)) as (transcript, pilot):
        await pilot.resize_terminal(12, 4)
        await pilot.pause()
        assert all(transcript.render_line(y).cell_length == transcript.size.width for y in range(4))


async def test_a_new_turn_lays_out_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out: list[str] = []
    plain = blocks.wrapped
    monkeypatch.setattr(blocks, "wrapped", lambda text, *rest: laid_out.append(text) or plain(text, *rest))
    async with shown(*(said(n) for n in range(1, 500))) as (transcript, pilot):
        laid_out.clear()
        transcript.add(said(500, "Only this."))
        transcript.begin(Entry("persona", "", "Ms Chen"))
        for _ in range(50):
            transcript.stream("word ")
        await pilot.pause(0.1)
    assert laid_out[0] == "Only this."
    assert not [text for text in laid_out if "train" in text]


async def test_selected_words_are_copied_without_the_margin() -> None:
    async with shown(said(1, "First."), said(2, "Second.")) as (transcript, pilot):
        transcript.screen.selections = {}
        transcript.text_select_all()
        await pilot.pause()
        assert transcript.screen.get_selected_text() == "Ms Chen\nFirst.\n\nYou\nSecond."


async def test_the_end_stays_in_view_when_there_is_less_room_and_when_there_is_more() -> None:
    async with shown(*(said(n) for n in range(1, 40)), size=(60, 20)) as (transcript, pilot):
        transcript.follow()
        await pilot.pause()
        for size in ((60, 8), (30, 8), (60, 30)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert transcript.following, size
