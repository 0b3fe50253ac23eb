from __future__ import annotations

import pytest

from simulator.language.talk import (
    asks_account,
    asks_for_more,
    asks_for_records,
    asks_if_clear,
    asks_if_heard,
    asks_name,
    asks_purpose,
    asks_to_repeat,
    asks_wellbeing,
    asks_wish,
    checks_the_line,
    gives_thanks,
    hopes_for_no,
    leaves_to_them,
    makes_small_talk,
)


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
        "Sorry, how much did you say?",
        "What time did you say it was, please?",
        "You said when?",
        "Sorry, I lost the thread. What were you saying?",
        "I wasn't listening, sorry. Could you say that again?",
        "Where were we?",
        "您说啥？信号不太好，再说一遍",
        "不好意思，我刚才走神了，您说到哪儿了？",
        "您刚才说几点？",
        "多少钱来着？",
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
        "How much did you say the bill was?",
        "您说多少就多少",
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
        "Right, and why are you calling us today?",
        "What's the reason for your call?",
        "Why did you ring?",
        "What's most important to you right now?",
        "您现在最看重什么？",
        "您今天打电话是为了什么事？",
        "您是为什么事来的？",
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


@pytest.mark.parametrize(
    "line",
    [
        "What do you need the power for?",
        "Why did you call the hotel?",
        "What can I do about it?",
        "您为什么事发愁？",
        "您需要什么尺寸？",
    ],
)
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
        "Did I miss your call?",
        "Does anything else on the bill look odd?",
        "您还有别的孩子要接吗？",
    ]
    assert [line for line in of_something if asks_for_more(line)] == []


def test_whatever_they_need_from_somebody_is_anything_else() -> None:
    assert asks_for_more("Is there anything else you need from me?")
    assert not asks_for_more("Is there anything else you need from the shop?")


def test_what_is_well_if_there_is_none_of_it_is_told_from_a_question_for_more() -> None:
    lacks = ["Did I miss anything?", "Is there anything that doesn't fit?", "我漏了什么没有？", "有哪里不合适的吗？"]
    assert [line for line in lacks if asks_for_more(line) or not hopes_for_no(line)] == []
    assert hopes_for_no("Anything else?")
    of_something = ["Did I miss your call?", "Does that suit you?", "您忘了什么东西在房间？"]
    assert [line for line in of_something if hopes_for_no(line)] == []


def test_telling_them_to_see_to_it_is_told_from_offering() -> None:
    assert leaves_to_them("Why don't you just buy a powerbank like normal people")
    assert leaves_to_them("您怎么不自己买一个？")
    assert not leaves_to_them("Why don't I hold it for you?")


@pytest.mark.parametrize(
    "line",
    [
        "Can I ask your name?",
        "May I have your full name, please?",
        "Who am I speaking to?",
        "And your name?",
        "Name, please?",
        "Can you spell your name for me?",
        "May I know who's calling?",
        "What should I call you?",
        "您怎么称呼",
        "您贵姓",
        "请问您哪位",
        "喂您好，请问您哪位",
        "您叫什么名字？",
        "麻烦告诉我您的姓名",
    ],
)
def test_who_they_are_is_asked_in_many_ways(line: str) -> None:
    assert asks_name(line)


@pytest.mark.parametrize(
    "line",
    [
        "What's your mother's name?",
        "Who is this for?",
        "Who are you to tell me?",
        "您先生怎么称呼？",
        "您找哪位？",
        "您是哪位的家属？",
        "您的名字我记下了。",
    ],
)
def test_the_name_of_somebody_else_is_another_question(line: str) -> None:
    assert not asks_name(line)


def test_courtesy_asks_how_they_are_and_nothing_else() -> None:
    asked = ["How are you?", "This is Anna. How are you today?", "您好吗", "最近好吗", "您好，您最近怎么样？"]
    assert [line for line in asked if not asks_wellbeing(line)] == []
    of_something = [
        "How are you going to pay?",
        "How are you? What happened?",
        "这样好吗？",
        "您母亲还好吗？",
        "您好。",
    ]
    assert [line for line in of_something if asks_wellbeing(line)] == []


@pytest.mark.parametrize(
    "line", ["Everything alright with your meal?", "How was your flight?", "Did you enjoy the soup?"]
)
def test_how_they_liked_it_is_asked_out_of_courtesy(line: str) -> None:
    assert asks_wellbeing(line)
    assert not asks_wellbeing("How was your flight changed?")


@pytest.mark.parametrize(
    "line", ["Is that all clear?", "Does that make sense so far?", "Are you with me?", "听明白了吗？"]
)
def test_whether_they_have_understood_is_asked_of_what_was_said(line: str) -> None:
    assert asks_if_clear(line)
    assert not asks_if_clear(f"{line} Where do you live?")
    assert not asks_if_clear("Is the road clear?")


@pytest.mark.parametrize("line", ["Cheers mate", "Thanks a lot.", "Ok, thank you very much!", "好的，谢谢您。"])
def test_thanks_are_thanks_where_nothing_else_is_said(line: str) -> None:
    assert gives_thanks(line)
    assert not gives_thanks(f"{line} Where do you live?")
    assert not gives_thanks("Thanks to the driver it is here.")


def test_small_talk_names_what_passes_the_time() -> None:
    passing = ["Lovely weather today, isn't it?", "Do you like football?", "您喜欢看电影吗？", "今天天气真好啊"]
    assert [line for line in passing if not makes_small_talk(line)] == []
    of_something = ["Do you like the window?", "How was the trip?", "您喜欢哪一种？"]
    assert [line for line in of_something if makes_small_talk(line)] == []


def test_a_wish_is_asked_after_and_not_what_it_is_for() -> None:
    asked = ["Do you want a coffee while you wait?", "Would you like to sit down?", "您要喝水吗？", "您想不想坐会儿？"]
    assert [line for line in asked if not asks_wish(line)] == []
    others = ["Did you sleep?", "Is the coffee good?", "您几点要到？", "您想好了没有？"]
    assert [line for line in others if asks_wish(line)] == []


def test_what_is_on_file_is_a_number_or_an_address_of_theirs() -> None:
    asked = ["Can I have your phone number?", "Do you have a booking number?", "请问您电话是多少？", "有订单号吗？"]
    assert [line for line in asked if not asks_for_records(line)] == []
    others = [
        "What is the number of people coming?",
        "Is it a laptop or a phone?",
        "您住哪个号？",
        "您电话里说的是谁？",
    ]
    assert [line for line in others if asks_for_records(line)] == []


def test_whether_they_hear_is_asked_of_nothing_in_particular() -> None:
    asked = ["Can you hear me?", "Hello? Are you there?", "Hello?", "听得见吗", "喂？", "喂，您好，能听见我说话吗？"]
    assert [line for line in asked if not (checks_the_line(line) and asks_if_heard(line))] == []
    of_something = ["Were you there?", "Can you hear me out?", "小王在吗？", "没听见叫号吗？", "喂，您好", "Hello."]
    assert [line for line in of_something if checks_the_line(line) or asks_if_heard(line)] == []


def test_whoever_checks_the_line_and_says_more_has_a_subject() -> None:
    assert asks_if_heard("Can you hear me? I'm Anna from the courier company.")
    assert not checks_the_line("Can you hear me? I'm Anna from the courier company.")
    assert not asks_if_heard("Can you hear me? Where is the parcel?")
