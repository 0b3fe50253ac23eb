"""The offline customer takes one of the ways it is offered."""

from __future__ import annotations

import pytest

from simulator.offline.actor_choice import TAKEN, choice


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Two ways: I move you upstairs, it's quiet, or I lend you a power bank; which?", "en"),
        ("Either I show you the list or I ask the manager, which would you like?", "en"),
        ("Option one: I cut the seats, free. Option two: I enter the notice. Which would you rather?", "en"),
        ("There are two ways: you are moved to the 14:10, or you wait here.", "en"),
        ("两个办法：一是我给您开一份流量包，二是带您去营业厅，您选哪个？", "zh-Hans"),
        ("要么今晚我给您送过去，要么明早您来取。哪个更合适？", "zh-Hans"),
        ("您看要么师傅上门要么您送网点，哪个方便", "zh-Hans"),
        ("您看是师傅上门还是您送网点，哪个方便？", "zh-Hans"),
        ("兩個辦法：一是我帶您上樓，二是借您充電寶，您選哪個？", "zh-Hant"),
        ("您是先看片子，还是先听大夫讲？", "zh-Hans"),
        ("餐放門口還是送進房間？您想要在桌上還是在門口？", "zh-Hant"),
        ("红茶、绿茶，要哪个？", "zh-Hans"),
        ("我这边有普通的一款，也可以叫人去店里找带图案的，您想先用哪个？", "zh-Hans"),
    ],
)
def test_the_first_way_is_taken_without_its_words(line: str, language: str) -> None:
    assert choice(line, language) == TAKEN[language][0]


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Shall I move you upstairs?", "en"),
        ("I can do that today or not at all.", "en"),
        ("I'll ring you back in an hour or two.", "en"),
        ("I can understand that you are angry or upset.", "en"),
        ("I can more or less promise it.", "en"),
        ("Either way, I can hold the seat or two for you.", "en"),
        ("Either way, I'll ring the depot or the driver for you.", "en"),
        ("There are two things: my manager must agree or it won't happen.", "en"),
        ("I'll hold it for you. Is that all right, or is something missing?", "en"),
        ("I'll send it. Do you want a receipt or anything?", "en"),
        ("I'll hold it for you, or is that not what you want?", "en"),
        ("Does he play at six or at seven?", "en"),
        ("我给您换个座位。", "zh-Hans"),
        ("您一是要发票，还要收据，对吗？", "zh-Hans"),
        ("您是头晕还是恶心？", "zh-Hans"),
        ("主要是腿疼还是腰疼？", "zh-Hans"),
        ("您今天还是要走吗？", "zh-Hans"),
    ],
)
def test_where_no_ways_are_put_up_none_is_taken(line: str, language: str) -> None:
    assert choice(line, language) == ()


def test_a_day_a_time_or_a_thing_that_is_taken_is_named() -> None:
    days = "I could hold Saturday at nine, or Sunday at two. Which would be right for all of you?"
    assert choice(days, "en") == ("Saturday at nine, then.",)
    assert choice("There are two options: a refund today or a new one tomorrow. Which?", "en") == (
        "A refund today, then.",
    )
    assert choice("有两个办法：一是周六九点，二是周日两点，您选哪个？", "zh-Hans") == ("那就周六九点吧。",)


def test_the_way_that_has_to_do_with_what_they_spoke_of_is_taken() -> None:
    days = "I could hold Saturday at nine, or Sunday at two. Which would be right for all of you?"
    assert choice(days, "en", ["My sister lands on Sunday at nine."]) == ("Sunday at two, then.",)
    ways = "Two ways: I move you upstairs, it's quiet, or I lend you a power bank; which?"
    assert choice(ways, "en", ["I only need a power bank."]) == TAKEN["en"][1]
    assert choice("有两个办法：一是周六九点，二是周日两点，您选哪个？", "zh-Hans", ["我妹周日九点才落地。"]) == (
        "那就周日两点吧。",
    )


def test_a_pack_has_its_own_ways_to_take_the_first() -> None:
    ways = "Either I show you the list or I ask the manager, which would you like?"
    own = "The first. My knees will thank you."
    assert own in choice(ways, "en", (), [own])
    assert own not in choice(ways, "en", ["You can ask the manager."], [own])


@pytest.mark.parametrize(
    ("line", "taken"),
    [
        ("I'll ask my supervisor about the fee. Standard or guaranteed?", "Standard, then."),
        ("I can let you know either way. So, by text or by phone?", "By text, then."),
        ("Do you want the rider or the counter?", "The rider, then."),
        ("Would you like that now or tomorrow?", "Now, please."),
        ("I'll copy whoever you say. Shall I copy your deputy, or your director?", "My deputy, then."),
        ("Would Saturday or Sunday be better?", "Saturday, then."),
        ("How would you want her to hear it, here in the quiet room or at home?", "Here in the quiet room, then."),
    ],
)
def test_a_question_that_puts_two_ways_up_gets_one_of_them_for_an_answer(line: str, taken: str) -> None:
    assert choice(line, "en") == (taken,)


def test_two_ways_of_doing_something_are_put_up_by_the_form_of_the_question() -> None:
    assert choice("Should I send the rider, or book you in at the counter?", "en") == TAKEN["en"][0]
    assert choice("First, I could ask him. Second, you could use the counter. Which is better?", "en") == TAKEN["en"][0]


def test_what_is_said_for_one_of_the_ways_tips_the_scale() -> None:
    asked = "Standard or guaranteed, which shall I book?"
    assert choice(asked, "en") == ("Standard, then.",)
    assert choice(f"{asked} I'd take the guaranteed one.", "en") == ("Guaranteed, then.",)


@pytest.mark.parametrize(
    "line",
    [
        "Options: a) cancel now, b) fewer seats, set up on the 23rd. What'd you prefer?",
        "It is free on Saturday at nine or Sunday at two. Does either of them suit your family?",
    ],
)
def test_letters_and_either_put_up_a_choice(line: str) -> None:
    assert choice(line, "en")
    assert not choice("I have a) no idea, b) no time. What is it?", "en")
    assert not choice("I can ring or write. Does that suit you?", "en")
