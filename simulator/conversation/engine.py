"""One practice conversation as it happens: a line in, events out, each durable before the next step depends on it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from dataclasses import dataclass, replace

from simulator.conversation.brief import brief
from simulator.conversation.context import in_context
from simulator.conversation.gate import decide
from simulator.conversation.leaks import leaks_in
from simulator.conversation.ports import Actor, Journal, Listener, Meter, Waiting, scene_of
from simulator.conversation.state import State, advance, fold
from simulator.domain import events as e
from simulator.domain.acts import Hearing
from simulator.domain.persona import Persona
from simulator.domain.transcript import Status
from simulator.errors import BadInput, EndpointError, LineRefused
from simulator.text_gate import MAX_LINE, clean
from simulator.wording import say


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of the customer's reply, to be shown at once. It is not stored; the PersonaSpoke that follows is."""

    text: str


def overlong(length: int) -> str:
    """Why a line of so many characters is refused."""
    return say("the line has {count:,} characters; at most {limit:,} make a turn", count=length, limit=MAX_LINE)


_CARRIED = (e.CueDropped, e.TrapSprung, e.ConfirmAnswered)
"""What a reply is to say besides: nobody can tell whether one that was broken off said it, so a later one will."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who hears and who plays. `stand_in` hears the turn where `listener` fails; `meter` knows what both cost."""

    listener: Listener
    actor: Actor
    stand_in: Listener
    meter: Meter | None = None


