"""A recap that says who does what by when commits; ways to choose from are offers, and a choice asks which."""

from __future__ import annotations

import pytest

from simulator.domain.acts import QUESTIONS
from simulator.language.acts import hear


def _acts(line: str) -> set[str]:
    return set(hear(line).acts)


@pytest.mark.parametrize(
    "line",
    [
        "So to confirm: I book the 14:10, send you the voucher by 5 pm, and you keep the receipt. Does that work?",
        "To recap, I call the hotel today, text you the room number by six, and your bags stay here. Is that right?",
        "Just to go over it once more: I hold the seat until noon, you send me the form, and I ring you at two. Okay?",
        "Let me sum up: I'll send the invoice tonight, and you don't have to do anything. Does that sound right?",
        "那我跟您确认一下：我这边把票改到两点十分，五点前发给您凭证，您把收据留好，您看行吗？",
        "我复述一下：我现在给您订十四点的票，六点前短信通知您，您不用再跑，对吗？",
        "我总结一下：我来跟财务申请，周三前给您回复，发票照旧，您看可以吗？",
    ],
)
def test_a_recap_of_what_its_speaker_does_by_when_commits(line: str) -> None:
    assert {"summary_check", "promise"} <= _acts(line)


@pytest.mark.parametrize(
    "line",
    [
        "To recap, I call the hotel today, text you the room number by six, and your bags stay here. Is that right?",
        "我复述一下：我现在给您订十四点的票，六点前短信通知您，您不用再跑，对吗？",
        "我总结一下：我来跟财务申请，周三前给您回复，发票照旧，您看可以吗？",
    ],
)
def test_word_sent_by_a_time_is_an_update_in_a_recap_too(line: str) -> None:
    assert "update_commit" in _acts(line)


@pytest.mark.parametrize(
    "line",
    [
        "那我跟您确认一下：我这边把票改到两点十分，您把收据留好，您看行吗？",
        "那我跟您确认一下：我现在就给您重打登机牌，您先到登机口，您看行吗？",
    ],
)
def test_a_recap_that_commits_and_asks_whether_it_will_do_confirms(line: str) -> None:
    assert {"promise", "confirm_ask"} <= _acts(line)


@pytest.mark.parametrize(
    "line",
    [
        "So to sum up: you need the ticket by five, your boss is waiting, and you have no cash. Did I get that right?",
        "To recap: you called twice, nobody rang back by five, and your order is still missing. Is that right?",
        "Let me check: you want me to send it by five, and you need a receipt. Is that right?",
        "我跟您确认一下：您要的是安静的座位，下午三点前得用电，还怕手机没电，对吗？",
        "我复述一下：您昨天打了两次电话，没人回，五点前得拿到票，对吗？",
        "我确认一下：您要我五点前给您打电话，还要一张收据，对吗？",
    ],
)
def test_a_recap_of_the_customers_wishes_commits_to_nothing(line: str) -> None:
    acts = _acts(line)
    assert "summary_check" in acts
    assert acts.isdisjoint({"promise", "update_commit", "confirm_ask"})


@pytest.mark.parametrize(
    "line",
    [
        "两个办法：一是我给您换到二楼有插座的位子；二是先借您一个充电宝。您选哪个？",
        "有两条路：要么今晚我给您送过去，要么明早您来取。哪个更合适？",
        "我这边有两种办法：一，先给您退款；二，换一台新的。您想要哪种？",
        "Two ways: I move you upstairs, or I lend you a power bank; which suits you better?",
        "There are two options. One, I'll send it tonight. Two, you pick it up tomorrow. Which would you prefer?",
    ],
)
def test_ways_to_choose_from_are_offers_and_no_promises(line: str) -> None:
    *ways, choice = hear(line).sentences
    assert "promise" not in _acts(line)
    assert all(way.does("propose") for way in ways)
    assert choice.does("open_question", "closed_question")


@pytest.mark.parametrize(
    "line",
    [
        "Two ways: I move you upstairs or I lend you a power bank, which suits you better?",
        "I can either move you upstairs or lend you a power bank, which would you like?",
        "We could do it today or tomorrow morning, what would you prefer?",
        "两个办法：一是换位子，二是借充电宝，您选哪个？",
    ],
)
def test_a_choice_between_ways_named_in_the_same_breath_keeps_the_offer(line: str) -> None:
    assert {"propose", "closed_question"} <= _acts(line)


@pytest.mark.parametrize(
    "line",
    [
        "这两个办法我都记下了，五点前给您回话。",
        "Both options are open, and I'll ring you at five.",
        "Which suits you better?",
    ],
)
def test_speaking_of_ways_takes_no_promise_away(line: str) -> None:
    assert ("promise" in _acts(line)) is ("?" not in line)


