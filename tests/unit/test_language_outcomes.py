"""Promises in everyday words: whoever carries them out, whatever stands first, and what only looks like them."""

from __future__ import annotations

import pytest

from simulator.domain.text import Match
from simulator.language.acts import hear
from simulator.language.promises import commitment
from simulator.language.topics import finder


@pytest.mark.parametrize(
    "line",
    [
        "Xiao Wang will ring you at three.",
        "The gate staff will hand you the envelope.",
        "You'll be able to see her face.",
        "You'll get to choose the room.",
        "There'll be a breakfast box for you at a quarter past six.",
        "Tomorrow you're moving into the family room.",
        "Let's say twenty percent off.",
        "The connector ships in March.",
        "您的反馈我书面交上去。",
        "您反映的我都写进案子里。",
        "店里送您个整的小西瓜带走。",
        "明天九点到十点您随时找我。",
        "每一项多少钱我都打出来给您。",
        "谁住了那间我给您看。",
        "连接器三月份发布。",
        "您说停，我就给您停续费。",
        "I'll turn the power on for you just this once.",
        "您慢慢改，我在线上等着。",
    ],
)
def test_everyday_words_promise(line: str) -> None:
    assert "promise" in hear(line).acts
    made = commitment(line)
    assert made is not None
    assert made.kind == "firm"


@pytest.mark.parametrize(
    "line",
    [
        "If Xiao Wang will ring you at three, what changes for you?",
        "There'll be a delay.",
        "There'll be a fee for you.",
        "You'll get to know the place.",
        "You'll be able to imagine how that went.",
        "Ten percent of the guests complain.",
        "Offline by June, that I can't promise.",
        "You'll have it by Monday, which I can't promise.",
        "您的反馈我看了。",
        "每一项多少钱？",
        "这件多少钱我给您？",
        "离线模式六月上线，这我答应不了。",
        "您邻居听说六点前会修好。",
        "现在就能用。",
    ],
)
def test_what_only_looks_like_it_does_not(line: str) -> None:
    assert commitment(line) is None


def test_what_is_promised_beside_what_cannot_be_vouched_for_stands() -> None:
    made = commitment("我四点给您打电话，修好没修好我不敢保证。")
    assert made is not None
    assert made.kind == "firm"


@pytest.mark.parametrize(
    ("term", "text", "stands"),
    [
        ("十个席位", "减到十个席位", True),
        ("十个席位", "减到二十个席位", False),
        ("5个席位", "减到25个席位", False),
        ("十五美元", "补二十五美元", False),
        ("一点二十", "周一一点二十", True),
        ("十五美元", "不是二十五美元，是十五美元", True),
    ],
)
def test_a_chinese_number_is_not_found_inside_a_larger_one(term: str, text: str, *, stands: bool) -> None:
    assert bool(finder(Match({"zh-Hans": ((term,),)})).find(text)) is stands
