"""What a colleague's long spoken lines do in Chinese: several things in one sentence, each heard for what it is."""

from __future__ import annotations

import pytest

from simulator.language.acts import hear, reply_acts
from simulator.language.promises import commitment


@pytest.mark.parametrize(
    "line",
    [
        "十一点零五我过去找您，票到没到我都亲口告诉您一声。",
        "这钱我去跟主管申请，看能不能给您免了，十分钟之内给您回话。",
        "差多少、为什么差，给您写成一页纸。",
        "谁问到数，您直接把问题甩给我，我两分钟内回您。",
        "我十一点过来告诉您大夫到哪一步了。",
        "登机口答应帮着调，成不成十分钟后我回您。",
        "我叫人去淘换，淘不淘得着一刻钟给您回话。",
    ],
)
def test_what_is_to_be_found_out_is_promised_and_not_asked(line: str) -> None:
    acts = hear(line).acts
    assert not {"open_question", "closed_question"} & set(acts)
    assert "promise" in acts


def test_whether_is_left_to_somebody_and_not_asked() -> None:
    assert "closed_question" not in hear("吃不吃得听她的。").acts
    assert "closed_question" not in hear("退不退得回来我打不了包票。").acts
    assert "closed_question" in hear("要不要我给您叫个车").acts
    assert "closed_question" in hear("您那边方不方便，我给您打过去").acts
    assert "closed_question" in hear("您看行不行我再改").acts


def test_a_question_word_said_twice_is_a_condition() -> None:
    assert "open_question" not in hear("原票什么时候交回来什么时候退。").acts
    assert "open_question" not in hear("谁先到就谁先办。").acts
    assert "open_question" in hear("您什么时候走，什么时候回来？").acts
    assert "open_question" in hear("您想到哪儿说到哪儿。").acts


def test_leave_to_ask_is_asked_for_and_nothing_offered() -> None:
    assert hear("我能先问问您寄的是什么东西吗？").acts == ("open_question",)
    assert "propose" in hear("我可以帮您问问。").acts


def test_a_few_things_to_be_asked_are_not_counted() -> None:
    assert hear("我问您几个事儿，您护照带着没？").acts == ("closed_question",)
    assert "open_question" in hear("您带了几个箱子？").acts


def test_what_nobody_knows_is_no_question_inside_another() -> None:
    assert "closed_question" in hear("您是不是怕干等着，也不知道到哪一步了？").acts
    assert "open_question" in hear("您是不是迟到了，几点到的？").acts


def test_what_the_customer_did_not_hear_is_asked() -> None:
    assert hear("刚才叫号您是不是没听见？").acts[0] == "closed_question"
    assert "closed_question" not in hear("不好意思，我没听见，您再说一遍？").acts


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("那张桌上还有没有别的要紧的？", "还有没有别的要紧的？"),
        ("您名下还有别的账户吗？", "还有别的要求吗？"),
        ("您这张卡平时还有什么自动扣的钱？", "您还有什么不放心的？"),
        ("晚上还有什么事用得着吗？", "还有什么事要我办的吗？"),
        ("您后面还有别的事要忙吗？", "还有别的事吗？"),
        ("除了按时到，还有没有别的什么要求？", "除了这些，您还有什么顾虑吗？"),
        ("运费算不算？", "这样算不算解决了？"),
        ("要是赶不上会有什么问题吗？", "您这边还有什么问题吗？"),
    ],
)
def test_what_else_there_is_to_know_is_not_whether_all_is_well(line: str, other: str) -> None:
    assert "confirm_ask" not in hear(line).acts
    assert "confirm_ask" in hear(other).acts


@pytest.mark.parametrize(
    "line", ["心里还有没有什么不踏实的？", "您瞅瞅这样成不成？", "还需要别的吗？", "十一点半那一关，这样您过得去吗？"]
)
def test_whether_all_is_well_is_asked_in_other_words(line: str) -> None:
    assert "confirm_ask" in hear(line).acts


