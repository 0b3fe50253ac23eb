"""Simulated learners say the right thing at the right moment, and a drill's verdict names what is wrong."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from simulator.conversation.state import State
from simulator.domain import events as e
from simulator.domain.persona import Persona
from simulator.domain.text import Text
from simulator.domain.transcript import Turn
from simulator.language.acts import hear
from simulator.trainer.drill_report import report
from simulator.trainer.drilled import EXPERT_AT_LEAST, POOR_AT_MOST, Drilled, Play, Standing, Task
from simulator.trainer.learners import LEARNERS, POOR
from simulator.trainer.manner import Talk
from tests.fakes import a_persona, need, started, text

MODEL_LINES = {"open_question": text("What should come of it?"), "reflect_feeling": text("That must be hard.")}


def state(*said: str, **changes: object) -> State:
    """After the opening line and these lines of the learner's, each answered."""
    turns = [Turn(1, "persona", "Hello?")]
    for line in said:
        turns += [Turn(len(turns) + 1, "learner", line), Turn(len(turns) + 2, "persona", "Yes.")]
    return replace(State(trust=1, mood=0, patience=5, started=started(), turns=tuple(turns)), **changes)


def opened(*needs: str) -> dict[str, e.NeedOpened]:
    return {name: e.NeedOpened(2, name, "open_question", "") for name in needs}


def next_text(learner: str, persona: Persona, now: State) -> str:
    line = LEARNERS[learner].next_line(persona, now)
    assert line is not None
    return line.text


def test_the_expert_asks_for_what_is_within_reach_and_waits_with_what_comes_after() -> None:
    later = need("L1", "open_question", "paper", after=("L2",))
    persona = a_persona(later, need("L2", "open_question", "date"), model_lines=MODEL_LINES)
    begun = state("What should come of it?")
    assert next_text("expert", persona, begun).endswith("What about the date?")
    assert next_text("expert", persona, replace(begun, opened=opened("L2"))).endswith("What about the paper?")


def test_the_expert_earns_trust_before_it_asks_for_a_need_that_wants_some() -> None:
    shy = replace(
        need("L1", "open_question", "paper"), unlock=replace(need("L1", "open_question", "paper").unlock, trust_min=2)
    )
    persona = a_persona(shy, model_lines=MODEL_LINES)
    assert next_text("expert", persona, state("What should come of it?")) == "That must be hard."
    assert next_text("expert", persona, state("What should come of it?", trust=2.0)).endswith("What about the paper?")


def test_what_earned_trust_is_not_said_again_with_the_summary() -> None:
    lines = {**MODEL_LINES, "summary_check": text("The paper, is that right?")}
    after = state("What should come of it?", "That must be hard.", opened=opened("L1", "L2"))
    assert next_text("expert", a_persona(model_lines=lines), after) == "The paper, is that right?"


def test_the_expert_answers_a_push_at_once_and_goes_on_in_the_same_breath() -> None:
    persona = a_persona(model_lines=MODEL_LINES)
    begun = state("What should come of it?")
    line = next_text("expert", persona, replace(begun, trap_turn=len(begun.turns)))
    assert line == "No. What about the paper?"


@pytest.mark.parametrize(
    ("about", "why"), [(text("how it felt"), "wants to hear about how it felt"), (None, "asks what lies behind it")]
)
def test_the_expert_says_what_each_line_is_for_to_who_does_not_know_the_file(about: Text | None, why: str) -> None:
    plain = need("L1", "open_question", "paper")
    persona = a_persona(replace(plain, unlock=replace(plain.unlock, about=about)), model_lines=MODEL_LINES)
    line = LEARNERS["expert"].next_line(persona, state("What should come of it?"))
    assert line is not None
    assert (line.asks, line.why) == ("L1", why)


@pytest.mark.parametrize("learner", LEARNERS)
def test_a_learner_never_says_a_line_twice_and_comes_to_an_end(learner: str) -> None:
    persona = a_persona(model_lines=MODEL_LINES)
    said: list[str] = []
    while line := LEARNERS[learner].next_line(persona, state(*said)):
        assert line.text not in said
        said.append(line.text)
        assert len(said) < 40
    assert said


def test_the_pusher_promises_what_tempts_and_what_is_forbidden() -> None:
    persona = a_persona()
    said: list[str] = []
    while line := LEARNERS["pusher"].next_line(persona, state(*said)):
        said.append(line.text)
    assert "Sure." in said
    assert any("a call back" in line for line in said)


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_words_that_take_an_answer_up_are_heard_so_and_ask_nothing(language: str) -> None:
    talk = Talk(a_persona(), state(started=started(language=language)))
    for words in talk.own("taking_up"):
        assert set(hear(words).acts) & {"affirm", "reflect_feeling"}
        assert not any("question" in act for act in hear(words).acts)


def test_words_that_take_an_answer_up_are_no_relief_at_what_hurts() -> None:
    words = Talk(a_persona(), state(started=started(language="zh-Hans"))).own("taking_up")
    assert not [one for one in words if any(relieved in one for relieved in ("幸亏", "多亏", "还好", "好在", "明白了"))]


