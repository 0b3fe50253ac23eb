from __future__ import annotations

import asyncio
from collections import deque
from contextlib import aclosing
from dataclasses import dataclass

import pytest

from simulator.conversation.engine import Cast, Conversation, Delta
from simulator.conversation.ports import Waiting
from simulator.domain import events as e
from simulator.domain import persona as p
from simulator.domain.acts import Hearing
from simulator.domain.usage import Role, Usage
from simulator.errors import BadInput, EndpointError, LineRefused, StoreFull
from simulator.text_gate import MAX_LINE
from tests.fakes import MemoryJournal, ScriptedActor, ScriptedListener, a_persona, hearing, sentence, started

ASKS = hearing(sentence("What about the paper?", "open_question", topics=["L1"]))
IDLE = hearing(sentence("One moment.", "inform"))


@dataclass
class Drained:
    """A meter with what it counted so far."""

    counted: tuple[Usage, ...]

    def drain(self) -> tuple[Usage, ...]:
        counted, self.counted = self.counted, ()
        return counted


def usage(role: Role) -> Usage:
    return Usage(role, "small", "small-2", 100, 10, "reported")


class Table:
    """A conversation with everything around it within reach."""

    def __init__(
        self,
        heard: list[Hearing | Exception],
        replies: list[list[str | Waiting | Exception]],
        meter: Drained | None = None,
        **changes: object,
    ) -> None:
        self.journal = MemoryJournal()
        self.listener = ScriptedListener(deque(heard))
        self.stand_in = ScriptedListener(deque([IDLE]), name="stand-in")
        self.actor = ScriptedActor(deque(replies))
        self.meter = meter
        self.persona = a_persona(**changes)
        self.journal.commits.append((started(),))
        self.conversation = self.reopened()

    def reopened(self) -> Conversation:
        """The same session, read back from its journal by another process."""
        cast = Cast(self.listener, self.actor, self.stand_in, self.meter)
        return Conversation(self.persona, cast, self.journal, self.journal.events)

    async def opened(self) -> Table:
        async for _ in self.conversation.open():
            pass
        return self

    async def say(self, line: str) -> list[e.Event | Delta]:
        return [event async for event in self.conversation.say(line)]


async def test_the_line_is_durable_before_anything_is_asked_of_anybody() -> None:
    table = await Table([ASKS], [["It is ", "the paper."]]).opened()
    async with aclosing(table.conversation.say("What about the paper?")) as events:
        assert await anext(events) == e.LearnerSpoke(2, "What about the paper?")
        assert table.journal.commits[-1] == (e.LearnerSpoke(2, "What about the paper?"),)
        assert table.listener.scenes == []


async def test_a_turn_is_two_commits_and_the_second_holds_all_that_follows() -> None:
    table = await Table([ASKS], [["It is ", "the paper."]]).opened()
    events = await table.say("What about the paper?")
    line, rest = table.journal.commits[-2:]
    assert [type(event).__name__ for event in line] == ["LearnerSpoke"]
    assert [type(event).__name__ for event in rest] == ["Heard", "StateMoved", "NeedOpened", "PersonaSpoke"]
    assert [event.text for event in events if isinstance(event, Delta)] == ["It is ", "the paper."]
    assert rest[-1] == e.PersonaSpoke(3, "It is the paper.")


async def test_the_actor_is_given_what_opened_and_nothing_that_is_locked() -> None:
    table = await Table([ASKS], [["Yes."]]).opened()
    await table.say("What about the paper?")
    brief = table.actor.briefs[0]
    assert [need.id for need in brief.voice] == ["L1"]
    assert "secret-L1" in repr(brief)
    assert "secret-L2" not in repr(brief)


@pytest.mark.parametrize("line", ["", "   ", "\x1b[31m\x07", "\n"])
async def test_an_empty_line_is_not_a_turn(line: str) -> None:
    table = await Table([], []).opened()
    with pytest.raises(LineRefused):
        await table.say(line)
    assert len(table.journal.commits) == 2


async def test_a_line_over_the_limit_is_refused_with_the_limit() -> None:
    table = await Table([], []).opened()
    with pytest.raises(LineRefused, match=f"{MAX_LINE:,}"):
        await table.say("x" * 100_000)
    assert len(table.journal.commits) == 2


async def test_what_is_stored_has_passed_the_text_gate() -> None:
    table = await Table([IDLE], [["Well\x1b]0;owned\x07, ", "no."]]).opened()
    await table.say("Hello\x1b[2J there")
    assert [turn.text for turn in table.conversation.state.turns[1:]] == ["Hello there", "Well, no."]


