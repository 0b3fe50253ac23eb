"""The conversation screen over a scripted customer: what a person sees and which keys they have."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import pytest
from textual.app import App
from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from simulator import session_packs
from simulator.conversation.brief import Brief
from simulator.conversation.engine import Cast, Conversation
from simulator.conversation.ports import Waiting
from simulator.domain import events as e
from simulator.errors import EndpointError, StoreFull
from simulator.text_gate import MAX_LINE
from simulator.tui.keys import keys_of
from simulator.tui.preferences import Preferences
from simulator.tui.screens import conversation as screens
from simulator.tui.screens import debrief
from simulator.tui.screens.conversation import ConversationScreen
from simulator.tui.screens.ending import EndingScreen
from simulator.tui.theme import DARK
from simulator.tui.widgets.composer import Composer
from simulator.tui.widgets.prose import Prose
from simulator.tui.widgets.side import Side
from simulator.tui.widgets.status import Clock, Status
from simulator.tui.widgets.transcript import Transcript
from tests.apps import lingers
from tests.fakes import MemoryJournal, ScriptedActor, ScriptedListener, a_persona, hearing, sentence, started

OPENING = (started(), e.PersonaSpoke(1, "Hello, is he there?"))


class HaltingActor:
    """Says one piece, then waits to be let on."""

    name = "halting"

    def __init__(self, first: str | Waiting = "Well, ") -> None:
        self.first = first
        self.go_on = asyncio.Event()

    async def reply(self, brief: Brief) -> AsyncGenerator[str | Waiting, None]:
        del brief
        yield self.first
        await self.go_on.wait()
        yield "no."


@dataclass
class Desk:
    """A practice in memory."""

    conversation: Conversation
    journal: SlowJournal
    endpoint: Any = None
    settings: Any = None
    closed: int = 0
    commits_at_close: int = 0
    took: float = 0
    persona: Any = field(default_factory=a_persona)
    started: e.SessionStarted = field(default_factory=started)

    async def close(self) -> None:
        pass

    def give_back(self) -> None:
        self.closed += 1
        self.commits_at_close = len(self.journal.commits)


def desk(*replies: list[str | Waiting | Exception], events: Iterable[e.Event] = OPENING, acts: str = "greet") -> Desk:
    heard = hearing(sentence("Hello.", *acts.split()))
    listener = ScriptedListener(deque([heard] * 9))
    return _desk(ScriptedActor(deque(replies)), listener, events)


def _desk(actor: Any, listener: Any, events: Iterable[e.Event] = OPENING) -> Desk:
    journal = SlowJournal()
    return Desk(Conversation(a_persona(), Cast(listener, actor, listener), journal, events), journal)


class SlowJournal(MemoryJournal):
    """Takes its time over every commit, and waits where it is told to."""

    writing: asyncio.Event | None = None

    async def append(self, *events: e.Event) -> None:
        await asyncio.sleep(0.02)
        if self.writing:
            await self.writing.wait()
        await super().append(*events)


class Debriefed(Screen[None]):
    def __init__(self, practice: Any) -> None:
        super().__init__()
        self.practice = practice


class Small(App[None]):
    """As much of the app as the screen asks for."""

    def __init__(self, practice: Desk) -> None:
        super().__init__()
        self.preferences = Preferences()
        self.told: list[str] = []
        self._practice = practice
        self.register_theme(DARK)
        self.theme = DARK.name

    def on_mount(self) -> None:
        self.push_screen(ConversationScreen(self._practice))  # type: ignore[arg-type]

    def tell(self, message: str) -> None:
        self.told.append(message)

    def prefer(self, **changes: Any) -> None:
        self.preferences = replace(self.preferences, **changes)


@asynccontextmanager
async def talking(practice: Desk, size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[Small, Pilot[None]]]:
    app = Small(practice)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: bool(app.screen.query(Composer)))
        await pilot.pause()
        yield app, pilot


@pytest.fixture(autouse=True)
def neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debrief, "DebriefScreen", Debriefed)
    monkeypatch.setattr(session_packs, "changed_since", lambda *_: ())
    monkeypatch.setattr(screens, "STILL", 0.01)


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    for _ in range(200):
        if holds():
            return
        await pilot.pause(0.01)
    pytest.fail("it never came to that")


async def send(pilot: Pilot[None], line: str) -> None:
    pilot.app.screen.query_one(Composer).insert(line)
    await pilot.press("enter")
    await pilot.pause()


async def say(pilot: Pilot[None], line: str) -> None:
    """Send a line and wait until the reply is over."""
    await send(pilot, line)
    await until(pilot, lambda: pilot.app.screen._replying is None)  # type: ignore[attr-defined]


async def begin(pilot: Pilot[None], line: str) -> None:
    """Send a line and wait until the reply has begun."""
    await send(pilot, line)
    transcript = pilot.app.screen.query_one(Transcript)
    await until(pilot, lambda: bool(transcript._coming))


def shown(app: App[None]) -> str:
    """The transcript's blocks, one a line."""
    entries = app.screen.query_one(Transcript).entries
    return "\n".join(" | ".join(filter(None, (one.name, one.text, one.mark))) for one in entries)


