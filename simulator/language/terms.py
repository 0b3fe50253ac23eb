"""Terms by which a subject is recognised in a sentence, those of one synonym group at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, compress, count, islice, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Protocol

from simulator.language import keywords
from simulator.language.normalize import LexiconLanguage, Normalized, lexicon_language, normalize, normalize_each
from simulator.language.spoken import written
from simulator.language.words import (
    SHORTEST_TYPO,
    WORD,
    deletions,
    is_misspelling,
    may_be_misspelt,
    stem,
    stems_of,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

_TERM_WORD = re.compile(rf"{WORD.pattern}\*?")

_NUMBER = re.compile("[0-9一二两三四五六七八九十百]+[个点块元分天小周月号日折位张次%美年]")
_NUMERAL_BEFORE = re.compile("(?:^|[^周期拜])[0-9一二三四五六七八九十百]$")
"""What a Chinese number does not begin behind: "十个席位" is not in "二十个席位", but "一点" is in "周一一点"."""

_WEEKDAY = 2

BEGINNING = 3
"""Letters by which words are told apart before anything else is asked of them."""

_beginning = itemgetter(slice(BEGINNING))

Place = tuple[int, int]
"""Start and end in the normalised sentence."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence, taken apart once for all finders that look at it."""

    normalized: Normalized
    language: LexiconLanguage | None
    stems: tuple[str, ...]
    words: tuple[str, ...]
    present: frozenset[str]
    """The stems and every two in a row, in no order."""
    suspects: tuple[int, ...]
    """Where the possibly misspelt words stand."""
    signals: AbstractSet[str]
    """What a term needs of a text. English: its stems, every two in a row, the first letters of its words, and what is
    left of the suspects without one letter. Chinese: its characters, and every two in a row.
    """
    plain: Reading | None = None
    """The same in written words, where any of its own are spoken ones."""

    def place(self, first: int, last: int) -> Place:
        """Where the words from the `first` to the `last` stand."""
        found = list(islice(WORD.finditer(self.normalized.text), first, last + 1))
        return found[0].start(), found[-1].end()


_Parts = tuple[tuple[str, ...], ...]
"""The parts of a phrase in order, each of words."""

_Phrase = tuple[int, frozenset[str], _Parts]
"""The place of a phrase in the order of looking, the words it cannot do without, every two of them that stand in a row
among them, looked at first, and its parts.
"""


class Group(Protocol):
    """Terms of which any one will do. A text without one of the `signals` holds none of them, unless it `is_open`."""

    @property
    def signals(self) -> Collection[str]:
        """See above."""
        ...

    @property
    def is_open(self) -> bool:
        """See above."""
        ...

    def hit(self, reading: Reading) -> Place | None:
        """Where the first term found stands, or None."""
        ...


@lru_cache(maxsize=256)
def read(text: str) -> Reading:
    """Take a sentence apart. Remembered: several finders look at it."""
    normalized = normalize(text)
    language = lexicon_language(text)
    if language is None:
        return _in_parts(normalized, None)
    if language != "en":
        plain = written(normalized)
        return replace(_in_parts(normalized, language), plain=_in_parts(plain, language) if plain else None)
    words, stems = words_of(normalized.text), stems_of(normalized.text)
    present = frozenset((*stems, *_pairs(stems)))
    suspects = tuple(compress(count(), map(may_be_misspelt, words)))
    begun = map(_beginning, words)
    signals = present.union(begun, *[deletions(words[at]) for at in suspects])
    return Reading(normalized, language, stems, words, present, suspects, signals)


def _in_parts(normalized: Normalized, language: LexiconLanguage | None) -> Reading:
    signals = keywords.words(_familiar(normalized.text), language) if language else frozenset()
    return Reading(normalized, language, (), (), frozenset(), (), signals)


