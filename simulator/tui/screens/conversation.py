"""The conversation: what was said, a line to answer with, and what one needs beside it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.events import Key, Paste
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerCancelled

from simulator.text_gate import clean
from simulator.tui.keys import bind
from simulator.tui.screens.ending import Choice, EndingScreen
from simulator.tui.screens.talk import TalkScreen
from simulator.tui.widgets.composer import Composer
from simulator.tui.widgets.entry import Entry
from simulator.tui.widgets.keys import Keys
from simulator.tui.widgets.loop_head import LoopHead
from simulator.tui.widgets.side import Page, Side, Tab
from simulator.tui.widgets.status import Clock, Status
from simulator.tui.widgets.transcript import Transcript
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.conversation.engine import Delta
    from simulator.conversation.ports import Waiting
    from simulator.domain.events import Event
    from simulator.practice import Practice
    from simulator.tui.app import MotApp

STILL = 1.2
"""Seconds after a customer has walked out in which nothing happens: it should be felt."""
_FOR_TALKING = frozenset({"take_back", "again"})


class ConversationScreen(TalkScreen):
    """One practice, held until it ends or is left. It gives the session back, unless the debrief takes it on."""

    WIDE = 100
    """Columns from which on the side panel stands beside the transcript; below, it lies over it."""
    DEFAULT_CSS = """
    ConversationScreen #talk { height: 1fr; layers: below over; }
    ConversationScreen Transcript { layer: below; width: 1fr; height: 1fr; }
    ConversationScreen Side { layer: below; width: 34%; min-width: 32; max-width: 46; display: none; }
    ConversationScreen.-wide Side { border-left: solid $foreground 25%; }
    ConversationScreen.-wide Side.-open { display: block; }
    ConversationScreen.-narrow Side { layer: over; dock: right; width: 100%; max-width: 60; background: $panel; }
    ConversationScreen.-narrow Side.-over { display: block; }
    ConversationScreen #line { height: auto; }
    ConversationScreen #prompt { width: 3; height: 1; color: $accent; }
    """

    app: MotApp

    def __init__(self, practice: Practice) -> None:
        super().__init__(practice)
        self._left = False
        self._handed_on = False
        self._ending: Worker[None] | None = None
        bind(
            self,
            Binding("escape", "back", say("stop"), tooltip=say("stop the reply; what was said stays")),
            Binding("f2", "side('brief')", say("brief"), tooltip=say("your role, what you know, what you may promise")),
            Binding("f3", "side('notes')", say("notes"), tooltip=say("your notes; they are kept with the session")),
            Binding("f4", "side('hints')", say("hint"), tooltip=say("a hint, in three steps; press it again for one")),
            Binding("f5", "stages", say("show or hide the stages"), show=False),
            Binding("tab,shift+tab", "across", tooltip=say("to the page beside the talk, and back")),
            Binding("f10", "end", say("end"), tooltip=say("end, and see how it went; or leave for now")),
            Binding("enter", "see", say("see how it went")),
        )

    def compose(self) -> ComposeResult:
        """A head, the talk with its side panel, the line to answer with, the keys."""
        yield LoopHead(self._practice.persona.profile.title.in_language(self._language))
        with Horizontal(id="talk"):
            yield Transcript()
            yield self.side()
        yield Status()
        with Horizontal(id="line"):
            yield Static(" > ", id="prompt", markup=False)
            yield Composer()
            yield Clock()
        yield Keys()

    def side(self) -> Side:
        """What is at hand beside the talk."""
        return Side(self._talk, self._practice.persona, self._language)

    def on_mount(self) -> None:
        """Begin, or go on."""
        self.take_up()
        self.moved()
        if self._state.turns:
            self._tell_changes()

    def on_resize(self) -> None:
        """Beside the talk there is room for a page, or there is not. (The toolkit sets such classes as well, but tells
        nobody that one has changed.)
        """
        wide = self.app.size.width >= self.WIDE
        if wide != self.has_class("-wide"):
            self._side.move(wide=wide)
        self.set_class(wide, "-wide").set_class(not wide, "-narrow")

    async def on_unmount(self) -> None:
        """Give the session back, after what is being written is written."""
        await self.stop()
        if self._ending:
            with suppress(WorkerCancelled):
                await self._ending.wait()
        if not self._handed_on:
            await self._practice.close()
            self._practice.give_back()

    def _converse(self, events: AsyncGenerator[Event | Delta | Waiting, None], sent: str = "") -> None:
        self._side.close()  # what lies over the talk would hide the reply
        super()._converse(events, sent)

    def action_back(self) -> None:
        """Close what lies over the talk; else stop the reply; else back to the line."""
        if not self._side.close() and self._replying and not self._beside:
            self._replying.cancel()
        self._return()

    def _return(self) -> None:
        """The keys go to the line, and once the customer is gone to what was said: a hidden line would swallow them."""
        (self._composer if self._talks else self._transcript).focus()

    @property
    def _talks(self) -> bool:
        """Whether there is a line to talk with: keys are asked for also while the screen is taken apart."""
        return any(line.display for line in self.query("#line"))

    # Beside the talk

    def action_side(self, page: Page) -> None:
        """Open a page of the side panel; the page that is open closes, but for hints, of which it gives the next."""
        if not self._side.toggle(page):
            self._return()

    def action_across(self) -> None:
        """To the page beside the talk if one is open; from there, and from anywhere else, back."""
        if self._beside or not self._side.enter():
            self._return()

    def on_key(self, event: Key) -> None:
        """What is typed goes to the line, wherever the keys went: it is what one is here for."""
        if event.is_printable and event.character:
            event.stop()
            self._type(event.character)

    def on_paste(self, event: Paste) -> None:
        """So does what is pasted."""
        if not isinstance(self.focused, Composer | Input):
            self._type(clean(event.text))

    def _type(self, text: str) -> None:
        if self._talks:
            self.set_focus(self._composer)
            self._composer.insert(text)

    @on(Tab.Chosen)
    def _choose(self, event: Tab.Chosen) -> None:
        self._side.toggle(event.page)

    @on(Side.Unsaved)
    def _unsaved(self, event: Side.Unsaved) -> None:
        self._status.say(say("Not saved: {reason}.", reason=event.reason))

    def action_stages(self) -> None:
        """Show or hide where one stands in the loop."""
        self.app.prefer(show_stages=not self.app.preferences.show_stages)
        self.moved()

    def moved(self) -> None:
        """Everything that follows from the state: stage, notes, hints."""
        self.query_one(LoopHead).stand(self._state.hearings, shown=self.app.preferences.show_stages)
        self._side.refresh_pages()
        if self._state.ended == "walked_away" and self._talks:
            self._walked_out()

    # Beginning and end

    @work(group="keep")
    async def _tell_changes(self) -> None:
        """A session taken up again keeps its own packs, whatever became of them since."""
        from simulator.session_packs import changed_since  # noqa: PLC0415 -- reads packs

        practice = self._practice
        for told in await asyncio.to_thread(changed_since, practice.settings, practice.started):
            self.app.tell(told)

    def action_end(self) -> None:
        """End; with a question first where nothing was confirmed."""
        if self._state.ended:
            self.action_see()
        elif self._state.confirmed:
            self._leave_by("end")
        else:
            spoken = any(turn.speaker == "learner" for turn in self._state.turns)
            why = say("You have not asked yet whether this is what they hoped for.")
            self.app.push_screen(EndingScreen(why if spoken else say("You have said nothing yet.")), self._leave_by)

    def _leave_by(self, choice: Choice | None) -> None:
        if choice == "leave":
            self.action_leave()
        elif choice == "end":
            self._end_by(self._end)

    def _end_by(self, way: Callable[[], Worker[None]]) -> None:
        """One way to end at a time: a key pressed twice ends once."""
        if self._ending is None or self._ending.is_finished:
            self._ending = way()

    @work(group="end")
    async def _end(self) -> None:
        await self.stop()
        await self._kept(self._talk.end("learner"))
        self.action_see()

    def action_export(self) -> None:
        """What was said so far, as a file."""
        self.app.export(self._practice)

    def action_leave(self) -> None:
        """Go; the session waits to be taken up again."""
        self.app.tell(say("Left for now. It waits on the first screen."))
        self.dismiss()

    def _walked_out(self) -> None:
        """The customer is gone: a rule, a while in which nothing happens, and only then the way on."""
        self.query_one("#line").display = False
        self._side.close()
        self._transcript.add(Entry("rule"))
        self._transcript.focus()
        self.set_timer(STILL, self._gone)

    def _gone(self) -> None:
        self._left = True
        self._transcript.add(Entry("aside", say("{name} has left.", name=self._telling.name)))
        self._status.say(say("Enter: see how it went"))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter leads on only once the customer has left; what is for a talk that goes on is gone then."""
        if action == "see":
            return self._left
        if action == "back":
            return self._talks or self._beside or self._side.lies_over
        return self._talks or not (action in _FOR_TALKING or parameters == ("hints",))

    def action_see(self) -> None:
        """On to the debrief, which takes the session over; from a talk that was left, nowhere."""
        from simulator.tui.screens.debrief import DebriefScreen  # noqa: PLC0415 -- after the first paint

        if self._state.ended and not self._handed_on and self.is_active:
            self._handed_on = True
            self.app.switch_screen(DebriefScreen(self._practice))

    def commands(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        """What the command palette offers here."""
        yield say("Leave for now"), say("The session waits to be taken up again"), self.action_leave
        yield say("Stages"), say("Show or hide where you stand in the loop"), self.action_stages
        exported = say("The transcript so far as Markdown, into the working folder")
        yield say("Export"), exported, self.action_export
        yield say("Ask again"), say("For a reply that failed or was broken off"), self.action_again

    @property
    def _beside(self) -> bool:
        """Whether the keys go to the side panel."""
        return self.focused is not None and self._side in self.focused.ancestors

    @property
    def _side(self) -> Side:
        return self.query_one(Side)
