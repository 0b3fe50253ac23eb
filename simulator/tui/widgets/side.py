"""What one has at hand while talking: the brief, notes, hints; for a trainer, what the gate makes of each line."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Sequence
from typing import Any, Literal

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Paste
from textual.message import Message
from textual.widgets import Input, Static

from simulator.conversation.engine import Conversation
from simulator.conversation.hints import next_hint, no_hint, shown_hints
from simulator.domain.persona import Persona
from simulator.errors import MomentError
from simulator.reports.brief import brief_parts
from simulator.text_gate import clean
from simulator.tui.keys import bind
from simulator.tui.waiting import waited
from simulator.tui.widgets.prose import BLANK, HEADING, QUIET, Piece, Prose
from simulator.wording import say

Page = Literal["brief", "notes", "hints", "gate"]
PAGES: tuple[Page, ...] = ("brief", "notes", "hints")
"""Those of a learner."""


class Tab(Static):
    """The name of a page; a click opens it, as its key does."""

    class Chosen(Message):
        """A page is asked for."""

        def __init__(self, page: Page) -> None:
            super().__init__()
            self.page = page

    def __init__(self, page: Page) -> None:
        super().__init__(id=f"tab-{page}", markup=False)
        self.page = page

    def on_mount(self) -> None:
        """Its name, in the language spoken."""
        names = {"brief": say("Brief"), "notes": say("Notes"), "hints": say("Hints"), "gate": say("Gate")}
        self.update(Content(names[self.page]))

    def on_click(self) -> None:
        """Ask for the page."""
        self.post_message(self.Chosen(self.page))


class NoteLine(Input):
    """One more note."""

    def __init__(self) -> None:
        super().__init__(compact=True, placeholder=say("a note, then Enter"))
        self.cursor_blink = False

    def _on_paste(self, event: Paste) -> None:
        """What is pasted passes the gate."""
        event.prevent_default()
        super()._on_paste(Paste(clean(event.text)))


class Side(Vertical):
    """Three pages, one of them shown; a fourth where `gate` makes it."""

    DEFAULT_CSS = """
    Side { padding: 0 1; }
    Side #tabs { height: 1; margin-bottom: 1; }
    Side Tab { width: auto; margin-right: 3; color: $foreground 50%; }
    Side Tab.-shown { color: $foreground; text-style: bold underline; }
    Side #way-back { dock: right; width: auto; color: $foreground 50%; display: none; }
    Side.-over #way-back { display: block; }
    Side VerticalScroll { height: 1fr; }
    Side NoteLine { dock: bottom; border: none; padding: 0; height: 1; background: $foreground 8%; }
    """

    class Unsaved(Message):
        """A note or a hint could not be kept with the session."""

        def __init__(self, reason: str) -> None:
            super().__init__()
            self.reason = reason

    def __init__(
        self, talk: Conversation, persona: Persona, language: str, gate: Callable[[], Iterable[Piece]] | None = None
    ) -> None:
        super().__init__(id="side", classes="-open")
        self._gate = gate
        self._pages = (*PAGES, "gate") if gate else PAGES
        self._talk = talk
        self._persona = persona
        self._language = language
        self.page: Page = "gate" if gate else "brief"
        bind(self, Binding("escape", "screen.back", say("back")))

    def compose(self) -> ComposeResult:
        """The names of the pages, the one that is open, and a line for notes."""
        with Horizontal(id="tabs"):
            yield from (Tab(page) for page in self._pages)
            yield Static(Content(say("Esc: back")), id="way-back")
        for page in self._pages:
            with VerticalScroll(id=f"page-{page}"):
                yield Prose(id=page)
        yield NoteLine()

    def on_mount(self) -> None:
        """The brief does not change."""
        learner = self._persona.profile.learner
        pieces = [Piece(learner.role.in_language(self._language)), BLANK]
        for part in brief_parts(learner, self._language):
            pieces += [Piece(part.heading, HEADING), *(Piece(line, first="· ") for line in part.lines), BLANK]
        self.query_one("#brief", Prose).show(pieces)
        self.open(self.page)

    def toggle(self, page: Page) -> bool:
        """Turn to a page. The open page closes, but for hints, of which it gives the next. True if it is open now."""
        wide = self.screen.has_class("-wide")
        again = self._is_open and self.page == page
        if again and page == "hints":
            self._hint()
            return not wide
        self.set_class(not again, "-open" if wide else "-over")
        self.open(page)
        return not (again or (wide and page != "notes")) and self.enter()

    def enter(self) -> bool:
        """Have the keys go to the page that is open; False where none is."""
        if self._is_open:
            self.query_one(NoteLine if self.page == "notes" else f"#page-{self.page}").focus()
        return self._is_open

    @property
    def _is_open(self) -> bool:
        return self.has_class("-open" if self.screen.has_class("-wide") else "-over")

    @property
    def lies_over(self) -> bool:
        """Whether it covers the talk."""
        return self.has_class("-over") and not self.screen.has_class("-wide")

    def move(self, *, wide: bool) -> None:
        """There is room beside the talk now, or no longer. A page that lies over it or has the keys goes along;
        no other comes to lie over it.
        """
        if wide and self.has_class("-over"):
            self.add_class("-open")
        self.set_class(not wide and self.has_focus_within, "-over")

    def close(self) -> bool:
        """Go away if it lies over the talk; whether it did."""
        lay_over = self.lies_over
        self.remove_class("-over")
        return lay_over

    def open(self, page: Page) -> None:
        """Show a page."""
        self.page = page
        for name in self._pages:
            self.query_one(f"#page-{name}").display = name == page
            self.query_one(f"#tab-{name}").set_class(name == page, "-shown")
        self.query_one(NoteLine).display = page == "notes"

    def refresh_pages(self) -> None:
        """Show the notes and hints that the session holds, and what the gate made of the last line."""
        state = self._talk.state
        notes = [Piece(note.text, first="· ") for note in state.notes]
        self._show("notes", notes or [Piece(say("What you note here is kept with the session."), QUIET)])
        hints = [piece for hint in shown_hints(state, self._persona) for piece in (Piece(hint.text), BLANK)]
        if not hints:
            steps = say("Three steps: a nudge, the kind of question, an example line.")
            cost = say("A run with hints shows its score, but does not count as your best.")
            hints = [Piece(steps, QUIET), BLANK, Piece(cost, QUIET), BLANK]
        more = not state.ended and next_hint(state, self._persona) is not None
        last = say("F4: a hint") if more else no_hint(state, self._persona)
        self._show("hints", [*hints, Piece(last, HEADING)])
        if self._gate:
            self.query_one("#gate", Prose).show(tuple(self._gate()))
            self.query_one("#page-gate", VerticalScroll).scroll_home(animate=False)

    def _show(self, page: Page, pieces: Sequence[Piece]) -> None:
        self.query_one(f"#{page}", Prose).show(pieces)
        self.query_one(f"#page-{page}", VerticalScroll).scroll_end(animate=False)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip():
            event.input.clear()
            self._keep(self._talk.note(event.value))

    def _hint(self) -> None:
        hint = next_hint(self._talk.state, self._persona)
        if hint is not None and not self._talk.state.ended:
            self._keep(self._talk.hint(hint.need, hint.step))

    @work(group="keep")
    async def _keep(self, kept: Coroutine[Any, Any, None]) -> None:
        try:
            await waited(self, kept)
        except MomentError as error:
            self.post_message(self.Unsaved(str(error)))
        self.refresh_pages()
