"""Lines of the kinds that whole conversations in Chinese are made of: privacy, limits, recaps, plain courtesies."""

from __future__ import annotations

import pytest

from simulator.language.acts import hear
from simulator.language.normalize import normalize
from simulator.language.promises import commitment


@pytest.mark.parametrize(
    "line",
    [
        "您别慌，悄悄跟我说房号就好。",
        "咱们换间屋，那儿没有别人看见。",
        "诊断我不能说，也没法替大夫打包票。",
        "贺卡上写点什么好？您给我一句话。",
        "您给个准话：今晚走，还是明早再走？",
        "有什么不好意思说的，写纸条给我也行。",
    ],
)
def test_privacy_limits_and_plain_choices_press_nobody(line: str) -> None:
    assert [sentence.flag for sentence in hear(line).sentences if sentence.flag] == []


@pytest.mark.parametrize(
    "line",
    ["悄悄告诉我，您到底瞒着谁？", "这儿没别人听见，您就说吧。", "你给个准话。", "出了什么事？你给我一句话。"],
)
def test_the_same_words_still_press_without_leave_to_stay_silent(line: str) -> None:
    assert any(sentence.flag for sentence in hear(line).sentences)


def test_a_vow_that_is_declined_is_a_limit() -> None:
    acts = hear("以后每周的我现在不敢拍胸脯。").acts
    assert "state_limit" in acts
    assert "guarantee" not in acts
    assert "guarantee" in hear("这事我拍胸脯。").acts


def test_what_is_done_once_something_has_happened_is_conditional() -> None:
    made = commitment("下周三审批过了我再给您开通。")
    assert made is not None
    assert made.kind == "conditional"


@pytest.mark.parametrize(
    "line",
    [
        "无论如何我先给您把药取来。",
        "谁来催你就让他打给我。",
        "明早修不修得好，八点告诉您。",
        "能不能加床我再问值班经理，一会儿回您。",
    ],
)
def test_whoever_and_whether_ask_nothing(line: str) -> None:
    assert not {"open_question", "closed_question"} & set(hear(line).acts)


def test_whoever_and_whether_still_ask_with_a_mark() -> None:
    assert "open_question" in hear("谁问您就生气？").acts
    assert "closed_question" in hear("能不能让我跟他确认一下？").acts


@pytest.mark.parametrize(
    "line",
    ["这样弄要得不？", "我七点送上来，要得不？", "还差点啥？", "您心里有个谱没？", "这么安排，周五您好交代吗？"],
)
def test_everyday_ways_to_ask_whether_it_will_do_confirm(line: str) -> None:
    acts = hear(line).acts
    assert "confirm_ask" in acts
    assert "greet" not in acts


def test_what_papers_are_missing_is_a_question_of_fact() -> None:
    assert "confirm_ask" not in hear("您还差什么材料？").acts


def test_an_invitation_to_say_whatever_it_is_asks_openly() -> None:
    acts = hear("您还有什么惦记的，只管说。").acts
    assert "open_question" in acts
    assert "reflect_content" not in acts


@pytest.mark.parametrize(
    "line",
    [
        "送您一份没开封的点心。",
        "另外下周二12点前给书面说明。",
        "换房的事十二点告诉您。",
        "从现在起由我一个人负责。",
        "王先生到了我核验证件，钥匙当面给他。",
    ],
)
def test_an_undertaking_without_i_will_is_one(line: str) -> None:
    assert "promise" in hear(line).acts


def test_what_cannot_be_given_or_told_is_a_limit() -> None:
    assert "state_limit" in hear("上线日期，我给不了您。").acts
    assert "state_limit" in hear("检查结果我不能说，得大夫来讲。").acts


@pytest.mark.parametrize("line", ["我先请教一句，您平时谁来排班？", "您跟我来。", "我现在不敢应这个。"])
def test_courtesies_and_what_is_not_dared_promise_nothing(line: str) -> None:
    assert "promise" not in hear(line).acts


