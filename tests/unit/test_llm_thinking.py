from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.llm.thinking import Seen, Thinking

TAGGED = [
    ("<think>I plan.</think>Hello.", "Hello."),
    ("\n<think>\nI plan.\n</think>\n\nHello.\n\nBye.", "Hello.\n\nBye."),
    ("<thinking>I plan.</thinking> Hello.", "Hello."),
    ("<Think>I plan.</THINK>Hello.", "Hello."),
    ("<think></think>Hello.", "Hello."),
    ("<think>A <b> and </b> and </thin> too</think>Hello.", "Hello."),
    ("<think>I plan, and never end", ""),
    ("<think>I plan.</thin", ""),
    ("<think>\n<think>I plan.</think>Hello.", "Hello."),  # opened by the template and by the model
    ("<think>One<think>two</think>Hello.</think>", "Hello."),
    ("<think>One.</think>Hello. <think>Two.</think> Bye.", "Hello. Bye."),
]
LONE = [
    ("I plan.</think>\n\nHello.", "Hello."),
    ("</think>Hello.", "Hello."),
    ("I plan a <think> tag.</think>Hello. </think>Bye.", "Hello. Bye."),
]
SPOKEN = ["I <3 you.", "a < b", "5 <", "</", "<thin", "Is <thinker> or <think a tag?", "four\n\nlines < \n five", ""]


def pieces_of(text: str, cuts: list[int]) -> list[str]:
    return [text[start:end] for start, end in itertools.pairwise([0, *sorted(cuts), len(text)])]


def spoken(pieces: list[str], *, untagged: bool | None) -> tuple[str, Seen]:
    thinking = Thinking(untagged=untagged)
    shown = "".join(map(thinking.feed, pieces)) + thinking.close()
    return shown, thinking.seen


@pytest.mark.parametrize("untagged", [None, True, False])
@pytest.mark.parametrize(("reply", "speech"), TAGGED)
def test_tagged_thinking_is_left_out_wherever_it_is_cut(reply: str, speech: str, untagged: bool | None) -> None:  # noqa: FBT001
    for cut in range(len(reply) + 1):
        assert spoken(pieces_of(reply, [cut]), untagged=untagged) == (speech, "tagged")
    assert spoken(list(reply), untagged=untagged) == (speech, "tagged")


@pytest.mark.parametrize("untagged", [None, True])
@pytest.mark.parametrize(("reply", "speech"), LONE)
def test_thinking_that_nothing_opened_is_left_out_where_it_may_occur(
    reply: str,
    speech: str,
    untagged: bool | None,  # noqa: FBT001
) -> None:
    for cut in range(len(reply) + 1):
        assert spoken(pieces_of(reply, [cut]), untagged=untagged) == (speech, "untagged")
    assert spoken(list(reply), untagged=untagged) == (speech, "untagged")


@pytest.mark.parametrize("untagged", [None, True, False])
@pytest.mark.parametrize("reply", SPOKEN)
def test_speech_passes_whole(reply: str, untagged: bool | None) -> None:  # noqa: FBT001
    assert spoken(list(reply), untagged=untagged) == (reply, "none")


@given(st.lists(st.sampled_from(["<think>", "</think>", "<", "</", "think", ">", " ", "\n", "word"])), st.data())
def test_where_a_reply_is_cut_changes_nothing(parts: list[str], data: st.DataObject) -> None:
    reply = "".join(parts)
    untagged = data.draw(st.sampled_from([None, True, False]))
    cuts = data.draw(st.lists(st.integers(0, len(reply))))
    assert spoken(pieces_of(reply, cuts), untagged=untagged) == spoken([reply], untagged=untagged)


def test_speech_of_a_model_without_thinking_comes_at_once_but_for_what_may_be_a_tag() -> None:
    thinking = Thinking(untagged=False)
    assert [thinking.feed(piece) for piece in ("I ", "<", "3", " you", " </th", "e")] == [
        "I ",
        "",
        "<3",
        " you",
        " ",
        "</the",
    ]


def test_speech_comes_at_once_after_thinking() -> None:
    thinking = Thinking(untagged=True)
    assert [thinking.feed(piece) for piece in ("I plan", ".</think>", "\n\n", "Hel", "lo")] == ["", "", "", "Hel", "lo"]


def test_a_closing_tag_that_comes_too_late_is_not_shown_and_tells_of_the_next_reply() -> None:
    assert spoken(["I plan.", "</think>", " Hello."], untagged=False) == ("I plan. Hello.", "untagged")


def test_endless_thinking_is_not_kept() -> None:
    thinking = Thinking(untagged=None)
    for piece in ["<think>", *["still thinking < "] * 1000]:
        assert thinking.feed(piece) == ""
    assert len(thinking._held) < len("</thinking>")
