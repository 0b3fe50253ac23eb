"""Whether a sentence touches a subject: synonym groups, of which every one must hit."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from simulator.language.doubtful import InCompany, group_of
from simulator.language.terms import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from simulator.domain.text import Match
    from simulator.language.normalize import LexiconLanguage
    from simulator.language.terms import Group, Reading


_Signals: TypeAlias = "tuple[frozenset[str], Mapping[str, Sequence[int]], Sequence[int]]"
"""All signals; the subjects, by rank, of whose first group a signal is one; those that have to be looked for in any
sentence.
"""


class Finder:
    """Looks for a subject in one sentence.

    Every group of the sentence's language must hit, any term of a group will do, of doubtful ones (`word+`) two.
    English terms are words or phrases on word borders with light inflection, `rehears*` takes any ending, `a..b` means
    b later than a, and a single word of five letters or more may hold one typing error. Chinese terms are parts of
    the text.
    """

    find: Callable[[str], str | None]
    """The words of one sentence from the first hit to the last, verbatim, or None."""

    def __init__(self, match: Match) -> None:
        self._match = match
        self._made: dict[tuple[LexiconLanguage, int], Group] = {}

        # The same sentence is looked at again by the gate, the ledger, the brief and the grade.
        self.find = lru_cache(maxsize=256)(self._find)

    def _find(self, text: str) -> str | None:
        return self.find_in(read(text))

    def find_in(self, reading: Reading) -> str | None:
        """The same for a sentence that has been taken apart, in its own words or else in written ones."""
        span = self._stretch(reading)
        return span if span or reading.plain is None else self._stretch(reading.plain)

    def _stretch(self, reading: Reading) -> str | None:
        first, last = len(reading.normalized.source) + 1, 0
        for group in self.groups(reading.language) if reading.language else ():
            place = group.hit(reading)
            if place is None:
                return None
            first, last = min(first, place[0]), max(last, place[1])
        return reading.normalized.quote(first, last) if last else None

    def groups(self, language: LexiconLanguage) -> Iterator[Group]:
        """The groups of a language, each made when it is first looked for: one before it misses most of the time."""
        for rank, terms in enumerate(self._match.groups(language)):
            group = self._made.get((language, rank))
            if group is None:
                group = self._made[language, rank] = group_of(terms, language)
            yield group


class Finders:
    """Looks for several subjects in one sentence: only for those of whose first group it holds a signal."""

    find: Callable[[str], Mapping[str, str]]
    """The words of one sentence, as of a Finder, for each subject it touches."""

    def __init__(self, matches: Mapping[str, Match]) -> None:
        self._finders = [(name, finder(match)) for name, match in matches.items()]
        self._indexed: dict[LexiconLanguage, _Signals] = {}
        self.find = lru_cache(maxsize=256)(self._find)

    def _find(self, text: str) -> Mapping[str, str]:
        reading = read(text)
        if reading.language is None:
            return {}
        signals, holding, always = self._index(reading.language)
        held = reading.signals | reading.plain.signals if reading.plain else reading.signals
        possible = set(always).union(*[holding[signal] for signal in signals & held])
        found = {}
        for rank in sorted(possible):
            name, one = self._finders[rank]
            span = one.find_in(reading)
            if span:
                found[name] = span
        return found

    def _index(self, language: LexiconLanguage) -> _Signals:
        """Made when the first sentence of a language is read: a conversation is held in one."""
        if language not in self._indexed:
            holding: dict[str, list[int]] = {}
            always: list[int] = []
            for rank, (_, one) in enumerate(self._finders):
                for group in islice(one.groups(language), 1):
                    always += [rank] * group.is_open
                    for signal in group.signals:
                        holding.setdefault(signal, []).append(rank)
            self._indexed[language] = frozenset(holding), holding, always
        return self._indexed[language]


@lru_cache(maxsize=4096)
def finder(match: Match) -> Finder:
    """The finder for a match, compiled once: a pack's matches are looked for in every sentence of a session."""
    return Finder(match)


def hints(match: Match, text: str) -> Iterator[str]:
    """The words by which a sentence may have to do with a subject: a term of any group, a doubtful one alone too."""
    reading = read(text)
    for group in finder(match).groups(reading.language) if reading.language else ():
        place = group.hint(reading) if isinstance(group, InCompany) else group.hit(reading)
        if place:
            yield reading.normalized.quote(*place)


def names_part_of(match: Match, text: str) -> bool:
    """Whether a sentence has a term of any of the groups."""
    reading = read(text)
    groups = finder(match).groups(reading.language) if reading.language else ()
    return any(group.hit(reading) is not None for group in groups)


def finders(matches: Mapping[str, Match]) -> Finders:
    """The same for several."""
    return _finders(tuple(matches.items()))


@lru_cache(maxsize=64)
def _finders(matches: tuple[tuple[str, Match], ...]) -> Finders:
    return Finders(dict(matches))
