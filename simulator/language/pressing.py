"""Demands made of two halves, neither of which is one by itself: asked, and told to answer; a trouble presumed, and
told to name it; coaxed, and asked.

Each half is a family of phrasing in the lexicons, under `pressing`: any wording of one goes with any of the other.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.language.normalize import LexiconLanguage
    from simulator.language.sentences import Sentence

    Pairs = Mapping[LexiconLanguage, Sequence[tuple[str, str]]]

_FARTHEST = 2
"""Sentences from the first half to the second, at most."""

_CHINESE = (("doubts", "orders"), ("presumes", "orders"), ("presumes", "bids"))

_HALVES: Pairs = {
    "en": (
        ("asks", "insists"),
        ("probes", "wants"),
        ("presumes", "insists"),
        ("presumes", "wants"),
        ("coaxes", "blunt_questions"),
        ("coaxes", "orders"),
        ("coaxes", "wants"),
        ("doubts", "blunt_questions"),
    ),
    "zh-Hans": _CHINESE,
}
"""What makes a demand where the second follows the first."""

_IN_ONE: Pairs = {"en": (("presumes", "orders"), ("doubts", "blunt_questions")), "zh-Hans": _CHINESE}
"""What makes one within a sentence."""

_EITHER_WAY: Pairs = {"en": (("presumes", "orders"),), "zh-Hans": ()}
"""What makes one of neighbours: a presumption may stand before the order or give the reason for it."""


def pressed(sentences: Sequence[Sentence]) -> frozenset[int]:
    """The places of the sentences that together press the customer to say what lies behind."""
    found: set[int] = set()
    for at, sentence in enumerate(sentences):
        if _presses_alone(sentence):
            found.add(at)
        for before in range(max(0, at - _FARTHEST), at):
            if _make_one(sentences[before], sentence, _HALVES):
                found.update(range(before, at + 1))
    for at, (first, second) in enumerate(pairwise(sentences)):
        if _make_one(first, second, _EITHER_WAY) or _make_one(second, first, _EITHER_WAY) or _in_two(first, second):
            found.update((at, at + 1))
    return frozenset(found)


def _make_one(first: Sentence, second: Sentence, pairs: Pairs) -> bool:
    if first.lexicon is None or first.lexicon is not second.lexicon:
        return False
    return any(_does(second, then) and _does(first, what) for what, then in pairs[first.lexicon.language])


def _presses_alone(sentence: Sentence) -> bool:
    """Whether both halves stand in one sentence, the second behind the first."""
    if sentence.lexicon is None:
        return False
    for what, then in _IN_ONE[sentence.lexicon.language]:
        second = sentence.finds(f"pressing.{then}")
        first = sentence.finds(f"pressing.{what}") if second else None
        if first and second and first.end() <= second.start():
            return True
    return False


def _in_two(first: Sentence, second: Sentence) -> bool:
    """Whether they are one phrase of pressing: "What is it? Out with it.", "到底有什么事?说。"."""
    lexicon = second.lexicon
    if lexicon is None or first.lexicon is not lexicon:
        return False
    return lexicon.pattern("pressing.in_two").search(f"{first.text} {second.text}") is not None


def _does(sentence: Sentence, what: str) -> bool:
    return sentence.is_marked if what == "asks" else sentence.finds(f"pressing.{what}") is not None