def told(app: App[None]) -> str:
    return app.screen.query_one(Status).told


def page(app: App[None], name: str) -> str:
    return str(app.screen.query_one(f"#{name}", Prose).render())


async def test_a_line_is_said_and_answered() -> None:
    practice = desk(["He is ", "out."], events=(started(),))
    async with talking(practice) as (app, pilot):
        await say(pilot, "Good morning.")
        assert shown(app) == "Ms Chen | Hello, is he there?\nYou | Good morning.\nMs Chen | He is out."
        assert app.screen.query_one(Composer).text == ""
    assert practice.closed == 1


async def test_what_is_typed_while_a_reply_streams_stays_and_is_not_sent() -> None:
    actor = HaltingActor()
    async with talking(_desk(actor, desk().conversation._cast.listener)) as (app, pilot):
        await begin(pilot, "Morning.")
        await send(pilot, "And another thing.")
        assert "Wait for the reply" in told(app)
        actor.go_on.set()
        await until(pilot, lambda: "Well, no." in shown(app))
        assert app.screen.query_one(Composer).text == "And another thing."


async def test_esc_stops_a_reply_and_what_was_said_stays() -> None:
    practice = _desk(HaltingActor(), desk().conversation._cast.listener)
    async with talking(practice) as (app, pilot):
        await begin(pilot, "Morning.")
        await pilot.press("escape")
        await until(pilot, lambda: "stopped" in shown(app))
        assert shown(app).endswith("Ms Chen | Well, | stopped")
        assert practice.conversation.state.pending is None


async def test_leaving_in_the_middle_of_a_reply_keeps_what_was_said() -> None:
    practice = _desk(HaltingActor(), desk().conversation._cast.listener)
    async with talking(practice) as (_, pilot):
        await begin(pilot, "Morning.")
    assert [turn.text for turn in practice.conversation.state.turns][-1] == "Well,"
    assert (practice.closed, practice.commits_at_close) == (1, 2)


async def test_a_reply_that_failed_can_be_asked_for_again() -> None:
    practice = desk([EndpointError("the key was rejected")], ["Yes."])
    async with talking(practice) as (app, pilot):
        await say(pilot, "Morning.")
        assert "the key was rejected" in told(app)
        await say(pilot, "Hello?")
        assert "still waits" in told(app)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "Ms Chen | Yes." in shown(app))
        assert app.screen.query_one(Composer).text == "Hello?"


async def test_a_reply_that_broke_off_is_marked_and_asked_for_again() -> None:
    practice = desk(["Well", EndpointError("cut")], ["Well, no."])
    async with talking(practice) as (app, pilot):
        await say(pilot, "Morning.")
        assert "Ms Chen | Well | broken off: cut" in shown(app)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "Well, no." in shown(app))
        assert shown(app).endswith("Ms Chen | Well | asked again\nMs Chen | Well, no.")


