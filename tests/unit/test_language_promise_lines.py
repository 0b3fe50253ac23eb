"""Lines in both languages, written to be told apart: what each commits its speaker to, if to anything."""

from __future__ import annotations

import pytest

from simulator.language.promises import commitment

ENGLISH = """
effort: I'll do what I can to get the fee dropped.
effort: I'll see whether the kitchen can still send something up.
effort: We'll try our best to have the car outside by six.
effort: Let me find out who has the key.
conditional: If the part comes in tomorrow, I'll fit it the same afternoon.
conditional: Once my manager has signed, you'll get the full amount back.
conditional: I'll upgrade you as long as the suite is still free.
conditional: Provided you bring the receipt, we'll swap it on the spot.
firm: I'll bring the forms to your table in five minutes.
firm: You'll get an e-mail from me tonight.
firm: The technician will be at your door at nine.
firm: We'll refund the deposit in full.
firm: I'm sending a taxi for you now.
firm: You won't be charged twice.
firm: You won't have to pay for the second night.
conditional: If the form is here by noon, you won't pay twice.
none: You said you won't pay again.
none: You won't be charged twice, will you?
firm: I'll make sure nobody wakes you before ten.
guarantee: I guarantee you won't be charged again.
guarantee: It will definitely be ready by Friday, no question about it.
guarantee: I promise you it's one hundred percent safe.
guarantee: You have my word that this won't happen again.
withdrawal: I was wrong to promise you the corner room; I have to take that back.
withdrawal: Forget what I said about Friday, I can't keep that.
withdrawal: I'm afraid I spoke too soon when I said it would be free.
firm: You get two nights free from us.
firm: That seat is hers, you can tell her.
firm: Done, she's booked on the ten o'clock.
firm: I confirm the swap, starting tomorrow.
firm: You won't be charged twice.
firm: There'll be no extra fee for the second bag.
firm: The breakfast is on us.
firm: We're launching the new app next month.
firm: Old Hall will be there by three.
firm: Expect my call on Monday at nine.
firm: On Friday you move into the garden room.
firm: The corner table is yours, consider it settled.
conditional: With her approval you get the suite free.
none: That delay is on us.
none: Well, let me think for a moment.
none: There's no charge on your card from that shop.
none: When you get a letter from us, bring it along.
none: The driver thinks he will be there by three.
none: I can only promise you what I see to myself.
none: I can't promise you a table by the window.
none: I'm not able to guarantee when he calls.
none: Nobody can say for sure that the flight will leave.
none: I never said we'd pay for the hotel.
none: My colleague told you that we'd pay for it.
none: You said "we'll have it by noon" was what they told you.
none: Would it help if I called the driver?
none: Did anyone promise you a call back?
none: What will happen if you miss it?
effort: I'll have a word with the driver and see if he can turn round.
firm: You're getting the room by the garden.
none: I wish I could promise you that.
none: Whether he'll ring, I can't say.
none: The website says you'll get a refund.
none: Nobody can tell you for sure.
none: I don't know for sure, and I'd rather not guess.
none: It's hard to say for certain.
none: None of us knows for certain.
none: We'll know for sure at eleven.
none: I want to be absolutely sure before I tell you a time.
none: Trust me, I'd tell you if I knew.
none: The last thing I want is to promise you a time I can't keep.
firm: We can box the dishes for you.
firm: You get the driver's number right away.
firm: You get your money back, that's settled.
none: You get your money back only if the team decides for you.
guarantee: I'll know for sure that it's back by three.
guarantee: Nobody else will tell you, but it's back by three for sure.
"""

CHINESE = """
effort: 我尽力帮您把这笔费用免掉。
effort: 我去问问厨房还能不能送上来。
effort: 我们争取六点前把车派到门口。
effort: 我先帮您查一下钥匙在谁那儿。
conditional: 配件明天要是到了,我当天下午就给您装上。
conditional: 经理签了字,我就把全款退给您。
conditional: 只要套房还空着,我就给您升级。
conditional: 您带上小票的话,我们当场给您换。
firm: 我五分钟后把表格送到您桌上。
firm: 今晚我给您发邮件。
firm: 师傅九点到您家门口。
firm: 押金我们全额退给您。
firm: 我现在就给您叫车。
firm: 十点以前我不会让人打扰您。
guarantee: 我保证不会再多扣您一分钱。
guarantee: 周五肯定能好,绝对没问题。
guarantee: 我跟您打包票,百分之百安全。
guarantee: 您放一百个心,这种事绝对不会再发生。
withdrawal: 刚才答应您的角房我说错了,这话我得收回。
withdrawal: 周五能好那句话不算数,我做不到。
withdrawal: 之前说免费是我说早了,我收回。
firm: 这张票就是您的了。
firm: 我让司机等十分钟。
firm: 托运费给您全免了。
firm: 按八折给您算。
firm: 这笔钱不会再收您的。
firm: 没关系，我放您进去。
firm: 以后您每次来吃饭，我们都送一份。
firm: 我来喂孩子，您去忙。
firm: 后天就搬进大房间。
firm: 我们承诺全年不停机。
guarantee: 设备下周肯定恢复。
none: 这本来就是您的吗？
none: 维修工今天不会上门。
none: 今天您不用等人送来。
none: 我不保证一定能修好。
none: 时间上不作承诺。
none: 写成清单发我就行。
none: 单子交我就可以了。
none: 靠窗的位子我不敢跟您保证。
none: 您进门就说要靠窗的、今晚之前办好。
none: 您想周五前拿到,我记下了。
firm: 您要改的那页周五前发给您。
firm: 您想要的靠窗位,我今晚给您留着。
none: 他几点回电话,我没法替他答应。
none: 谁也不敢说航班一定能飞。
none: 我没说过酒店钱我们来出。
none: 我同事跟您说过会赔给您。
none: 他原话是“中午前一定送到”。
none: 我帮您叫司机,您看有用吗?
none: 有人答应过给您回电话吗?
none: 要是赶不上会怎么样?
effort: 我这就去催一催仓库。
conditional: 财务点了头,我马上打款给您。
firm: 您等了这么久,我就给您免了这笔手续费。
none: 系统显示会退给您。
none: 不是我不想给您办。
firm: 不会收您第二次钱。
firm: 您不用付两回钱。
none: 您不用付两回钱吗？
none: 上次没收您钱吧？
none: 没有谁能保证今天就好。
none: 我要是说保证三点能好，那是骗您。
none: 我没把握说今天一定能好。
none: 要我保证三点修好，我做不到。
none: 肯定不会把您忘了。
none: 骑手说一定到，我可不敢这么说。
firm: 打九折，没问题，您放心。
guarantee: 没人比我清楚，三点一定修好。
"""


def rows(block: str) -> list[tuple[str, str]]:
    return [(kind, line) for kind, _, line in (row.partition(": ") for row in block.strip().splitlines())]


@pytest.mark.parametrize(("kind", "line"), [*rows(ENGLISH), *rows(CHINESE)])
def test_what_a_line_commits_to(kind: str, line: str) -> None:
    made = commitment(line)
    assert (made.kind if made else "none") == kind
    assert made is None or made.span in line
