"""The composer: what its keys do, and that nothing typed is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.app import App, ComposeResult
from textual.events import Paste
from textual.pilot import Pilot

from simulator.tui.widgets.composer import Composer


class Written(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.told: list[Any] = []

    def compose(self) -> ComposeResult:
        yield Composer()

    def on_composer_sent(self, event: Composer.Sent) -> None:
        self.told.append(event.text)

    def on_composer_nothing_to_undo(self) -> None:
        self.told.append("nothing to undo")

    def action_page(self, pages: int) -> None:
        self.told.append(pages)


@asynccontextmanager
async def writing() -> AsyncIterator[tuple[Composer, Pilot[None], list[Any]]]:
    app = Written()
    async with app.run_test(size=(40, 12)) as pilot:
        composer = app.query_one(Composer)
        composer.focus()
        await pilot.pause()
        yield composer, pilot, app.told


async def test_enter_sends_and_the_text_stays_until_it_was_said() -> None:
    async with writing() as (composer, pilot, told):
        await pilot.press("h", "i", "enter")
        assert told == ["hi"]
        assert composer.text == "hi"
        await pilot.press("x")
        composer.said("hi")
        assert composer.text == "x"


async def test_ctrl_j_begins_a_line() -> None:
    async with writing() as (composer, pilot, _):
        await pilot.press("a", "ctrl+j", "b")
        assert composer.text == "a\nb"


async def test_what_was_said_comes_back_and_the_draft_after_it() -> None:
    async with writing() as (composer, pilot, _):
        composer.remember(["first", "second"])
        await pilot.press("d", "up")
        assert composer.text == "second"
        await pilot.press("up", "up")
        assert composer.text == "first"
        await pilot.press("down", "down")
        assert composer.text == "d"


async def test_the_arrows_move_within_a_text_of_several_lines_first() -> None:
    async with writing() as (composer, pilot, _):
        composer.remember(["before"])
        await pilot.press("a", "ctrl+j", "b", "up")
        assert composer.text == "a\nb"
        await pilot.press("up")
        assert composer.text == "before"


async def test_undo_takes_back_what_was_typed_and_only_then_asks_for_more() -> None:
    async with writing() as (composer, pilot, told):
        await pilot.press("a", "ctrl+z")
        assert (composer.text, told) == ("", [])
        await pilot.press("ctrl+z")
        assert told == ["nothing to undo"]


async def test_a_line_taken_back_is_offered_unless_something_else_was_typed() -> None:
    async with writing() as (composer, pilot, _):
        composer.offer("said before")
        assert composer.text == "said before"
        await pilot.press("!")
        composer.offer("said earlier")
        assert composer.text == "said before!"


async def test_ten_thousand_pasted_characters_are_kept_and_clean() -> None:
    async with writing() as (composer, pilot, _):
        pilot.app.post_message(Paste("\x1b]52;c;aGk=\x07" + "字" * 10_000 + "\x1b[31m"))
        await pilot.pause()
        assert composer.text == "字" * 10_000
        assert composer.size.height <= 5


async def test_what_an_input_method_commits_arrives_whole() -> None:
    async with writing() as (composer, pilot, told):
        await pilot.press(*"机票落在酒店了", "enter")
        assert told == ["机票落在酒店了"]
        assert composer.cursor_location == (0, 7)
