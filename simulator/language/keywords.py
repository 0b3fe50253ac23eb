r"""What a text must hold before a pattern can match it, so that most patterns of a lexicon are never searched for.

A pattern is taken apart into clauses: where it matches, the text has at least one key of each. Keys are whole words
and marks (` word `), beginnings (` wor`) and ends of words (`ord `) in English, characters and pairs of characters in
Chinese. What cannot be told demands nothing, so a pattern is passed over only where it could not have matched.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, repeat
from operator import add
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from simulator.language.normalize import LexiconLanguage
    from simulator.language.word_order import Order

Clause = frozenset[str]
"""Keys of which a text must hold one."""

LONGEST_PART = 5
"""Letters of a word's beginning or end that are told apart."""

WORDS_WITH_A_PART = 20
"""How often a part of a word is taken to stand where words are counted: more often than most words."""

MOST_CLAUSES = 4
"""Clauses kept for a pattern, the rarest first: those beyond keep hardly anything out. As many as a hex digit has bits:
so the lines of a lexicon are read off a number.
"""

_HOLDING = frozenset({"text", "group", "named"})  # the parts that can demand something
_WORD = re.compile(r"\w+|[^\w\s]")
_TOKEN = re.compile(
    r"(?P<text>[^\\()\[\]{}|?*+.^$]+|\\[^\w])"
    r"|(?P<edge>\\b|[\^$])"
    r"|(?P<set>\[-?[^\]\\^-][^\]\\-]*-?\])"
    r"|(?P<gap>\\\w|\.|\(\?P=\w+\)|\[\^?\]?(?:\\.|[^\]\\])*\])"
    r"|(?P<around>\(\?<?[=!])"
    r"|(?P<group>\((?:\?:|\?P<\w+>|(?!\?)))"
    r"|(?P<named>\{[a-z_]+\})"
    r"|(?P<close>\))"
    r"|(?P<other>\|)"
    r"|(?P<times>(?:[?*+]|\{\d+(?:,\d*)?\}|\{,\d+\})\??)"
)


@dataclass(slots=True)
class _Part:
    """A piece of a pattern: `text` verbatim, a `group` of alternatives (a set of letters or marks is one too), a class
    by its name, a border, or a gap.
    """

    kind: str
    text: str = ""
    either: Sequence[Sequence[_Part]] = ()
    optional: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Demands:
    """What a pattern demands of a text: every clause met, the rarest first; `at_start`: to match at its start."""

    clauses: tuple[Clause, ...] = ()
    at_start: bool = False
    order: Order = ()


@lru_cache(maxsize=256)
def words(text: str, language: LexiconLanguage) -> frozenset[str]:
    """The words of a normalised text: runs of letters, and marks; in Chinese characters and every two in a row."""
    return frozenset(_WORD.findall(text) if language == "en" else (*text, *map(add, text, text[1:])))


@lru_cache(maxsize=8192)
def keys(word: str, language: LexiconLanguage) -> Sequence[str]:
    """The keys of one word: it as a whole, and in English its beginnings and ends."""
    if language == "zh-Hans":
        return (word,)
    parts = range(1, min(len(word), LONGEST_PART) + 1)
    return (f" {word} ", *(f" {word[:letters]}" for letters in parts), *(f"{word[-letters:]} " for letters in parts))


def frequencies(text: str, language: LexiconLanguage) -> Mapping[str, int]:
    """How often each word, as a key, stands in a text."""
    if language == "zh-Hans":
        return Counter(chain(text, map(add, text, text[1:])))
    return {f" {word} ": times for word, times in Counter(_WORD.findall(text)).items()}


