"""What a Chinese sentence shows besides what it does: that it fits, who owns it, what if not, word either way."""

from __future__ import annotations

import pytest

from simulator.grading.signs import shows

CASES = [
    ("impact", "您一定很担心。", "我很担心。"),
    ("fits", "三点前拿得到。", "三点前拿到吗？"),
    ("fits", "离开会还有富余。", "离开会还早吗？"),
    ("fits", "比您说的时间早一刻钟。", "比昨天早。"),
    ("fits", "误不了您的飞机。", "飞机误点了。"),
    ("owner", "今晚是我值班。", "今晚小李值班。"),
    ("owner", "我姓周。", "您姓周？"),
    ("owner", "剩下的包在我身上。", "剩下的您看着办。"),
    ("owner", "我到点亲口告诉您。", "我到点了。"),
    ("fails", "真修不好，我们就换台新的。", "真修好了。"),
    ("fails", "没批下来的话我先给您垫上。", "没批下来。"),
    ("regardless", "修得好修不好我都给您打电话。", "修得好。"),
    ("regardless", "批没批我都回您。", "批了我回您。"),
    ("regardless", "来不来我都说一声。", "来了我说一声。"),
    ("result", "电话打通了。", "电话您打吧。"),
    ("acting", "条子贴好了。", "条子贴哪儿？"),
    ("invites_more", "还差点啥您言语。", "还差五分钟。"),
    ("priority", "药先紧着办，别的都往后放。", "药放后面了。"),
    ("purpose", "您打算咋安排？", "您坐这儿。"),
    ("accepts_account", "怪不得您着急。", "您别着急。"),
    ("condition", "师傅腾得出手就先看您这台。", "师傅先看您这台。"),
    ("condition", "这个我不敢给您说死。", "这儿不能停车。"),
    ("soft_promise", "好好，没事的。", "孩子好好的。"),
    ("soft_promise", "应该没问题。", "我们尽快处理。"),
    ("coordinates", "护士能来搭把手。", "老师都忙，不可能走开。"),
    ("consequence", "再晚一天押金就没了。", "人没了。"),
]


@pytest.mark.parametrize(("sign", "line", "other"), CASES)
def test_it_shows_in_one_and_not_in_the_other(sign: str, line: str, other: str) -> None:
    assert shows(line, sign)
    assert not shows(other, sign)
