"""Keys by one name everywhere, and a help that lists every key of the screen it was asked for on."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.binding import Binding
from textual.command import CommandInput

from simulator.domain.opening import Choice, Opening
from simulator.tui.app import MotApp
from simulator.tui.keys import key_name, keys_of
from simulator.tui.screens.conversation import ConversationScreen
from simulator.tui.screens.help import HelpScreen
from simulator.tui.screens.home import HomeScreen
from simulator.tui.widgets.keys import Keys
from simulator.tui.widgets.prose import Prose
from tests.recorded import settings_for

NAMES = {
    "escape": "Esc",
    "enter": "Enter",
    "f10": "F10",
    "ctrl+j": "Ctrl+J",
    "ctrl+shift+f2": "Ctrl+Shift+F2",
    "slash": "/",
    "question_mark": "?",
    "r": "r",
    "pageup": "PgUp",
}
TALK = Opening(Choice("s02-forgotten-ticket", "moments-of-truth", 1))


@pytest.mark.parametrize(("key", "name"), NAMES.items())
def test_a_key_is_called_as_people_call_it(key: str, name: str) -> None:
    assert key_name(Binding(key, "nothing")) == name


def test_a_name_that_a_key_brings_along_stays() -> None:
    assert key_name(Binding("up", "nothing", key_display="↑ ↓")) == "↑ ↓"


def app_for(folder: Path, opening: Opening) -> MotApp:
    return MotApp(settings_for(folder / "home"), opening)


def foot(app: MotApp) -> str:
    return str(app.screen.query_one(Keys).render())


async def opened(app: MotApp) -> None:
    await app.workers.wait_for_complete()


@pytest.mark.parametrize("opening", [Opening(), TALK], ids=["home", "conversation"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
async def test_f1_tells_every_key_of_the_foot_and_goes_away_again(
    tmp_path: Path, opening: Opening, size: tuple[int, int]
) -> None:
    app = app_for(tmp_path, opening)
    async with app.run_test(size=size) as pilot:
        await opened(app)
        await pilot.pause()
        below, told = app.screen, foot(app)
        await pilot.press("f1")
        assert isinstance(app.screen, HelpScreen)
        lines = str(app.screen.query_one(Prose).render()).splitlines()
        listed = {line.split("  ")[0] for line in lines}
        for active in below.active_bindings.values():
            if active.binding.show:
                assert key_name(active.binding) in listed
                assert key_name(active.binding) in told
        await pilot.press("f1")
        assert app.screen is below


async def test_what_the_foot_has_no_room_for_is_in_the_help(tmp_path: Path) -> None:
    app = app_for(tmp_path, TALK)
    async with app.run_test():
        await opened(app)
        told = dict(keys_of(app.screen))
        assert isinstance(app.screen, ConversationScreen)
        assert {"Ctrl+R", "F5", "Tab", "PgUp PgDn", "↑ ↓", "Ctrl+P", "Ctrl+Q"} <= told.keys()
        assert told["Ctrl+Z"] == "undo what you typed, else take the last exchange back"


async def test_the_toolkits_own_keys_stay_out_of_the_help(tmp_path: Path) -> None:
    app = app_for(tmp_path, TALK)
    async with app.run_test():
        await opened(app)
        told = {does for _, does in keys_of(app.screen)}
        assert not {"Cursor left", "Delete to line start", "Copy selected text"} & told
        assert len(told) < 25


async def test_ctrl_c_tells_how_to_leave(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(MotApp, "tell", lambda _, message: told.append(message))
    app = app_for(tmp_path, Opening())
    async with app.run_test():
        app.action_help_quit()
    assert told == ["Ctrl+Q leaves the app; what was said is kept."]


async def test_the_command_palette_asks_in_the_language_spoken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.tui.app.say", lambda text, **_: f"<{text}>")
    app = app_for(tmp_path, Opening())
    async with app.run_test() as pilot:
        await opened(app)
        assert isinstance(app.screen, HomeScreen)
        await pilot.press("ctrl+p")
        assert app.screen.query_one(CommandInput).placeholder == "<Search for commands…>"
        await pilot.press("ctrl+p", "escape")
        assert isinstance(app.screen, HomeScreen)
