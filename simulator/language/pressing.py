"""Demands made of two sentences, neither of which is one by itself: asked, and told to answer; a trouble presumed, and
told to name it; coaxed, and asked.

Each half is a family of phrasing in the English lexicon, under `pressing`: any wording of one goes with any of the
other. Chinese has its forms under `flags.pressed`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.language.sentences import Sentence

_FARTHEST = 2
"""Sentences from the first half to the second, at most."""

_HALVES = (
    ("asks", "insists"),
    ("probes", "wants"),
    ("presumes", "insists"),
    ("presumes", "wants"),
    ("coaxes", "blunt_questions"),
    ("coaxes", "orders"),
    ("coaxes", "wants"),
    ("doubts", "blunt_questions"),
)
"""What makes a demand where the second follows the first."""

_IN_ONE = (("presumes", "orders"), ("doubts", "blunt_questions"))
"""What makes one within a sentence."""


def pressed(sentences: Sequence[Sentence]) -> frozenset[int]:
    """The places of the sentences that together press the customer to say what lies behind."""
    found: set[int] = set()
    for at, sentence in enumerate(sentences):
        if any(_does_both(sentence, what, then) for what, then in _IN_ONE):
            found.add(at)
        for before in range(max(0, at - _FARTHEST), at):
            if _make_one(sentences[before], sentence, are_neighbours=before == at - 1):
                found.update(range(before, at + 1))
    return frozenset(found)


def _make_one(first: Sentence, second: Sentence, *, are_neighbours: bool) -> bool:
    """Whether two sentences are one demand: a presumption may stand before the order or give the reason for it."""
    if any(_does(second, then) and _does(first, what) for what, then in _HALVES):
        return True
    if not are_neighbours:
        return False
    return any(_does(one, "orders") and _does(other, "presumes") for one, other in ((second, first), (first, second)))


def _does_both(sentence: Sentence, what: str, then: str) -> bool:
    """Whether both halves stand in one sentence, the second behind the first."""
    if not (_does(sentence, what) and _does(sentence, then)):
        return False
    first, second = sentence.finds(f"pressing.{what}"), sentence.finds(f"pressing.{then}")
    return first is not None and second is not None and first.end() <= second.start()


def _does(sentence: Sentence, what: str) -> bool:
    if sentence.is_chinese:
        return False
    return sentence.is_marked if what == "asks" else sentence.finds(f"pressing.{what}") is not None
