"""Words that only look alike keep apart, and the forms of one word meet."""

from __future__ import annotations

import pytest

from simulator.language.words import stem


@pytest.mark.parametrize(
    ("one", "other"),
    [("here", "her"), ("willing", "will"), ("used", "us"), ("plane", "plan"), ("care", "car"), ("note", "not")],
)
def test_words_that_look_alike_keep_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    "forms",
    [
        "use used using uses",
        "hope hoped hoping hopes",
        "hop hopped hopping hops",
        "plan planned planning plans",
        "note noted notes",
        "care cared caring cares",
        "charge charged charging charges",
        "bus buses",
        "open opened opening opens",
        "size sized sizes",
        "prize prizes",
        "lose lost losing loses",
        "give gave given giving gives",
        "fix fixed fixing",
        "need needed needing needs",
    ],
)
def test_the_forms_of_a_word_meet(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1
