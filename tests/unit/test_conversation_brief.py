from __future__ import annotations

from dataclasses import fields, replace
from unittest.mock import ANY

import pytest

from simulator.conversation.brief import Brief, KnownFact, brief
from simulator.conversation.gate import decide
from simulator.conversation.ports import scene_of
from simulator.conversation.state import advance, fold
from simulator.domain import events as e
from simulator.domain import persona as p
from simulator.offline.listener import OfflineListener
from tests.fakes import a_persona, hearing, match, sentence, started, text
from tests.grading_talks import shipped_persona

ASK = hearing(sentence("What about the paper?", "open_question", topics=["L1", "P1", "X1"]))


def brief_of(*moves: e.Event, persona: p.Persona | None = None, before: tuple[e.Event, ...] = ()) -> Brief:
    whole = persona or a_persona()
    state = fold([started(), e.PersonaSpoke(1, "Hello?"), *before], whole)
    for event in (e.LearnerSpoke(2, "line"), e.Heard(2, ASK, "scripted"), *moves):
        state = advance(state, event)
    return brief(state, 3, ASK, moves, whole)


def test_nothing_of_a_locked_need_is_in_a_brief() -> None:
    told = repr(brief_of(e.NeedOpened(2, "L1", "open_question", "x"), e.TrapSprung(3)))
    assert "secret-L1" in told
    assert "secret-L2" not in told
    assert "worry" not in told


def test_a_cue_is_in_the_brief_when_it_is_to_be_dropped_and_only_then() -> None:
    assert brief_of(e.CueDropped(3, "L2")).cue == "Hm, the worry."
    assert brief_of().cue is None


def test_a_brief_cannot_carry_a_latent_need() -> None:
    assert not [field.name for field in fields(Brief) if "LatentNeed" in str(field.type)]


def test_a_need_is_to_be_voiced_once_and_known_afterwards() -> None:
    now = brief_of(e.NeedOpened(2, "L1", "open_question", "x"))
    assert ([n.id for n in now.voice], [n.id for n in now.opened]) == (["L1"], [])
    later = brief_of(before=(e.NeedOpened(0, "L1", "open_question", "x"),))
    assert ([n.id for n in later.voice], [n.id for n in later.opened], later.touched) == ([], ["L1"], ("L1",))


def test_a_fact_that_belongs_to_a_need_is_withheld_until_it_opens() -> None:
    persona = a_persona(facts=(p.PersonaFact("P1", text("By the lamp."), match(("lamp",)), with_need="L1"),))
    assert brief_of(persona=persona).known == ()
    opened = brief_of(e.NeedOpened(2, "L1", "open_question", "x"), persona=persona)
    assert [fact.id for fact in opened.asked] == ["P1"]


def test_after_the_new_expectation_a_question_that_fits_it_is_about_it() -> None:
    assert [fact.id for fact in brief_of().asked] == ["P1"]
    raised = e.ConfirmAnswered(1, satisfied=True, expectation="NX1")
    assert [fact.id for fact in brief_of(before=(raised,)).asked] == ["X1"]


@pytest.mark.parametrize(
    ("scenario", "line", "fact"),
    [
        ("s02-forgotten-ticket", "Your passport, please.", "P2"),
        ("s02-forgotten-ticket", "I'll need to see your passport.", "P2"),
        ("s02-forgotten-ticket", "护照给我看一下", "P2"),
        ("s02-forgotten-ticket", "請出示您的護照。", "P2"),
        ("s01-phone-for-xiaowang", "And your full name, please", "P1"),
        ("s01-phone-for-xiaowang", "麻烦报一下姓名", "P1"),
    ],
)
async def test_what_is_asked_for_without_a_question_is_answered_and_moves_nothing_else(
    scenario: str, line: str, fact: str
) -> None:
    asked, moves = await answered(scenario, line)
    assert fact in [known.id for known in asked]
    assert not [move for move in moves if isinstance(move, e.NeedOpened | e.NeedBlocked | e.StateMoved)]


@pytest.mark.parametrize(
    "line", ["Please keep your passport.", "Your passport is fine.", "护照请收好。", "不用看护照。"]
)
async def test_what_is_only_spoken_of_is_not_asked_for(line: str) -> None:
    assert await answered("s02-forgotten-ticket", line) == ((), ANY)


async def answered(scenario: str, line: str) -> tuple[tuple[KnownFact, ...], tuple[e.Event, ...]]:
    """The facts that a first line draws, and everything that follows from it."""
    persona = shipped_persona(scenario)
    language = "en" if line.isascii() else "zh-Hans"
    heard = await OfflineListener().hear(line, scene_of(persona, language, ""))
    opening = replace(started(), language=language)
    state = fold([opening, e.PersonaSpoke(1, "Hello?"), e.LearnerSpoke(2, line)], persona)
    moves = decide(state, 2, heard, persona)
    for event in (e.Heard(2, heard, "offline"), *moves):
        state = advance(state, event)
    return brief(state, 3, heard, moves, persona).asked, moves
