"""Before the conversation: the role, what one knows, what one may promise, and the rubric to read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen

from simulator.errors import MomentError
from simulator.reports.brief import brief_parts
from simulator.reports.layout import dots
from simulator.tui.keys import bind
from simulator.tui.screens.rubric import RubricScreen
from simulator.tui.waiting import waited
from simulator.tui.widgets.head import Head
from simulator.tui.widgets.keys import Keys
from simulator.tui.widgets.prose import BLANK, Piece, Prose
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.domain.persona import Persona
    from simulator.domain.rubric import Rubric
    from simulator.tui.app import MotApp

LANGUAGE_NAMES = {"en": "English", "zh-Hans": "简体中文", "zh-Hant": "繁體中文"}
"""Each in itself, whatever the interface speaks."""


class BriefScreen(Screen[None]):
    """One scenario, from the learner's side of the table."""

    app: MotApp

    def __init__(self, scenario: str) -> None:
        super().__init__()
        self._scenario = scenario
        self._persona: Persona | None = None
        self._rubric: Rubric | None = None
        self._languages: Sequence[str] = ()
        self._language = "en"
        bind(
            self,
            Binding("enter", "start", say("start")),
            Binding("l", "language", say("language")),
            Binding("r", "rubric", say("rubric")),
            Binding("w", "watch", say("watch one")),
            Binding("escape", "leave", say("back")),
        )

    def compose(self) -> ComposeResult:
        """A head, the brief, the keys."""
        yield Head("…")
        with VerticalScroll(classes="page"):
            yield Prose(id="brief")
        yield Keys()

    def on_mount(self) -> None:
        """Fetch the packs behind the first paint."""
        self._load()

    @work(exclusive=True)
    async def _load(self) -> None:
        from simulator import assemble  # noqa: PLC0415 -- after the first paint
        from simulator.session_packs import common_languages  # noqa: PLC0415

        def read() -> tuple[Persona, Rubric]:
            shelf = assemble.shelf(self.app.settings)
            return shelf.persona(self._scenario).value, shelf.rubric(self.app.settings.rubric).value

        try:
            persona, rubric = await waited(self, asyncio.to_thread(read))
            self._languages = common_languages(persona, rubric)
            self._language = self.app.settings.preferred(self._languages)
        except MomentError as error:
            self.app.tell(str(error), "error")
            self.dismiss()
            return
        self._persona, self._rubric = persona, rubric
        await waited(self, asyncio.to_thread(self._worded))
        self._show()

    def _worded(self) -> Persona:
        """The persona worded for the language: Traditional Chinese is converted, which takes a moment."""
        from simulator.session_packs import in_language  # noqa: PLC0415 -- after the first paint

        assert self._persona is not None  # noqa: S101 -- only called once it is there
        return in_language(self._persona, self._language)

    def _show(self) -> None:
        persona = self._worded()
        profile, language = persona.profile, self._language
        self.query_one(Head).show(
            profile.title.in_language(language), f"{dots(profile.difficulty)}   {LANGUAGE_NAMES[language]}"
        )
        name, identity = profile.name.in_language(language), profile.identity.in_language(language)
        pieces = [Piece(profile.learner.role.in_language(language)), BLANK]
        for part in brief_parts(profile.learner, language):
            pieces += [Piece(part.heading, "$accent"), *(Piece(line, first="  · ") for line in part.lines), BLANK]
        pieces += [Piece(say("The customer"), "$accent"), Piece(name, "bold", "  "), Piece(identity, first="  "), BLANK]
        opening = profile.opening.in_language(language)
        pieces += [Piece(say("“{line}”", line=opening), "italic", first="  ")]
        self.query_one("#brief", Prose).show(pieces)

    def action_start(self) -> None:
        """Begin the conversation."""
        self._start(show_gate=False)

    def _start(self, *, show_gate: bool) -> None:
        if self._persona is None:
            return
        from simulator.domain.opening import Choice, Opening  # noqa: PLC0415 -- after the first paint

        chosen = Choice(self._scenario, self.app.settings.rubric)
        self.app.take_up(Opening(chosen, show_gate=show_gate), self._language)

    def action_language(self) -> None:
        """The next language of the scenario."""
        if self._languages:
            place = self._languages.index(self._language)
            self._language = self._languages[(place + 1) % len(self._languages)]
            self._show()

    def action_rubric(self) -> None:
        """The rubric is open to read: only the needs are hidden."""
        if self._rubric:
            self.app.push_screen(RubricScreen(self._rubric, self._language))

    def action_watch(self) -> None:
        """See somebody else do it first."""
        if self._persona is not None:
            self.app.demonstrate(self._scenario, self._language)

    def commands(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        """What the command palette offers here, besides what the foot tells: a talk that gives everything away."""
        told = say("For trainers: what each line is heard as and what each need lacks; edits of the file are taken up")
        yield say("Preview with the gate"), told, lambda: self._start(show_gate=True)

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.dismiss()
