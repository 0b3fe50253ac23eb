from __future__ import annotations

import pytest

from simulator.language.clauses import has_verb


@pytest.mark.parametrize(
    "sentence",
    [
        "She thinks he looks as if he's sleeping.",
        "Please cancel our renewal, thanks.",
        "My sister lands on Sunday at nine.",
        "The left's gone.",
        "It's been out since six.",
        "The small hall closed.",
        "你们蛋糕上的名字写错了。",
        "我妹周日九点才落地。",
    ],
)
def test_a_sentence_with_a_verb_says_something(sentence: str) -> None:
    assert has_verb(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Hi.",
        "My mother.",
        "Family room, name of Lin.",
        "The two owners and our finance head.",
        "On paper, please.",
        "Please, no singing.",
        "Seventy-two.",
        "我妈。",
        "三晚。",
        "海港大酒店，614房。",
    ],
)
def test_a_name_or_a_number_by_itself_has_none(sentence: str) -> None:
    assert not has_verb(sentence)
