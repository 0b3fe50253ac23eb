"""A session as JSON and as text: everything that happened, and no secret before its time."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from jsonschema import Draft7Validator

from simulator.conversation.record import Record, record
from simulator.domain import events as e
from simulator.domain.usage import Usage
from simulator.exchange.markdown import write_markdown
from simulator.exchange.read import parse_transcript
from simulator.reports.conversation import conversation_text
from simulator.reports.session import session_data, session_json
from simulator.wording import speaking
from tests.fakes import a_persona, hearing, sentence, started

PERSONA = a_persona()
ASKED = "What is on the paper?"
HAPPENED: tuple[e.Event, ...] = (
    started(),
    e.PersonaSpoke(1, "Hello, is he there?"),
    e.LearnerSpoke(2, ASKED),
    e.Heard(2, hearing(sentence(ASKED, "open_question", topics=["L1"])), "offline"),
    e.StateMoved(2, 1.5, -1, 4, ("relevant_question",)),
    e.NeedOpened(2, "L1", "open_question", ASKED),
    e.PersonaSpoke(3, "It is the paper: secret-L1."),
    e.HintShown(3, "L2", 1),
    e.NoteTaken(3, "paper!"),
    e.LearnerSpoke(4, "Wait\nplease."),
    e.Heard(4, hearing(sentence("Wait please.")), "offline"),
    e.PersonaSpoke(5, "Well", "interrupted"),
)
ENDED = (*HAPPENED, e.Guessed("it is Tuesday"), e.SessionEnded("learner"))


def looked_back(events: tuple[e.Event, ...] = ENDED) -> Record:
    return record(events, PERSONA)


def valid(data: dict[str, Any]) -> bool:
    schema = json.loads(resources.files("simulator.exchange").joinpath("schema/session-1.json").read_text("utf-8"))
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema).is_valid(data)


def test_json_holds_everything_that_happened_under_its_stable_keys() -> None:
    data = session_data(looked_back(), a_persona(), None)
    assert valid(data)
    assert data["ended"] == "learner"
    assert data["turns"][1] == {"n": 2, "speaker": "learner", "text": ASKED, "status": "complete"}
    assert data["turns"][4]["status"] == "interrupted"
    assert data["heard"][0] == {"turn": 2, "acts": ["open_question"], "topics": ["L1"]}
    assert data["needs"] == [
        {"id": "L1", "outcome": "elicited", "turn": 3, "by_turn": 2},
        {"id": "L2", "outcome": "missed", "turn": None, "by_turn": None},
    ]
    assert data["state"] == {"trust": 1.5, "mood": -1, "patience": 4}
    assert data["hints"] == [{"turn": 3, "need": "L2", "step": 1}]
    assert data["notes"] == [{"turn": 3, "text": "paper!"}]
    assert data["guess"] == {"lines": ["it is Tuesday"], "needs": [], "recall": 0.0, "precision": 0.0}
    assert (data["undone"], data["seed"], data["scorecard"]) == (0, 7, None)


def test_usage_is_added_up_by_role_and_model_and_as_sure_as_the_least_sure() -> None:
    asked = [
        Usage("actor", "m", "m-1", 100, 10, "reported", cost=0.5),
        Usage("listener", "m", "m-1", 50, 5, "reported"),
        Usage("actor", "m", "m-1", 200, 20, "estimated", left_out=3, cost=0.25),
    ]
    used = session_data(looked_back((*ENDED, *(e.ModelAnswered(3, one) for one in asked))), PERSONA, None)
    assert valid(used)
    assert used["usage"] == [
        {
            "role": "actor",
            "asked": "m",
            "answered": "m-1",
            "requests": 2,
            "prompt_tokens": 300,
            "reply_tokens": 30,
            "measured": "estimated",
            "left_out": 3,
            "cost": 0.75,
        },
        {
            "role": "listener",
            "asked": "m",
            "answered": "m-1",
            "requests": 1,
            "prompt_tokens": 50,
            "reply_tokens": 5,
            "measured": "reported",
            "left_out": 0,
            "cost": None,
        },
    ]
    assert session_data(looked_back(), PERSONA, None)["usage"] == []


def test_schema_refuses_what_the_format_does_not_have() -> None:
    data = session_data(looked_back(), a_persona(), None)
    assert not valid({**data, "ended": "bored"})
    assert not valid({**data, "extra": 1})
    assert not valid({key: value for key, value in data.items() if key != "state"})
    assert not valid({**data, "scorecard": {"format": "scorecard/2"}})


def test_json_is_one_line_in_its_own_script() -> None:
    chinese = (started(language="zh-Hans"), e.PersonaSpoke(1, "您好"), e.SessionEnded("technical"))
    text = session_json(looked_back(chinese), a_persona(), None)
    assert "您好" in text
    assert "\n" not in text


def test_undone_turns_are_counted_and_not_told() -> None:
    data = session_data(looked_back((*HAPPENED, e.ExchangeUndone(4))), a_persona(), None)
    assert data["undone"] == 1
    assert [turn["n"] for turn in data["turns"]] == [1, 2, 3]


def test_need_that_is_still_locked_stands_in_no_view_of_an_unfinished_session() -> None:
    unfinished = looked_back(HAPPENED)
    views = (
        conversation_text(unfinished, PERSONA),
        write_markdown(unfinished.transcript),
        session_json(unfinished, a_persona(), None),
    )
    for view in views:
        assert "worry" not in view
    assert "wants the paper sorted" in views[0]
    assert "wants the worry sorted" in conversation_text(looked_back(), PERSONA)


def test_text_numbers_the_turns_and_marks_what_was_cut_off() -> None:
    text = conversation_text(looked_back(), PERSONA)
    assert "  2  You: What is on the paper?" in text
    assert "  5  Ms Chen: Well [interrupted]" in text


def test_text_is_in_the_language_spoken_and_markdown_stays_readable_to_the_program() -> None:
    with speaking("zh-Hans"):
        text, markdown = conversation_text(looked_back(), PERSONA), write_markdown(looked_back().transcript)
    assert "Ms Chen: Well [中断]" in text
    assert "(你引出来的 · 第2轮)" in text
    assert "(错过了)" in text
    assert "Well [interrupted]" in markdown


def test_markdown_can_be_graded_again() -> None:
    read = parse_transcript(write_markdown(looked_back().transcript).encode(), "session.md")
    assert [turn.speaker for turn in read.turns] == ["persona", "learner", "persona", "learner", "persona"]
    assert read.turns[1].text == ASKED
    assert read.turns[3].text == "Wait\nplease."