class Conversation:
    """A session in progress. One line is answered at a time.

    Commits twice a turn: the learner's line before anything is asked of anybody; everything else with the reply.
    """

    def __init__(self, persona: Persona, cast: Cast, journal: Journal, events: Iterable[e.Event]) -> None:
        """Take up a session where its `events` leave off; they begin with SessionStarted."""
        self._persona = persona
        self._cast = cast
        self._journal = journal
        self._events = list(events)
        self._state = fold(self._events, persona)

    @property
    def state(self) -> State:
        """Where the conversation stands."""
        return self._state

    @property
    def events(self) -> tuple[e.Event, ...]:
        """Every event so far, undone ones included."""
        return tuple(self._events)

    async def open(self) -> AsyncGenerator[e.Event, None]:
        """Have the customer say the opening line, if nobody has spoken yet."""
        if not self._state.turns and self._state.started:
            opening = self._persona.profile.opening.in_language(self._state.started.language)
            yield await self._record(e.PersonaSpoke(1, opening))

    async def say(self, text: str) -> AsyncGenerator[e.Event | Delta | Waiting, None]:
        """Answer the learner's line: LearnerSpoke once it is durable, Deltas of the reply, then what it changed.

        A Waiting among the Deltas says that the endpoint will be asked again.

        Raises LineRefused for an empty or overlong line and BadInput after the end (nothing is stored then);
        StoreError.
        """
        if self._state.ended:
            raise BadInput(say("this conversation has ended"))
        if self._state.pending:
            raise BadInput(say("the line before this one still waits for its reply"))
        line = clean(text).strip()
        if not line:
            raise LineRefused(say("an empty line is not a turn"))
        if len(line) > MAX_LINE:
            raise LineRefused(overlong(len(line)))
        yield await self._record(e.LearnerSpoke(len(self._state.turns) + 1, line))
        async with aclosing(self.answer()) as events:  # so that stopping this stops the reply at once
            async for event in events:
                yield event

    async def answer(self) -> AsyncGenerator[e.Event | Delta | Waiting, None]:
        """Reply to the learner's line that is still waiting, after a crash or a failed reply; nothing if none is."""
        pending = self._state.pending
        if pending is None:
            return
        heard = await self._hear(pending.text, pending.n)
        moves = decide(self._state, pending.n, heard.hearing, self._persona)
        after = advance(self._state, heard)
        for move in moves:
            after = advance(after, move)
        reply = pending.n + 1
        said: list[str] = []
        status: Status = "interrupted"
        reason = ""
        left = True  # until the reply has come to an end of its own: the person may leave at any moment
        try:
            told = brief(after, reply, heard.hearing, moves, self._persona)
            async with aclosing(self._cast.actor.reply(told)) as pieces:
                async for piece in pieces:
                    if isinstance(piece, Waiting):
                        yield piece
                        continue
                    said.append(piece)
                    yield Delta(piece)
            status, left = "complete", False
        except EndpointError as error:
            reason, left = str(error), False
        finally:
            if left and said:  # the person pressed Esc: what was shown was said, and stays
                await self._commit(heard, moves, e.PersonaSpoke(reply, "".join(said), status))
        if reason and not said:
            usage = self._usage(reply)
            yield await self._record(*usage, e.PersonaSpoke(reply, "", "failed", reason))
            return
        for event in await self._commit(heard, moves, e.PersonaSpoke(reply, "".join(said), status, reason)):
            yield event

    async def retry(self) -> AsyncGenerator[e.Event | Delta | Waiting, None]:
        """Ask again for a reply that the endpoint broke off; nothing where it did not. One the person stopped stays."""
        last = self._state.last_reply
        if not self._state.cut_off or last is None or self._state.ended or self._state.pending:
            return
        await self._record(e.ReplyDiscarded(last.n))
        async with aclosing(self.answer()) as events:
            async for event in events:
                yield event

    async def undo(self) -> e.ExchangeUndone | None:
        """Take the last exchange back; what it opened is locked again. None where there is none, or all is over."""
        lines = [turn.n for turn in self._state.turns if turn.speaker == "learner"]
        if not lines or self._state.ended:
            return None
        undone = e.ExchangeUndone(lines[-1])
        await self._record(undone)
        return undone

    async def note(self, text: str) -> None:
        """Keep a note of the learner's with the session. Raises LineRefused for an empty one."""
        note = clean(text).strip()[:MAX_LINE]
        if not note:
            raise LineRefused(say("an empty note is no note"))
        await self._record(e.NoteTaken(len(self._state.turns), note))

    async def hint(self, need: str, step: int) -> None:
        """Record that a hint was shown (step 1 to 3)."""
        await self._record(e.HintShown(len(self._state.turns), need, step))

    async def guess(self, text: str) -> None:
        """Record what the learner thinks was hidden, one guess a line."""
        await self._record(e.Guessed(clean(text).strip()[:MAX_LINE]))

    async def contest(self, what: e.Contestable, item: str, reason: str) -> None:
        """Record that a finding of the grade is held to be wrong, and why. Raises LineRefused without a reason."""
        why = clean(reason).strip()[:MAX_LINE]
        if not why:
            raise LineRefused(say("say why: it is kept beside the score"))
        await self._record(e.Contested(what, item, why))

    async def end(self, reason: e.Ended) -> None:
        """End the conversation; a second end changes nothing."""
        if self._state.ended is None:
            await self._record(e.SessionEnded(reason))

    async def _hear(self, line: str, turn: int) -> e.Heard:
        started = self._state.started
        said = [spoken.text for spoken in self._state.turns if spoken.speaker == "persona"]
        scene = scene_of(self._persona, started.language if started else "en", *said)
        listener, fallback = self._cast.listener, ""
        try:
            hearing: Hearing = await listener.hear(line, scene)
        except EndpointError as error:
            listener, fallback = self._cast.stand_in, str(error)
            hearing = await listener.hear(line, scene)
        return e.Heard(turn, in_context(hearing, self._state, self._persona), listener.name, fallback)

    async def _commit(self, heard: e.Heard, moves: tuple[e.Event, ...], reply: e.PersonaSpoke) -> tuple[e.Event, ...]:
        spoken = replace(reply, text=clean(reply.text).strip())
        opened = {*self._state.opened, *(move.need for move in moves if isinstance(move, e.NeedOpened))}
        leaks = leaks_in(spoken, self._persona, opened, self._state.leaks)
        ending = [move for move in moves if isinstance(move, e.SessionEnded)]
        unsaid = _CARRIED if spoken.status == "interrupted" else ()
        changes = [move for move in moves if not isinstance(move, (e.SessionEnded, *unsaid))]
        committed = (heard, *changes, *leaks, *self._usage(spoken.turn), spoken, *ending)
        await self._record(*committed)
        return committed

    def _usage(self, reply: int) -> tuple[e.ModelAnswered, ...]:
        drained = self._cast.meter.drain() if self._cast.meter else ()
        return tuple(e.ModelAnswered(reply - (usage.role == "listener"), usage) for usage in drained)

    async def _record(self, *events: e.Event) -> e.Event:
        """Have the events written, to the end even if the person leaves meanwhile: what is durable must be known."""
        writing = asyncio.ensure_future(self._journal.append(*events))
        try:
            await asyncio.shield(writing)
        except asyncio.CancelledError:
            await asyncio.wait((writing,))
            if not writing.cancelled() and writing.exception() is None:
                self._take_in(events)
            raise
        self._take_in(events)
        return events[-1]

    def _take_in(self, events: Iterable[e.Event]) -> None:
        for event in events:
            self._events.append(event)
            taken_back = isinstance(event, e.ExchangeUndone | e.ReplyDiscarded)
            self._state = fold(self._events, self._persona) if taken_back else advance(self._state, event)
