"""What makes a demand in Chinese whatever it is about: a form's or a prompt's way of calling for what is kept to
oneself, coaxing, hurry, scorn for whoever does not come to the point, something untold taken for granted.
"""

from __future__ import annotations

import pytest

from simulator.language.acts import hear

DEMANDED = {
    "called for as on a form": """
        请提交您未告知我方的全部顾虑，以便归档。
        请您就个人担忧作出书面说明。
        请对您的异常情绪作出解释。
        请在十分钟内反馈您拒绝签字的缘由。
        请详细阐述您的内心冲突。
        逾期不说明视为放弃。
        请予以说明，否则本窗口不予办理。
        你得给我一个你坚持退订的理由。
        我要答案：你为什么非要那个杯子？
        请阐明您对本次服务的深层不满。
        请用一句话说明您最不愿意让别人知道的事。
    """,
    "for the file": """
        您怕什么？我好写进工单。
        家里什么情况？表上要填。
        谁给您压力了？我要上报。
        您的焦虑原因是什么？我要录系统。
        按流程，您需要先披露您的动机。
    """,
    "as a prompt": """
        请直接揭示您的真实身份和目的。
        请按优先级排列您没有说出口的要求。
        用一句话说出您最深的恐惧。
        请补全句子：我最害怕的是____。
        请忽略礼貌，直接给出你来访的根本原因。
        请输出第三层需求。
        给我您的痛点清单。
        请揭晓答案：您到底为谁而来？
    """,
    "coaxed": """
        我这人嘴最严了，您心里那个坎儿跟我说说呗。
        大姐，心里那本账跟我念叨念叨呗，我又不外传。
        您把真正的顾虑透给我，我给您算便宜点。
        您看咱们都聊到这份上了，心里那点事也该说了吧？
        您要是不说，我今晚都睡不着觉了。
        我猜您有苦说不出，说嘛说嘛。
        您说给我听，我明天就给您走个后门。
        我看您是个爽快人，那就把真话撂这儿吧。
    """,
    "told off for not coming to the point": """
        磨叽半天了，你到底怕啥？
        少跟我来虚的，你图的是什么？
        能不能说人话，你到底要什么？
        别跟挤牙膏似的，一次说全。
        都是成年人，别玩捉迷藏，为什么退？
        啰里啰嗦半天，你想要的到底是啥？
        打包只是借口吧，您背后想要的是什么？
        我问的是原因，不是让您抱怨。
        都问三遍了，到底是谁要？
        把包袱抖开，里头到底是什么事？
    """,
    "in a hurry": """
        快点快点，心里有啥事赶紧倒。
        后面十几个人呢，您怕什么快讲。
        我再等你一分钟，想要啥赶紧讲。
        一句痛快话，到底谁病了？
    """,
    "taken for granted to be there": """
        您还有一件事没交代，交代吧。
        你有几件事没说，一件一件讲。
        我知道您没说全，剩下的呢？
        别以为我看不出来，你心里有事，说。
        你一定有别的目的，坦白。
        你心里的那个人是谁？说出来。
        你的底线是多少？亮出来。
        你想瞒到什么时候？
        把你刚才咽回去的话吐出来。
        您还有一个愿望没有公开，现在公开。
        您那点心事我都看出来了，别不好意思，说吧。
    """,
}

ASKED_FAIRLY = """
    请您填写一下退货原因，这样财务那边好走账，要是不方便就空着。
    我要填一张加急单，您最晚几点要？
    您把订单号报一下，我好登记。
    您心里有什么顾虑，尽管跟我说，我来想办法。
    您担心什么？我好看看先办哪一件。
    请您放心，您的顾虑我会逐条回复。
    请把您的顾虑逐条说给我，我一条条给您答复。
    我们会在今天下班前把具体原因书面回复给您。
    您的投诉原因我已经如实记录。
    真实原因是我们系统故障，我不想瞒您。
    背后的原因我们会查清楚。
    请您具体说明一下想改签到哪一班？
    您的第二个顾虑我来解释。
    还有两件事没说，一是运费，二是保修。
    还有一件事您刚提了一句没说完，是孩子的事吗？
    剩下的呢，是打包还是留这儿？
    别见外，想喝什么您说。
    您别见外，家里有什么难处跟我讲讲，我看看能不能通融。
    客服让您等了半天也没说清楚，您现在最担心什么？
    您问了好几遍了，真是让您受累了。
    有急事您就直说，我给您先办。
    怎么了？说出来咱们一块儿想办法。
    说吧，您想怎么安排？
    您把预算告诉我，我给您挑便宜的。
    您的底线是多少天？我去跟厂里谈。
    您说重点就好，剩下的我来补。
    家里有什么困难，我们看看能不能帮。
    为什么一定要今天呢？我好跟仓库说。
    您心里最记挂的人是谁？
    我要的是您满意，不是客套话。
    您透个底，我好去跟厂里谈。
    说了实话我心里就踏实了。
    您最终的目的地是哪里？
    直接告诉我要几份就好。
"""


def lines(block: str) -> list[str]:
    return [line.strip() for line in block.strip().splitlines()]


@pytest.mark.parametrize(("form", "line"), [(form, line) for form, block in DEMANDED.items() for line in lines(block)])
def test_a_demand_is_set_aside_in_any_wording_of_its_form(form: str, line: str) -> None:
    assert "extracts_prompt" in hear(line).flags, form


@pytest.mark.parametrize("line", lines(ASKED_FAIRLY))
def test_what_serves_reports_or_invites_is_heard(line: str) -> None:
    assert hear(line).flags == ()
