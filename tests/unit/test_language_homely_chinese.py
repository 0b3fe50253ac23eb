"""Lines as people type them at home: softened ends, dialect endings, offers put as a question, everyday closings."""

from __future__ import annotations

import pytest

from simulator.language.acts import hear


@pytest.mark.parametrize(
    "line",
    [
        "这样行不老爷子？",
        "您看行不，大爷",
        "可以吗亲",
        "这样处理您满意吗哈",
        "这样可以伐？",
        "这样好咩？",
        "OK不？",
        "你看ok吗？",
        "那就这样？",
        "您觉得呢？",
        "那边说得过去不？",
        "没漏吧？",
        "还有落下的没？",
    ],
)
def test_a_confirm_question_is_one_however_it_ends(line: str) -> None:
    assert "confirm_ask" in hear(line).acts


@pytest.mark.parametrize(
    "line", ["那就这样吧", "您听我说完行不行", "您身份证给我看下，行吗？", "酒店那边还有落下的没？"]
)
def test_closing_asking_for_a_thing_and_for_what_was_left_confirm_nothing(line: str) -> None:
    assert "confirm_ask" not in hear(line).acts


def test_what_softens_the_end_is_quoted_all_the_same() -> None:
    acts = {act.act: act.span for sentence in hear("这样行不老爷子？").sentences for act in sentence.acts}
    assert acts["confirm_ask"] == "这样行不老爷子？"


def test_a_recap_that_asks_what_is_left_out_is_a_confirm_question_too() -> None:
    for line in (
        "我复述一遍：驻场六周，周三六点报告，周五退出条款。没漏吧？",
        "我把说的归拢一下：终端留着，证明24小时内，减免一天。还有落下的没？",
    ):
        assert {"summary_check", "confirm_ask"} <= set(hear(line).acts)
    assert "confirm_ask" not in hear("我复述一遍：要盖章的报价单，四点前，地址改了。对吗？").acts


@pytest.mark.parametrize("line", ["那我带您上去？", "那我给您写张卡片吧？", "要我帮您叫车吗", "咱们去那边坐着说？"])
def test_what_one_would_do_put_as_a_question_is_an_offer(line: str) -> None:
    assert "propose" in hear(line).acts


@pytest.mark.parametrize(
    "line", ["要不您消消气先？", "我给您说清楚了吗？", "我能帮您什么？", "我没听错吧？", "我带您见过他吗"]
)
def test_what_one_did_or_does_not_know_offers_nothing(line: str) -> None:
    assert "propose" not in hear(line).acts


def test_two_kinds_announced_with_a_colon_are_offers_to_choose_from() -> None:
    heard = hear("现在有两种：六楼两间连通的；或者九楼小套房。您要哪个？").sentences
    assert [sentence.does("propose") for sentence in heard] == [True, True, False]
    assert "propose" not in hear("我有两个问题：房号和姓名。").acts


def test_a_child_that_stays_here_for_a_while_is_offered() -> None:
    assert "propose" in hear("您签个字，孩子搁我这儿坐15分钟，您去接小的").acts
    assert "propose" not in hear("他在前台等了半天").acts


def test_what_cannot_be_got_is_a_limit_and_no_promise() -> None:
    acts = hear("盖章的我现在搞不到诶").acts
    assert "state_limit" in acts
    assert "promise" not in acts


def test_sorry_for_a_colleague_promises_nothing() -> None:
    assert "promise" not in hear("我替同事说声对不住").acts
    assert "promise" in hear("我替您跟同事说").acts


def test_what_stands_first_is_refused() -> None:
    assert "refuse" in hear("以后留座不行的，先到先得").acts


def test_giggling_about_oneself_is_no_contempt() -> None:
    assert "contempt" not in hear("不知道甜不甜，我没吃过，嘿嘿").acts
    assert "contempt" in hear("嘿嘿，您急啥呀").acts
