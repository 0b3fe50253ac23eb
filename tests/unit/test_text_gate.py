from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.text_gate import clean

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


def test_line_ends_become_line_feeds_and_accents_are_composed() -> None:
    assert clean("a\r\nb\rc\u2028d") == "a\nb\nc\nd"
    assert clean("e\u0301") == "é"