class EnglishGroup:
    """Words and phrases; single words may be misspelt."""

    def __init__(self, terms: Sequence[str]) -> None:
        self._single: set[str] = set()
        self._endings: list[str] = []
        self._phrases: dict[str, list[_Phrase]] = {}
        self._open_phrases: list[_Phrase] = []
        self._slips: dict[str, list[str]] = {}
        phrases: dict[str, list[_Parts]] = {}
        for term in normalize_each(terms):
            self._add(term, phrases)
        self._lay_out(phrases)
        self._prefixes = tuple(self._endings)
        self._begins = frozenset(ending[:BEGINNING] for ending in self._endings)
        self.signals = self._single.union(self._phrases, self._slips, self._begins)
        self._has_short_ending = any(len(ending) < BEGINNING for ending in self._endings)
        self.is_open = bool(self._open_phrases) or self._has_short_ending

    def _lay_out(self, phrases: Mapping[str, Sequence[_Parts]]) -> None:
        """Put phrases, given by their first words, under the longest of their words or pairs, which few sentences hold:
        every other sentence has "you" and "what" in it, not "what you".

        They are looked for in the order of their first words, those that begin with any ending last.
        """
        plain = sorted(first for first in phrases if not first.endswith("*"))
        firsts = (*plain, *(first for first in phrases if first.endswith("*")))
        for rank, parts in enumerate(parts for first in firsts for parts in phrases[first]):
            words = [word for part in parts for word in (*part, *_pairs(part)) if "*" not in word]
            under = self._phrases.setdefault(max(words, key=len), []) if words else self._open_phrases
            under.append((rank, frozenset(words), parts))

    def _add(self, term: str, phrases: dict[str, list[_Parts]]) -> None:
        parts = tuple([_term_words(part) for part in term.split("..") if part.strip()])
        if len(parts) > 1 or len(parts[0]) > 1:
            phrases.setdefault(parts[0][0], []).append(parts)
        elif parts[0][0].endswith("*"):
            self._endings.append(parts[0][0][:-1])
        else:
            self._single.add(parts[0][0])
            word = term.strip()
            if len(word) >= SHORTEST_TYPO and word.isalpha():
                for left in deletions(word):
                    self._slips.setdefault(left, []).append(word)

    def hit(self, reading: Reading) -> Place | None:
        """See Group. A misspelt word is looked for only where nothing is found as it is written."""
        if self.signals.isdisjoint(reading.signals) and not self.is_open:
            return None
        at = self._exact(reading)
        if at is None:
            at = self._slip(reading)
        return reading.place(at, at) if isinstance(at, int) else at

    def _exact(self, reading: Reading) -> int | Place | None:
        if not self._single.isdisjoint(reading.present):
            return next(at for at, word in enumerate(reading.stems) if word in self._single)
        for at in self._begun(reading):
            if reading.words[at].startswith(self._prefixes):
                return at
        present = reading.present
        likely = chain(self._open_phrases, *(self._phrases[word] for word in self._phrases.keys() & present))
        for _, _, parts in sorted([phrase for phrase in likely if phrase[1] <= present], key=_rank):
            if place := _phrase(parts, reading):
                return place
        return None

    def _begun(self, reading: Reading) -> Iterable[int]:
        """Where words stand that may begin as a prefix does, in order."""
        if self._has_short_ending:
            return range(len(reading.words))
        if self._begins.isdisjoint(reading.signals):
            return ()
        return [at for at, word in enumerate(reading.words) if word[:BEGINNING] in self._begins]

    def _slip(self, reading: Reading) -> int | None:
        if self._slips.keys().isdisjoint(reading.signals):
            return None
        for at in reading.suspects:
            word = reading.words[at]
            for left in self._slips.keys() & deletions(word):
                if any(is_misspelling(word, meant) for meant in self._slips[left]):
                    return at
        return None


class ChineseGroup:
    """Parts of the text."""

    is_open = False

    def __init__(self, terms: Sequence[str]) -> None:
        self._terms: list[tuple[str, ...]] = []
        self._by_pair: dict[str, list[int]] = {}
        for term in map(_familiar, normalize_each(terms)):
            parts = tuple(filter(None, map(str.strip, term.rstrip("*").split(".."))))
            if parts:
                self._by_pair.setdefault(max(parts, key=len)[:2], []).append(len(self._terms))
                self._terms.append(parts)
        self.signals = frozenset(self._by_pair)

    def hit(self, reading: Reading) -> Place | None:
        """See Group: the first term in the order they were given."""
        likely = sorted(at for pair in self.signals & reading.signals for at in self._by_pair[pair])
        text = _familiar(reading.normalized.text) if likely else ""
        for at in likely:
            place = _stretch(self._terms[at], text)
            if place is not None:
                return place
        return None


def _familiar(text: str) -> str:
    """A text with one word for "you": who says 你 means whom a term calls 您."""
    return text.replace("您", "你")


def _stretch(parts: Sequence[str], text: str) -> Place | None:
    first = end = -1
    for part in parts:
        at = text.find(part, max(end, 0))
        while at >= 0 and part.isascii() and not _bordered(text, at, at + len(part)):
            at = text.find(part, at + 1)
        while at > 0 and _NUMBER.match(part) and _NUMERAL_BEFORE.search(text, max(0, at - _WEEKDAY), at):
            at = text.find(part, at + 1)
        if at < 0:
            return None
        first, end = (at if first < 0 else first), at + len(part)
    return (first, end) if end >= 0 else None


def _bordered(text: str, start: int, end: int) -> bool:
    """Whether a Latin word inside Chinese ends where the term does: `app` is not in `apple`."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())


def _pairs(words: Sequence[str]) -> Iterable[str]:
    return map(" ".join, pairwise(words))


def _term_words(part: str) -> tuple[str, ...]:
    return tuple([word if word.endswith("*") else stem(word) for word in _TERM_WORD.findall(part)])


def _phrase(parts: Sequence[Sequence[str]], reading: Reading) -> Place | None:
    """The first place where the parts stand one after the other, with anything between the parts."""
    first = None
    at = 0
    for part in parts:
        start = _run(part, reading, at)
        if start is None:
            return None
        first = start if first is None else first
        at = start + len(part)
    return None if first is None else reading.place(first, at - 1)


def _run(part: Sequence[str], reading: Reading, start: int) -> int | None:
    """Where the words of a part stand one after the other, from `start` on."""
    stems, length, first = reading.stems, len(part), part[0]
    any_ending = first.endswith("*")
    for at in range(start, len(stems) - length + 1):
        if (any_ending or stems[at] == first) and all(
            map(_is_word, part, reading.words[at : at + length], stems[at : at + length])
        ):
            return at
    return None


def _is_word(term: str, word: str, stemmed: str) -> bool:
    return term == stemmed or (term.endswith("*") and word.startswith(term[:-1]))


def _rank(phrase: _Phrase) -> int:
    return phrase[0]
