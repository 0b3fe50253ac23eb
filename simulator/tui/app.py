"""The app: themes, screens, and what holds for all of them. What a conversation is stands in the rooms below."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.command import CommandPalette
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.worker import Worker

from simulator.errors import MomentError
from simulator.text_gate import clean
from simulator.tui.crash import crash_report
from simulator.tui.keys import bind, key_name, keys_of
from simulator.tui.preferences import Preferences, Theme
from simulator.tui.screens.home import HomeScreen
from simulator.tui.theme import DARK, LIGHT
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.domain.opening import Opening
    from simulator.practice import Practice
    from simulator.settings import Settings


@dataclass(frozen=True, slots=True)
class Again:
    """The app is to begin again, for its language has changed."""


class MotApp(App[Again]):
    """The whole app. `settings` are the run's; `preferences` what was chosen in the app itself."""

    TITLE = "Moments of Truth"
    CSS_PATH = Path(__file__).with_name("app.tcss")
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, settings: Settings, opening: Opening, preferences: Preferences | None = None) -> None:
        super().__init__()
        self.settings = settings
        self.preferences = preferences or Preferences()
        self._opening = opening
        self._taking_up: Worker[None] | None = None
        self.session: str | None = None
        """The latest that was taken up: whoever reads of a crash is told its name."""
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = f"mot-{self.preferences.theme}"
        bind(
            self,
            Binding("f1", "help", say("help"), tooltip=say("these keys")),
            Binding("ctrl+p", "command_palette", say("commands"), tooltip=say("all commands"), show=False),
            Binding(
                "ctrl+q", "quit", say("quit"), tooltip=say("leave; what was said is kept"), show=False, priority=True
            ),
        )

    def get_default_screen(self) -> HomeScreen:
        """Home is underneath everything."""
        return HomeScreen()

    def on_mount(self) -> None:
        """Whatever was asked for, on top of home."""
        if any((self._opening.choice, self._opening.resume is not None, self._opening.moment)):
            self.take_up(self._opening)

    def take_up(self, opening: Opening, language: str | None = None) -> None:
        """Show a practice, new or old: its conversation, or its debrief if it is over. Home stays underneath.

        `language` is that of a new one, where it is not the run's. While one is on its way no other is taken up: to
        cancel it would leave a session behind that nobody saw, so a key pressed twice must begin one.
        """
        if self._taking_up is None or self._taking_up.is_finished:
            self._taking_up = self._take_up(opening, language)

    @work(group="practice")
    async def _take_up(self, opening: Opening, language: str | None) -> None:
        from simulator.practice import take_up  # noqa: PLC0415 -- after the first paint

        settings = replace(self.settings, language=language) if language else self.settings
        try:
            practice = await asyncio.to_thread(take_up, settings, opening)
        except MomentError as error:
            self.tell(str(error), "error")
            return
        self.session = practice.started.session
        while not isinstance(self.screen, HomeScreen):
            await self.pop_screen()
        await self.push_screen(self._screen_for(practice, opening))

    def demonstrate(self, scenario: str, language: str | None = None) -> None:
        """Play a model conversation of a scenario, with what it opened and why; nothing of it is kept."""
        from simulator.tui.screens.watch import WatchScreen  # noqa: PLC0415 -- after the first paint

        self.push_screen(WatchScreen(scenario, language))

    def _screen_for(self, practice: Practice, opening: Opening) -> Screen[None]:
        if practice.conversation.state.ended:
            from simulator.tui.screens.debrief import DebriefScreen  # noqa: PLC0415 -- after the first paint

            return DebriefScreen(practice)
        if opening.show_gate:
            from simulator.tui.screens.preview import preview_of  # noqa: PLC0415 -- after the first paint

            return preview_of(practice, opening)
        from simulator.tui.screens.conversation import ConversationScreen  # noqa: PLC0415 -- after the first paint

        return ConversationScreen(practice)

    @work(group="out")
    async def export(self, practice: Practice) -> None:
        """Write the transcript of a session into the working folder, and tell where."""
        from simulator.tui import taking_out  # noqa: PLC0415 -- after the first paint

        try:
            file = await asyncio.to_thread(taking_out.export, practice.settings, practice.started)
        except MomentError as error:
            self.tell(str(error), "error")
        else:
            self.tell(say("The transcript is in {file}", file=file))

    @work(group="out")
    async def report(self, practice: Practice) -> None:
        """Show the report of a session in a browser, and tell where it lies."""
        from simulator.tui import taking_out  # noqa: PLC0415 -- after the first paint

        try:
            page = await asyncio.to_thread(taking_out.report, practice.settings, practice.started)
        except MomentError as error:
            self.tell(str(error), "error")
        else:
            self.tell(say("The report is in {file}", file=page))
            await asyncio.to_thread(taking_out.show, page)

    def tell(self, message: str, severity: SeverityLevel = "information") -> None:
        """A short message that goes by itself."""
        self.notify(clean(message), severity=severity, markup=False)

    def prefer(self, **changes: object) -> None:
        """Keep a choice of the learner's; another language begins the app again."""
        before, self.preferences = self.preferences, replace(self.preferences, **changes)  # type: ignore[arg-type]
        try:
            self.preferences.keep(self.settings.home)
        except OSError as error:
            self.tell(say("this choice could not be kept: {reason}", reason=error.strerror), "warning")
        self.theme = f"mot-{self.preferences.theme}"
        if self.preferences.language != before.language:
            self.exit(Again())

    def action_theme(self) -> None:
        """Light or dark."""
        other: Theme = "light" if self.preferences.theme == "dark" else "dark"
        self.prefer(theme=other)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the command palette offers everywhere; a screen adds its own in `commands`."""
        for title, told, action in getattr(screen, "commands", list)():
            yield SystemCommand(title, told, action)
        yield SystemCommand(say("Progress"), say("Scores over time, and what is due"), self.action_progress)
        yield SystemCommand(say("Settings"), say("Language, theme, endpoint, data folder"), self.action_settings)
        yield SystemCommand(say("Theme: light or dark"), say("Change to the other one"), self.action_theme)
        yield SystemCommand(say("Keys"), say("All keys of this screen"), self.action_help)
        yield SystemCommand(say("Quit"), say("Leave; what was said is kept"), self.action_quit)

    def get_key_display(self, binding: Binding) -> str:
        """The key as people read it, the same at the foot of every screen and in the help."""
        return key_name(binding)

    def action_help(self) -> None:
        """All keys of the screen in front."""
        from simulator.tui.screens.help import HelpScreen  # noqa: PLC0415 -- after the first paint

        self.push_screen(HelpScreen(tuple(keys_of(self.screen))))

    def action_help_quit(self) -> None:
        """Ctrl+C, which elsewhere leaves a program and here copies what is selected."""
        self.tell(say("{key} leaves the app; what was said is kept.", key="Ctrl+Q"))

    def action_command_palette(self) -> None:
        """All commands, asked for in the language spoken."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=say("Search for commands…"), id="--command-palette"))

    def action_progress(self) -> None:
        """Scores over time."""
        from simulator.tui.screens.progress import ProgressScreen  # noqa: PLC0415 -- after the first paint

        self.push_screen(ProgressScreen())

    def action_settings(self) -> None:
        """The settings."""
        from simulator.tui.screens.settings import SettingsScreen  # noqa: PLC0415 -- after the first paint

        self.push_screen(SettingsScreen())

    def _fatal_error(self) -> None:
        """Leave after an error nobody expected. The toolkit's own report prints the values of variables: a key may be
        among them.
        """
        error = sys.exception() or self._exception
        if error is not None:
            self._exit_renderables.append(crash_report(error, self.settings, self.session))
        self._close_messages_no_wait()