def test_traditional_is_made_from_simplified() -> None:
    persona = a_persona()
    line = LEARNERS["lazy"].next_line(
        persona, state(started=started(language="zh-Hant"), turns=(Turn(1, "persona", "喂"),))
    )
    after = LEARNERS["lazy"].next_line(persona, state("喂，你好。", started=started(language="zh-Hant")))
    assert line is not None
    assert after is not None
    assert after.text == "我回頭轉告一下。"


def play(learner: str, total: float | None, **changes: object) -> Play:
    standing: Standing = LEARNERS[learner].standing
    turns = (Turn(1, "persona", "Hello?"), Turn(2, "learner", "What about the paper?"), Turn(3, "persona", "Hm."))
    opened = {"L1": 1} if standing == "expert" else {}
    outcomes = {"L1": "elicited" if opened else "missed"}
    plain = Play(learner, standing, total, {"E1": 5, "X1": 2}, opened, outcomes, {}, turns, (), (), "")
    return replace(plain, **changes)


def drilled(**plays: Play) -> Drilled:
    fine = {"expert": play("expert", 90), "middling": play("middling", 50), **{name: play(name, 10) for name in POOR}}
    return Drilled(Task("a-customer", "en"), ("L1",), tuple((fine | plays).values()))


def test_a_persona_that_tells_its_learners_apart_is_fine() -> None:
    assert drilled().faults == ()


@pytest.mark.parametrize(
    ("plays", "told"),
    [
        ({"lazy": play("lazy", 10, leaks={"L1": 1})}, "lazy: need L1 leaked: “Hm.”"),
        ({"charmer": play("charmer", 10, opened={"L1": 1})}, "charmer: need L1 opened to “What about the paper?”"),
        ({"expert": play("expert", 90, opened={}, outcomes={"L1": "blocked"})}, "need L1 did not open (blocked)"),
        ({"expert": play("expert", EXPERT_AT_LEAST - 1)}, "low levels: X1 2"),
        ({"lazy": play("lazy", POOR_AT_MOST + 1)}, f"lazy gets 31, wanted {POOR_AT_MOST} or less"),
        ({"middling": play("middling", 9)}, "the middling learner gets 9, not between 10 and 90"),
        ({"middling": play("middling", 91)}, "the middling learner gets 91, not between 10 and 90"),
        ({"lazy": play("lazy", 10, broken="gone")}, "lazy: the conversation broke off: gone"),
    ],
)
def test_each_fault_is_named(plays: dict[str, Play], told: str) -> None:
    (fault,) = drilled(**plays).faults
    assert told in fault


def test_an_expert_whose_conversation_could_not_be_scored_is_below_the_bar() -> None:
    assert "the expert gets 0" in drilled(expert=play("expert", None)).faults[0]


def test_of_a_conversation_that_broke_off_nothing_is_said_but_why_and_what_went_wrong_before() -> None:
    cut = drilled(expert=play("expert", None, opened={}, broken="gone"), lazy=play("lazy", 10, leaks={"L1": 1}))
    assert cut.faults == ("expert: the conversation broke off: gone", "lazy: need L1 leaked: “Hm.”")
    told = report([cut], "text").splitlines()
    assert told[0] == "a-customer (en): not finished"
    assert not any("opens to the expert" in line for line in told)
    (case,) = ET.fromstring(report([cut], "junit")).iter("testcase")  # noqa: S314 -- our own
    assert [(part.tag, part.get("message")) for part in case] == [("error", cut.faults[0])]


def test_a_guest_whose_line_never_came_takes_nothing_from_the_verdict_on_the_others() -> None:
    guest = replace(play("lazy", None), learner="guest-7", standing="guest", broken="gone")
    faults = drilled(middling=play("middling", 91), guest=guest).faults
    assert faults == (
        "guest-7: the conversation broke off: gone",
        "the middling learner gets 91, not between 10 and 90",
    )


def test_lines_that_code_heard_in_a_model_s_stead_are_told_and_are_no_fault() -> None:
    half_deaf = drilled(lazy=play("lazy", 10, unheard=("timed out", "timed out")))
    assert half_deaf.faults == ()
    assert "  - lazy: code heard 2 of the lines: timed out" in report([half_deaf], "text").splitlines()


def test_the_report_comes_in_three_forms() -> None:
    bad = drilled(lazy=play("lazy", 10, leaks={"L1": 1}))
    assert report([drilled()], "text").splitlines()[:2] == [
        "a-customer (en): fine",
        "  opens to the expert in exchange: L1 1",
    ]
    assert "  ! lazy: need L1 leaked: “Hm.”" in report([bad], "text").splitlines()
    told = json.loads(report([bad], "json"))[0]
    assert (told["persona"], told["language"], told["faults"]) == ("a-customer", "en", ["lazy: need L1 leaked: “Hm.”"])
    assert told["learners"][0]["turns"][1]["text"] == "What about the paper?"
    cases = ET.fromstring(report([drilled(), bad], "junit")).iter("testcase")  # noqa: S314 -- our own
    assert [len(case) for case in cases] == [0, 1]


def test_junit_is_xml_whatever_a_model_said() -> None:
    cut = drilled(expert=play("expert", None, opened={}, broken="a\ufffe \x1b[1mb\uffff"))
    (case,) = ET.fromstring(report([cut], "junit")).iter("testcase")  # noqa: S314 -- our own
    assert case[0].get("message") == "expert: the conversation broke off: a b"
    assert "a b" in str(case[0].text)
