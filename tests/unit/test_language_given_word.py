"""What is undertaken, what is only announced, and what others reckon with or decide."""

from __future__ import annotations

import pytest

from simulator.domain.acts import QUESTIONS
from simulator.language.acts import hear
from simulator.language.promises import commitment

COMMITTING = frozenset({"promise", "update_commit", "guarantee"})


@pytest.mark.parametrize(
    "line",
    [
        "先把实话告诉您：今天修不好。",
        "我得跟您说实话：这个我做不了主。",
        "丑话说在前头，晚上不一定有车。",
        "我把情况如实告诉您：仓库没货。",
        "我把实情告诉您，库里一张都没有了。",
        "I'll tell you the truth: we don't know yet.",
    ],
)
def test_announcing_frankness_promises_nothing(line: str) -> None:
    assert COMMITTING.isdisjoint(hear(line).acts)


@pytest.mark.parametrize(
    "line",
    [
        "结果一出来我就把实话告诉您。",
        "您放心，一有消息，我就把实话告诉您，不让您干等。",
        "明天十点我把检查情况如实告诉您。",
        "我会把结果如实告诉您。",
    ],
)
def test_frankness_about_what_is_to_come_is_word_to_be_sent(line: str) -> None:
    assert "update_commit" in hear(line).acts


@pytest.mark.parametrize(
    "line",
    [
        "我会让店长把规定改了",
        "我会叫主管把这笔钱免了。",
        "我明天请师傅把门修了。",
        "I'll have the manager change the rule.",
    ],
)
def test_having_somebody_change_it_is_a_promise_and_quotes_no_rule(line: str) -> None:
    acts = hear(line).acts
    assert "promise" in acts
    assert "quote_rule" not in acts


@pytest.mark.parametrize(
    "line",
    [
        "十一点半肯定好。",
        "下午三点一定修好。",
        "今天之内绝对恢复。",
        "It's definitely ready at half past eleven.",
    ],
)
def test_certainty_about_a_time_is_a_guarantee(line: str) -> None:
    assert "guarantee" in hear(line).acts
    made = commitment(line)
    assert made is not None
    assert made.kind == "guarantee"


@pytest.mark.parametrize(
    "line",
    [
        "工程组预计三点到六点修好",
        "维修那边估计四点左右弄好。",
        "供应商说大概周五到货。",
        "据航空公司预计，两点半起飞。",
        "Engineering estimates it will be back by six.",
        "She thinks it will be back by six.",
    ],
)
def test_what_others_reckon_with_is_passed_on_not_promised(line: str) -> None:
    assert hear(line).acts == ("inform",)
    assert commitment(line) is None


@pytest.mark.parametrize(
    ("line", "promised"),
    [
        ("预计三点修好，修好我马上打给您。", "修好我马上打给您"),
        ("我预计五点前给您发过去。", "我预计五点前给您发过去"),
        ("Engineering estimates six o'clock, and I'll ring you either way.", "I'll ring you either way"),
    ],
)
def test_what_is_promised_beside_an_estimate_stands(line: str, promised: str) -> None:
    made = commitment(line)
    assert made is not None
    assert made.span == promised


@pytest.mark.parametrize(
    "line",
    [
        "我不能保证，要看有没有房间。",
        "这个我没法答应您，得看今天有没有位子。",
        "是否退款由财务决定。",
        "能不能换由店长决定。",
        "要不要赔偿取决于保险公司。",
        "是否可以延期要看总部的意见。",
        "能不能修好，我不敢说。",
    ],
)
def test_what_is_left_to_others_is_a_limit_and_asks_nothing(line: str) -> None:
    acts = set(hear(line).acts)
    assert "state_limit" in acts
    assert acts.isdisjoint((*QUESTIONS, *COMMITTING, "propose"))


@pytest.mark.parametrize("line", ["是否需要发票？", "您是否需要发票", "由谁决定？", "能不能换？", "是否由财务决定？"])
def test_what_is_asked_stays_a_question(line: str) -> None:
    assert not QUESTIONS.isdisjoint(hear(line).acts)


@pytest.mark.parametrize(
    "line",
    [
        "We will not sell you an upgrade.",
        "We will not give you his private number.",
        "I won't give you a discount.",
        "我们不会给您他的私人号码。",
        "我绝不给您他的私人号码。",
    ],
)
def test_a_refusal_promises_nothing(line: str) -> None:
    acts = hear(line).acts
    assert "refuse" in acts
    assert COMMITTING.isdisjoint(acts)