async def test_a_failing_listener_is_stood_in_for_and_the_event_says_so() -> None:
    table = await Table([EndpointError("no answer")], [["Yes."]]).opened()
    await table.say("What about the paper?")
    heard = next(event for event in table.journal.events if isinstance(event, e.Heard))
    assert (heard.listener, heard.fallback) == ("stand-in", "no answer")


async def test_a_reply_that_fails_before_its_first_word_leaves_the_line_pending_and_can_be_asked_for_again() -> None:
    table = await Table([ASKS, ASKS], [[EndpointError("down")], ["Now."]]).opened()
    events = await table.say("What about the paper?")
    assert events[-1] == e.PersonaSpoke(3, "", "failed", "down")
    state = table.conversation.state
    assert state.pending is not None
    assert state.opened == {}
    with pytest.raises(BadInput, match="waits"):
        await table.say("Hello?")
    again = [event async for event in table.conversation.answer()]
    assert again[-1] == e.PersonaSpoke(3, "Now.")
    assert list(table.conversation.state.opened) == ["L1"]


async def test_a_reply_cut_in_the_middle_is_kept_as_interrupted() -> None:
    table = await Table([ASKS], [["It is ", EndpointError("cut")]]).opened()
    await table.say("What about the paper?")
    assert table.journal.events[-1] == e.PersonaSpoke(3, "It is", "interrupted", "cut")
    assert table.conversation.state.pending is None


async def test_a_reply_cut_by_the_endpoint_can_be_asked_for_again_and_only_that_one_stays() -> None:
    table = await Table([ASKS, ASKS], [["It is ", EndpointError("cut")], ["It is the paper."]]).opened()
    await table.say("What about the paper?")
    again = [event async for event in table.conversation.retry()]
    assert again[-1] == e.PersonaSpoke(3, "It is the paper.")
    state = table.conversation.state
    assert [turn.text for turn in state.turns] == [
        "Hello, is he there?",
        "What about the paper?",
        "It is the paper.",
    ]
    assert [need.id for need in table.actor.briefs[1].voice] == ["L1"]
    assert (state.undone, state.trust, state.cut_off) == (0, 1.5, False)
    assert table.reopened().state == state
    assert [event async for event in table.conversation.retry()] == []


async def test_a_reply_that_the_learner_stopped_is_not_rolled_again() -> None:
    table = await Table([ASKS], [["It is ", "the paper."]]).opened()
    stream = table.conversation.say("What about the paper?")
    async for event in stream:
        if isinstance(event, Delta):
            break
    await stream.aclose()
    assert [event async for event in table.conversation.retry()] == []


async def test_what_a_broken_off_reply_was_to_voice_is_voiced_by_the_next_one_and_its_trap_is_still_to_come() -> None:
    table = await Table([ASKS, IDLE], [["It ", EndpointError("cut")], ["Yes."]]).opened()
    await table.say("What about the paper?")
    cut = table.journal.commits[-1]
    assert not [event for event in cut if isinstance(event, (e.CueDropped, e.TrapSprung, e.ConfirmAnswered))]
    await table.say("One moment.")
    assert [need.id for need in table.actor.briefs[1].voice] == ["L1"]
    assert table.actor.briefs[1].opened == ()


async def test_a_cue_in_a_broken_off_reply_is_dropped_again() -> None:
    table = await Table([IDLE, IDLE], [["Hm, ", EndpointError("cut")], ["Hm, the paper."]]).opened()
    await table.say("One moment.")
    assert table.actor.briefs[0].cue == "Hm, the paper."
    assert table.conversation.state.cues == {}
    await table.say("One moment more.")
    assert table.actor.briefs[1].cue == "Hm, the paper."
    assert table.conversation.state.cues == {"L1": 5}


async def test_waiting_is_passed_on_and_stored_nowhere() -> None:
    table = await Table([ASKS], [[Waiting(7, "busy"), "Yes."]]).opened()
    events = await table.say("What about the paper?")
    assert [type(event).__name__ for event in events[:3]] == ["LearnerSpoke", "Waiting", "Delta"]
    assert "busy" not in repr(table.journal.events)


@pytest.mark.parametrize("reply", [["Yes."], ["Ye", EndpointError("cut")], [EndpointError("down")]])
async def test_what_a_model_was_asked_is_kept_with_the_turn_however_the_reply_ended(
    reply: list[str | Exception],
) -> None:
    heard, played = usage("listener"), usage("actor")
    table = await Table([ASKS], [reply], meter=Drained((heard, played))).opened()
    await table.say("What about the paper?")
    assert [event for event in table.journal.commits[-1] if isinstance(event, e.ModelAnswered)] == [
        e.ModelAnswered(2, heard),
        e.ModelAnswered(3, played),
    ]
    assert table.conversation.state.usage == (heard, played)
    await table.conversation.undo()
    assert table.conversation.state.usage == (heard, played)