@pytest.mark.parametrize(
    "line",
    [
        "We have two options, and I'm doing both. First, I'll refund you today. Second, I'll call you at eight.",
        "There are two ways I'll help. First, I'll refund you today. Second, I'll call you at eight.",
        "First, I'll refund you today. Second, I'll call you at eight. There are two options after that.",
    ],
)
def test_what_is_done_anyway_is_no_way_to_choose(line: str) -> None:
    refund, call = (one for one in hear(line).sentences if one.text.startswith(("First", "Second")))
    assert refund.does("promise")
    assert call.does("promise")


RECAP = "So it's the seal by four, the new address and the deputy in copy. "


@pytest.mark.parametrize(
    "check",
    [
        "Does that give you enough for the meeting, or is something missing?",
        "Is that right, and does what I've offered cover it?",
        "Is there anything I've forgotten, or are we good?",
        "Does that help, or have I missed something?",
        "Have I missed anything?",
    ],
)
def test_a_check_that_asks_whether_it_does_for_the_customer_is_a_confirm_question(check: str) -> None:
    acts = hear(RECAP + check).acts
    assert "summary_check" in acts
    assert "confirm_ask" in acts


@pytest.mark.parametrize("check", ["Is that right?", "Does that cover it?"])
def test_a_check_of_what_was_understood_is_none(check: str) -> None:
    assert "confirm_ask" not in hear(RECAP + check).acts


@pytest.mark.parametrize(
    "promise",
    [
        "Tomorrow I ring you at eleven and tell you what is possible, whatever the news.",
        "I'll hold the hall until two, and I'll ring you at four.",
    ],
)
def test_whether_a_promise_fits_is_a_confirm_question_and_leaves_it_a_promise(promise: str) -> None:
    made, asks = hear(f"{promise} Does that fit?").sentences
    assert made.does("promise")
    assert made.does("update_commit")
    assert not made.does("summary_check")
    assert asks.does("confirm_ask")
    assert not asks.does("summary_check")


@pytest.mark.parametrize(
    "line",
    [
        "Tomorrow I ring you at eleven and tell you what is possible. Is that right?",
        "Tomorrow at half past ten I ring you, tell you what he found, and you decide. Does that fit?",
    ],
)
def test_a_recap_that_begins_with_the_day_commits(line: str) -> None:
    recap, _ = hear(line).sentences
    assert recap.does("summary_check")
    assert recap.does("promise")
    assert recap.does("update_commit")


def test_who_sums_up_that_somebody_has_to_ask_elsewhere_sends_nobody_there() -> None:
    told = "You need to ask the desk for the form"
    assert "pass_the_buck" in _acts(f"{told}.")
    assert "pass_the_buck" not in _acts(f"So to sum up: {told.lower()}, and your bus goes at ten. Is that right?")


RISING = [
    ("I waited an hour and the tablets are gone.", "So you waited an hour, and your tablets are nearly gone?"),
    ("The tour was nice, but I sat at the back.", "You liked the tour, but couldn't see from the back?"),
    ("Nobody rang me about the parcel.", "The parcel never came. You rang on Monday, and nobody rang you back?"),
    ("我等了一个小时，药也快没了。", "所以您等了一个小时，药也快没了？"),
    ("我的箱子丢了，今晚要用药。", "您的箱子丢了，而且今晚要用药？"),
]


@pytest.mark.parametrize(("said", "line"), RISING)
def test_a_question_mark_is_check_enough_behind_two_statements_given_back(said: str, line: str) -> None:
    acts = set(hear(line, said).acts)
    assert "summary_check" in acts
    assert acts.isdisjoint(QUESTIONS)


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("I waited an hour.", "So you waited an hour?"),
        ("I waited an hour.", "You have a sister and you are going by train?"),
        ("I waited an hour.", "You waited an hour, and is there anybody with you?"),
        ("I waited an hour.", "And you waited for an hour?"),
        ("我要退票。", "您要退票？"),
        ("我要退票。", "您要退票，还是改签？"),
        ("我要退票。", "您要退票，也要发票吗？"),
        ("我等了一个小时。", "您有个妹妹，也坐火车？"),
    ],
)
def test_one_statement_a_guess_or_a_turned_verb_still_asks(said: str, line: str) -> None:
    acts = set(hear(line, said).acts)
    assert "closed_question" in acts
    assert "summary_check" not in acts


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("I've been waiting for an hour.", "So you've been waiting for an hour, and you're worried about your mother?"),
        ("I've been waiting for an hour.", "You've been waiting for an hour, and you're worried about her, right?"),
        ("我很着急，三点还得赶车。", "您很着急，三点还要赶车，对吧？"),
    ],
)
def test_a_feeling_named_in_a_recap_stays_named(said: str, line: str) -> None:
    assert {"summary_check", "reflect_feeling"} <= set(hear(line, said).acts)
