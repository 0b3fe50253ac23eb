"""The trainer's preview: the gate beside the conversation, and a file that is edited while it goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from simulator import assemble
from simulator.conversation.brief import Brief
from simulator.domain.opening import Choice, Opening
from simulator.practice import Practice
from simulator.trainer.preview import Preview
from simulator.tui.app import Again, MotApp
from simulator.tui.screens import preview
from simulator.tui.screens.brief import BriefScreen
from simulator.tui.screens.conversation import ConversationScreen
from simulator.tui.screens.preview import PreviewScreen
from simulator.tui.widgets.composer import Composer
from simulator.tui.widgets.prose import Prose
from simulator.tui.widgets.side import Side
from simulator.tui.widgets.status import Status
from simulator.tui.widgets.transcript import Transcript
from tests.recorded import settings_for

TICKET = "s02-forgotten-ticket"
SOURCE = (Path(__file__).resolve().parents[2] / "personas" / f"{TICKET}.yaml").read_text("utf-8")
REVEAL = "en: We sign at two. If"
ASKED = "What is waiting for you over there today?"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A persona that may be edited; whoever previews it looks often."""
    monkeypatch.setattr(preview, "LOOKING", 0.01)
    path = tmp_path / f"{TICKET}.yaml"
    path.write_text(SOURCE, "utf-8")
    return path


def edit(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")


@asynccontextmanager
async def previewing(
    file: Path, size: tuple[int, int] = (80, 24), *, show_gate: bool = True
) -> AsyncIterator[tuple[MotApp, Pilot[Again]]]:
    settings = settings_for(file.parent / "home")
    app = MotApp(settings, Opening(Choice(str(file), settings.rubric, 1), show_gate=show_gate))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ConversationScreen) and said(app) != "")
        yield app, pilot


async def until(pilot: Pilot[Again], holds: Callable[[], bool]) -> None:
    for _ in range(500):
        if holds():
            return
        await pilot.pause(0.01)
    pytest.fail("it never came to that")


async def say(pilot: Pilot[Again], line: str, answer: str) -> None:
    """Say a line, and wait for words of its answer."""
    pilot.app.screen.query_one(Composer).insert(line)
    await pilot.press("enter")
    await until(pilot, lambda: answer in said(pilot.app))
    await pilot.pause()


def said(app: object) -> str:
    assert isinstance(app, MotApp)
    return "\n".join(entry.text for transcript in app.screen.query(Transcript) for entry in transcript.entries)


def gate(app: MotApp) -> str:
    """The page of the gate, its lines as one."""
    return " ".join(str(app.screen.query_one("#gate", Prose).render()).split())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
async def test_the_gate_stands_beside_the_talk_and_follows_each_line(file: Path, size: tuple[int, int]) -> None:
    async with previewing(file, size) as (app, pilot):
        assert app.screen.query_one(Side).display
        assert "L1 is locked: open_question" in gate(app)
        assert "You have said nothing yet." in gate(app)
        await say(pilot, ASKED, "We sign at two.")
        await until(pilot, lambda: "L1 is open" in gate(app))
        assert f"heard: open_question | L1 “over there” | {ASKED}" in gate(app)
        assert "trust 1.5" in gate(app)
        await pilot.press("ctrl+z")
        await until(pilot, lambda: "L1 is locked" in gate(app))
        assert "You have said nothing yet." in gate(app)


async def test_a_learner_has_no_gate_to_look_at(file: Path) -> None:
    async with previewing(file, (120, 40), show_gate=False) as (app, pilot):
        assert not isinstance(app.screen, PreviewScreen)
        assert not app.screen.query("#tab-gate")
        await pilot.press("ctrl+g")
        assert app.screen.query_one(Side).page == "brief"


async def test_an_edit_is_told_and_taken_up_with_the_lines_so_far(file: Path) -> None:
    async with previewing(file) as (app, pilot):
        await say(pilot, ASKED, "We sign at two. If")
        first = app.screen
        edit(file, SOURCE.replace(REVEAL, "en: We sign at two sharp. If"))
        await until(pilot, lambda: "The file was edited. Ctrl+O begins again" in gate(app))
        await pilot.press("ctrl+o")
        await until(pilot, lambda: app.screen is not first and "We sign at two sharp." in said(app))
        await until(pilot, lambda: "L1 is open" in gate(app))
        assert said(app).count(ASKED) == 1
        assert "edited" not in gate(app)
        later, earlier = assemble.store(app.settings).sessions()
        assert (earlier.ended, later.ended) == ("learner", None)
        assert app.session == later.id


