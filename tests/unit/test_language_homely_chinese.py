"""Lines as people type them at home: softened ends, dialect endings, offers put as a question, everyday closings."""

from __future__ import annotations

import pytest

from simulator.language.acts import hear
from simulator.language.echo import points_back


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
        "二十个席位加培训，合适吗？",
        "这样妥当吗？",
        "还有要改的吗？",
        "有没有哪里不合适？",
    ],
)
def test_a_confirm_question_is_one_however_it_ends(line: str) -> None:
    assert "confirm_ask" in hear(line).acts


@pytest.mark.parametrize(
    "line", ["那就这样吧", "您听我说完行不行", "您身份证给我看下，行吗？", "酒店那边还有落下的没？", "他穿着合适吗？"]
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


@pytest.mark.parametrize("line", ["额不是，刚才那句您当我没说", "刚才叫号您没听见吧？"])
def test_taking_back_and_guessing_that_something_was_not_heard_insult_nobody(line: str) -> None:
    assert not {"contempt", "blame"} & set(hear(line).acts)


def test_taking_somebody_for_a_fool_is_contempt_still() -> None:
    assert "contempt" in hear("您当我是傻子？").acts
    assert "contempt" in hear("急啥嘛，又不会丢").acts
    assert "blame" in hear("谁叫您没听见呢").acts


def test_an_offer_taken_back_in_the_same_breath_is_none() -> None:
    acts = hear("要不您先续个半年试试？哦这个我没权限，当我没说").acts
    assert "propose" not in acts
    assert "withdraw_promise" in acts
    assert "propose" not in hear("不然我请他先跑您这件？……不对，我不能乱讲，他前面还有四件").acts
    assert "propose" in hear("要不您先续个半年试试？这个我有权限").acts


def test_a_check_of_two_characters_makes_a_recap() -> None:
    assert "summary_check" in hear("我记一下：喷雾下课拿，孩子15分钟，周六的班问教务。对不").acts


def test_what_is_watched_may_stand_first() -> None:
    assert "promise" in hear("行您去吧，孩子我看着，多久都行").acts
    assert "promise" not in hear("这事我看，得等").acts


def test_an_apology_after_a_space_promises_nothing() -> None:
    assert "promise" not in hear("对不起对不起 我刚才语气不好 我跟您道歉").acts


@pytest.mark.parametrize(
    "line",
    ["我不唱歌不吹蜡烛，就偷偷塞张卡片，行不", "那就先按周日两点留着？", "您妹妹周日九点到，周日下午是不是更好？"],
)
def test_what_would_be_done_with_a_short_tag_is_an_offer(line: str) -> None:
    assert "propose" in hear(line).acts


def test_what_cannot_be_promised_asks_for_nothing() -> None:
    assert "open_question" not in hear("遗容的事 明天十点修复师看了才知道 我不能答应您什么").acts
    assert "open_question" in hear("您不能吃什么").acts


def test_how_a_relative_is_doing_confirms_nothing() -> None:
    assert "confirm_ask" not in hear("那真不容易，您妈妈现在胃口好点没？").acts
    assert "confirm_ask" in hear("有啥顾虑直说").acts


def test_a_pause_after_a_pronoun_is_a_pause_to_think() -> None:
    assert len(hear("妈妈她……知道吗").sentences) == 1


@pytest.mark.parametrize(
    "line",
    [
        "这样您就不会害怕了",
        "有人在，您就不会觉得孤单",
        "免得您着急",
        "让您不再担心",
        "您心里就踏实了",
        "这样您也不至于尴尬",
    ],
)
def test_what_will_be_felt_no_longer_neither_blames_nor_gives_a_feeling_back(line: str) -> None:
    assert not {"blame", "reflect_feeling"} & set(hear(line).acts)


@pytest.mark.parametrize("line", ["您肯定不好受", "让您着急了", "您不想让他觉得丢脸", "免得您再跑，您一定累坏了"])
def test_a_feeling_that_is_there_is_given_back_still(line: str) -> None:
    assert "reflect_feeling" in hear(line).acts


def test_what_they_would_not_feel_had_they_acted_is_blame_still() -> None:
    assert "blame" in hear("您要是早说就不会着急了").acts


@pytest.mark.parametrize("line", ["一个月三回，我都替您憋屈", "唉我听着都替您捏把汗。"])
def test_what_is_felt_for_somebody_is_a_feeling_and_no_promise(line: str) -> None:
    acts = hear(line).acts
    assert "reflect_feeling" in acts
    assert "promise" not in acts


@pytest.mark.parametrize(
    "line",
    [
        "平台罚款的事儿，我出个停机证明，24小时内，行不",
        "16:30前给您图和表，成不",
        "行李员去便利店跑一趟，那种牙刷不一定有",
        "我明早九点到十点一直在线",
    ],
)
def test_what_is_undertaken_with_a_short_tag_or_by_somebody_sent_is_a_promise(line: str) -> None:
    assert "promise" in hear(line).acts


@pytest.mark.parametrize(
    "line", ["司机师傅去拿了吗", "先生不要慌，我先看看您的护照", "家里老人那个按钮是走我们网络的吧"]
)
def test_what_others_did_and_what_is_looked_at_is_not_undertaken(line: str) -> None:
    assert not {"promise", "propose"} & set(hear(line).acts)


def test_what_is_broken_off_and_put_right_binds_nobody() -> None:
    for line in (
        "明天亲子房我可以保证……呃不能保证，得11点才知道",
        "I guarantee you the room... No, I can't promise that.",
    ):
        assert not {"guarantee", "promise", "propose"} & set(hear(line).acts)
    assert "guarantee" in hear("明天亲子房我可以保证……得11点给您").acts


def test_asking_who_somebody_is_blames_nobody() -> None:
    assert "blame" not in hear("诶那位是您同事吗，您二位一块儿飞的？").acts


def test_what_may_be_wished_is_offered_and_not_asked() -> None:
    acts = hear("您想找老客户聊聊也行，我来约").acts
    assert "propose" in acts
    assert "open_question" not in acts


@pytest.mark.parametrize("line", ["好嘞 登机口见", "晚安好梦"])
def test_parting_until_a_place_closes(line: str) -> None:
    assert "close" in hear(line).acts


def test_what_was_left_in_a_room_confirms_nothing() -> None:
    assert "confirm_ask" not in hear("除了票房间里还落啥没有？").acts
    assert "confirm_ask" in hear("我还漏了什么吗").acts


@pytest.mark.parametrize("line", ["大爷您看这样行不行？", "这样安排您看可以吗"])
def test_asking_whether_it_suits_puts_nothing_forward_by_itself(line: str) -> None:
    acts = hear(line).acts
    assert "confirm_ask" in acts
    assert "propose" not in acts


def test_what_is_left_out_after_telling_or_fetching_points_back() -> None:
    assert points_back("我马上跟老师说")
    assert points_back("我现在去取。")
    assert points_back("那我跟老师说是急用的，让她先收好")
    assert not points_back("我马上跟老师说喷雾的事")
    assert not points_back("我马上跟您说")


@pytest.mark.parametrize("line", ["您今天还有别的检查不，几点得往回赶", "还有啥菜没上的，要催不"])
def test_what_else_there_is_of_a_kind_confirms_nothing(line: str) -> None:
    assert "confirm_ask" not in hear(line).acts


@pytest.mark.parametrize("line", ["这方案您拿去跟财务说得通不？", "您心里还有什么放不下的？"])
def test_whether_it_holds_and_what_weighs_on_them_is_asked_to_confirm(line: str) -> None:
    assert "confirm_ask" in hear(line).acts


def test_stepping_aside_put_as_a_question_is_an_offer() -> None:
    assert "propose" in hear("这边说话人多，咱们进小屋？").acts


def test_a_recap_may_ask_for_slips() -> None:
    assert "summary_check" in hear("我说一遍您听听：杯子四点五十拿，乐乐在这儿十五分钟，都给您写纸上。有岔子没").acts


def test_whom_one_will_speak_to_is_promised() -> None:
    assert "promise" in hear("我替店里给您赔个不是，回头我找他谈").acts
    assert "promise" not in hear("我找过他谈了").acts


def test_what_is_meant_for_somebody_is_not_promised_by_being_named() -> None:
    assert "promise" not in hear("给您妈妈看的东西，您想要什么样的，一页纸还是短信？").acts
    assert "promise" not in hear("好，我等您电话，您路上慢点").acts


def test_an_offer_with_its_tag_in_one_breath_is_one() -> None:
    acts = hear("那我送您个没切的行不行？").acts
    assert "propose" in acts
    assert "confirm_ask" not in acts
    assert "propose" not in hear("要不算了？").acts


def test_what_one_would_like_to_do_is_not_promised() -> None:
    assert "promise" not in hear("我也想帮您 可是规定摆在那儿").acts
    assert "promise" in hear("我这就帮您叫车").acts


def test_at_the_latest_when_asks_without_a_mark() -> None:
    assert "open_question" in hear("那最晚几点要送到呢").acts
    assert "open_question" not in hear("晚几天再说").acts
