"""A feeling put to the customer as a guess in Chinese: what it cost, what it did to sleep, body, face and heart."""

from __future__ import annotations

import pytest

from simulator.language.acts import hear

GUESSED = (
    "换作是我，我也会害怕。",
    "要是我，我也会担心的。",
    "换我我也生气。",
    "搁谁身上都会觉得是被糊弄了",
    "您对这个应用，怕是早没什么指望了吧",
    "又要从头学一遍，想想就发愁",
    "对您来说，这儿不只是歇脚的地方",
    "等了这么久，人都等麻了吧？",
    "心里一点底都没有吧？",
    "夜里没怎么合眼吧？",
    "饭都吃不香吧？",
    "这阵子没少操心吧？",
    "没少受气吧？",
    "一个人拎这么多，怪辛苦的吧？",
    "天天两头跑，挺熬人的吧？",
    "这杯子对您意义不一样吧？",
    "您是不是一晚上没睡好？",
    "您这心一直悬着吧？",
    "当着大伙儿的面，脸上不大好看吧？",
    "被这么晾着，挺不是味儿的吧？",
    "话到嘴边又咽回去，憋得慌吧？",
    "您这胳膊都抱酸了吧？",
    "一路赶过来，腿都软了吧？",
    "嗓子都说干了吧？",
    "头一回碰上这种事，吓一跳吧？",
    "您嘴上不说，心里还是在意的吧？",
    "说了半天没人信，挺寒心的吧？",
    "您这是硬撑着吧？",
    "这一天跑下来，人都散架了吧？",
    "左等右等不来，心里直打鼓吧？",
    "一遍遍跟人解释，都说烦了吧？",
    "没人搭理，挺没意思的吧？",
    "他一走，家里冷清了不少吧？",
    "您盼这一天盼了挺久吧？",
    "提起这个您还是过不去吧？",
    "夹在中间两头受气吧？",
    "这口气到现在还没顺过来吧？",
)

STATED = (
    "这事回头要由您出面，压力肯定不小。",
    "说到这儿您顿了一下，像是有点难开口。",
    "您今晚怕是不好过。",
    "没个准信，您这心肯定放不下来。",
    "您好像先替手下的人捏了把汗。",
    "您是觉得被我们糊弄了。",
    "她的小毯子不在，当妈的比她还着急。",
    "您一个人扛着，舍不得让家里人再受一遍。",
    "您不是嫌慢，是再也操不起心了。",
    "您对我们很失望。",
    "您觉得对不起孩子。",
    "能陪父亲吃顿饭，您一定很高兴。",
    "看得出您很在乎他。",
)

PLAIN = (
    "很高兴为您服务。",
    "今晚有没有人睡不着？",
    "这个压力锅多大？",
    "您的票在身上吧？",
    "您是住三楼吧？",
    "行李挺多的吧？",
    "这双鞋挺贵的吧？",
    "您上午到的吧？",
    "没少放糖吧？",
    "这条路不太好走吧？",
    "店里没少进货吧？",
    "电池没电了吧？",
    "您睡的是下铺吧？",
    "孩子睡着了吧？",
    "这儿没少来吧？",
    "我这就去吧。",
    "您别操心了吧。",
    "您歇会儿吧。",
    "饭吃了吧？",
    "库里已经没货了。",
    "您没带身份证吧？",
)


@pytest.mark.parametrize("line", GUESSED)
def test_a_feeling_is_heard_in_a_guess(line: str) -> None:
    acts = hear(line).acts
    assert "reflect_feeling" in acts
    assert "confirm_ask" not in acts


@pytest.mark.parametrize("line", STATED)
def test_a_feeling_is_heard_where_what_it_does_is_said(line: str) -> None:
    assert "reflect_feeling" in hear(line).acts


@pytest.mark.parametrize("line", PLAIN)
def test_a_guess_at_facts_names_no_feeling(line: str) -> None:
    assert "reflect_feeling" not in hear(line).acts
