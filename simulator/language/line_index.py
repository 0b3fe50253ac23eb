"""Which lines of a lexicon a text can meet at all: found by its words, before any of them is searched for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from threading import Lock
from typing import TYPE_CHECKING

from simulator.language.keywords import MOST_CLAUSES, keys, words
from simulator.language.word_order import holds_in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from simulator.language.keywords import Clause
    from simulator.language.normalize import LexiconLanguage
    from simulator.language.patterns import Lexicon
    from simulator.language.word_order import Order

MOST_WORDS = 8192
"""Words whose lines are remembered."""

REFUSALS = 48
"""Texts that a line refuses by its order before it is compiled: to look takes three times as long as to search, to
compile as long as sixty looks. So a line that never fits is hardly ever compiled.
"""


@dataclass(slots=True, eq=False)
class Line:
    """One line of a section. `at_start`: it can only match at the start of a text; `order`: what it holds in turn."""

    text: str
    at_start: bool
    order: Order
    lexicon: Lexicon
    compiled: re.Pattern[str] | None = None
    refused: int = 0

    def search(self, text: str, at: int = 0) -> re.Match[str] | None:
        """The first place where the line stands, from `at` on. Compiled when first needed: most lines never are."""
        if at and self.at_start:
            return None
        if self.compiled is None:
            if self.refused < REFUSALS and not holds_in_order(self.order, text):
                self.refused += 1
                return None
            self.compiled = re.compile(self.lexicon.expression(self.text))
        return self.compiled.match(text) if self.at_start else self.compiled.search(text, at)


class _Met(dict[str, int]):
    """The clauses that each word meets, looked up in `holding` when the word is first heard."""

    def __init__(self, holding: Mapping[str, int], language: LexiconLanguage) -> None:
        super().__init__()
        self._holding = holding
        self._language = language

    def __missing__(self, word: str) -> int:
        if len(self) >= MOST_WORDS:
            self.clear()
        self[word] = met = reduce(or_, (self._holding.get(key, 0) for key in keys(word, self._language)))
        return met


@dataclass(slots=True)
class Index:
    """The lines of the sections asked for so far, each under its rank, and which of them a text can meet.

    `known` are the sections taken in whole, `section_of` has the section of each line. Sets are numbers: bit
    MOST_CLAUSES * n + k stands for the k-th clause of the n-th line. `holding` has the clauses that hold a key, `free`
    those that a line does not have, `firsts` the first clause of each line. `met` remembers what a word meets.
    """

    language: LexiconLanguage
    known: frozenset[str] = frozenset()
    section_of: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    holding: dict[str, int] = field(default_factory=dict)
    free: int = 0
    firsts: int = 0
    met: Mapping[str, int] = field(init=False)
    lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        """Nothing is remembered yet."""
        self.met = _Met(self.holding, self.language)

    def add(self, section: str, lines: Iterable[tuple[Line, Sequence[Clause]]]) -> None:
        """Take in a section, each line with its clauses: named last, so that no other thread takes half of it for the
        whole.
        """
        with self.lock:
            if section in self.known:  # by another thread, meanwhile
                return
            begin = MOST_CLAUSES * len(self.lines)
            holding: dict[str, int] = {}  # of this section alone: short numbers, made long once a key
            free = firsts = 0
            first = 1
            for line, clauses in lines:
                self.lines.append(line)
                self.section_of.append(section)
                for rank, clause in enumerate(clauses):
                    bit = first << rank
                    for key in clause:
                        holding[key] = holding.get(key, 0) | bit
                for rank in range(len(clauses), MOST_CLAUSES):
                    free |= first << rank
                firsts |= first
                first <<= MOST_CLAUSES
            for key, met in holding.items():
                self.holding[key] = self.holding.get(key, 0) | met << begin
            self.free |= free << begin
            self.firsts |= firsts << begin
            self.met = _Met(self.holding, self.language)
            self.known |= {section}

    def heard(self, *pieces: str) -> tuple[frozenset[str], Mapping[str, Sequence[Line]]]:
        """The sections known, and of these the lines that may stand in a text of these pieces, because it meets every
        clause of theirs: by section, in order.
        """
        known = self.known  # before the lines: a section taken in meanwhile is asked for again
        return known, self._possible(pieces)

    def _possible(self, pieces: Sequence[str]) -> dict[str, list[Line]]:
        met, clauses = self.free, self.met.__getitem__
        for piece in pieces:
            here = words(piece, self.language)
            met = reduce(or_, map(clauses, self.holding.keys() & here if self.language == "zh-Hans" else here), met)
        both = met & met >> 1  # of a line's four clauses the first two and the last two, then all
        left = both & both >> 2 & self.firsts
        digits = f"{left:x}"[::-1]  # a hex digit a line: searched in half the time of bit by bit
        found: dict[str, list[Line]] = {}
        rank = digits.find("1")
        while rank >= 0:
            found.setdefault(self.section_of[rank], []).append(self.lines[rank])
            rank = digits.find("1", rank + 1)
        return found
