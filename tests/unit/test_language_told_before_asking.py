"""What is said before a question in the same sentence stands beside the question."""

from __future__ import annotations

import pytest

from simulator.language.acts import hear
from simulator.language.promises import commitment


def acts(line: str) -> dict[str, str]:
    (sentence,) = hear(line).sentences
    return {act.act: act.span for act in sentence.acts}


@pytest.mark.parametrize(
    ("line", "promise"),
    [
        ("I'll phone the depot now, what's on the label?", "I'll phone the depot now"),
        ("I'll look it up for you and when did you order it?", "I'll look it up for you"),
        ("We'll have it there by noon, is there a bell?", "We'll have it there by noon"),
        ("I'll put it aside for you, tell me your size.", "I'll put it aside for you"),
        ("我这就给仓库打电话，单号是多少？", "我这就给仓库打电话"),
        ("我马上给您送过去，您住哪个房间？", "我马上给您送过去"),
        ("五点前我给您回电话，您方便接吗？", "五点前我给您回电话"),
    ],
)
def test_a_promise_before_a_question_is_made(line: str, promise: str) -> None:
    found = acts(line)
    assert found["promise"] == promise
    assert found.keys() & {"open_question", "closed_question"}
    made = commitment(line)
    assert made is not None
    assert made.span == promise


@pytest.mark.parametrize(
    "line",
    [
        "I'll have it sent today, does that help you?",
        "I'll book the early one, or would you rather have the late one?",
        "If I send it today, will you be able to sign?",
        "Will you bring it in, or shall I come by?",
        "I'll be honest, what did they tell you?",
        "我现在就让人送过去，您看可以吗？",
        "我要是今天发给您，您来得及吗？",
    ],
)
def test_what_is_put_to_the_customer_or_only_supposed_is_no_promise(line: str) -> None:
    assert "promise" not in acts(line)
    assert commitment(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "I'll bring it to your table right away, does that suit you?",
        "I'll call them now, is that all right?",
        "我现在就让人送过去，您看行吗？",
    ],
)
def test_what_is_put_to_the_customer_is_an_offer_and_asks_whether_it_suits(line: str) -> None:
    assert {"propose", "confirm_ask"} <= acts(line).keys()


def test_what_is_vouched_for_is_promised_even_where_the_customer_is_asked() -> None:
    made = commitment("I guarantee you'll have it tonight, is that all right?")
    assert made is not None
    assert made.kind == "guarantee"


@pytest.mark.parametrize(
    ("line", "act"),
    [
        ("That was our mistake, when did you notice it?", "own_it"),
        ("We can't promise the window seat, so what matters most to you?", "state_limit"),
        ("I've called the driver, where shall he come to?", "act_now"),
        ("这是我们的疏忽，您什么时候发现的？", "own_it"),
    ],
)
def test_what_is_owned_limited_or_done_before_a_question_counts(line: str, act: str) -> None:
    found = acts(line)
    assert act in found
    assert found[act] in line.partition("," if "," in line else "，")[0]


def test_what_the_question_itself_says_is_not_told() -> None:
    assert "own_it" not in acts("Was it our mistake?")
    assert "act_now" not in acts("Have I called the driver yet?")
