from __future__ import annotations

from simulator.conversation.guess import compare
from tests.fakes import a_persona


def test_a_guess_hits_the_needs_whose_words_it_has() -> None:
    found = compare("perhaps secret-L1\n\nsomething about money\nsecret-L1 again", a_persona())
    assert found.lines == ("perhaps secret-L1", "something about money", "secret-L1 again")
    assert found.hits == {"L1": "perhaps secret-L1"}
    assert (found.recall, round(found.precision, 2)) == (0.5, 0.67)


def test_no_guess_finds_nothing() -> None:
    assert (compare("", a_persona()).recall, compare(" \n", a_persona()).precision) == (0, 0)