async def test_a_file_that_is_broken_is_told_and_the_talk_goes_on_without_it(file: Path) -> None:
    async with previewing(file) as (app, pilot):
        screen = app.screen
        edit(file, SOURCE.replace("sector: airline", "sektor: airline"))
        await until(pilot, lambda: "unknown key 'sektor'" in gate(app))
        await pilot.press("ctrl+o")
        await until(pilot, lambda: "unknown key 'sektor'" in screen.query_one(Status).told)
        assert app.screen is screen
        await say(pilot, ASKED, "We sign at two.")
        edit(file, SOURCE)
        await until(pilot, lambda: "sektor" not in gate(app))


async def test_what_is_wrong_with_the_file_is_in_the_gate_where_beginning_again_found_it_first(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "LOOKING", 60)
    async with previewing(file) as (app, pilot):
        edit(file, SOURCE.replace("sector: airline", "sektor: airline"))
        await pilot.press("ctrl+o")
        await until(pilot, lambda: "unknown key 'sektor'" in app.screen.query_one(Status).told)
        assert "unknown key 'sektor'" in gate(app)


async def test_where_the_gate_is_put_away_an_edit_is_told_above_the_line(file: Path) -> None:
    async with previewing(file) as (app, pilot):
        await pilot.press("ctrl+g")
        assert not app.screen.query_one(Side).display
        edit(file, SOURCE + "# more\n")
        await until(pilot, lambda: "The file was edited." in app.screen.query_one(Status).told)


async def test_a_line_that_now_ends_the_talk_is_the_last_to_be_said_again(file: Path) -> None:
    async with previewing(file) as (app, pilot):
        await say(pilot, "It is your own fault. Rules are rules.", "flight")
        await say(pilot, ASKED, ASKED)
        first = app.screen
        edit(file, SOURCE.replace("patience: 5}", "patience: 1}"))
        await until(pilot, lambda: "edited" in gate(app))
        await pilot.press("ctrl+o")
        await until(pilot, lambda: app.screen is not first and "has left" in said(app))
        assert "Rules are rules." in said(app)
        assert ASKED not in said(app)


class Halting:
    """Says one piece of every reply, then nothing more."""

    name = "halting"

    async def reply(self, brief: Brief) -> AsyncGenerator[str, None]:
        del brief
        yield "Well, "
        await asyncio.Event().wait()


async def test_a_key_pressed_twice_begins_again_once(file: Path) -> None:
    async with previewing(file) as (app, pilot):
        first = app.screen
        assert isinstance(first, PreviewScreen)
        for _ in range(2):  # faster than a pilot's keys, which wait for what the one before began
            first.action_begin_again()
            await asyncio.sleep(0)
        await until(pilot, lambda: app.screen is not first and said(app) != "")
        await app.workers.wait_for_complete()
        assert len(assemble.store(app.settings).sessions()) == 2


async def test_esc_stops_the_saying_again_with_the_reply(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def again(self: Preview, practice: Practice) -> Practice:
        fresh = begun_again(self, practice)
        fresh.conversation._cast = replace(fresh.conversation._cast, actor=Halting())
        return fresh

    begun_again = Preview.again
    monkeypatch.setattr(Preview, "again", again)
    async with previewing(file) as (app, pilot):
        await say(pilot, "Good morning.", "flight or not")
        await say(pilot, ASKED, "We sign at two.")
        first = app.screen
        await pilot.press("ctrl+o")
        await until(pilot, lambda: app.screen is not first and "Good morning." in said(app))
        transcript = app.screen.query_one(Transcript)
        await until(pilot, lambda: "Well, " in transcript._coming)
        await pilot.press("escape")
        await until(pilot, lambda: "stopped" in [entry.mark for entry in transcript.entries])
        await pilot.pause()
        assert ASKED not in said(app)


async def test_the_brief_leads_to_the_preview_by_the_command_palette(file: Path) -> None:
    settings = settings_for(file.parent / "home")
    app = MotApp(settings, Opening())
    async with app.run_test() as pilot:
        await app.push_screen(BriefScreen(TICKET))
        await app.workers.wait_for_complete()
        [action] = [c.callback for c in app.get_system_commands(app.screen) if c.title == "Preview with the gate"]
        action()
        await until(pilot, lambda: isinstance(app.screen, PreviewScreen))
