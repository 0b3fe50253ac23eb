from __future__ import annotations

from dataclasses import fields

from simulator.conversation.brief import Brief, brief
from simulator.conversation.state import advance, fold
from simulator.domain import events as e
from simulator.domain import persona as p
from tests.fakes import a_persona, hearing, match, sentence, started, text

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
