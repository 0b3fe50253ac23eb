"""Words that do not tell a subject by themselves: "coach" is in "When is your coach?" and in "Was the coach full?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.language.terms import ChineseGroup, EnglishGroup, read

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from simulator.language.normalize import LexiconLanguage
    from simulator.language.terms import Group, Place, Reading

MARKS = ("+", "\N{FULLWIDTH PLUS SIGN}")
"""End a term that counts only beside another one of its group; the second as Chinese input methods type it."""

COMPANY = 2
"""Different doubtful words that tell a subject together. Of the fair lines of strangers three in four hold two words of
their need's topics, of the lines about something near it that opened it one in four (docs/design/strangers-lines.md).
"""


def group_of(terms: Sequence[str], language: LexiconLanguage) -> Group:
    """A synonym group of a language, with its doubtful terms where it has any."""
    make = EnglishGroup if language == "en" else ChineseGroup
    firm = make([term for term in terms if not is_doubtful(term)])
    doubtful = [bare(term) for term in terms if is_doubtful(term)]
    return InCompany(firm, make(doubtful)) if doubtful else firm


def is_doubtful(term: str) -> bool:
    """Whether a term counts only beside another one."""
    return term.endswith(MARKS)


def bare(term: str) -> str:
    """The term without the mark."""
    return term[:-1] if is_doubtful(term) else term


class InCompany:
    """Firm terms, of which any one will do, and doubtful ones, of which it takes two in different places."""

    def __init__(self, firm: Group, doubtful: Group) -> None:
        self._firm = firm
        self._doubtful = doubtful
        self.signals: Collection[str] = {*firm.signals, *doubtful.signals}
        self.is_open = firm.is_open or doubtful.is_open

    def hit(self, reading: Reading) -> Place | None:
        """See Group. The same word said twice is one."""
        firm = self._firm.hit(reading)
        if firm:
            return firm
        text = reading.normalized.text
        places = list(self._places(text)) if self._doubtful.hit(reading) else []
        if len({text[start:end] for start, end in places}) < COMPANY:
            return None
        return min(start for start, _ in places), max(end for _, end in places)

    def hint(self, reading: Reading) -> Place | None:
        """Where any of the terms stands, a doubtful one by itself too."""
        return self._firm.hit(reading) or self._doubtful.hit(reading)

    def _places(self, text: str, at: int = 0) -> Iterator[Place]:
        """Where doubtful terms stand in a normalised text that begins `at`, none reaching into the place of another."""
        place = self._doubtful.hit(read(text))
        if place:
            start, end = place
            yield at + start, at + end
            yield from self._places(text[:start], at)
            yield from self._places(text[end:], at + end)