async def test_the_wait_for_an_endpoint_is_counted_down() -> None:
    actor = HaltingActor(Waiting(7, "too many requests"))
    async with talking(_desk(actor, desk().conversation._cast.listener)) as (app, pilot):
        await send(pilot, "Morning.")
        await until(pilot, lambda: told(app) != "")
        assert told(app) == "too many requests; asking again in 7 s"
        actor.go_on.set()
        await until(pilot, lambda: "Ms Chen | no." in shown(app))
        await until(pilot, lambda: told(app) == "")


async def test_the_line_of_a_crash_is_there_and_answered() -> None:
    practice = desk(["Yes."], events=(*OPENING, e.LearnerSpoke(2, "Are you there?")))
    async with talking(practice) as (app, pilot):
        await until(pilot, lambda: "Ms Chen | Yes." in shown(app))
        assert shown(app).count("Are you there?") == 1


async def test_a_paste_beyond_the_limit_is_kept_and_refused_with_the_limit() -> None:
    practice = desk()
    async with talking(practice) as (app, pilot):
        composer = app.screen.query_one(Composer)
        app.post_message(Paste("x" * 10_000))
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert f"{MAX_LINE:,}" in told(app)
        assert len(composer.text) == 10_000
        assert practice.journal.commits == []


async def test_a_line_that_could_not_be_saved_stays_to_be_sent_again() -> None:
    practice = desk(["Yes."])
    practice.journal.failure = StoreFull("the disk is full")
    async with talking(practice) as (app, pilot):
        await say(pilot, "Morning.")
        assert "the disk is full" in told(app)
        assert app.screen.query_one(Composer).text == "Morning."
        practice.journal.failure = None
        await pilot.press("enter")
        await until(pilot, lambda: "Ms Chen | Yes." in shown(app))


async def test_undo_leaves_the_exchange_to_be_read_and_its_line_to_be_said_again() -> None:
    practice = desk(["Yes."])
    async with talking(practice) as (app, pilot):
        await say(pilot, "Morning.")
        await pilot.press("ctrl+z")
        await until(pilot, lambda: "taken back" in shown(app))
        assert "You | Morning. | taken back\nMs Chen | Yes. | taken back" in shown(app)
        assert app.screen.query_one(Composer).text == "Morning."
        assert len(practice.conversation.state.turns) == 1


async def test_where_lines_go_is_said_once_and_first() -> None:
    practice = replace(desk(["Yes."]), endpoint=SimpleNamespace(local=False, address="api.example.org"))
    async with talking(practice) as (app, pilot):
        await say(pilot, "Morning.")
        await pilot.press("ctrl+z")
        await until(pilot, lambda: "taken back" in shown(app))
        assert shown(app).count("api.example.org") == 1
        assert shown(app).startswith("What you say leaves this machine")


@pytest.mark.parametrize("width", [80, 120])
async def test_notes_are_kept_with_the_session(width: int) -> None:
    practice = desk()
    async with talking(practice, (width, 24)) as (app, pilot):
        await pilot.press("f3")
        await pilot.pause()
        app.screen.query_one(Input).value = "train at four"
        await pilot.press("enter")
        await until(pilot, lambda: "train at four" in page(app, "notes"))
        await pilot.press("escape")
        assert isinstance(app.focused, Composer)
    assert [note.text for note in practice.conversation.state.notes] == ["train at four"]


async def test_a_hint_is_given_only_to_who_asks_twice() -> None:
    practice = desk()
    async with talking(practice, (120, 30)) as (app, pilot):
        await pilot.press("f4")
        await pilot.pause()
        assert "does not count" in page(app, "hints")
        assert practice.conversation.state.hints == ()
        await pilot.press("f4")
        await until(pilot, lambda: "more on their mind" in page(app, "hints"))
        assert len(practice.conversation.state.hints) == 1


