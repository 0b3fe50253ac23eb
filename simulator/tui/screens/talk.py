"""Two who talk: what was said, a line to answer with, the reply as it comes."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Coroutine
from contextlib import suppress
from math import ceil
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from textual import on, work
from textual.binding import Binding
from textual.screen import Screen
from textual.worker import Worker, WorkerCancelled

from simulator.errors import BadInput, LineRefused, MomentError, StoreError
from simulator.text_gate import clean
from simulator.tui.keys import bind
from simulator.tui.reply import Reply
from simulator.tui.spoken import Telling
from simulator.tui.waiting import waited
from simulator.tui.widgets.composer import Composer
from simulator.tui.widgets.entry import Entry
from simulator.tui.widgets.status import Clock, Status
from simulator.tui.widgets.transcript import Transcript
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.conversation.engine import Delta
    from simulator.conversation.ports import Waiting
    from simulator.conversation.state import State
    from simulator.domain.events import Event
    from simulator.practice import Practice

T = TypeVar("T")


class TalkScreen(Screen[None]):
    """Exchanges lines in one practice. Who builds on it composes a Transcript, a Composer, a Status and a Clock."""

    def __init__(self, practice: Practice) -> None:
        super().__init__()
        self._practice = practice
        self._talk = practice.conversation
        self._language = practice.started.language
        self._telling = Telling(practice.persona, self._language)
        self._begun = monotonic() - practice.took
        self._ask_again_at: tuple[float, str] | None = None
        self._replying: Worker[None] | None = None
        bind(
            self,
            Binding("ctrl+z", "take_back", say("undo"), show=False),
            Binding(
                "ctrl+r", "again", say("ask again"), show=False, tooltip=say("ask again for a reply that broke off")
            ),
        )

    def take_up(self) -> None:
        """Show where the session stands; have the customer speak if it is their turn."""
        self._transcript.show(self._whole())
        self._composer.remember(turn.text for turn in self._state.turns if turn.speaker == "learner")
        self._composer.focus()
        self.set_interval(1, self._tick)
        if not self._state.turns:
            self._converse(self._talk.open())
        elif self._state.pending:
            self._status.say(say("This line still waited for its reply."))
            self._converse(self._talk.answer())

    def moved(self) -> None:
        """The state is another one: for who builds on this."""

    async def stop(self) -> None:
        """Stop the reply, if one is coming, and wait until what was said of it is written."""
        replying = self._replying
        if replying:
            replying.cancel()
            with suppress(WorkerCancelled):
                await replying.wait()

    @on(Composer.Sent)
    def _say(self, event: Composer.Sent) -> None:
        if self._replying:
            self._status.say(say("Wait for the reply, or stop it with Esc. What you typed stays."))
        elif not self._state.pending:
            self._transcript.follow()
            self._converse(self._talk.say(event.text), event.text)
        elif event.text.strip():
            self._status.say(say("The line before this one still waits for its reply: Ctrl+R asks again."))
        else:
            self._converse(self._talk.answer())

    def _converse(self, events: AsyncGenerator[Event | Delta | Waiting, None], sent: str = "") -> None:
        reply = Reply(self._talk, self._telling, self._transcript, self._whole)
        self._replying = self._follow(reply, events, sent)

    @work(exclusive=True, group="reply", exit_on_error=True)
    async def _follow(self, reply: Reply, events: AsyncGenerator[Event | Delta | Waiting, None], sent: str) -> None:
        unsaved, told = "", ""
        try:
            async for happened in reply.follow(events, begun=not sent and bool(self._state.turns)):
                if not self.is_running:
                    continue  # nobody sees it any more; `stop` has what was said kept
                if happened == "said":
                    self._composer.said(sent)
                    self._status.say()
                elif happened == "words":
                    self._ask_again_at = None
                else:
                    self._ask_again_at = (monotonic() + happened.seconds, happened.reason)
                    self._tick()
        except LineRefused as refused:
            told = str(refused) if sent.strip() else ""
        except BadInput as refused:
            told = str(refused)
        except StoreError as error:
            unsaved = str(error)
            told = say("Not saved: {reason}. Ctrl+R tries again.", reason=unsaved)
        finally:
            self._replying, self._ask_again_at = None, None
            if self.is_running:  # else the screen is gone
                self._settled(reply, unsaved, told)

    def _settled(self, reply: Reply, unsaved: str, told: str) -> None:
        """The reply is over, whatever ended it."""
        failed = reply.settle(unsaved)
        if failed:
            told = say("No reply: {reason}. Ctrl+R asks again.", reason=failed)
        elif self._state.cut_off and not self._state.ended:
            told = say("The reply broke off. Ctrl+R asks again.")
        elif self._state.pending and not told:
            told = say("Stopped. Ctrl+R asks again.")
        self._status.say(told)
        self.moved()

    def action_again(self) -> None:
        """Ask again for a reply that failed or was broken off."""
        if self._replying:
            return
        if self._state.pending:
            self._converse(self._talk.answer())
        elif self._state.cut_off and not self._state.ended:
            self._converse(self._talk.retry())
        else:
            self._status.say(say("No reply was broken off."))

    @on(Composer.NothingToUndo)
    def action_take_back(self) -> None:
        """Take the last exchange back: it stays to be read, and its line may be said again."""
        if not self._replying and not self._state.ended:
            self._take_back()

    @work(exclusive=True, group="keep")
    async def _take_back(self) -> None:
        lines = [turn.text for turn in self._state.turns if turn.speaker == "learner"]
        if await self._kept(self._talk.undo()) is None:
            self._status.say(say("There is nothing to take back."))
            return
        self._transcript.show(self._whole())
        self._composer.offer(lines[-1])
        self._composer.focus()
        self._status.say(say("Taken back; say it again. A run in which something was taken back is no best score."))
        self.moved()

    async def _kept(self, work: Coroutine[Any, Any, T]) -> T | None:
        """Wait for what is being stored; where that fails, say so and go on."""
        try:
            return await waited(self, work)
        except MomentError as error:
            self._status.say(say("Not saved: {reason}.", reason=error))
            return None

    def _whole(self) -> list[Entry]:
        """The transcript as it stands; where lines leave the machine, that is told first."""
        endpoint, told = self._practice.endpoint, list[Entry]()
        if endpoint and not endpoint.local:
            leaves = say("What you say leaves this machine: it goes to {address}", address=endpoint.address)
            told.append(Entry("aside", clean(leaves)))
        return [*told, *self._telling.all(self._talk.events)]

    def _tick(self) -> None:
        now = monotonic()
        self.query_one(Clock).seconds = int(now - self._begun)
        if self._ask_again_at:
            at, reason = self._ask_again_at
            seconds = max(0, ceil(at - now))
            self._status.say(say("{reason}; asking again in {seconds} s", reason=reason, seconds=seconds))

    def action_page(self, pages: int) -> None:
        """Turn the transcript a page up or down from wherever the keys go."""
        step = max(1, self._transcript.size.height - 2)
        self._transcript.scroll_relative(y=pages * step, animate=False)

    @property
    def _state(self) -> State:
        return self._talk.state

    @property
    def _transcript(self) -> Transcript:
        return self.query_one(Transcript)

    @property
    def _composer(self) -> Composer:
        return self.query_one(Composer)

    @property
    def _status(self) -> Status:
        return self.query_one(Status)