@pytest.mark.parametrize(
    "line",
    [
        "我给您顺一遍：西瓜一个，附张卡片；面安安静静地上；一分钱不加。我没说漏什么吧？",
        "复述一下：四点半出图，五点前改定；口径写在旁边。有没有说漏的？",
        "我给您归置归置：冻卡、数字卡、改房租。您看有落下的没有？",
        "您听我说得对不对：瓜和卡片给阿姨，寿桃给叔叔，菜打包。",
        "我跟您捋一遍：走正午必达，五点前出门；凭证当场拿。是这么回事吧？",
        "牙刷没带，怕她明早闹，是这个意思吧？",
        "我对一下：您要的是一张图，被问到数从哪来您得答得上，从头到尾一个人，对吧？",
    ],
)
def test_a_recap_in_everyday_words_is_a_recap(line: str) -> None:
    heard = hear(line)
    assert all([act.act for act in sentence.acts] == ["summary_check"] for sentence in heard.sentences)


def test_asking_what_was_left_out_takes_nothing_back() -> None:
    assert "withdraw_promise" not in hear("有没有说漏的？").acts
    assert "withdraw_promise" not in hear("您看我写的对不对？").acts
    assert "withdraw_promise" in hear("刚才跟您说的两点到货不对，是四点。").acts


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("今晚您踏踏实实睡一觉。", "您心里一定不踏实。"),
        ("您先松口气。", "您这一天就没踏实过。"),
        ("那您今晚得睡踏实。", "您肯定睡得不踏实。"),
        ("您那个件急不急，里面装的啥？", "您那个件急得很，看着就让人着急。"),
        ("您先消消气。", "您一肚子气。"),
        ("您安心坐着。", "换谁都安不下心，肯定着急。"),
    ],
)
def test_rest_that_is_wished_is_no_feeling_given_back(line: str, other: str) -> None:
    assert "reflect_feeling" not in hear(line).acts
    assert "reflect_feeling" in hear(other).acts


def test_a_feeling_that_the_speaker_understands_is_given_back() -> None:
    assert hear("头一回上台，手里没底，这个我特别能理解。").acts == ("reflect_feeling",)
    assert "reflect_feeling" not in hear("您别着急，我明白了。").acts


def test_it_is_the_customer_who_feels_bad_about_it() -> None:
    assert hear("吃不着您心里肯定过意不去。").acts == ("reflect_feeling",)
    assert "apologize" in hear("让您跑两趟，我们过意不去。").acts


@pytest.mark.parametrize(
    "line",
    [
        "对不起，没人跟您说。",
        "对不起，没人跟您说要等这么久。",
        "真对不起，这么久谁也没跟您说这个。",
        "没有人跟您说过这个情况，实在抱歉。",
        "没人跟您说要带身份证，害您白跑一趟。",
        "我们没跟您说不能带狗，是我们没做好。",
        "昨天没人跟您说会关门。",
    ],
)
def test_that_nobody_told_them_of_something_bad_contradicts_nobody(line: str) -> None:
    assert not {"argue", "blame", "contempt"} & set(hear(line).acts)


@pytest.mark.parametrize(
    "line",
    [
        "没人跟您说过可以退。",
        "对不起，没人跟您说过可以退。",
        "没人跟您说不用排队。",
        "谁也没跟您说三天就能好。",
        "我们没跟您说会有赔偿。",
        "没人跟您说过这种话。",
        "没人跟您保证过。",
    ],
)
def test_that_nobody_said_what_they_count_on_contradicts_them(line: str) -> None:
    assert "argue" in hear(line).acts


