"""A session taken out of the app: its transcript, its report, and the whole of it to read again."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from simulator import practice as sessions
from simulator.domain.opening import Choice, Opening
from simulator.exchange.read import read_transcript
from simulator.settings import Settings
from simulator.tui import taking_out
from simulator.tui.app import Again, MotApp
from simulator.tui.screens.conversation import ConversationScreen
from simulator.tui.screens.debrief import DebriefScreen
from simulator.tui.screens.transcript import TranscriptScreen
from simulator.tui.widgets.transcript import Transcript
from tests.apps import press, settled
from tests.recorded import settings_for

SESSION = "20260301-101500-7f3a"
FILE = f"s02-forgotten-ticket-{SESSION}.md"
TAKEN_BACK = "What is waiting for you over there today?"
STAYS = "I'll have you on that plane, I guarantee it."


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings; the working folder is an empty one."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return settings_for(tmp_path / "home")


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The pages that a browser was asked to show."""
    pages: list[Path] = []
    monkeypatch.setattr(taking_out, "show", pages.append)
    return pages


def held(settings: Settings, *, over: bool) -> Opening:
    """A session with one exchange that was taken back and one that stays."""

    async def hold(session: sessions.Practice) -> None:
        talk = session.conversation
        async for _ in talk.open():
            pass
        for line in (TAKEN_BACK, STAYS):
            async for _ in talk.say(line):
                pass
            if line == TAKEN_BACK:
                await talk.undo()
        if over:
            await talk.end("learner")

    chosen = Choice("s02-forgotten-ticket", settings.rubric, 1, SESSION)
    with sessions.start(settings, chosen) as session:
        asyncio.run(hold(session))
    return Opening(resume=SESSION)


@asynccontextmanager
async def showing(
    settings: Settings, opening: Opening, screen: type[Any]
) -> AsyncIterator[tuple[MotApp, Pilot[Again]]]:
    app = MotApp(settings, opening)
    async with app.run_test() as pilot:
        await settled(pilot)
        assert isinstance(app.screen, screen)
        yield app, pilot


def commands(app: MotApp) -> dict[str, Callable[[], object]]:
    return {one.title: one.callback for one in app.get_system_commands(app.screen)}


def test_the_debrief_exports_what_stayed_said(settings: Settings) -> None:
    opening = held(settings, over=True)

    async def go() -> None:
        async with showing(settings, opening, DebriefScreen) as (_, pilot):
            await press(pilot, "enter", "e")

    asyncio.run(go())
    transcript = read_transcript(Path(FILE))
    assert [turn.text for turn in transcript.turns if turn.speaker == "learner"] == [STAYS]
    assert [file.name for file in Path().iterdir()] == [FILE]


def test_a_conversation_that_goes_on_exports_what_was_said_so_far(settings: Settings) -> None:
    opening = held(settings, over=False)

    async def go() -> None:
        async with showing(settings, opening, ConversationScreen) as (app, pilot):
            assert {"Export", "Stages"} <= commands(app).keys()
            assert "Report" not in commands(app)
            commands(app)["Export"]()
            await settled(pilot)

    asyncio.run(go())
    assert STAYS in Path(FILE).read_text("utf-8")


def test_an_export_that_fails_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    opening = held(settings, over=True)
    Path(FILE).mkdir()
    told: list[tuple[str, ...]] = []
    monkeypatch.setattr(MotApp, "tell", lambda _, *said: told.append(said))

    async def go() -> None:
        async with showing(settings, opening, DebriefScreen) as (_, pilot):
            await press(pilot, "enter", "e")

    asyncio.run(go())
    [(message, severity)] = told
    assert f"{FILE}: not written" in message
    assert severity == "error"


def test_the_report_waits_until_the_needs_are_shown_and_lies_in_the_data_folder(
    settings: Settings, shown: list[Path]
) -> None:
    opening = held(settings, over=True)

    async def go() -> None:
        async with showing(settings, opening, DebriefScreen) as (app, pilot):
            assert "Report" not in commands(app)
            await press(pilot, "o")  # a guess begins so
            assert shown == []
            await press(pilot, "enter", "enter")
            assert "Report" in commands(app)
            await press(pilot, "o")

    asyncio.run(go())
    assert shown == [settings.home / "reports" / f"{SESSION}.html"]
    page = shown[0].read_text("utf-8")
    assert "The ticket on the hotel desk" in page
    assert STAYS in page.replace("&#39;", "'")


def test_a_browser_runs_apart_from_the_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[list[str], dict[str, Any]]] = []
    monkeypatch.setattr(subprocess, "run", lambda command, **how: asked.append((command, how)))
    taking_out.show(tmp_path / "a page.html")
    [(command, how)] = asked
    assert command == [sys.executable, "-m", "webbrowser", f"{tmp_path.as_uri()}/a%20page.html"]
    assert (how["stdin"], how["stdout"], how["stderr"]) == (subprocess.DEVNULL,) * 3
    assert how["start_new_session"]


def test_no_browser_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(command: list[str], **how: Any) -> None:
        raise subprocess.TimeoutExpired(command, how["timeout"])

    monkeypatch.setattr(subprocess, "run", late)
    taking_out.show(tmp_path / "page.html")


def test_the_transcript_tells_what_was_taken_back_how_the_customer_stood_and_the_turns(settings: Settings) -> None:
    opening = held(settings, over=True)

    async def go() -> list[str]:
        async with showing(settings, opening, DebriefScreen) as (app, pilot):
            await press(pilot, "enter", "t")
            assert isinstance(app.screen, TranscriptScreen)
            entries = app.screen.query_one(Transcript).entries
            return [" | ".join(filter(None, (one.name, one.beside, one.mark))) for one in entries]

    assert asyncio.run(go()) == [
        "Daniel Reyes | 1",
        "You | taken back",
        "Daniel Reyes | he looks round | taken back",
        "You | 2",
        "Daniel Reyes | he looks round · 3",
    ]
