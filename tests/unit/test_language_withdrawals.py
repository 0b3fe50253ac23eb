"""Promises taken back over two neighbouring sentences, and what looks like it."""

from __future__ import annotations

import pytest

from simulator.language.acts import hear


def withdrawing(line: str) -> list[str]:
    return [sentence.text for sentence in hear(line).sentences if sentence.does("withdraw_promise")]


@pytest.mark.parametrize(
    ("line", "taken_back_in"),
    [
        ("I was wrong. I can't promise that.", "I was wrong."),
        ("I can't promise that. I was wrong.", "I was wrong."),
        ("I was wrong, I can't hold the train for you.", "I was wrong, I can't hold the train for you."),
        ("I'm sorry, I can't hold the train after all.", "I'm sorry, I can't hold the train after all."),
        ("Sorry, that was my mistake. It isn't mine to promise.", "Sorry, that was my mistake."),
        ("I was wrong. There's no technician I can send today.", "I was wrong."),
        ("I was wrong. I can't do six, but I'll ring you at seven.", "I was wrong."),
        ("Let me put that right. I can't guarantee the money.", "Let me put that right."),
        ("Please forget the half past four. I said it without knowing.", "I said it without knowing."),
        ("我刚才说得不对。这个我没法保证。", "我刚才说得不对。"),
        ("不好意思，我弄错了。这个我没法保证。", "不好意思，我弄错了。"),
        ("是我不对。这个我保证不了。", "是我不对。"),
        ("这个我没法保证。是我没问清楚就说了。", "是我没问清楚就说了。"),
    ],
)
def test_owned_to_be_wrong_and_not_to_be_kept_is_taken_back(line: str, taken_back_in: str) -> None:
    assert withdrawing(line) == [taken_back_in]


@pytest.mark.parametrize(
    "line",
    [
        "I was wrong.",
        "I was wrong. The outage is in the whole street.",
        "I was wrong about your name. I can't promise that the room is quiet.",
        "I was wrong. I'll have it here by seven.",
        "I was wrong. Can you forgive me?",
        "I was wrong, I can't see your name on the list.",
        "I can't find the parcel here after all.",
        "I was wrong. Thank you for waiting. I can't promise that.",
        "You were wrong. I can't promise that.",
        "He said I was wrong. I can't promise that.",
        "我弄错了。整条街都断网了。",
        "您的名字我弄错了。这个我没法保证。",
        "我弄错了。我七点前给您送到。",
        "您弄错了。这个我没法保证。",
    ],
)
def test_one_half_alone_takes_nothing_back(line: str) -> None:
    assert withdrawing(line) == []
