"""What a learner's line does: our own lines, by the conventions of the authored ones, in both languages."""

from __future__ import annotations

import time

import pytest

from simulator.domain.acts import ACTS, QUESTIONS
from simulator.language.acts import hear, reply_acts

LINES: dict[str, str] = {
    "open_question": """
        How would you use the extra licences?
        What matters most to you about this handover?
        Could you run me through what the screen said before it froze?
        And if nothing changes, what does the next renewal look like for you
        Tell me about the house you're hoping to buy.
        您是怎么发现这笔扣款的
        能不能跟我说说当时柜员是怎么操作的
        您希望我们怎么赔偿您?
        這批貨您打算怎麼分給各門店
    """,
    "closed_question": """
        Did the card machine give you a receipt?
        Do you want it by sea or by air?
        You're travelling alone, right?
        Has anyone else got a login?
        卡还在您手上吗
        柜子您锁了没有
        您要靠窗还是靠过道
        發票是不是已經寄到了
    """,
    "implication_question": """
        If the visa doesn't come through, do you lose the deposit?
        What happens to the night shift if the server stays down?
        万一签证下不来,您的行程会怎么样
        要是仓库断货,对您的门店有什么影响?
    """,
    "reflect_content": """
        So you've rung three times and each time you got a different answer.
        It sounds like the timing is the real issue.
        所以您打了三次电话,每次的说法都不一样。
        看来最要紧的是时间。
    """,
    "reflect_feeling": """
        It must have been frightening to see that balance.
        I can hear how worried you are about your mother.
        No wonder you're angry.
        听得出来您挺失望的。
        钱突然少了一笔,您一定吓坏了。
    """,
    "summary_check": """
        So, just to check: two pallets, delivered Friday, signed for by Ana. Have I got that right?
        To recap, you need the lounge, a quiet seat and a call before boarding. Did I miss anything?
        我跟您确认一下:两箱货,周五到,张姐签收,对吗?
    """,
    "affirm": """
        You handled that call brilliantly.
        Good idea to bring the old contract.
        幸亏您留了截图。
    """,
    "own_it": """
        We sent the wrong form, that's entirely our fault.
        I should have warned you before we switched it off.
        是我们把表发错了,责任在我们。
    """,
    "inform": """
        The branch on Elm Street is open until six.
        退款一般三个工作日到账。
    """,
    "propose": """
        Would it help if I moved you closer to the exit?
        I could put you on the earlier flight instead.
        Either we courier it tonight or you pick it up tomorrow.
        要不要换一家承运商试试?
        我可以帮您改到早一班。
    """,
    "act_now": """
        I'm calling the warehouse right now.
        I've just emailed it to you.
        已经给您发过去了。
        我这就给仓库打电话。
    """,
    "refuse": """
        I can't ask the other families to leave their table.
        That's out of the question.
        这个绝对不行。
    """,
    "state_limit": """
        I can't tell you the hour it comes back.
        送到的时间我这边不作保证。
        I can't speak for the doctor.
        That depends on the insurer.
        医生那边我不敢保证。
    """,
    "promise": """
        I'll send the corrected invoice this afternoon.
        You'll receive the refund within five days.
        差价明天退给您。
        我会让厨房知道的。
    """,
    "guarantee": """
        I give you my word that it'll be ready.
        You will definitely be on that flight.
        周一之前肯定能修好,您放一百个心。
    """,
    "withdraw_promise": """
        I need to take back what I said about the upgrade.
        刚才那个承诺我得收回。
    """,
    "bad_news": """
        Unfortunately the part is on back order until May.
        Your flight has been cancelled.
        很遗憾,您的贷款没有批下来。
        工程师今天来不了。
    """,
    "update_commit": """
        I'll call you at four either way.
        As soon as the lab answers, I'll let you know.
        四点我给您打电话,有没有结果都打。
    """,
    "confirm_ask": """
        Is that the outcome you were hoping for?
        Are you comfortable with that plan?
        这样处理您满意吗?
    """,
    "apologize": """
        I'm terribly sorry about the mix-up.
        实在抱歉,给您添麻烦了。
    """,
    "argue": """
        Calm down, it's only a bag.
        Our records show the parcel was delivered.
        You're exaggerating, it was only ten minutes.
        您记错了,当时说的是周三。
    """,
    "blame": """
        You should have backed up your files.
        是您自己填错了表。
    """,
    "contempt": """
        爱买不买。
    """,
    "quote_rule": """
        Company policy doesn't allow refunds after thirty days.
        按公司规定,超过三十天不退。
    """,
    "pass_the_buck": """
        That's a matter for billing, not for us.
        开票不归我们管,您找财务。
    """,
    "greet": """
        Good morning, thanks for holding, this is Lena.
        早上好,欢迎来到门诊。
    """,
    "close": """
        Take care and have a lovely evening.
        感谢来电,再见。
    """,
}