@dataclass(slots=True)
class Keywords:
    """Reads clauses off the patterns of one lexicon.

    `frequency` tells common words from rare ones, `classes` gives the alternatives that `{name}` stands for. English
    patterns are taken to stand on word borders.
    """

    language: LexiconLanguage
    frequency: Mapping[str, int]
    classes: Callable[[str], str]
    _parts: dict[str, Sequence[Sequence[_Part]]] = field(default_factory=dict)
    _clauses: dict[tuple[str, bool, bool], Sequence[Clause]] = field(default_factory=dict)
    _orders: dict[str, Order] = field(default_factory=dict)

    def demands(self, expression: str) -> Demands:
        """What a pattern demands: nothing where it may match any text, or its notation is unknown."""
        tokens = list(_TOKEN.finditer(expression))
        if sum([len(token[0]) for token in tokens]) < len(expression):
            return Demands()
        either = _alternatives(iter(tokens))
        clauses = dict.fromkeys(self._of_either(either, left=True, right=True))
        at_start = all(parts[:1] == [_Part("edge", "^")] for parts in either)
        return Demands(tuple(sorted(clauses, key=self._weight)[:MOST_CLAUSES]), at_start, self._order(either))

    def _order(self, either: Sequence[Sequence[_Part]]) -> Order:
        """What stands verbatim in alternatives; nothing where one of them may hold nothing of the kind."""
        found: list[tuple[str | Order, ...]] = []
        for parts in either:
            steps: list[str | Order] = []
            for part in parts:
                if part.kind == "text" and not part.optional:
                    steps.append(sys.intern(part.text))
                elif part.kind in _HOLDING and not part.optional:
                    inner = self._order_of(part)
                    steps += inner[0] if len(inner) == 1 else (inner,) if inner else ()
            if not steps:
                return ()
            found.append(tuple(steps))
        return tuple(found)

    def _order_of(self, part: _Part) -> Order:
        if part.kind == "group":
            return self._order(part.either)
        if part.text not in self._orders:
            self._orders[part.text] = self._order(self._either(part))
        return self._orders[part.text]

    def _weight(self, clause: Clause) -> int:
        """How often a text is likely to meet a clause. A part of a word is taken to stand in many."""
        return sum(map(self.frequency.get, clause, repeat(WORDS_WITH_A_PART)))

    def _of_either(self, either: Sequence[Sequence[_Part]], *, left: bool, right: bool) -> Sequence[Clause]:
        """What alternatives demand: one of their rarest clauses, one of their second rarest, and so on.

        `left`, `right`: whether a word ends at the text before, begins at that behind.
        """
        if len(either) == 1:
            return self._of_sequence(either[0], left=left, right=right)
        ranked: list[Sequence[Clause]] = []
        for parts in either:
            found = self._of_sequence(parts, left=left, right=right)
            if not found:
                return []
            ranked.append(sorted(found, key=self._weight) if len(found) > 1 else found)
        most = min(MOST_CLAUSES, max(map(len, ranked)))
        return [
            frozenset().union(*[found[at] if at < len(found) else found[-1] for found in ranked]) for at in range(most)
        ]

    def _of_sequence(self, parts: Sequence[_Part], *, left: bool, right: bool) -> Sequence[Clause]:
        if len(parts) == 1:
            return () if parts[0].optional else self._of_part(parts[0], left=left, right=right)
        found: list[Clause] = []
        for at, part in enumerate(parts):
            if part.kind in _HOLDING and not part.optional:
                before = after = None
                if self.language == "en":  # a text shows by itself whether its first and last word are whole
                    is_text = part.kind == "text"
                    before = (is_text and not _is_letter(part.text[0])) or self._border(parts[:at], -1)
                    after = (is_text and not _is_letter(part.text[-1])) or self._border(parts[at + 1 :], 0)
                found += self._of_part(
                    part, left=left if before is None else before, right=right if after is None else after
                )
        return found

    def _of_part(self, part: _Part, *, left: bool, right: bool) -> Sequence[Clause]:
        if part.kind == "text" and not part.repeated:
            return _pairs(part.text) if self.language == "zh-Hans" else _words(part.text, left, right)
        if part.kind not in _HOLDING or part.kind == "text":
            return ()
        if part.repeated:
            left = left and self._border((part,), -1) is not False
            right = right and self._border((part,), 0) is not False
        if part.kind == "group":
            return self._of_either(part.either, left=left, right=right)
        known = self._clauses.get((part.text, left, right))
        if known is None:
            known = self._clauses[part.text, left, right] = self._of_either(self._either(part), left=left, right=right)
        return known

    def _border(self, parts: Sequence[_Part], side: int) -> bool | None:
        """Whether a letter right before the parts (side 0) would end a word, or one right after them (side -1) begin
        one; None: where a letter in their place would.
        """
        for part in parts if side == 0 else reversed(parts):
            if part.kind in ("group", "named"):
                found = {self._border(each, side) for each in self._either(part)}
                border = False if False in found else None if None in found else True
            else:
                border = part.kind == "edge" or (part.kind == "text" and not _is_letter(part.text[side]))
            if border is False or (border and not part.optional):
                return border
        return None

    def _either(self, part: _Part) -> Sequence[Sequence[_Part]]:
        if part.kind == "group":
            return part.either
        if part.text not in self._parts:
            self._parts[part.text] = _alternatives(_TOKEN.finditer(self.classes(part.text)))
        return self._parts[part.text]


def _alternatives(tokens: Iterator[re.Match[str]]) -> list[list[_Part]]:
    """The alternatives up to the closing bracket. What is looked for around a place takes no room and is left out."""
    parts: list[_Part] = []
    either = [parts]
    for token in tokens:
        kind, said = token.lastgroup or "", token[0]
        if kind == "text":
            text = said.removeprefix("\\")
            if parts and parts[-1].kind == "text" and not (parts[-1].optional or parts[-1].repeated):
                parts[-1].text += text
            else:
                parts.append(_Part(kind, text))
        elif kind == "other":
            either.append(parts := [])
        elif kind == "close":
            break
        elif kind == "group":
            parts.append(_Part(kind, either=_alternatives(tokens)))
        elif kind == "times":
            _count(parts, said)
        elif kind == "around":
            _alternatives(tokens)
        elif kind == "set":
            parts.append(_Part("group", either=[[_Part("text", letter)] for letter in said[1:-1]]))
        else:
            parts.append(_Part(kind, said.strip("{}")))
    return either


def _count(parts: list[_Part], times: str) -> None:
    """Let the last part be missing or come again; of a text, its last character alone."""
    if not parts:
        return
    last = parts.pop()
    if len(last.text) > 1 and last.kind == "text":
        parts.append(_Part("text", last.text[:-1]))
        last.text = last.text[-1]
    last.optional = times[0] in "?*" or times.startswith(("{0", "{,"))
    last.repeated = times[0] != "?"
    parts.append(last)


@lru_cache(maxsize=8192)
def _words(text: str, left: bool, right: bool) -> Sequence[Clause]:  # noqa: FBT001 -- a cache tells names from places
    clauses: list[Clause] = []
    for found in _WORD.finditer(text):
        word = found.group()
        if found.start() or left or not _is_letter(word[0]):
            whole = found.end() < len(text) or right or not _is_letter(word[0])
            clauses.append(frozenset((f" {word} " if whole else f" {word[:LONGEST_PART]}",)))
        elif found.end() < len(text) or right:
            clauses.append(frozenset((f"{word[-LONGEST_PART:]} ",)))
    return tuple(clauses)


def _pairs(text: str) -> Sequence[Clause]:
    return [frozenset((pair,)) for pair in (map(add, text, text[1:]) if len(text) > 1 else text)]


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"
