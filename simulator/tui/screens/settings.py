"""What can be chosen in the app itself, and what the run was told from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, OptionList
from textual.widgets.option_list import Option

from simulator.reports.layout import cells, padded
from simulator.tui.keys import bind
from simulator.tui.screens.brief import LANGUAGE_NAMES
from simulator.tui.widgets.head import Head
from simulator.tui.widgets.prose import Piece, Prose
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.tui.app import MotApp


class SettingsScreen(Screen[None]):
    """Language and theme to choose; endpoint and data folder to know."""

    app: MotApp

    def __init__(self) -> None:
        super().__init__()
        bind(self, Binding("escape", "app.pop_screen", say("back")))

    def compose(self) -> ComposeResult:
        """A head, the choices, the facts, the keys."""
        yield Head(say("Settings"))
        with VerticalScroll(classes="page"):
            yield OptionList(id="choices", compact=True, markup=False)
            yield Prose(self._facts())
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Offer the choices."""
        self._offer()

    def _offer(self) -> None:
        choices = self.query_one("#choices", OptionList)
        place = choices.highlighted or 0
        languages = [
            Option(self._row(say("Language"), name, chosen=self.app.preferences.language == tag), f"language:{tag}")
            for tag, name in LANGUAGE_NAMES.items()
        ]
        themes = [
            Option(self._row(say("Theme"), name, chosen=self.app.preferences.theme == theme), f"theme:{theme}")
            for theme, name in (("dark", say("dark")), ("light", say("light")))
        ]
        choices.set_options([*languages, None, *themes])
        choices.highlighted = place

    def _row(self, kind: str, name: str, *, chosen: bool) -> str:
        return f"{padded(kind, 12)} {'●' if chosen else '○'} {name}"

    def on_option_list_option_selected(self, chosen: OptionList.OptionSelected) -> None:
        """Keep the choice."""
        kind, _, value = (chosen.option_id or "").partition(":")
        self.app.prefer(**{kind: value})
        self._offer()

    def _facts(self) -> list[Piece]:
        settings = self.app.settings
        endpoint = settings.endpoint
        where = urlsplit(endpoint.base_url).hostname if endpoint and endpoint.base_url else None  # never its password
        offline = say("none: offline, with the customer and the judge that are built in")
        facts = [
            (say("Endpoint"), " · ".join(filter(None, (endpoint.model, where))) if endpoint else offline),
            (say("Data folder"), str(settings.home)),
            (say("Learner"), settings.learner),
            (say("Rubric"), settings.rubric),
        ]
        widest = max(cells(name) for name, _ in facts) + 2
        told = say("These come from flags, the environment and config.toml; `mot doctor` looks at them closely.")
        return [Piece(value, first=f"{padded(name, widest)}") for name, value in facts] + [
            Piece(told, "$foreground 60%")
        ]