async def test_the_brief_lies_beside_the_talk_or_over_it() -> None:
    async with talking(desk(), (120, 30)) as (app, pilot):
        side = app.screen.query_one(Side)
        assert side.display
        await pilot.press("f2")
        assert not side.display
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        await pilot.press("f2")
        assert side.display
        await pilot.press("escape")
        assert not side.display
        assert isinstance(app.focused, Composer)


@pytest.mark.parametrize("over", [(), ("f1",), ("f10",)], ids=["talk", "help", "ending"])
async def test_one_press_is_enough_after_a_resize_whatever_was_in_front(over: tuple[str, ...]) -> None:
    async with talking(desk(), (120, 30)) as (app, pilot):
        talk = app.screen
        await pilot.press(*over)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        if over:
            await pilot.press("escape")
        await until(pilot, lambda: app.screen is talk and not talk.query_one(Side).display)
        await pilot.press("f2")
        assert talk.query_one(Side).lies_over
        await pilot.press("f2")
        assert not talk.query_one(Side).display


async def test_what_is_read_or_written_goes_along_when_the_terminal_changes() -> None:
    async with talking(desk(), (120, 30)) as (app, pilot):
        side = app.screen.query_one(Side)
        await pilot.press("f3", "a")
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: side.lies_over)
        await pilot.press("b")
        assert side.query_one(Input).value == "ab"
        await pilot.press("escape", "f2")
        await pilot.resize_terminal(120, 30)
        await until(pilot, lambda: side.display and not side.lies_over)
        assert side.page == "brief"


async def test_a_page_that_was_left_does_not_come_to_lie_over_the_talk() -> None:
    async with talking(desk(), (80, 24)) as (app, pilot):
        side = app.screen.query_one(Side)
        await pilot.press("f2")
        await pilot.resize_terminal(120, 30)
        await until(pilot, lambda: not side.lies_over)
        await pilot.press("tab")
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: not app.screen.has_class("-wide"))
        assert not side.display
        await pilot.press("f2")
        assert side.lies_over


async def test_a_page_opened_over_the_talk_stands_beside_it_once_there_is_room() -> None:
    async with talking(desk(), (120, 30)) as (app, pilot):
        side = app.screen.query_one(Side)
        await pilot.press("f2")
        assert not side.display
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        await pilot.press("f2")
        await pilot.resize_terminal(120, 30)
        await until(pilot, lambda: app.screen.has_class("-wide"))
        assert side.display


async def test_ending_with_nothing_confirmed_asks_first() -> None:
    practice = desk(["Yes."])
    async with talking(practice) as (app, pilot):
        await say(pilot, "Morning.")
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, EndingScreen))
        await pilot.press("escape")
        assert practice.conversation.state.ended is None
        await pilot.press("f10", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, Debriefed))
        assert practice.conversation.state.ended == "learner"
        assert practice.closed == 0  # it is the debrief's now


async def test_ending_after_a_confirmation_asks_nothing() -> None:
    confirmed = e.ConfirmAnswered(3, satisfied=True, expectation=None)
    practice = desk(events=(*OPENING, e.LearnerSpoke(2, "Is this it?"), confirmed, e.PersonaSpoke(3, "It is.")))
    async with talking(practice) as (app, pilot):
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, Debriefed))


async def test_leaving_for_now_ends_nothing() -> None:
    practice = desk()
    async with talking(practice) as (app, pilot):
        await pilot.press("f10", "down", "down", "enter")
        await until(pilot, lambda: practice.closed == 1)
        assert practice.conversation.state.ended is None
        assert app.told == ["Left for now. It waits on the first screen."]


async def test_leaving_while_it_ends_waits_for_the_end_and_leads_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Desk, "close", lambda _: asyncio.sleep(0.1))  # an endpoint takes its time
    practice = desk()
    async with talking(practice) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, ConversationScreen)
        screen._leave_by("end")
        screen.action_leave()
        await until(pilot, lambda: practice.closed == 1)
        await pilot.pause()
        assert not isinstance(app.screen, Debriefed)
    assert practice.conversation.state.ended == "learner"
    assert practice.commits_at_close == 1


