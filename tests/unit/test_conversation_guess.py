from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from simulator.conversation.guess import compare
from simulator.domain.persona import Persona
from simulator.packs.load import load_persona
from tests.fakes import a_persona


def test_a_guess_hits_the_needs_whose_words_it_has() -> None:
    found = compare("perhaps secret-L1\n\nsomething about money\nsecret-L1 again", a_persona())
    assert found.lines == ("perhaps secret-L1", "something about money", "secret-L1 again")
    assert found.hits == {"L1": "perhaps secret-L1"}
    assert (found.recall, round(found.precision, 2)) == (0.5, 0.67)


def test_no_guess_finds_nothing() -> None:
    assert (compare("", a_persona()).recall, compare(" \n", a_persona()).precision) == (0, 0)


MEANT = [
    ("s13-bank-dispute", "she gave the code to a scammer and is ashamed", "L2"),
    ("s13-bank-dispute", "no cash for the weekend", "L3"),
    ("s07-cafe-power-socket", "he was embarrassed before everyone", "L3"),
    ("s07-cafe-power-socket", "he's lonely", "L2"),
    ("s07-cafe-power-socket", "他一个人住", "L2"),
    ("s12-hospital-reception", "he will miss his bus", "L3"),
    ("s12-hospital-reception", "cannot hear", "L4"),
    ("s12-hospital-reception", "frightened of the result, hides it from his wife", "L2"),
    ("s12-hospital-reception", "赶车", "L3"),
    ("s12-hospital-reception", "他沒吃早飯，快撐不住了", "L1"),
    ("s09-last-farewell", "妹妹赶不回来", "L2"),
    ("s09-last-farewell", "妈妈没看过遗体，怕她受不了", "L1"),
]
NOT_MEANT = [
    ("s02-forgotten-ticket", "he is afraid of flying"),
    ("s02-forgotten-ticket", "his wife is angry with him"),
    ("s02-forgotten-ticket", "想升头等舱"),
    ("s06-leftover-watermelon", "she is allergic to melon"),
    ("s07-cafe-power-socket", "he lost his charger"),
    ("s07-cafe-power-socket", "嫌价格太贵"),
    ("s09-last-farewell", "he hated his father"),
    ("s12-hospital-reception", "he is afraid of needles"),
    ("s12-hospital-reception", "他怕下雨"),
    ("s12-hospital-reception", "he wants to know when he will be seen"),
    ("s13-bank-dispute", "钱是她自己花的"),
    ("s13-bank-dispute", "😀 ???"),
]


def of(scenario: str) -> Persona:
    file = Path(__file__).resolve().parents[2] / "personas" / f"{scenario}.yaml"
    return load_persona(file.read_bytes(), file.name).value


@pytest.mark.parametrize(("scenario", "guess", "need"), MEANT)
def test_a_guess_in_other_words_counts(scenario: str, guess: str, need: str) -> None:
    assert compare(guess, of(scenario)).hits == {need: guess}


@pytest.mark.parametrize(("scenario", "guess"), NOT_MEANT)
def test_a_guess_that_only_shares_everyday_words_with_a_need_does_not(scenario: str, guess: str) -> None:
    assert compare(guess, of(scenario)).hits == {}


def test_a_guess_in_a_language_the_pack_does_not_have_names_nothing() -> None:
    persona = of("s12-hospital-reception")
    alone = replace(persona, profile=replace(persona.profile, languages=("en",)))
    assert compare("他没吃早饭，快撑不住了", alone).hits == {}