async def test_stopping_a_reply_keeps_what_was_said() -> None:
    table = await Table([ASKS], [["It is ", "the paper."]]).opened()
    stream = table.conversation.say("What about the paper?")
    async for event in stream:
        if isinstance(event, Delta):
            break
    await stream.aclose()
    assert table.journal.events[-1] == e.PersonaSpoke(3, "It is", "interrupted")


async def test_a_crash_between_the_two_commits_leaves_the_line_to_be_answered() -> None:
    table = await Table([ASKS], [["Yes."]]).opened()
    await table.journal.append(e.LearnerSpoke(2, "What about the paper?"))
    conversation = table.reopened()
    assert conversation.state.pending is not None
    events = [event async for event in conversation.answer()]
    assert events[-1] == e.PersonaSpoke(3, "Yes.")
    assert [event async for event in conversation.answer()] == []


async def test_a_full_disk_changes_nothing_in_memory_that_is_not_durable() -> None:
    table = await Table([IDLE], [["Yes."]]).opened()
    table.journal.failure = StoreFull("full")
    with pytest.raises(StoreFull):
        await table.say("Hello?")
    assert len(table.conversation.state.turns) == 1
    table.journal.failure = None
    await table.say("Hello?")
    assert len(table.conversation.state.turns) == 3


async def test_undo_locks_again_what_the_exchange_opened_and_the_log_keeps_it() -> None:
    table = await Table([ASKS, IDLE], [["Yes."], ["Hm."]]).opened()
    await table.say("What about the paper?")
    assert await table.conversation.undo() == e.ExchangeUndone(2)
    state = table.conversation.state
    assert (state.opened, len(state.turns), state.undone) == ({}, 1, 1)
    assert any(isinstance(event, e.NeedOpened) for event in table.journal.events)
    await table.say("One moment.")
    assert [turn.n for turn in table.conversation.state.turns] == [1, 2, 3]
    assert table.reopened().state == table.conversation.state


async def test_a_locked_needs_secret_in_a_reply_is_recorded_as_a_leak() -> None:
    table = await Table([IDLE], [["It is secret-L2, ", "you know."]]).opened()
    await table.say("One moment.")
    assert e.LeakSuspected(3, "L2", "secret-L2") in table.journal.events


async def test_after_the_walk_out_there_is_nobody_to_talk_to() -> None:
    away = hearing(sentence("Ring head office.", "pass_the_buck"))
    table = await Table([away], [["I'm off."]], start=p.Start(0, 1, 2)).opened()
    await table.say("Ring head office.")
    assert table.journal.events[-2:] == [e.PersonaSpoke(3, "I'm off."), e.SessionEnded("walked_away")]
    with pytest.raises(BadInput, match="ended"):
        await table.say("Wait!")


async def test_notes_survive_an_undo_and_are_cleaned() -> None:
    table = await Table([IDLE], [["Hm."]]).opened()
    await table.say("One moment.")
    await table.conversation.note("four o'clock\x1b[31m!")
    await table.conversation.undo()
    assert [note.text for note in table.conversation.state.notes] == ["four o'clock!"]


async def test_two_folds_of_the_same_events_are_equal() -> None:
    table = await Table([ASKS, IDLE], [["Yes."], ["Hm."]]).opened()
    await table.say("What about the paper?")
    await table.say("One moment.")
    assert table.reopened().state == table.conversation.state
    assert [e.from_json(e.to_json(event)) for event in table.journal.events] == table.journal.events


async def test_what_became_durable_while_the_person_left_is_known_all_the_same() -> None:
    table = await Table([ASKS], [["It is ", "the paper."]]).opened()
    writing, written = asyncio.Event(), asyncio.Event()
    append = table.journal.append

    async def slowly(*events: e.Event) -> None:
        writing.set()
        await written.wait()
        await append(*events)

    table.journal.append = slowly  # type: ignore[method-assign]
    said = asyncio.ensure_future(table.say("What about the paper?"))
    await writing.wait()
    said.cancel()
    await asyncio.sleep(0)
    written.set()
    with pytest.raises(asyncio.CancelledError):
        await said
    assert table.journal.commits[-1] == (e.LearnerSpoke(2, "What about the paper?"),)
    assert table.conversation.state == table.reopened().state
    assert table.conversation.state.pending