@pytest.mark.parametrize(
    "line",
    [
        "I won't give you his private number, but I'll message him now.",
        "I'll message him now, but I won't give you his private number.",
        "私人号码我不能给您，我马上给他发消息。",
    ],
)
def test_what_is_undertaken_beside_a_refusal_stays_promised(line: str) -> None:
    assert {"refuse", "promise"} <= set(hear(line).acts)


@pytest.mark.parametrize(
    "line",
    [
        "The bank will never ask you for your password.",
        "A real bank will never call you about it.",
        "Our staff will never tell you that.",
        "银行绝不会问您要密码。",
    ],
)
def test_what_a_house_never_does_is_no_promise(line: str) -> None:
    assert COMMITTING.isdisjoint(hear(line).acts)


@pytest.mark.parametrize(
    "line",
    [
        "I take that promise back, I can't promise that your mother will see him.",
        "I'm sorry, I was wrong: I cannot promise that she will see him, only the restorer can say tomorrow.",
        "I have to take my word back.",
        "I'm taking that last offer back.",
    ],
)
def test_a_promise_is_taken_back_by_name(line: str) -> None:
    acts = hear(line).acts
    assert "withdraw_promise" in acts
    assert COMMITTING.isdisjoint(acts)


@pytest.mark.parametrize(
    "line", ["I'll take the parcel back for you.", "I was wrong about your name.", "I can't promise it."]
)
def test_what_takes_no_promise_back_withdraws_none(line: str) -> None:
    assert "withdraw_promise" not in hear(line).acts


@pytest.mark.parametrize(
    "line",
    [
        "Nobody told you it will definitely be fixed.",
        "None of us ever said it'll be back by noon.",
        "I never said I'll refund you.",
        "I didn't promise you a repair by six.",
        "We never told you that you'll definitely get it.",
        "I don't want to promise you the money and then disappoint you.",
        "It isn't as if we guaranteed you a refund.",
        "没人跟您说一定能修好。",
        "谁也没说这钱百分百能追回来。",
        "我可没说师傅今天会上门。",
        "我们没答应过今晚一定恢复。",
        "又不是我们给您打过包票说一定能退。",
    ],
)
def test_what_nobody_said_promises_nothing(line: str) -> None:
    assert COMMITTING.isdisjoint(hear(line).acts)
    assert commitment(line) is None


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Nobody told you, so I'll send it now.", "firm"),
        ("Don't worry I promise you'll get it.", "guarantee"),
        ("I didn't say it before: I'll refund you today.", "firm"),
        ("没人跟您说，我现在就告诉您结果。", "firm"),
        ("谁也没想到，明天一定能修好。", "guarantee"),
    ],
)
def test_what_is_said_beside_it_promises_all_the_same(line: str, kind: str) -> None:
    made = commitment(line)
    assert made is not None
    assert made.kind == kind


@pytest.mark.parametrize(
    "line",
    [
        "I'm fetching the nurse this minute.",
        "I'm freezing your card as we speak.",
        "I'm e-mailing you the form right now.",
        "Right now I'm putting it aside for you.",
        "I'm on my way to the kitchen.",
        "I'm running the query on the replica now.",
        "The file is going out to you right now.",
        "卡我正在给您冻结。",
        "我正在叫护士过来。",
        "我当场就给您办。",
        "我这就去请护士。",
    ],
)
def test_what_is_being_carried_out_is_done_and_undertaken(line: str) -> None:
    assert {"act_now", "promise"} <= set(hear(line).acts)
    made = commitment(line)
    assert made is not None
    assert made.kind == "firm"


@pytest.mark.parametrize(
    "line",
    [
        "I'm listening to you now.",
        "I'm getting worried now.",
        "I'm running late now.",
        "I'm talking to you now.",
        "I'm not fetching the nurse now.",
        "Are you fetching the nurse now?",
        "He says the nurse is coming now.",
        "我正在开会。",
        "我正发愁呢。",
        "我正在听您说。",
        "您正在给他打电话吗？",
    ],
)
def test_what_one_takes_in_or_does_not_do_meanwhile_undertakes_nothing(line: str) -> None:
    assert commitment(line) is None


def test_what_is_being_carried_out_once_something_happens_waits_for_it() -> None:
    made = commitment("If Finance agrees, I'm sending it right now.")
    assert made is not None
    assert made.kind == "conditional"
