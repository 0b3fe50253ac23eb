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
        ("a: §- b\n", "block sequence entries are not allowed"),
        ("a: [b\n  §[c]]\n", "did not find expected ',' or ']'"),
    ],
)
def test_a_slip_is_told_by_its_mend(text: str, told: str) -> None:
    before = text[: text.index("§")]
    (fault,) = read_tree(text.replace("§", "").encode()).faults
    assert fault.place is not None
    assert (fault.code, fault.place.line) == ("P005", before.count("\n") + 1)
    assert fault.place.column == len(before) - before.rfind("\n")
    assert told in fault.message
