"""A better line uses only what had been said by then."""

from __future__ import annotations

import pytest

from simulator.domain.scorecard import NeedRecord
from simulator.domain.transcript import Turn
from simulator.grading.foreknowledge import Foreknowledge
from tests.grading_talks import shipped_persona

PERSONA = shipped_persona("s01-phone-for-xiaowang")
TURNS = (
    Turn(1, "persona", "Hello, is Xiao Wang there?"),
    Turn(2, "learner", "What do you need, and by when?"),
    Turn(3, "persona", "I need your quotation with the company seal. We decide on suppliers at four."),
    Turn(4, "learner", "He'll ring you."),
)


def taken(act: str, turn: int, *voiced: str, language: str = "en", turns: tuple[Turn, ...] = TURNS) -> bool:
    needs = tuple(NeedRecord(name, "elicited", turn=3, by_turn=2) for name in voiced)
    known = Foreknowledge(PERSONA, needs, turns, language)
    return known.taken_by(PERSONA.model_lines[act].in_language(language), act, turn)


def test_a_line_that_names_a_need_fits_only_once_it_was_voiced() -> None:
    assert taken("reflect_content", 2)  # "So it's the sealed one that counts, and it has to be there before four."
    assert not taken("reflect_content", 4, "L1")


def test_an_offer_for_a_need_that_nobody_voiced_is_a_guess() -> None:
    """Its words are not the customer's: "His work number I'll text you either way"."""
    assert taken("propose", 4, "L1", "L2")
    assert not taken("propose", 4, "L1", "L2", "L4")


@pytest.mark.parametrize(("language", "opening"), [("en", "Hello?"), ("zh-Hans", "喂？")])
def test_a_time_of_day_is_known_from_the_customer_or_the_brief(language: str, opening: str) -> None:
    told = {"en": "We decide at four.", "zh-Hans": "四点我们定供应商。"}[language]
    before = (Turn(1, "persona", opening),)
    assert taken("reflect_feeling", 2, language=language, turns=before)
    assert not taken("reflect_feeling", 2, language=language, turns=(Turn(1, "persona", told),))


def test_what_takes_no_knowledge_can_be_said_at_once() -> None:
    assert not taken("open_question", 2)
    trap = PERSONA.trap.good_answer.in_language("en")
    assert not Foreknowledge(PERSONA, (), TURNS, "en").taken_by(trap, "trap", 2)
