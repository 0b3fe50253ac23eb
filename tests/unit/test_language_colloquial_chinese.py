"""What people say at a counter in Chinese when nobody listens to their style: sure of it, rid of it, back with word."""

from __future__ import annotations

import pytest

from simulator.language.acts import hear

CASES = [
    # Sure of an outcome, and sure of the customer's heart.
    ("guarantee", "绝对不是大问题，您把心放肚子里。", "您心里肯定不是滋味。"),
    ("guarantee", "肯定丢不了。", "您肯定不是故意的。"),
    ("guarantee", "准赶得上，误不了您的事。", "这个我不敢肯定，得大夫说。"),
    # Not mine: and taken on.
    ("pass_the_buck", "我们这边光管收件的。", "这单子我负责到底。"),
    ("pass_the_buck", "您问大夫去呀。", "您有事就找我。"),
    ("pass_the_buck", "请您登录官网提交，我们会及时反馈。", "我帮您登录官网提交。"),
    ("refuse", "这会儿谁都不能进。", "您先别急，我进去看看。"),
    # Offers in other words.
    ("propose", "您填个表就行了。", "您放心就行了。"),
    ("propose", "边上有个小屋，我带您过去坐，成不？", "边上那个小屋您去过没？"),
    ("propose", "有三种选法，您听我说。", "您有几种选法？"),
    ("act_now", "给您换了间安静的屋。", "不好意思，给您订错了。"),
    ("act_now", "厨房那边接单了。", "厨房那边漏单了。"),
    # Word that comes, whoever brings it.
    ("update_commit", "一有动静我就过来言语一声。", "您过来当面说吧。"),
    ("update_commit", "批没批下来我都下班前给您打电话。", "批没批下来，有没有人给您打电话？"),
    ("update_commit", "行不行我都给他爱人去个电话。", "他爱人给您去电话了吗？"),
    # Promises without a word of the future.
    ("promise", "七点半就能做好。", "七点半能做好吗？"),
    ("promise", "材料我送到窗口去。", "材料您送到窗口去。"),
    ("promise", "人一到我就办手续。", "人一到手续就办完了。"),
    ("promise", "这单我接，名字就填我。", "这单您接，名字就填您。"),
    # What cannot be said, the thing first.
    ("state_limit", "这个字我不能签。", "这个字我来签。"),
    ("state_limit", "准信儿我给不了。", "准信儿我一会儿给您。"),
    ("state_limit", "有没有位子还不知道，九点以后才有数。", "有没有位子您心里有数。"),
    ("propose", "您扫一下桌上的码就行。", "只要您签收就行。"),
    ("pass_the_buck", "请您拨打客服热线。", "如有疑问，请致电客服。"),
    ("summary_check", "我念一遍：两盒药，写纸上，四点来取。有没有记错的？", "我核对您的信息后就帮您取消，好吧？"),
    # The case taken in hand.
    ("own_it", "今儿这件出什么岔子都由我担着。", "出了什么岔子，您找过谁？"),
    ("own_it", "我来负责您这个案子。", "谁来负责您这个案子？"),
    ("promise", "有人能替您把事情都安排好，我来办。", "您希望有人能替您把事情都安排好。"),
    ("own_it", "这单子挂我名下。", "这单子挂谁名下？"),
    ("own_it", "这事到我这儿就不往外转了。", "这事到我这儿之前转过几次？"),
    ("own_it", "您不用再打第四回了。", "您打了四回了。"),
    ("own_it", "您这个案子我经手到底。", "您这个案子谁经手的？"),
    ("open_question", "您平时都忙什么？", "出什么事都算我的。"),
    # The customer told off.
    ("blame", "您爱人也太不上心了。", "您爱人真懂事。"),
    ("blame", "自己的票自己都看不住。", "自己的票您拿好。"),
    ("blame", "您一个人就不该带这么多行李。", "您一个人不该受这个累。"),
    ("contempt", "好了好了别喊了。", "好了好了，我这就办。"),
    ("contempt", "净给大家添乱。", "给您添乱了。"),
    ("contempt", "我都懒得跟您说。", "您累得连话都懒得说了。"),
    ("argue", "我们明明通知过您。", "明明没好却告诉您好了，您这是寒心了。"),
    ("argue", "屏幕上写着已经好了。", "屏幕上写着好了，实际压根没好。"),
    ("greet", "您好，请坐。", "没修好却告诉您好了。"),
    ("blame", "这不是您自己不愿意来吗？", "不是您不愿意自己来，是走不开。"),
    ("bad_news", "今天没房了。", "您觉得今天没一样顺的。"),
    # Summaries announced by the verbs people use, and how they ask for a correction.
    ("summary_check", "那我捋捋：先办票，再找住的，最后回个话。有没有说岔的？", "那我去捋捋单子。"),
    ("summary_check", "我学一遍，看学得像不像：您要一张表，五点前，口径要一致。", "您学一遍给我看。"),
    ("summary_check", "我快快对一遍：药要今天的，孩子有人陪，写在纸上。对吗？", "我快快跑一趟，药您要几盒？"),
]


@pytest.mark.parametrize(("act", "line", "other"), CASES)
def test_it_is_heard_in_the_words_people_use(act: str, line: str, other: str) -> None:
    assert act in hear(line).acts
    assert act not in hear(other).acts


@pytest.mark.parametrize(
    "line",
    [
        "一会儿跟您好好解释。",
        "我再跟您慢慢讲。",
        "找不着的话我给他爱人打电话，商量后头怎么办。",
        "到时候我跟主管合计怎么补。",
        "什么时候修好，我这边真说不上来。",
        "批没批下来我都下班前给您打电话。",
    ],
)
def test_what_is_put_off_or_settled_elsewhere_asks_nothing(line: str) -> None:
    assert not {"open_question", "closed_question"} & set(hear(line).acts)


@pytest.mark.parametrize("line", ["这事您打算跟谁商量？", "您跟我细说说？", "他都跟您说什么了？"])
def test_a_question_about_it_is_asked(line: str) -> None:
    assert "open_question" in hear(line).acts


def test_what_was_begged_for_is_vouched_for_and_not_given_back() -> None:
    heard = hear("四点前您放心，肯定给您送到。", "那您保证四点前送到？")
    assert "guarantee" in heard.acts
    assert "reflect_content" not in heard.acts


def test_an_institution_s_formula_promises_nothing() -> None:
    assert "promise" not in hear("我们会及时处理。").acts
    assert "promise" in hear("我尽快处理，三点前回您。").acts


def test_nobody_comes_is_no_promise() -> None:
    assert "promise" not in hear("明天有没有人退房，十一点才知道。").acts
    assert "promise" in hear("明天下午有人给您送来。").acts