CASES = [(act, line.strip()) for act, block in LINES.items() for line in block.strip().splitlines()]


@pytest.mark.parametrize(("act", "line"), CASES)
def test_a_line_does_what_it_does(act: str, line: str) -> None:
    assert act in hear(line).acts


@pytest.mark.parametrize(("act", "line"), CASES)
def test_acts_are_of_the_vocabulary_and_their_spans_stand_in_their_sentence(act: str, line: str) -> None:
    del act
    for sentence in hear(line).sentences:
        assert line[sentence.start : sentence.end] == sentence.text
        for found in sentence.acts:
            assert found.act in ACTS
            assert found.span
            assert found.span in sentence.text


@pytest.mark.parametrize(
    ("line", "absent"),
    [
        ("I understand.", "reflect_content"),
        ("One moment please.", "promise"),
        ("Sorry?", "apologize"),
        ("Could you say that again?", "open_question"),
        ("Please sit down, OK?", "closed_question"),
        ("Do you expect me to drop everything for you?", "closed_question"),
        ("I can't guarantee a time.", "guarantee"),
        ("I'm not sure I follow you.", "state_limit"),
        ("I'll be honest with you.", "promise"),
        ("There's no doubt you're upset.", "bad_news"),
        ("好的,我明白了。", "reflect_content"),
        ("我看看能先帮您做点什么。", "open_question"),
        ("有没有进展都跟您说一声。", "closed_question"),
        ("这是我们的错,不怪您。", "blame"),
        ("还能怎么说", "apologize"),
    ],
)
def test_a_line_does_not_do_what_it_only_resembles(line: str, absent: str) -> None:
    assert absent not in hear(line).acts


def test_traditional_is_heard_as_simplified_and_quoted_as_typed() -> None:
    simplified, traditional = hear("对不起,您希望我们怎么赔偿您?"), hear("對不起，您希望我們怎麼賠償您？")
    assert simplified.acts == traditional.acts
    assert "怎麼賠償" in traditional.sentences[0].acts[0].span


def test_the_customers_turn_before_decides_what_a_bare_yes_does() -> None:
    assert "promise" in hear("No problem.", context="Could you send it to my office?").acts
    assert "promise" not in hear("No problem.", context="Thank you, that was kind.").acts


def test_acts_belong_to_sentences() -> None:
    first, second = hear("I'm sorry about that. What happened then?").sentences
    assert first.does("apologize")
    assert not first.does(*QUESTIONS)
    assert second.does("open_question")
    assert not second.does("apologize")


@pytest.mark.parametrize("line", ["", "   ", "?!", "Здравствуйте, чем могу помочь?", "مرحبا"])
def test_what_no_lexicon_reads_does_nothing(line: str) -> None:
    assert hear(line).acts == ()


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("That works for me, thank you.", {"accepts", "thanks"}),
        ("Exactly. But what if it's late?", {"agrees", "objects", "asks"}),
        ("No, I don't want a voucher.", {"refuses"}),
        ("I'll take the second one, please.", {"chooses"}),
        ("行,那就先改再盖吧。", {"accepts", "chooses"}),
        ("不行,我不接受。", {"refuses"}),
        ("對，就是這樣。", {"agrees"}),
    ],
)
def test_a_customers_turn_accepts_chooses_objects_refuses_asks(text: str, acts: set[str]) -> None:
    assert acts <= reply_acts(text)


def test_a_refusal_is_no_acceptance() -> None:
    assert "accepts" not in reply_acts("No, that's not acceptable. Fine.")


def test_a_learners_line_is_heard_in_about_a_millisecond() -> None:
    lines = [line for _, line in CASES]
    for line in lines:
        hear(line)
    started = time.process_time()
    for round_ in range(5):
        for line in lines:
            hear(f"{line} {round_}")
    assert (time.process_time() - started) / (5 * len(lines)) < 0.005  # typically 0.5 ms; a bound for slow machines


HOSTILE = [
    *("could you ", "if you ", "so, ", "the ", "you ", "i will ", "tell me what ", "a-", "?", '"', "{}<>", "...", ", "),
    *("我给您", "您", "是不是", "什么,", "要是您", "請問為什麼", "網際網路", "a你", "我们会尽快安排师傅给您上门处理"),
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_no_line_takes_much_longer_than_its_length(unit: str) -> None:
    """A pattern that backtracks without bound takes seconds here; these take some 50 ms on a slow machine."""
    hear(unit * 3)
    line = (unit * 4000)[:4000]
    started = time.process_time()
    hear(line, context=line)
    reply_acts(line)
    assert time.process_time() - started < 1.0
