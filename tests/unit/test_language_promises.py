"""What a sentence commits to, by form."""

from __future__ import annotations

import pytest

from simulator.language.forgone import undertaken
from simulator.language.promises import commitment


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("I'll try to find out.", "effort"),
        ("Let me check with the night team.", "effort"),
        ("我尽量帮您问问。", "effort"),
        ("If Finance agrees, I'll send it tonight.", "conditional"),
        ("Unless it rains we'll deliver it by six.", "conditional"),
        ("要是财务批了,我就发给您。", "conditional"),
        ("You'll have it by four.", "firm"),
        ("I won't tell him.", "firm"),
        ("I ring you tomorrow at noon.", "firm"),
        ("Let me scan it for you.", "firm"),
        ("The nurse will be with you.", "firm"),
        ("差价明天退给您。", "firm"),
        ("我陪您过去。", "firm"),
        ("I can give you the seat.", "firm"),
        ("It'll be there by nine, I guarantee it.", "guarantee"),
        ("You have my word you'll get every penny back.", "guarantee"),
        ("明天九点一定到。", "guarantee"),
        ("我敢保证不会再坏。", "guarantee"),
        ("I take that back.", "withdrawal"),
        ("刚才那个承诺我得收回。", "withdrawal"),
    ],
)
def test_the_kinds_are_told_apart(sentence: str, kind: str) -> None:
    made = commitment(sentence)
    assert made is not None
    assert made.kind == kind
    assert made.span in sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "I can't guarantee it.",
        "There's no guarantee it ships this year.",
        "I won't say I can.",
        "I'd love to promise that.",
        "Did he promise you a refund?",
        "Will I get it?",
        "My colleague said you'd definitely get a refund.",
        'The leaflet says "we guarantee it".',
        "You'll have to ring head office.",
        "Breakfast starts at seven.",
        "他的时间我不能替他保证。",
        "您能保证吗?",
        "他说过一定能退。",
        "早餐六点三刻开始,在一楼。",
        "我本该提前通知您的。",
    ],
)
def test_what_is_negated_asked_or_somebody_elses_commits_to_nothing(sentence: str) -> None:
    assert commitment(sentence) is None


@pytest.mark.parametrize(
    ("context", "answer", "promises"),
    [
        ("Can you fix it by tomorrow?", "Sure.", True),
        ("Thank you so much!", "No problem.", False),
        ("能帮我查一下吗?", "没问题。", True),
        ("太谢谢了。", "没问题。", False),
        ("能帮我查一下吗?", "行，OK。", True),
    ],
)
def test_a_bare_yes_promises_what_was_asked_for(context: str, answer: str, *, promises: bool) -> None:
    assert (commitment(answer, context) is not None) is promises


def test_a_time_of_day_begins_no_clause() -> None:
    made = commitment("The car is at the door at 9:30 and it will definitely wait for you.")
    assert made is not None
    assert "9:30" in made.span


@pytest.mark.parametrize(
    ("sentence", "forgoes"),
    [
        ("I won't tell him.", True),
        ("I swear I will not tell him.", True),
        ("I promise you we will never sell you an upgrade.", True),
        ("我不会告诉他。", True),
        ("I'll tell him.", False),
        ("I'll tell him, and I won't tell anyone else.", False),
        ("I won't tell him, but I'll send you the form.", False),
        ("我四点给您打电话，不会告诉别人。", False),
    ],
)
def test_what_is_left_undone_is_told_from_what_is_done(sentence: str, *, forgoes: bool) -> None:
    made = commitment(sentence)
    assert made is not None
    assert made.forgoes is forgoes


def test_of_a_sentence_that_does_both_what_is_done_is_quoted() -> None:
    made = commitment("I won't tell him, but I'll send you the form.")
    assert made is not None
    assert made.span == "I'll send you the form"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("I can't give you his number, but I'll write to him now.", "but I'll write to him now."),
        ("I'll write to him now and I won't give you his number.", "I'll write to him now and"),
        ("号码我不能给您，我马上给他发消息。", "，我马上给他发消息。"),
        ("I'll write to him now.", "I'll write to him now."),
    ],
)
def test_what_is_undertaken_leaves_out_what_is_not_done(text: str, left: str) -> None:
    assert undertaken(text).strip() == left


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("I ring you at half past three, even if there is no news.", "firm"),
        ("Even if there is no news, I'll ring you at three.", "firm"),
        ("I'll ring you at four, whatever the news.", "firm"),
        ("I'll ring you at four either way.", "firm"),
        ("I'll ring you at four whether or not it is done.", "firm"),
        ("哪怕还没盖好，我四点也给您回电话。", "firm"),
        ("不管有没有消息，我四点给您打电话。", "firm"),
        ("Even if he is late, I'll ring you once he is done.", "conditional"),
        ("I'll ring you if there is news.", "conditional"),
        ("等财务盖好章，我就给您发。", "conditional"),
    ],
)
def test_a_case_that_changes_nothing_is_no_condition(sentence: str, kind: str) -> None:
    made = commitment(sentence)
    assert made is not None
    assert made.kind == kind
