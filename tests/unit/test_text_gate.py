from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.text_gate import LONGEST_BODY, Gate, clean

INTRODUCERS = ["\x1b]", "\x9d", "\x1bP", "\x90", "\x1bX", "\x98", "\x1b^", "\x9e", "\x1b_", "\x9f"]
BODIES = ["0;title", "52;c;ZXZpbA==", "8;;http://127.0.0.1", "", "4;1;rgb:ff/00/00"]
TERMINATORS = ["\x07", "\x1b\\", "\x9c"]
SEQUENCES = [
    "\x1b[31m",
    "\x1b[2J",
    "\x9b1;1H",
    "\x1b[?1049h",
    "\x1bc",
    "\x1b(0",
    "\x1b[>4;2m",
    "\x1b7",
    "\x1b#8",
    "\x1b[200~",
]
CONTROLS = [
    "\x00",
    "\x07",
    "\x08",
    "\x0b",
    "\x7f",
    "\x85",
    "\x8d",
    "\u202e",
    "\u2066",
    "\u200f",
    "\ufeff",
    "\U000e0041",
    "\ud800",
]
PAYLOADS = [
    *("".join(parts) for parts in itertools.product(INTRODUCERS, BODIES, TERMINATORS)),
    *SEQUENCES,
    *CONTROLS,
    *(introducer + "unended" for introducer in INTRODUCERS),
]


def is_safe(text: str) -> bool:
    """No character that a terminal acts on, that reorders text, or that cannot be encoded."""
    directions = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    controls = (c for c in text if unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t")
    return not any(controls) and not any(unicodedata.bidirectional(c) in directions for c in text)


def test_there_are_two_hundred_payloads_at_hand() -> None:
    assert len(PAYLOADS) >= 180


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_is_taken_out_and_the_words_around_it_stay(payload: str) -> None:
    cleaned = clean(f"before{payload}after")
    assert is_safe(cleaned)
    assert cleaned.replace("\n", "").startswith("before")
    assert cleaned.endswith("after")


@given(st.text())
def test_whatever_comes_in_what_comes_out_is_safe_and_stays_so(text: str) -> None:
    cleaned = clean(text)
    assert is_safe(cleaned)
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    "text",
    [
        "四点前这件事我来管。",
        "café",
        "👩‍👧 family",
        "tab\there",
        "two\nlines",
        "[bold]not markup here[/]",
        "100 % & <b>",
    ],
)
def test_ordinary_text_passes_unchanged(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("introducer", ["\x1b]", "\x9d", "\x1b[", "\x9b"])
def test_a_sequence_has_an_end_within_reach_or_is_none(introducer: str) -> None:
    body, final = "1" * LONGEST_BODY, "\x07" if introducer in INTRODUCERS else "m"
    assert clean(f"{introducer}{body}{final}after") == "after"
    assert clean(f"{introducer}1{body}{final}after").endswith("1" + "after" if final == "\x07" else "1mafter")


def test_a_sequence_ends_where_another_begins() -> None:
    assert clean("\x1b]0;one\x1b]0;two\x07three") == "0;onethree"


def test_halves_that_belong_together_are_one_character() -> None:
    assert clean("\ud83d\ude00 \ude00\ud83d") == "😀 "


def test_line_ends_become_line_feeds_and_accents_are_composed() -> None:
    assert clean("a\r\nb\rc\u2028d") == "a\nb\nc\nd"
    assert clean("e\u0301") == "é"


PARTS = [*INTRODUCERS, *TERMINATORS, *SEQUENCES, *CONTROLS, "\x1b", "\x1b[", "\x9b", "\x1b(", "31", ";", " ", "/"]
WORDS = [
    "a",
    "e",
    "\u0301",
    "\u0338",
    "<",
    "\r",
    "\n",
    "\r\n",
    "\u2028",
    "\ud83d",
    "\ude00",
    "\udb40",
    "\udc01",
    "四点前",
    "𠮷",
]
HOSTILE = st.lists(st.sampled_from([*PARTS, *WORDS]) | st.text(max_size=3), max_size=12).map("".join)


def through(pieces: list[str]) -> list[str]:
    gate = Gate()
    return [*map(gate.feed, pieces), gate.close()]


@given(HOSTILE, st.data())
def test_text_in_pieces_comes_out_as_it_would_whole_and_each_piece_is_safe(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=len(text))))
    pieces = [text[start:end] for start, end in itertools.pairwise([0, *cuts, len(text)])]
    shown = through(pieces)
    assert all(map(is_safe, shown))
    assert clean("".join(shown)) == clean(text)


@pytest.mark.parametrize(
    "payload", [*PAYLOADS, "\ud83d\ude00", "\r\n", "\r\x1b[m\n", "\x1b\x1b\\0", "\x1b]a\x1b]b\x07"]
)
def test_a_payload_comes_out_the_same_wherever_it_is_cut(payload: str) -> None:
    text = f"before{payload}after"
    for cut in range(len(text) + 1):
        assert "".join(through([text[:cut], text[cut:]])) == clean(text)
    assert "".join(through(list(text))) == clean(text)


def test_a_plain_piece_comes_out_at_once() -> None:
    gate = Gate()
    assert [gate.feed(piece) for piece in ("Four", " o’clock", "，四点", "\n")] == ["Four", " o’clock", "，四点", "\n"]


@pytest.mark.parametrize("introducer", ["\x1b]", "\x9d", "\x1b[", "\x9b", "\x1b"])
def test_what_is_held_back_for_a_sequence_that_never_ends_is_bounded(introducer: str) -> None:
    gate = Gate()
    endless = introducer + " " * (3 * LONGEST_BODY)
    shown = "".join(map(gate.feed, endless))
    assert len(shown) >= LONGEST_BODY - 2
    assert shown + gate.close() == clean(endless)
