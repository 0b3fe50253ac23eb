"""Whether a sentence touches a subject: synonym groups, of which every one must hit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from simulator.language import keywords
from simulator.language.normalize import LexiconLanguage, Normalized, lexicon_language, normalize
from simulator.language.words import SHORTEST_TYPO, WORD, deletions, is_misspelling, may_be_misspelt, stem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from simulator.domain.text import Match

BEGINNING = 3
"""Letters by which words are told apart before anything else is asked of them."""

Place = tuple[int, int]
"""Start and end in the normalised sentence."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """A sentence, taken apart once for all finders that look at it."""

    normalized: Normalized
    language: LexiconLanguage | None
    stems: tuple[str, ...]
    words: tuple[str, ...]
    places: tuple[Place, ...]
    spots: dict[str, list[int]]
    """Where each stem stands."""
    begins: dict[str, list[int]]
    """Where words stand with these first letters."""
    suspects: tuple[int, ...]
    """Where the possibly misspelt words stand."""
    signals: set[str]
    """What a term needs of a text. English: its stems, the first letters of its words, and what is left of the suspects
    without one letter. Chinese: its characters, and every two in a row.
    """


_Phrase = tuple[frozenset[str], tuple[tuple[str, ...], ...]]
"""The words a phrase cannot do without, looked at first, and its parts in order."""


class _Group(Protocol):
    """Terms of which any one will do. A text without one of the `signals` holds none of them, unless it `is_open`."""

    @property
    def signals(self) -> Collection[str]: ...

    @property
    def is_open(self) -> bool: ...

    def hit(self, reading: _Reading) -> Place | None: ...


class Finder:
    """Looks for a subject in one sentence.

    Every group of the sentence's language must hit, any term of a group will do. English terms are words or phrases on
    word borders with light inflection, `rehears*` takes any ending, `a..b` means b later than a, and a single word of
    five letters or more may hold one typing error. Chinese terms are parts of the text.
    """

    find: Callable[[str], str | None]
    """The words of one sentence from the first hit to the last, verbatim, or None."""

    groups: Mapping[LexiconLanguage, tuple[_Group, ...]]

    def __init__(self, match: Match) -> None:
        self.groups = {
            "en": tuple(_EnglishGroup(group) for group in match.groups("en")),
            "zh-Hans": tuple(_ChineseGroup(group) for group in match.groups("zh-Hans")),
        }

        # The same sentence is looked at again by the gate, the ledger, the brief and the grade.
        self.find = lru_cache(maxsize=256)(self._find)

    def _find(self, text: str) -> str | None:
        reading = _read(text)
        groups = self.groups[reading.language] if reading.language else ()
        first, last = len(text) + 1, 0
        for group in groups:
            place = group.hit(reading)
            if place is None:
                return None
            first, last = min(first, place[0]), max(last, place[1])
        return reading.normalized.quote(first, last) if groups else None


class Finders:
    """Looks for several subjects in one sentence: only for those of whose first group it holds a signal."""

    find: Callable[[str], Mapping[str, str]]
    """The words of one sentence, as of a Finder, for each subject it touches."""

    def __init__(self, matches: Mapping[str, Match]) -> None:
        self._finders = {name: finder(match) for name, match in matches.items()}
        self._holding: dict[LexiconLanguage, dict[str, list[str]]] = {"en": {}, "zh-Hans": {}}
        self._open: dict[LexiconLanguage, list[str]] = {"en": [], "zh-Hans": []}
        for name, one in self._finders.items():
            for language, groups in one.groups.items():
                if groups and groups[0].is_open:
                    self._open[language].append(name)
                for signal in groups[0].signals if groups else ():
                    self._holding[language].setdefault(signal, []).append(name)
        self.find = lru_cache(maxsize=256)(self._find)

    def _find(self, text: str) -> Mapping[str, str]:
        reading = _read(text)
        if reading.language is None:
            return {}
        holding = self._holding[reading.language]
        possible = set(self._open[reading.language]).union(*(holding[s] for s in holding.keys() & reading.signals))
        found = ((name, one.find(text)) for name, one in self._finders.items() if name in possible)
        return {name: span for name, span in found if span}


class _EnglishGroup:
    def __init__(self, terms: Sequence[str]) -> None:
        self._single: set[str] = set()
        self._endings: list[str] = []
        self._phrases: dict[str, list[_Phrase]] = {}
        self._slips: dict[str, list[str]] = {}
        for term in terms:
            self._add(normalize(term).text)
        self._prefixes = tuple(self._endings)
        self._open_phrases = tuple(first for first in self._phrases if first.endswith("*"))
        self._begins = frozenset(ending[:BEGINNING] for ending in self._endings)
        self.signals = self._single.union(self._phrases, self._slips, self._begins)
        self._has_short_ending = any(len(ending) < BEGINNING for ending in self._endings)
        self.is_open = bool(self._open_phrases) or self._has_short_ending

    def _add(self, term: str) -> None:
        parts = tuple(tuple(_term_words(part)) for part in term.split("..") if part.strip())
        if len(parts) > 1 or len(parts[0]) > 1:
            whole = frozenset(word for part in parts for word in part if not word.endswith("*"))
            self._phrases.setdefault(parts[0][0], []).append((whole, parts))
        elif parts[0][0].endswith("*"):
            self._endings.append(parts[0][0][:-1])
        else:
            self._single.add(parts[0][0])
            word = term.strip()
            if len(word) >= SHORTEST_TYPO and word.isalpha():
                for left in deletions(word):
                    self._slips.setdefault(left, []).append(word)

    def hit(self, reading: _Reading) -> Place | None:
        if self.signals.isdisjoint(reading.signals) and not self.is_open:
            return None
        at = self._exact(reading)
        if at is None:
            at = self._slip(reading)
        return None if at is None else reading.places[at] if isinstance(at, int) else at

    def _exact(self, reading: _Reading) -> int | Place | None:
        if not self._single.isdisjoint(reading.spots):
            return next(at for at, word in enumerate(reading.stems) if word in self._single)
        for at in self._begun(reading):
            if reading.words[at].startswith(self._prefixes):
                return at
        present = reading.spots.keys()
        begun = self._phrases.keys() & present if self._phrases else ()
        for first in (*sorted(begun), *self._open_phrases):
            for whole, parts in self._phrases[first]:
                if whole <= present and (place := _phrase(parts, reading)):
                    return place
        return None

    def _begun(self, reading: _Reading) -> Iterable[int]:
        """Where words stand that may begin as a prefix does, in order."""
        if self._has_short_ending:
            return range(len(reading.words))
        return sorted(at for begin in self._begins & reading.begins.keys() for at in reading.begins[begin])

    def _slip(self, reading: _Reading) -> int | None:
        if self._slips.keys().isdisjoint(reading.signals):
            return None
        for at in reading.suspects:
            word = reading.words[at]
            for left in self._slips.keys() & deletions(word):
                if any(is_misspelling(word, meant) for meant in self._slips[left]):
                    return at
        return None


class _ChineseGroup:
    is_open = False

    def __init__(self, terms: Sequence[str]) -> None:
        self._terms: list[tuple[str, ...]] = []
        self._by_pair: dict[str, list[int]] = {}
        for term in terms:
            parts = tuple(part.strip() for part in normalize(term).text.rstrip("*").split("..") if part.strip())
            if parts:
                self._by_pair.setdefault(max(parts, key=len)[:2], []).append(len(self._terms))
                self._terms.append(parts)
        self.signals = self._by_pair.keys()

    def hit(self, reading: _Reading) -> Place | None:
        text = reading.normalized.text
        for at in sorted(at for pair in self.signals & reading.signals for at in self._by_pair[pair]):
            place = _stretch(self._terms[at], text)
            if place is not None:
                return place
        return None


def _stretch(parts: Sequence[str], text: str) -> Place | None:
    first = end = -1
    for part in parts:
        at = text.find(part, max(end, 0))
        while at >= 0 and part.isascii() and not _bordered(text, at, at + len(part)):
            at = text.find(part, at + 1)
        if at < 0:
            return None
        first, end = (at if first < 0 else first), at + len(part)
    return (first, end) if end >= 0 else None


def _bordered(text: str, start: int, end: int) -> bool:
    """Whether a Latin word inside Chinese ends where the term does: `app` is not in `apple`."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())