@pytest.mark.parametrize(
    "line", ["那我给您念一遍：房间在九楼；", "那我再简要说一遍：九楼，原价；", "我重述一下：二十席，九折；"]
)
def test_a_recap_is_announced_in_many_ways(line: str) -> None:
    acts = hear(line).acts
    assert "summary_check" in acts
    assert "promise" not in acts


@pytest.mark.parametrize("line", ["您是说，行李还在车上。", "就是说月底前不能停机。", "你的意思是说，数字对不上。"])
def test_what_is_announced_as_the_others_words_is_given_back(line: str) -> None:
    assert "reflect_content" in hear(line, "行李在车上，月底不能停机，数字对不上。").acts


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("我八点给您端过来，您不用等。", "firm"),
        ("卡片我等下放您桌上。", "firm"),
        ("送您一盒没拆的点心，您带走。", "firm"),
        ("等经理点头我给您办。", "conditional"),
    ],
)
def test_waiting_that_nobody_has_to_do_is_no_condition(line: str, kind: str) -> None:
    made = commitment(line)
    assert made is not None
    assert made.kind == kind


def test_a_written_confirmation_is_word_that_is_sent() -> None:
    assert "update_commit" in hear("我会给您寄一封确认信。").acts


def test_what_is_done_by_a_time_in_a_recap_is_undertaken() -> None:
    assert "promise" in hear("我对一下：今天下午四点前，我给您第三页的表，都写在旁边；").acts


def test_offline_in_taiwan_is_the_same_word() -> None:
    assert normalize("離線模式").text == "离线模式"


@pytest.mark.parametrize(
    ("line", "act"),
    [
        ("修不修得好我现在说不准。", "state_limit"),
        ("先赔给您这事不归我定，理赔组说了算。", "state_limit"),
        ("药水我们不能代喂。", "state_limit"),
    ],
)
def test_what_cannot_be_said_or_is_not_ours_to_decide_promises_nothing(line: str, act: str) -> None:
    acts = hear(line).acts
    assert act in acts
    assert not {"promise", "pass_the_buck"} & set(acts)


def test_bad_news_put_as_a_case_is_not_told() -> None:
    assert "bad_news" not in hear("要是上午修不好，下午我给您送备用机。").acts
    assert "bad_news" in hear("要是您着急，我直说，今天修不好了。").acts
    assert "bad_news" not in hear("您不用不好意思。").acts


@pytest.mark.parametrize("line", ["我理一遍：房间留到六点；", "那我给您归置一下：车票在前台；"])
def test_to_put_in_order_is_to_sum_up(line: str) -> None:
    assert "summary_check" in hear(line).acts


def test_a_call_back_without_to_you_is_word_that_is_sent() -> None:
    assert {"promise", "update_commit"} <= set(hear("下午三点我回电话。").acts)


def test_leave_to_stay_is_offered() -> None:
    assert "propose" in hear("老人可以在我们这儿坐一会儿。").acts


def test_frankness_is_no_promise_and_no_argument() -> None:
    assert "promise" not in hear("这个天线太远，我不骗您。").acts
    assert "promise" in hear("我绝不会骗您的。").acts
    assert "argue" not in hear("收入证明明天下午之前；").acts


def test_what_can_be_given_is_given_where_it_is_named() -> None:
    assert "promise" in hear("我能给您：一名专员全程跟进；").acts
    assert "promise" not in hear("我能给您送上楼。").acts
    assert "promise" in hear("话费减两天，再多我没权限。").acts


def test_a_look_at_what_is_told_in_the_same_breath_promises_nothing() -> None:
    assert "promise" not in hear("我给您查查订单，系统里写着周五到，是您本人收吗？").acts
    assert "promise" in hear("我给您查查订单，五分钟后回您电话。").acts


def test_together_is_no_event_to_wait_for() -> None:
    made = commitment("我六点把账单和外套一起拿过来，您坐着。")
    assert made is not None
    assert made.kind == "firm"
