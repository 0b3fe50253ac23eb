"""What can be chosen in the app itself, and what the run was told from outside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from simulator.reports.layout import cells, padded
from simulator.tui.keys import bind
from simulator.tui.screens.brief import LANGUAGE_NAMES
from simulator.tui.widgets.head import Head
from simulator.tui.widgets.items import Item, Items, item
from simulator.tui.widgets.keys import Keys
from simulator.tui.widgets.prose import BLANK, QUIET, Piece
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.tui.app import MotApp

Choice = tuple[str, object]
"""A preference by name, and the value it would take."""


class SettingsScreen(Screen[None]):
    """Language and theme to choose; endpoint and data folder to know."""

    app: MotApp

    def __init__(self) -> None:
        super().__init__()
        bind(self, Binding("escape", "app.pop_screen", say("back")))

    def compose(self) -> ComposeResult:
        """A head, the choices and the facts, the keys."""
        yield Head(say("Settings"))
        yield Items[Choice](say("choose"), id="choices")
        yield Keys()

    def on_mount(self) -> None:
        """Offer the choices."""
        self._choices.show((*self._offered(), Item(self._facts, heading=True)))
        self._choices.focus()

    def on_option_list_option_selected(self) -> None:
        """Keep the choice."""
        chosen = self._choices.chosen
        if chosen:
            name, value = chosen
            self.app.prefer(**{name: value})
            self._choices.show((*self._offered(), Item(self._facts, heading=True)))

    def _offered(self) -> Iterator[Item[Choice]]:
        settings, kept = self.app.settings, self.app.preferences
        spoken = settings.spoken
        languages = [(name, "language", tag, tag == spoken) for tag, name in LANGUAGE_NAMES.items()]
        themes = [(name, "theme", theme, theme == kept.theme) for theme, name in _themes()]
        for kind, rows in ((say("Language"), languages), (say("Theme"), themes)):
            for place, (name, preference, value, chosen) in enumerate(rows):
                line = f"{padded('' if place else kind, 14)}{'●' if chosen else '○'} {name}"
                pieces = (Piece(line, drawn=True), *((BLANK,) if place == len(rows) - 1 else ()))
                yield item(*pieces, about=(preference, value))

    def _facts(self, width: int) -> list[Piece]:
        del width
        settings, endpoint = self.app.settings, self.app.settings.endpoint
        where = urlsplit(endpoint.base_url).hostname if endpoint and endpoint.base_url else None  # never its password
        offline = say("none: offline, with the customer and the judge that are built in")
        facts = [
            (say("Endpoint"), " · ".join(filter(None, (endpoint.model, where))) if endpoint else offline),
            (say("Data folder"), str(settings.home)),
            (say("Learner"), settings.learner),
            (say("Rubric"), settings.rubric),
        ]
        widest = max(14, *(cells(name) + 2 for name, _ in facts))
        told = say("These come from flags, the environment and config.toml; `mot doctor` looks at them closely.")
        return [
            *(Piece(value, first=padded(name, widest)) for name, value in facts),
            BLANK,
            Piece(told, QUIET),
        ]

    @property
    def _choices(self) -> Items[Choice]:
        return self.query_one("#choices", Items)


def _themes() -> tuple[tuple[str, str], ...]:
    return (("dark", say("dark")), ("light", say("light")))
