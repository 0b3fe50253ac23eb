from __future__ import annotations

from dataclasses import is_dataclass, replace
from typing import get_args, get_type_hints
from unittest.mock import ANY

import pytest

from simulator.conversation.brief import Brief, KnownFact, OpenNeed, brief
from simulator.conversation.gate import decide
from simulator.conversation.ports import scene_of
from simulator.conversation.state import State, advance, fold
from simulator.domain import events as e
from simulator.domain import persona as p
from simulator.domain.acts import HeardSentence, Hearing
from simulator.domain.transcript import Turn
from simulator.offline.listener import OfflineListener
from tests.fakes import a_persona, hearing, match, sentence, started, text
from tests.grading_talks import shipped_persona

ASK = hearing(sentence("What about the paper?", "open_question", topics=["L1", "P1", "X1"]))


def brief_of(
    *moves: e.Event, heard: Hearing = ASK, persona: p.Persona | None = None, before: tuple[e.Event, ...] = ()
) -> Brief:
    whole = persona or a_persona()
    state = fold([started(), e.PersonaSpoke(1, "Hello?"), *before], whole)
    for event in (e.LearnerSpoke(2, "line"), e.Heard(2, heard, "scripted"), *moves):
        state = advance(state, event)
    return brief(state, 3, heard, moves, whole)


def carried_by(type_: object) -> set[object]:
    """Every type that a value of this type is made of, however deep."""
    inner = get_type_hints(type_).values() if is_dataclass(type_) else get_args(type_)
    return {type_}.union(*map(carried_by, inner))


def test_nothing_of_a_locked_need_is_in_a_brief() -> None:
    told = repr(brief_of(e.NeedOpened(2, "L1", "open_question", "x"), e.TrapSprung(3)))
    assert "secret-L1" in told
    assert "secret-L2" not in told
    assert "worry" not in told


def test_a_cue_is_in_the_brief_when_it_is_to_be_dropped_and_only_then() -> None:
    assert brief_of(e.CueDropped(3, "L2")).cue == "Hm, the worry."
    assert brief_of().cue is None


def test_a_brief_cannot_carry_a_latent_need() -> None:
    carried = carried_by(Brief)
    assert {Brief, p.PublicProfile, OpenNeed, KnownFact, Turn} <= carried
    assert not carried & {p.LatentNeed, p.Persona, p.PersonaFact, State}


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


def test_a_fact_is_told_once_and_then_known_as_told() -> None:
    asked = e.Heard(0, ASK, "scripted")
    assert [fact.told for fact in brief_of().asked] == [False]
    assert [fact.told for fact in brief_of(before=(asked,)).asked] == [True]


def test_a_fact_asked_for_while_it_was_withheld_was_not_told() -> None:
    persona = a_persona(facts=(p.PersonaFact("P1", text("By the lamp."), match(("lamp",)), with_need="L1"),))
    asked = e.Heard(0, ASK, "scripted")
    now = brief_of(e.NeedOpened(2, "L1", "open_question", "x"), persona=persona, before=(asked,))
    assert [fact.told for fact in now.asked] == [False]


def test_the_reply_that_raises_the_new_expectation_does_not_answer_for_it_too() -> None:
    assert [fact.id for fact in brief_of(e.ConfirmAnswered(3, satisfied=True, expectation="NX1")).asked] == ["P1"]


CONFIRM = hearing(sentence("Does that do?", "confirm_ask", "closed_question"))
RAISED = e.ConfirmAnswered(1, satisfied=True, expectation="NX1")


def test_only_a_later_confirm_question_is_settled_anew() -> None:
    assert brief_of(heard=CONFIRM).settled is False, "nobody answered it yet, and nothing was offered"
    assert brief_of(e.ConfirmAnswered(3, satisfied=False, expectation="NX1"), heard=CONFIRM).settled is None
    assert brief_of(before=(RAISED,)).settled is None


def test_what_no_offer_has_met_is_named_when_the_customer_is_not_settled() -> None:
    persona = a_persona(start=p.Start(mood=0, trust=1, patience=4))
    before = (RAISED, e.NeedOpened(0, "L1", "open_question", "x"), e.NeedOpened(0, "L2", "open_question", "x"))
    unmet = brief_of(heard=CONFIRM, persona=persona, before=before)
    assert (unmet.settled, [need.id for need in unmet.unmet]) == (False, ["L1", "L2"])
    paper, note = (e.Heard(0, hearing(sentence(f"The {item} goes out.", "promise")), "x") for item in ("paper", "note"))
    half = brief_of(heard=CONFIRM, persona=persona, before=(*before, paper))
    assert (half.settled, [need.id for need in half.unmet]) == (False, ["L2"])
    offered = e.Heard(0, hearing(*paper.hearing.sentences, *note.hearing.sentences), "x")
    met = brief_of(heard=CONFIRM, persona=persona, before=(*before[:2], offered))
    assert (met.settled, met.unmet) == (True, ())


@pytest.mark.parametrize(
    ("line", "pending"),
    [
        (sentence("Anything else?", "closed_question"), "Could my deputy have it too?"),
        (sentence("Your deputy can have it.", "promise"), None),
        (sentence("What is the name?", "closed_question", topics=["X1"]), None),
    ],
)
def test_a_new_expectation_is_pending_until_a_line_speaks_of_it(line: HeardSentence, pending: str | None) -> None:
    assert brief_of(heard=hearing(line), before=(RAISED,)).pending == pending
    assert brief_of(heard=hearing(line)).pending is None


def test_bad_news_is_taken_badly_once() -> None:
    news = hearing(sentence("He is out until half past three.", "inform"))
    assert "told" in brief_of(heard=news).occasions
    assert "told" not in brief_of(heard=news, before=(e.Heard(0, news, "scripted"),)).occasions


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


def test_what_the_learner_has_told_is_known_and_whether_anything_was_offered() -> None:
    line = hearing(
        sentence("The paper goes out.", "promise"), sentence("So it's the paper?", "summary_check", "inform")
    )
    told = e.Heard(0, line, "scripted")
    opened = e.NeedOpened(0, "L1", "open_question", "x")
    assert (brief_of().told, brief_of().offered) == ((), False)
    assert brief_of(before=(told,)).told == ("The paper goes out.",)
    assert brief_of(before=(opened, told)).offered


def test_nothing_is_made_of_a_line_without_words() -> None:
    struck = hearing(sentence("asdf qwer zxcv", "inform"))
    assert brief_of(heard=struck).occasions == ("puzzled",)
