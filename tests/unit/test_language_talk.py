from __future__ import annotations

import pytest

from simulator.language.talk import asks_account, asks_for_more, asks_purpose, asks_to_repeat, leaves_to_them


@pytest.mark.parametrize(
    "line",
    [
        "Sorry, what?",
        "What?",
        "Pardon?",
        "Could you repeat that please, I didn't catch it.",
        "I'm sorry, I didn't catch that. Could you say it again?",
        "不好意思，没听清",
        "我听不清，麻烦您再说一遍。",
        "您刚才说什么？没听清",
        "啊？您说什么？",
    ],
)
def test_a_line_that_was_not_heard_is_asked_for_again(line: str) -> None:
    assert asks_to_repeat(line)


@pytest.mark.parametrize(
    "line",
    [
        "Sorry to hear that.",
        "I'm sorry.",
        "Sorry, I didn't catch that. Is it the blue one?",
        "What did you say to the bank?",
        "没听见叫号吗？",
        "不好意思，没听清，您的手机号是多少？",
    ],
)
def test_whoever_says_something_else_as_well_has_a_subject(line: str) -> None:
    assert not asks_to_repeat(line)


@pytest.mark.parametrize(
    "line",
    [
        "Hello, thanks for coming to us. How can I help you?",
        "What can I do for you?",
        "What brings you here?",
        "What do you need?",
        "Good morning sir, how may I help?",
        "您好，请问有什么可以帮您？",
        "我能为您做什么？",
        "您想办什么业务？",
        "有什么能帮到您？",
    ],
)
def test_what_somebody_came_for_is_asked_in_many_ways(line: str) -> None:
    assert asks_purpose(line)


@pytest.mark.parametrize("line", ["What do you need the power for?", "What can I do about it?", "您需要什么尺寸？"])
def test_a_question_about_something_does_not_ask_what_they_came_for(line: str) -> None:
    assert not asks_purpose(line)


def test_what_has_happened_is_asked_of_nothing_in_particular() -> None:
    asked = [
        "What happened?",
        "I'm sorry. What's wrong?",
        "What seems to be the problem?",
        "怎么了？",
        "请问发生了什么事？",
    ]
    assert [line for line in asked if not asks_account(line)] == []
    of_something = ["What happened on Wednesday?", "What's wrong with the bottle?", "周三怎么了？"]
    assert [line for line in of_something if asks_account(line)] == []


def test_anything_else_has_no_subject() -> None:
    asked = [
        "What else do you need?",
        "Is there anything else I can do for you?",
        "Anything else?",
        "您还有别的需要吗？",
    ]
    assert [line for line in asked if not asks_for_more(line)] == []
    of_something = [
        "What else happened on Wednesday?",
        "Does anything else on the bill look odd?",
        "您还有别的孩子要接吗？",
    ]
    assert [line for line in of_something if asks_for_more(line)] == []


def test_telling_them_to_see_to_it_is_told_from_offering() -> None:
    assert leaves_to_them("Why don't you just buy a powerbank like normal people")
    assert leaves_to_them("您怎么不自己买一个？")
    assert not leaves_to_them("Why don't I hold it for you?")
