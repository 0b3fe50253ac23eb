"""What was done in a session, read off its events, and done again.

Events hold everything that happened, so what the learner did follows from them: a line said, a reply asked for again,
an exchange taken back. Doing it again appends events of its own, which a replay compares with the recorded ones.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Literal, Protocol, TypeAlias

from simulator.conversation.engine import Conversation, Delta
from simulator.conversation.ports import Waiting
from simulator.domain import events as e
from simulator.text_gate import clean

Deed = Literal["open", "say", "answer", "retry", "undo"]

Kept: TypeAlias = e.NoteTaken | e.HintShown | e.Guessed | e.SessionEnded
"""What the learner did besides talking; the event itself says it."""


@dataclass(frozen=True, slots=True)
class Talk:
    """Something that makes the customer speak, or takes it back. `text` is the line of a "say".

    `until` is what had been shown of the reply when the learner stopped it: "" for nothing, None where nobody did.
    """

    deed: Deed
    text: str = ""
    until: str | None = None


Action: TypeAlias = Talk | Kept


class Leaver(Protocol):
    """Whoever answers requests, and knows which answers the learner left."""

    resumed: bool
    """Whether the reply that was just left was asked for anew, with nothing done between."""

    @property
    def through(self) -> bool:
        """Whether every answer of this sitting has been given."""
        ...

    def sit(self, until: int | None) -> None:
        """A sitting begins in which so many of all requests have been made when it ends; None: nobody knows."""
        ...

    def begin(self, *, leaving: bool) -> None:
        """A reply or a grade is asked for; `leaving`: the learner will leave before any of it is shown."""
        ...


@dataclass(frozen=True, slots=True)
class Step:
    """One action. `first` is the place in the list of events of the first that it brought about."""

    action: Action
    first: int


def steps_of(events: Sequence[e.Event]) -> tuple[Step, ...]:
    """The learner's actions in order; `events` are a whole session's."""
    steps: list[Step] = []
    answering = False  # the latest step is one whose reply has not come yet
    for place, event in enumerate(events[1:], start=1):
        deed = _begun(event, opening=not steps)
        if deed is None and not answering and _belongs_to_reply(event):
            deed = Talk("answer")
        if deed is not None:
            if answering:
                steps[-1] = _stopped(steps[-1], "")
            steps.append(Step(deed, place))
            answering = isinstance(deed, Talk) and deed.deed in {"say", "answer", "retry"}
        if isinstance(event, e.PersonaSpoke):
            if event.status == "interrupted" and not event.reason:
                steps[-1] = _stopped(steps[-1], event.text)
            answering = False
    if answering:
        steps[-1] = _stopped(steps[-1], "")
    return tuple(steps)


def _begun(event: e.Event, *, opening: bool) -> Action | None:
    """The action that begins with this event, if one does."""
    action: Action | None = None
    match event:
        case e.LearnerSpoke(_, text):
            action = Talk("say", text)
        case e.PersonaSpoke(turn=1) if opening:
            action = Talk("open")
        case e.ReplyDiscarded():
            action = Talk("retry")
        case e.ExchangeUndone():
            action = Talk("undo")
        case e.SessionEnded(reason="walked_away"):
            pass  # the customer's deed
        case e.NoteTaken() | e.HintShown() | e.Guessed() | e.SessionEnded():
            action = event
    return action


def _belongs_to_reply(event: e.Event) -> bool:
    return isinstance(event, (e.Heard, e.ModelAnswered, e.PersonaSpoke))


def _stopped(step: Step, shown: str) -> Step:
    return replace(step, action=replace(step.action, until=shown)) if isinstance(step.action, Talk) else step


async def perform(action: Action, conversation: Conversation, player: Leaver | None) -> None:
    """Do it. `player` answers what is asked of a model; None: nothing is asked."""
    match action:
        case Talk("open"):
            async for _ in conversation.open():
                pass
        case Talk("undo"):
            await conversation.undo()
        case Talk():
            await _talk(action, conversation, player)
        case e.NoteTaken(_, text):
            await conversation.note(text)
        case e.HintShown(_, need, step):
            await conversation.hint(need, step)
        case e.Guessed(text):
            await conversation.guess(text)
        case e.SessionEnded(reason):
            await conversation.end(reason)


async def _talk(action: Talk, conversation: Conversation, player: Leaver | None) -> None:
    left = action.until == ""
    if player:
        player.begin(leaving=left)
    try:
        async with aclosing(_reply(action, conversation)) as reply:
            await _follow(reply, action.until, first_only=left and player is None)
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if player is None or (task and task.cancelling()) or not (left or player.resumed):
            raise
        if player.resumed:
            await _talk(Talk("answer", until=action.until), conversation, player)


def _reply(action: Talk, conversation: Conversation) -> AsyncGenerator[e.Event | Delta | Waiting, None]:
    match action.deed:
        case "say":
            return conversation.say(action.text)
        case "retry":
            return conversation.retry()
    return conversation.answer()


async def _follow(
    reply: AsyncGenerator[e.Event | Delta | Waiting, None], until: str | None, *, first_only: bool
) -> None:
    """Listen to the end, to the first event, or until that much has been shown."""
    said = ""
    async for event in reply:
        said += event.text if isinstance(event, Delta) else ""
        if first_only or (until and clean(said).strip() == until):
            return