async def test_ending_twice_ends_once() -> None:
    practice = desk()
    async with talking(practice) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, ConversationScreen)
        screen._leave_by("end")
        await asyncio.sleep(0.01)  # it is being written
        screen._leave_by("end")
        await until(pilot, lambda: isinstance(app.screen, Debriefed))
    assert [type(event) for event in practice.conversation.events].count(e.SessionEnded) == 1


async def test_what_is_kept_for_a_talk_that_is_gone_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    practice = desk(["Yes."])
    async with talking(practice) as (app, pilot):
        await say(pilot, "Morning.")
        screen = app.screen
        assert isinstance(screen, ConversationScreen)
        writing = practice.journal.writing = asyncio.Event()
        screen.action_take_back()
        screen.query_one(Side)._keep(practice.conversation.note("train at four"))
        await pilot.pause()
        lingered = lingers(monkeypatch, app, writing.set)
    assert lingered
    assert [type(event) for event in practice.conversation.events[-2:]] == [e.ExchangeUndone, e.NoteTaken]


async def test_a_line_that_is_written_when_the_talk_is_gone_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    practice = desk(["Yes."])
    async with talking(practice) as (app, pilot):
        writing = practice.journal.writing = asyncio.Event()
        await send(pilot, "Morning.")
        lingered = lingers(monkeypatch, app, writing.set)
    assert lingered
    assert [turn.text for turn in practice.conversation.state.turns][1:] == ["Morning.", "Yes."]


async def test_the_clock_goes_on_where_the_talk_was_left() -> None:
    async with talking(replace(desk(), took=125.0)) as (app, pilot):
        await until(pilot, lambda: app.screen.query_one(Clock).seconds >= 125)
        assert app.screen.query_one(Clock).seconds < 300


async def test_a_walk_out_stands_still_before_it_leads_on() -> None:
    practice = desk(["I have had enough."], ["Goodbye."], acts="pass_the_buck")
    async with talking(practice) as (app, pilot):
        await say(pilot, "Ring the hotline.")
        await say(pilot, "Ring the hotline.")
        await until(pilot, lambda: "Ms Chen has left." in shown(app))
        assert not app.screen.query_one("#line").display
        assert told(app) == "Enter: see how it went"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Debriefed))