@pytest.mark.parametrize(
    ("act", "line", "other"),
    [
        ("state_limit", "要是前台拿不准，叫他打我分机。", "这个我拿不准。"),
        ("state_limit", "您不能瞎说。", "结果我不懂，也不能瞎说。"),
        ("state_limit", "一个人扛着，谁也不敢说。", "几点能修好，我不敢说。"),
        ("bad_news", "填个表用不了十分钟。", "这台机器用不了了。"),
        ("bad_news", "一分钱都不会多收您的。", "周末要多收三十。"),
        ("bad_news", "这滋味肯定不好受。", "会议室定不上了。"),
        ("argue", "让您干等到现在，也没人跟您说一声，对不住。", "没人跟您说过能退。"),
        ("argue", "排了一上午，谁不烦啊。", "今天不热啊。"),
        ("argue", "跟盘里这个不是一个品种，没那么大。", "菜没那么咸。"),
        ("argue", "系统里显示码是对的，这会影响认定。", "系统显示您签收了。"),
        ("blame", "不给您拉全量，拉了您也没法用。", "您也没告诉我们啊。"),
        ("refuse", "面我悄没声儿端过来，绝不吆喝。", "我们绝不破例。"),
        ("blame", "您要是没别的吩咐，我就按这个办了。", "您要是没签收，就不会有这事。"),
        ("blame", "您要是不放心，我就陪您去。", "您要是不乱点，就不会有这事。"),
        ("refuse", "生日快乐得悄悄的，绝不惊动旁边桌。", "这个绝不退。"),
    ],
)
def test_a_kind_word_is_not_taken_for_a_hard_one(act: str, line: str, other: str) -> None:
    assert act not in hear(line).acts
    assert act in hear(other).acts


def test_a_customer_who_goes_about_something_objects_to_nothing() -> None:
    assert "objects" not in reply_acts("好，那我去忙了。")
    assert "objects" in reply_acts("那我今晚怎么办？")


@pytest.mark.parametrize(
    "line",
    [
        "扫完就把带时间的凭证发您手机上。",
        "四点半之前我从报表库把五个区域的图做出来发您。",
        "核完立马发您。",
        "我叫护士过来看一下。",
        "我在记录里备注好。",
        "我一个字都不往外传。",
        "我提前给她备上。",
        "有信儿没信儿我都打。",
        "下课我头一个进去拿。",
    ],
)
def test_a_word_given_in_the_middle_of_a_line_is_a_promise(line: str) -> None:
    assert "promise" in hear(line).acts


@pytest.mark.parametrize(
    "line",
    [
        "说好两小时上门我们没做到。",
        "我把单子发您了。",
        "我叫唐蕾。",
        "这个我拿不准。",
        "慢走啊，代我问阿姨好！",
        "行，我先忙去了。",
    ],
)
def test_what_was_not_done_or_is_done_or_only_said_is_none(line: str) -> None:
    assert "promise" not in hear(line).acts


def test_news_of_what_there_may_be_hangs_on_it() -> None:
    made = commitment("明天有亲子房会通知您。")
    assert made is not None
    assert made.kind == "conditional"
    firm = commitment("明天我会通知您。")
    assert firm is not None
    assert firm.kind == "firm"


@pytest.mark.parametrize(
    ("act", "line", "other"),
    [
        ("propose", "那我有个主意：后厨还有两个没切的西瓜。", "您有什么主意？"),
        ("propose", "您腿脚方便的话，走四百米就到。", "您家里方便吗？"),
        ("act_now", "打通了，前台上去找了。", "电话打不通啊。"),
        ("propose", "您愿意走两步的话，营业点就在前头。", "您愿意说说的话，是什么原因？"),
        ("propose", "新卡三到五天，数字卡半小时，您要吗？", "要她电话吗？"),
        ("propose", "抽血约在一点二十可以吗？", "您一点二十可以吗？"),
        ("propose", "那您可以自己送到营业点。", "您自己送来的吗？"),
        ("propose", "给您备了两种，一种是连通房，一种是套房。", "这两种您都住过吗？"),
        ("act_now", "我先把您的卡给冻住了。", "我先把您的卡给弄丢了。"),
        ("act_now", "我一边跟您说着一边给小周拨着呢。", "他一边说一边哭。"),
        ("act_now", "链接发您了，周一之前签上就行。", "链接他没发您吧？"),
        ("act_now", "咱现在就在应用里改。", "咱现在就是着急。"),
        ("own_it", "您这件事就搁我手里了。", "这件事就搁在他手里了。"),
        ("own_it", "这事归我管。", "这事不归我管，您得找别的组。"),
        ("act_now", "套房给您升上去了，不加钱。", "套房给您升不上去了。"),
        ("own_it", "这回不转了，我接，名字就写我的。", "我接到投诉了。"),
        ("affirm", "当闺女的真孝顺。", "当闺女的在哪儿上班？"),
        ("affirm", "您能把这个说出来特别重要。", "您能把这个说出来吗？"),
    ],
)
def test_help_is_heard_in_the_words_people_use(act: str, line: str, other: str) -> None:
    assert act in hear(line).acts
    assert act not in hear(other).acts