def _term_words(part: str) -> Iterator[str]:
    words = list(WORD.finditer(part))
    for found in words:
        if part[found.end() : found.end() + 1] == "*":
            yield found.group() + "*"
        else:
            yield stem(found.group())


def _phrase(parts: Sequence[Sequence[str]], reading: _Reading) -> Place | None:
    """The first place where the parts stand one after the other, with anything between the parts."""
    first = None
    at = 0
    for part in parts:
        start = _run(part, reading, at)
        if start is None:
            return None
        first = start if first is None else first
        at = start + len(part)
    return None if first is None else (reading.places[first][0], reading.places[at - 1][1])


def _run(part: Sequence[str], reading: _Reading, start: int) -> int | None:
    head, *rest = part
    last = len(reading.stems) - len(part)
    for at in range(len(reading.stems)) if head.endswith("*") else reading.spots.get(head, ()):
        fits = start <= at <= last and (not head.endswith("*") or _is_word(head, reading, at))
        if fits and all(_is_word(term, reading, at + step) for step, term in enumerate(rest, start=1)):
            return at
    return None


def _is_word(term: str, reading: _Reading, at: int) -> bool:
    return reading.words[at].startswith(term[:-1]) if term.endswith("*") else reading.stems[at] == term


@lru_cache(maxsize=256)
def _read(text: str) -> _Reading:
    normalized = normalize(text)
    language = lexicon_language(text)
    found = list(WORD.finditer(normalized.text)) if language == "en" else []
    words = tuple(word.group() for word in found)
    stems = tuple(stem(word) for word in words)
    spots: dict[str, list[int]] = {}
    begins: dict[str, list[int]] = {}
    for at, stemmed in enumerate(stems):
        spots.setdefault(stemmed, []).append(at)
        begins.setdefault(words[at][:BEGINNING], []).append(at)
    suspects = tuple(at for at, word in enumerate(words) if may_be_misspelt(word))
    signals = {*spots, *begins}.union(*(deletions(words[at]) for at in suspects))
    if language == "zh-Hans":
        signals = keywords.words(normalized.text, language)
    places = tuple(word.span() for word in found)
    return _Reading(normalized, language, stems, words, places, spots, begins, suspects, signals)


@lru_cache(maxsize=4096)
def finder(match: Match) -> Finder:
    """The finder for a match, compiled once: a pack's matches are looked for in every sentence of a session."""
    return Finder(match)


def finders(matches: Mapping[str, Match]) -> Finders:
    """The same for several."""
    return _finders(tuple(matches.items()))


@lru_cache(maxsize=64)
def _finders(matches: tuple[tuple[str, Match], ...]) -> Finders:
    return Finders(dict(matches))
