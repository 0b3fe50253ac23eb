"""The commonest slips in YAML are told by their mend, at their place."""

from __future__ import annotations

import pytest

from simulator.packs.tree import read_tree

INDENTED = "this line is indented otherwise than those it belongs with"
COLON = "a text with a colon in it needs quotation marks"
QUOTED = "the quotation mark before this ends the text"
OPEN = "what is opened on line 1, by a quotation mark or a bracket, is not closed"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\ntext: he is insulted§: badly\n", COLON),
        ("text: {en: he is insulted§: badly, zh-Hans: x}\n", COLON),
        ("a:\n  - id: L1\n    text: x\n §- id: L2\n", INDENTED),
        ("a:\n  - id: L1\n  §text: x\n", INDENTED),
        ("a:\n  b: 1\n   c§: 2\n", INDENTED),
        ("a: {en: 'I couldn'§t say.', zh-Hans: x}\n", QUOTED),
        ("a: 'I couldn'§t say.'\n", QUOTED),
        ('a: "he said "§no" to me"\n', QUOTED),
        ("a: [x, y\nb§: 2\n", OPEN),
        ('a: "he\nb: 1\n§', OPEN),
        ("a: §@x\n", "a text that begins with @ needs quotation marks"),
        ("a: §- b\n", "a list of - begins on a line of its own"),
        ("a: [b\n  §[c]]\n", "a comma or the closing ] is missing before this"),
        ("a: {b: [c] §[d]}\n", "a comma or the closing } is missing before this"),
        ('a: "x§\\q"\n', 'within " a \\ is written \\\\'),
    ],
)
def test_a_slip_is_told_by_its_mend(text: str, told: str) -> None:
    before = text[: text.index("§")]
    (fault,) = read_tree(text.replace("§", "").encode()).faults
    assert fault.place is not None
    assert (fault.code, fault.place.line) == ("P005", before.count("\n") + 1)
    assert fault.place.column == len(before) - before.rfind("\n")
    assert told in fault.message


SPACE = "no space after ':'; write '"
WIDE = "between two values YAML wants ', ' (half-width, with a space)"


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("sector§:repairs\nchannel: phone\n", "P005", f"{SPACE}sector: repairs'"),
        ("sector§:修理\nchannel: phone\n", "P005", f"{SPACE}sector: 修理'"),
        ("a:\n  role§:You begin at 10:00.\n  facts: []\n", "P005", f"{SPACE}role: You begin at 10:00.'"),
        ("a:\n  - id§:L2\n    interest: company\n", "P005", f"{SPACE}id: L2'"),
        ("a: 1\nb§：2\nc: 3\n", "P006", "full-width colon '：' after 'b'"),
        ("match: {en§：[[noon]]}\n", "P006", "full-width colon '：' after 'en'"),
        ("match: {en: [[noon]], zh-Hans§：[[中午]]}\n", "P006", "full-width colon '：' after 'zh-Hans'"),
        ("start: {mood: -1§， trust: 1， patience: 5}\n", "P036", f"full-width '，' before 'trust'; {WIDE}"),
        ("start: {mood: -1§、trust: 1}\n", "P036", f"full-width '、' before 'trust'; {WIDE}"),
        ("- {id: F1§，text: x}\n", "P036", "full-width '，' before 'text'"),
        ('title: {en: "Wet"§，zh-Hans: "湿了"}\n', "P036", "full-width '，' before 'zh-Hans'"),
        ("match: {en: [[noon]]§， zh-Hans: [[中午]]}\n", "P036", "full-width '，' before 'zh-Hans'"),
        ("text: {zh-Hans: 您好，我要说§: 好}\n", "P005", COLON),  # no key follows: the comma may be meant
    ],
)
def test_a_sign_of_a_chinese_keyboard_is_named_where_it_stands(text: str, code: str, told: str) -> None:
    before = text[: text.index("§")]
    (fault,) = read_tree(text.replace("§", "").encode()).faults
    assert fault.place is not None
    assert (fault.code, fault.place.line) == (code, before.count("\n") + 1)
    assert fault.place.column == len(before) - before.rfind("\n")
    assert told in fault.message
