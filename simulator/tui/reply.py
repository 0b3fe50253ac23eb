"""One reply of the customer's on its way to the transcript."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import TYPE_CHECKING, Literal

from simulator.conversation.engine import Conversation, Delta
from simulator.conversation.ports import Waiting
from simulator.domain import events as e
from simulator.text_gate import clean
from simulator.tui.spoken import Telling
from simulator.tui.widgets.entry import Entry
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.tui.widgets.transcript import Transcript


class Reply:
    """Shows a reply as it comes, then as it was stored. `whole` gives the transcript anew where the past changed."""

    def __init__(
        self, talk: Conversation, telling: Telling, transcript: Transcript, whole: Callable[[], list[Entry]]
    ) -> None:
        self._talk = talk
        self._telling = telling
        self._transcript = transcript
        self._whole = whole
        self._seen = len(talk.events)
        self._begun = False
        self._words: list[str] = []

    async def follow(
        self, events: AsyncGenerator[e.Event | Delta | Waiting, None], *, begun: bool
    ) -> AsyncGenerator[Literal["said", "words"] | Waiting, None]:
        """Show what comes; tells when the learner's line is durable, when words come, and when none will for a while.

        `begun`: the line is there already, and only its answer is to come. Whatever stops this stops the reply. Raises
        what the conversation raises.
        """
        if begun:
            self._begin()
        async with aclosing(events):
            async for event in events:
                if isinstance(event, e.LearnerSpoke):
                    for entry in self._telling.of(event, self._talk.state):
                        self._transcript.add(entry)
                    self._seen = len(self._talk.events)
                    self._begin()
                    yield "said"
                elif isinstance(event, Delta):
                    self._words.append(event.text)
                    self._transcript.stream(event.text)
                    yield "words"
                elif isinstance(event, Waiting):
                    yield event

    def settle(self, unsaved: str) -> str:
        """Put what was stored in the place of what was streamed. Returns why there is no reply, if there is none.

        `unsaved` is why it could not be stored; then it stays on the screen and says so.
        """
        fresh = self._talk.events[self._seen :]
        state = self._talk.state
        entries = [entry for event in fresh for entry in self._telling.of(event, state)]
        if unsaved and self._words:
            mark = say("not saved: {reason}", reason=clean(unsaved))
            entries.append(Entry("persona", "".join(self._words), self._telling.name, mark=mark))
        if any(isinstance(event, e.ReplyDiscarded) for event in fresh):
            self._transcript.show(self._whole())
        elif self._begun:
            self._transcript.settle(*entries)
        else:
            for entry in entries:
                self._transcript.add(entry)
        failed = (event.reason for event in fresh if isinstance(event, e.PersonaSpoke) and event.status == "failed")
        return next(failed, "")

    def _begin(self) -> None:
        self._begun = True
        self._transcript.begin(Entry("persona", "", self._telling.name))