def test_what_we_cannot_give_was_not_done() -> None:
    assert "act_now" not in hear("全量数据我们给不了，要隐私审批。").acts


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("您今晚早点歇着，周一九点半见。", "周一您见着他了吗？"),
        ("您慢着点走，我们在这儿等您。", "这个系统有点慢。"),
        ("那咱就这么说定了，您早点休息。", "您昨晚早点休息了吗？"),
        ("您快上去吧，祝您睡个好觉。", "您昨晚睡了个好觉吗？"),
        ("妥了，您先忙，我去盯图了。", "您先忙完再说，不着急。"),
        ("我先做了，回头联系。", "您回头联系过他吗？"),
    ],
)
def test_leave_is_taken_in_passing(line: str, other: str) -> None:
    assert "close" in hear(line).acts
    assert "close" not in hear(other).acts


def test_take_it_easy_is_no_hello() -> None:
    assert "greet" not in hear("您好好松口气。").acts
    assert "greet" in hear("您好，松口气吧。").acts


def test_what_is_declined_or_granted_in_the_customers_words_is_not_given_back() -> None:
    asked = "填的我姐。你就说十一点半能好。"
    assert hear("这话我不能说，说了就是坑您。", asked).acts == ("state_limit",)
    assert "reflect_content" not in hear("成，以后落东西我给您打电话。", "以后他落了东西，能不能给我打个电话？").acts
    assert hear("八十四岁的老人家按了没人应，这事排第一。", "我爸84了，呼叫按钮按了没人应。").acts == (
        "reflect_content",
    )


def test_whether_is_looked_into_and_not_asked() -> None:
    heard = hear("那我请登机口看看能不能把两位的座位调到一块儿。")
    assert heard.acts == ("promise",)
    assert "closed_question" in hear("我请他看看您能不能改签，行吗？").acts
    assert "open_question" not in hear("退出条款我可以去找法务谈谈。").acts
    assert "open_question" in hear("能跟我说说您这一年的情况吗？").acts


def test_what_may_not_be_missed_is_no_rule() -> None:
    assert "quote_rule" not in hear("明白了，两点的签约耽误不得。").acts
    assert "quote_rule" in hear("本店规定，外带食品不得入内。").acts


def test_asking_what_was_left_behind_does_not_ask_whether_all_is_well() -> None:
    assert "confirm_ask" not in hear("酒店那边，除了机票还有什么落下的吗？").acts
    assert "confirm_ask" not in hear("您落下什么了吗？").acts
    assert "confirm_ask" in hear("我还有什么没说清楚的吗？").acts


@pytest.mark.parametrize("line", ["医生几点回来得等11点的通知", "谁弄错的我不往外说", "什么时候修好还要听师傅的"])
def test_what_is_told_with_a_question_word_asks_and_promises_nothing_new(line: str) -> None:
    assert not {"open_question", "closed_question", "guarantee", "update_commit"} & set(hear(line).acts)


def test_what_we_all_leave_undone_blames_nobody_and_owning_it_disputes_nothing() -> None:
    assert "blame" not in hear("您不习惯的话，咱就不用手机").acts
    assert "argue" not in hear("对，您说过了，是我没记住").acts
    assert "argue" in hear("您这话过了").acts
