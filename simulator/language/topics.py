"""Whether a sentence touches a subject: synonym groups, of which every one must hit."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from simulator.language.terms import ChineseGroup, EnglishGroup, read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simulator.domain.text import Match
    from simulator.language.normalize import LexiconLanguage
    from simulator.language.terms import Group, Reading


class Finder:
    """Looks for a subject in one sentence.

    Every group of the sentence's language must hit, any term of a group will do. English terms are words or phrases on
    word borders with light inflection, `rehears*` takes any ending, `a..b` means b later than a, and a single word of
    five letters or more may hold one typing error. Chinese terms are parts of the text.
    """

    find: Callable[[str], str | None]
    """The words of one sentence from the first hit to the last, verbatim, or None."""

    groups: Mapping[LexiconLanguage, tuple[Group, ...]]

    def __init__(self, match: Match) -> None:
        self.groups = {
            "en": tuple(EnglishGroup(group) for group in match.groups("en")),
            "zh-Hans": tuple(ChineseGroup(group) for group in match.groups("zh-Hans")),
        }

        # The same sentence is looked at again by the gate, the ledger, the brief and the grade.
        self.find = lru_cache(maxsize=256)(self._find)

    def _find(self, text: str) -> str | None:
        return self.find_in(read(text))

    def find_in(self, reading: Reading) -> str | None:
        """The same for a sentence that has been taken apart."""
        groups = self.groups[reading.language] if reading.language else ()
        first, last = len(reading.normalized.source) + 1, 0
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
        reading = read(text)
        if reading.language is None:
            return {}
        holding = self._holding[reading.language]
        possible = set(self._open[reading.language]).union(*(holding[s] for s in holding.keys() & reading.signals))
        found = ((name, one.find_in(reading)) for name, one in self._finders.items() if name in possible)
        return {name: span for name, span in found if span}


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
