"""The model as the customer: what it is told, what it is sent when its window is full, and what is put on the meter."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from simulator.conversation.brief import Brief, brief
from simulator.conversation.ports import Waiting
from simulator.conversation.state import advance, fold
from simulator.domain import events as e
from simulator.domain.acts import Hearing
from simulator.domain.usage import Usage
from simulator.errors import EndpointError
from simulator.llm.actor import TRIES, LlmActor, system_text
from simulator.llm.answers import Message, Spent
from simulator.llm.endpoint import Known, TurnBudget
from simulator.llm.meter import Meter
from simulator.llm.tokens import Counter
from simulator.llm.window import REPLY_ROOM, REPLY_SHARE, with_room
from simulator.packs.traditional import in_traditional
from tests.fakes import a_persona, hearing, sentence, started

ASK = hearing(sentence("What about the paper?", "open_question", topics=["L1"]))
IDLE = hearing(sentence("One moment.", "inform"))
OPENED = e.NeedOpened(2, "L1", "open_question", "x")
LANGUAGES = ["en", "zh-Hans", "zh-Hant"]


def told(
    heard: Hearing = IDLE, *moves: e.Event, language: str = "en", before: Sequence[e.Event] = (), line: str = "line"
) -> Brief:
    """The brief for the reply to a line, given what came before and what the gate decided."""
    persona = in_traditional(a_persona())
    opening = e.PersonaSpoke(1, persona.profile.opening.in_language(language))
    state = fold([started(language=language), opening, *before], persona)
    turn = len(state.turns) + 1
    for event in (e.LearnerSpoke(turn, line), e.Heard(turn, heard, "scripted"), *moves):
        state = advance(state, event)
    return brief(state, turn + 1, heard, moves, persona)


def talk(exchanges: int, length: int = 1) -> list[e.Event]:
    spoken: list[e.Event] = []
    for n in range(exchanges):
        said = f"line {n}. " * length
        spoken += [e.LearnerSpoke(2 * n + 2, said), e.PersonaSpoke(2 * n + 3, f"reply {n}.")]
    return spoken


@dataclass
class Stream:
    """A reply in scripted pieces; an exception among them is raised there."""

    script: Sequence[str | Waiting | Exception]
    spent: Spent | None = None

    async def pieces(self) -> AsyncGenerator[str | Waiting, None]:
        for piece in self.script:
            if isinstance(piece, Exception):
                raise piece
            yield piece


@dataclass
class ScriptedEndpoint:
    """Plays its streams in turn, and keeps what it was sent."""

    script: deque[Stream]
    model: str = "m"
    known: Known = field(default_factory=Known)
    sent: list[Sequence[Message]] = field(default_factory=list)
    tries: list[int] = field(default_factory=list)

    def stream(self, messages: Sequence[Message], *, seconds: float, tries: int) -> Stream:
        assert 0 < seconds <= 60
        self.sent.append(messages)
        self.tries.append(tries)
        return self.script.popleft()

    def learn(self, **changes: Any) -> None:
        self.known = replace(self.known, **changes)


class Table:
    """An actor with everything around it within reach. What a model is called decides how tokens are counted."""

    def __init__(self, *streams: Stream, window: int = 8192) -> None:
        self.endpoint = ScriptedEndpoint(deque(streams))
        counter = Counter("m")
        self.meter = Meter(counter, None)
        endpoint: Any = self.endpoint
        self.actor = LlmActor(endpoint, TurnBudget(), self.meter, counter, window)

    async def reply(self, brief: Brief) -> str:
        return "".join([piece async for piece in self.actor.reply(brief) if isinstance(piece, str)])

    def used(self) -> list[Usage]:
        return list(self.meter.drain())


def contents(messages: Sequence[Mapping[str, str]]) -> list[str]:
    return [message["content"] for message in messages]


async def test_one_system_message_then_turn_by_turn_beginning_and_ending_with_the_learner() -> None:
    table = Table(Stream(["Yes", "."]))
    assert await table.reply(told(before=talk(2), line="And now?")) == "Yes."
    (sent,) = table.endpoint.sent
    assert [message["role"] for message in sent] == ["system", "user", "assistant", "user", "assistant", "user"]
    assert contents(sent)[1:] == ["line 0. ", "reply 0.", "line 1. ", "reply 1.", "And now?"]
    assert "Hello, is he there?" in sent[0]["content"]


async def test_a_reply_of_nothing_but_space_is_no_empty_message() -> None:
    table = Table(Stream(["Yes."]))
    silence = [e.LearnerSpoke(2, "line"), e.PersonaSpoke(3, "", "interrupted")]
    await table.reply(told(before=silence))
    assert contents(table.endpoint.sent[0])[2] == "…"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_prompt_holds_what_the_brief_holds_and_nothing_of_a_locked_need(language: str) -> None:
    text = system_text(told(ASK, OPENED, language=language))
    assert "secret-L1" in text
    assert "I'm at my desk." in text
    assert "secret-L2" not in text
    assert "worry" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_brief_makes_the_same_prompt(language: str) -> None:
    assert system_text(told(ASK, OPENED, language=language)) == system_text(told(ASK, OPENED, language=language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_changes_stands_last_so_that_a_prefix_can_be_reused(language: str) -> None:
    moment = {"en": "NOW\n", "zh-Hans": "这一回\n", "zh-Hant": "這一回\n"}[language]
    first, second = (
        system_text(one)
        for one in (
            told(language=language),
            told(IDLE, e.StateMoved(2, 0, -3, 1, ()), e.CueDropped(3, "L1"), language=language, line="other"),
        )
    )
    assert first.split(moment)[0] == second.split(moment)[0]
    assert first.split(moment)[1] != second.split(moment)[1]


@pytest.mark.parametrize(
    ("heard", "moves", "words"),
    [
        (ASK, (OPENED,), "It is the paper: secret-L1."),
        (hearing(sentence("At your desk?", "closed_question", topics=["P1"])), (), "I'm at my desk."),
        (IDLE, (e.CueDropped(3, "L1"),), "Hm, the paper."),
        (IDLE, (e.TrapSprung(3),), "So he rings me at once?"),
        (IDLE, (e.ConfirmAnswered(3, satisfied=True, expectation="NX1"),), "That is what I need."),
        (IDLE, (e.ConfirmAnswered(3, satisfied=False, expectation="NX1"),), "I suppose so."),
        (IDLE, (e.ConfirmAnswered(3, satisfied=False, expectation="NX1"),), "Could my deputy have it too?"),
        (IDLE, (e.WalkedAway(3),), "walk_out one."),
        (IDLE, (e.IrritationHit(2, "I1", "x"),), "irritated"),
        (hearing(sentence("So it is a paper?", "summary_check")), (), "agreeing"),
        (hearing(sentence("Goodbye.", "close")), (), "farewell"),
        (hearing(sentence("Which colour?", "open_question")), (), "unknown"),
        (IDLE, (), "listening"),
        (hearing(sentence("Well.")), (), "pressing"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_what_is_to_be_said_now_stands_among_the_directions(
    heard: Hearing, moves: tuple[e.Event, ...], words: str, language: str
) -> None:
    directions = system_text(told(heard, *moves, language=language)).split({"en": "NOW\n"}.get(language, "这一回\n"))[1]
    assert words in directions


def test_a_customer_who_leaves_says_that_and_nothing_else() -> None:
    directions = system_text(told(ASK, OPENED, e.CueDropped(3, "L2"), e.WalkedAway(3))).split("NOW\n")[1]
    assert directions.count('"') == 2
    assert "secret-L1" not in directions


def test_talk_to_a_machine_only_puzzles() -> None:
    aside = Hearing(tuple(replace(one, acts=(), flag="addresses_grader") for one in IDLE.sentences))
    directions = system_text(told(aside)).split("NOW\n")[1]
    assert "puzzled" in directions
    assert directions.count("\n- ") == 1


def test_a_need_told_before_is_told_again_when_it_is_asked_for() -> None:
    before = [OPENED, *talk(1)]
    asked = system_text(told(ASK, before=before))
    assert "come back to what you have told" in asked
    assert "come back to" not in system_text(told(IDLE, before=before))
    assert "secret-L1" in system_text(told(IDLE, before=before))


def directions(heard: Hearing, *moves: e.Event, before: Sequence[e.Event] = ()) -> str:
    return system_text(told(heard, *moves, before=before)).split("NOW\n")[1]


def in_order(text: str, *words: str) -> bool:
    places = [text.find(word) for word in words]
    return min(places) >= 0 and places == sorted(places)


def test_news_comes_before_the_answer_and_what_ends_the_turn_last() -> None:
    line = hearing(
        sentence("He is out until half past three, so I'll take a note.", "inform", "promise"),
        sentence("What about the paper, and are you at your desk?", "open_question", topics=["L1", "P1"]),
        sentence("Is that what you need?", "confirm_ask", "closed_question"),
    )
    answer = e.ConfirmAnswered(3, satisfied=True, expectation="NX1")
    now = directions(line, OPENED, answer, e.TrapSprung(3), e.CueDropped(3, "L2"))
    assert in_order(
        now, "told two.", "I'm at my desk.", "secret-L1", "That is what I need.", "the worry", "rings me", "my deputy"
    )
    checked = hearing(sentence("So he is out until half past three?", "summary_check"), *line.sentences[:1])
    assert in_order(directions(checked, e.StateMoved(0, 1, 0, 4, ())), "told two.", "accepting two.", "agreeing")


@pytest.mark.parametrize(
    "checks",
    [
        hearing(sentence("So it is a paper?", "summary_check"), sentence("Have I got it?", "summary_check")),
        hearing(sentence("Does that do?", "confirm_ask", "closed_question")),
        hearing(sentence("Does that do for your deputy, or what else would?", "confirm_ask", "open_question")),
        hearing(sentence("A note, say.", "propose"), sentence("Or a word with him.", "propose")),
    ],
)
def test_a_question_that_has_its_answer_needs_no_excuse(checks: Hearing) -> None:
    asked = Hearing((*checks.sentences, sentence("And so on?", "closed_question")))
    assert "unknown" not in directions(asked, before=[RAISED])


RAISED = e.ConfirmAnswered(1, satisfied=True, expectation="NX1")
CONFIRM = hearing(sentence("Does that do?", "confirm_ask", "closed_question"))


def test_a_later_confirm_question_is_answered_by_what_has_been_met() -> None:
    needs = [e.NeedOpened(0, "L1", "open_question", "x"), e.StateMoved(0, 1, 0, 4, ())]
    offered = e.Heard(0, hearing(sentence("The paper and a note go out.", "promise")), "scripted")
    open_still, met = (
        directions(CONFIRM, before=[RAISED, *needs]),
        directions(CONFIRM, before=[RAISED, *needs, offered]),
    )
    assert "still open" in open_still
    assert "secret-L1" in open_still
    assert "It does" in met
    assert "agreeing" not in open_still + met


def test_what_was_asked_for_without_an_answer_is_asked_for_again() -> None:
    more = hearing(sentence("Anything else?", "closed_question"))
    assert in_order(directions(CONFIRM, before=[RAISED]), "They ask again", "my deputy")
    assert "my deputy" in directions(more, before=[RAISED])
    assert "my deputy" not in directions(hearing(sentence("Your deputy, yes.", "promise")), before=[RAISED])
    assert "my deputy" not in directions(more)


def test_a_fact_told_before_is_not_told_in_the_same_words() -> None:
    desk = hearing(sentence("At your desk?", "closed_question", topics=["P1"]))
    assert "Tell them" in directions(desk)
    again = directions(desk, before=[e.Heard(0, desk, "scripted")])
    assert "Tell them" not in again
    assert in_order(again, "come back to what you have told", "I'm at my desk.")


def test_a_fact_stands_beside_the_words_that_ask_for_it() -> None:
    assert "- (desk) I'm at my desk." in system_text(told())


def test_no_example_is_a_line_that_shows_the_tone_or_was_heard() -> None:
    promise = hearing(sentence("I'll ring you.", "promise"), sentence("Which colour?", "open_question"))
    calm = e.StateMoved(0, 1, 0, 4, ())
    for exchanges in range(3):
        prompt = system_text(told(promise, before=[calm, *talk(exchanges)]))
        assert "accepting one." in prompt.split("NOW\n")[0]
        assert "accepting two." in prompt.split("NOW\n")[1]
    for said, left in (("one", "two"), ("two", "one")):
        spoken = [e.LearnerSpoke(2, "line"), e.PersonaSpoke(3, f"Well, Unknown {said}, I fear.")]
        assert f"unknown {left}." in directions(promise, before=[calm, *spoken])


def test_mood_and_patience_are_words() -> None:
    def state(mood: float, patience: float) -> str:
        return directions(IDLE, e.StateMoved(2, 0, mood, patience, ()))

    moods = [state(mood, 4).split("\n")[0] for mood in (-3, -1, 0, 1, 3)]
    assert len(set(moods)) == 5
    assert len({state(0, patience) for patience in (4, 2, 1)}) == 3
    assert not [character for character in "".join(moods) if character.isdigit()]


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_prompt_is_short_beside_what_the_scenario_says(language: str) -> None:
    counter = Counter("gpt-4o")
    counter.settle()
    asks = hearing(
        sentence("Is that what you need, and is it the paper?", "confirm_ask", "open_question", topics=["P1"])
    )
    moves = (OPENED, e.ConfirmAnswered(3, satisfied=True, expectation="NX1"), e.TrapSprung(3), e.CueDropped(3, "L2"))
    assert counter.count(system_text(told(asks, *moves, language=language))) < 900


def too_long() -> EndpointError:
    return EndpointError("too long", "context")


async def test_a_full_window_leaves_the_oldest_exchanges_out_and_says_how_many() -> None:
    table = Table(Stream(["Yes."]), window=3000)
    await table.reply(told(before=talk(30, length=30)))
    (used,) = table.used()
    assert 0 < used.left_out < 30
    assert "reply 29." in contents(table.endpoint.sent[0])
    assert "reply 0." not in contents(table.endpoint.sent[0])


async def test_a_prompt_found_too_long_is_sent_again_with_half_the_exchanges_and_the_window_is_learned() -> None:
    table = Table(Stream([too_long()]), Stream([too_long()]), Stream(["Yes."]))
    assert await table.reply(told(before=talk(8))) == "Yes."
    replies = [[words for words in contents(sent) if words.startswith("reply")] for sent in table.endpoint.sent]
    assert [len(kept) for kept in replies] == [8, 4, 2]
    assert replies[2] == ["reply 6.", "reply 7."]
    assert [used.left_out for used in table.used()] == [6]
    assert table.endpoint.known.window
    assert table.endpoint.tries == [TRIES, TRIES - 1, TRIES - 2]


async def test_the_window_learned_holds_for_the_next_reply() -> None:
    table = Table(Stream([too_long()]), Stream(["Yes."]), Stream(["Yes."]))
    before = talk(30, length=20)
    await table.reply(told(before=before))
    await table.reply(told(before=before))
    first, second, third = map(len, table.endpoint.sent)
    assert second <= third < first


async def test_a_window_that_the_endpoint_names_itself_is_what_is_learned() -> None:
    class Named(Stream):
        async def pieces(self) -> AsyncGenerator[str | Waiting, None]:
            table.endpoint.learn(window=4096)
            async for piece in super().pieces():
                yield piece

    table = Table(Named([too_long()]), Stream(["Yes."]))
    await table.reply(told(before=talk(8)))
    assert table.endpoint.known.window == 4096


@pytest.mark.parametrize("prompt", [1, 100, 3071, 3072, 3073, 20_000])
def test_the_window_learned_has_room_for_the_prompt_that_was_taken(prompt: int) -> None:
    window = with_room(prompt)
    assert window - min(REPLY_ROOM, window // REPLY_SHARE) >= prompt


async def test_where_nothing_can_be_left_out_the_error_goes_through() -> None:
    table = Table(Stream([too_long()]))
    with pytest.raises(EndpointError, match="too long"):
        await table.reply(told())
    assert table.endpoint.known.window is None
    assert table.used() == []


async def test_a_window_too_small_for_the_instructions_is_an_error_and_no_request() -> None:
    table = Table(window=500)
    with pytest.raises(EndpointError) as trouble:
        await table.reply(told())
    assert (trouble.value.outcome, table.endpoint.sent) == ("context", [])


async def test_words_before_a_break_are_given_and_metered() -> None:
    table = Table(Stream(["Well, ", EndpointError("broken", "cut")]))
    pieces = table.actor.reply(told())
    assert await anext(pieces) == "Well, "
    with pytest.raises(EndpointError, match="broken"):
        await anext(pieces)
    assert [used.reply_tokens for used in table.used()] == [2]


@pytest.mark.parametrize(
    ("outcome", "metered"), [("key_rejected", 0), ("unreachable", 0), ("stalled", 1), ("empty", 1)]
)
async def test_what_no_model_worked_on_is_not_metered(outcome: Any, metered: int) -> None:
    table = Table(Stream([EndpointError("no", outcome)]))
    with pytest.raises(EndpointError):
        await table.reply(told())
    assert len(table.used()) == metered


async def test_a_reply_that_the_person_stops_is_metered_as_the_endpoint_reported_it() -> None:
    table = Table(Stream(["Well, ", "I"], Spent("m-2", 900, 3)))
    async with aclosing(table.actor.reply(told())) as pieces:
        async for _ in pieces:
            break
    (used,) = table.used()
    assert (used.role, used.asked, used.answered) == ("actor", "m", "m-2")
    assert (used.prompt_tokens, used.reply_tokens, used.measured) == (900, 3, "reported")


async def test_a_wait_is_passed_on() -> None:
    waiting = Waiting(7, "busy")
    table = Table(Stream([waiting, "Yes."]))
    assert [piece async for piece in table.actor.reply(told())] == [waiting, "Yes."]