@asynccontextmanager
async def after_a_walk_out(size: tuple[int, int]) -> AsyncIterator[tuple[Small, Pilot[None]]]:
    practice = desk(["I have had enough."], ["Goodbye."], acts="pass_the_buck")
    async with talking(practice, size) as (app, pilot):
        await say(pilot, "Ring the hotline.")
        await say(pilot, "Ring the hotline.")
        await until(pilot, lambda: told(app) == "Enter: see how it went")
        yield app, pilot


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
@pytest.mark.parametrize(
    "keys", [("escape",), ("f2", "escape"), ("f3", "escape"), ("tab", "tab"), ("h", "ctrl+z")], ids="+".join
)
async def test_once_the_customer_has_left_enter_leads_on_whatever_was_pressed(
    keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    async with after_a_walk_out(size) as (app, pilot):
        for key in (*keys, "enter"):
            await pilot.press(key)
            await pilot.pause()
        await until(pilot, lambda: isinstance(app.screen, Debriefed))


async def test_once_the_customer_has_left_the_foot_offers_only_what_works() -> None:
    async with after_a_walk_out((80, 24)) as (app, pilot):
        assert {key for key, _ in keys_of(app.screen)} == {"F2", "F3", "F5", "Tab", "F10", "Enter", "Ctrl+P", "Ctrl+Q"}
        await pilot.press("f2")
        await pilot.pause()
        assert "Esc" in {key for key, _ in keys_of(app.screen)}


@pytest.mark.parametrize("there", ["tab", "f2", "f4"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
async def test_what_is_typed_while_a_page_has_the_keys_goes_to_the_line(there: str, size: tuple[int, int]) -> None:
    practice = desk(["Yes."])
    async with talking(practice, size) as (app, pilot):
        await pilot.press(there)
        await pilot.pause()
        for letter in "你好, is he":
            app.post_message(Key(letter, letter))
        await pilot.pause(0.1)
        app.screen.query_one(Side).query_one(f"#page-{app.screen.query_one(Side).page}").focus()
        await pilot.pause()
        app.post_message(Paste(" there?"))
        await until(pilot, lambda: app.screen.query_one(Composer).text == "你好, is he there?")
        await pilot.press("enter")
        await until(pilot, lambda: "You | 你好, is he there?\nMs Chen | Yes." in shown(app))


async def test_what_is_typed_into_a_note_stays_there() -> None:
    async with talking(desk(), (120, 40)) as (app, pilot):
        await pilot.press("f3")
        await pilot.pause()
        await pilot.press("a")
        app.post_message(Paste("t four"))
        await until(pilot, lambda: app.screen.query_one(Input).value == "at four")
        assert app.screen.query_one(Composer).text == ""


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
async def test_one_tab_leads_to_the_page_and_one_back(size: tuple[int, int]) -> None:
    async with talking(desk(), size) as (app, pilot):
        if size[0] < ConversationScreen.WIDE:
            await pilot.press("tab")
            assert isinstance(app.focused, Composer)  # no page is open
            await pilot.press("f2")
            await pilot.pause()
            await pilot.press("tab")
        for key in ("tab", "shift+tab"):
            await pilot.press(key)
            assert app.focused
            assert app.focused.id == "page-brief"
            await pilot.press(key)
            assert isinstance(app.focused, Composer)


async def test_what_lies_over_the_talk_goes_when_a_line_is_said() -> None:
    async with talking(desk(["Yes."]), (60, 18)) as (app, pilot):
        side = app.screen.query_one(Side)
        await pilot.press("f2", "tab", "h", "i")
        assert side.display
        await pilot.press("enter")
        await until(pilot, lambda: "Ms Chen | Yes." in shown(app))
        assert not side.display


async def test_what_lies_over_the_talk_goes_when_the_customer_does() -> None:
    actor = HaltingActor()
    actor.go_on.set()
    async with talking(_desk(actor, desk(acts="pass_the_buck").conversation._cast.listener), (60, 18)) as (app, pilot):
        await say(pilot, "Ring the hotline.")
        actor.go_on.clear()
        await begin(pilot, "Ring the hotline.")
        await pilot.press("f2")
        await until(pilot, lambda: app.screen.query_one(Side).display)
        actor.go_on.set()
        await until(pilot, lambda: "Ms Chen has left." in shown(app))
        assert not app.screen.query_one(Side).display


async def test_the_stages_can_be_hidden() -> None:
    async with talking(desk()) as (app, pilot):
        assert "Explore" in str(app.screen.query_one("LoopHead").render())  # type: ignore[attr-defined]
        await pilot.press("f5")
        assert "Explore" not in str(app.screen.query_one("LoopHead").render())  # type: ignore[attr-defined]


@pytest.mark.parametrize("keys", [(), ("f2",), ("f3",), ("f4", "f4")])
async def test_a_very_small_terminal_and_back_breaks_nothing(keys: tuple[str, ...]) -> None:
    async with talking(desk(["Yes."] * 2), (120, 40)) as (app, pilot):
        await pilot.press(*keys)
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        await pilot.press("escape")
        await say(pilot, "Morning. 👩‍👩‍👧 e\u0301 שלום")
        assert "Ms Chen | Yes." in shown(app)


async def test_keys_are_asked_for_while_the_screen_is_taken_apart() -> None:
    async with talking(desk()) as (app, pilot):
        screen = app.screen
        await screen.query("#line").remove()
        assert isinstance(screen, ConversationScreen)
        assert not screen.check_action("take_back", ())
        await pilot.pause()
