"""Demands made of two halves, neither of which is one by itself: asked, and told to answer; a trouble presumed, and
told to name it; coaxed, and asked.

Each half is a family of phrasing in the lexicons, under `pressing`: any wording of one goes with any of the other.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.language.normalize import LexiconLanguage
    from simulator.language.sentences import Sentence

    Pairs = Mapping[LexiconLanguage, Sequence[tuple[str, str]]]

_FARTHEST = 2
"""Sentences from the first half to the second, at most."""

_CHINESE = (
    ("doubts", "orders"),
    ("doubts", "scolds"),
    ("orders", "probes"),
    ("scolds", "doubts"),
    ("scolds", "probes"),
    ("presumes", "orders"),
    ("presumes", "bids"),
    ("presumes", "scolds"),
    ("presumes", "honesty"),
    ("presumes", "tails"),
    ("doubts", "tails"),
    ("honesty", "presumes"),
    ("doubts", "honesty"),
    ("presumes", "holdups"),
    ("probes", "holdups"),
    ("inward", "files"),
    ("files", "inward"),
    ("inward", "holdups"),
    ("tails", "probes"),
    ("inward", "orders"),
    ("scolds", "orders"),
    ("orders", "scolds"),
    ("secrets", "reports"),
    ("secrets", "orders"),
    ("inward", "reports"),
)

_HALVES: Pairs = {
    "en": (
        ("asks", "insists"),
        ("asks", "picks"),
        ("asks", "scolds"),
        ("scolds", "probes"),
        ("scolds", "guesses"),
        ("says_you", "scolds"),
        ("says_you", "insists"),
        ("probes", "wants"),
        ("guesses", "wants"),
        ("presumes", "insists"),
        ("presumes", "wants"),
        ("coaxes", "blunt_questions"),
        ("coaxes", "orders"),
        ("coaxes", "wants"),
        ("doubts", "blunt_questions"),
        ("probes", "records"),
        ("records", "blunt_questions"),
        ("records", "orders"),
    ),
    "zh-Hans": (*_CHINESE, ("presumes", "blunt")),
}
"""What makes a demand where the second follows the first."""

_IN_ONE: Pairs = {
    "en": (
        ("presumes", "orders"),
        ("doubts", "blunt_questions"),
        ("scolds", "guesses"),
        ("presumes", "blunt_questions"),
    ),
    "zh-Hans": _CHINESE,
}
"""What makes one within a sentence."""

_EITHER_WAY: Pairs = {"en": (("presumes", "orders"),), "zh-Hans": ()}
"""What makes one of neighbours: a presumption may stand before the order or give the reason for it."""


def pressed(sentences: Sequence[Sentence]) -> frozenset[int]:
    """The places of the sentences that together press the customer to say what lies behind."""
    found: set[int] = set()
    read = [_Read(sentence, _halves(sentence)) for sentence in sentences]
    for at, one in enumerate(read):
        if _presses_alone(one):
            found.add(at)
        for before in range(max(0, at - _FARTHEST), at):
            if _make_one(_HALVES, read[before], one):
                found.update(range(before, at + 1))
    for at, (first, second) in enumerate(pairwise(read)):
        either = _make_one(_EITHER_WAY, first, second) or _make_one(_EITHER_WAY, second, first)
        if either or _in_two(first.sentence, second.sentence):
            found.update((at, at + 1))
    return frozenset(found)


class _Read(NamedTuple):
    """A sentence and which halves stand in it."""

    sentence: Sentence
    halves: frozenset[str]


def _halves(sentence: Sentence) -> frozenset[str]:
    if sentence.lexicon is None or sentence.heard is None:
        return frozenset()
    names = (name for name, _ in sentence.heard.search(_sections(sentence.lexicon.language)))
    return frozenset((*names, "asks") if sentence.is_marked else names)


@lru_cache(maxsize=2)
def _sections(language: LexiconLanguage) -> dict[str, str]:
    names = chain.from_iterable(chain(_HALVES[language], _IN_ONE[language], _EITHER_WAY[language]))
    return {name: f"pressing.{name}" for name in names if name != "asks"}


def _make_one(pairs: Pairs, first: _Read, second: _Read) -> bool:
    """Whether a half of the first goes with one of the second."""
    lexicon = first.sentence.lexicon
    if lexicon is None or lexicon is not second.sentence.lexicon or not first.halves or not second.halves:
        return False
    return any(what in first.halves and then in second.halves for what, then in pairs[lexicon.language])


def _presses_alone(one: _Read) -> bool:
    """Whether both halves stand in one sentence, the second behind the first."""
    sentence, halves = one
    if sentence.lexicon is None or sentence.heard is None or not halves:
        return False
    for what, then in _IN_ONE[sentence.lexicon.language]:
        if what in halves and then in halves:
            first = sentence.finds(f"pressing.{what}")
            if first and sentence.heard.stands_behind(f"pressing.{then}", first.end()):
                return True
    return False


def _in_two(first: Sentence, second: Sentence) -> bool:
    """Whether they are one phrase of pressing: "What is it? Out with it.", "到底有什么事?说。"."""
    lexicon = second.lexicon
    if lexicon is None or first.lexicon is not lexicon:
        return False
    return lexicon.alone("pressing.in_two").hear_both(first.text, second.text).finds("pressing.in_two") is not None
