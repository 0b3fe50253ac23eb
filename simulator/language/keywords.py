r"""What a text must hold before a pattern can match it, so that most patterns of a lexicon are never searched for.

A pattern is taken apart into clauses: where it matches, the text has at least one key of each. Keys are whole words
and marks (` word `), beginnings (` wor`) and ends of words (`ord `) in English, characters and pairs of characters in
Chinese. What cannot be told demands nothing, so a pattern is passed over only where it could not have matched.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from operator import add
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from simulator.language.normalize import LexiconLanguage

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

_WORD = re.compile(r"\w+|[^\w\s]")
_TOKEN = re.compile(
    r"(?P<text>[^\\()\[\]{}|?*+.^$]+|\\[^\w])"
    r"|(?P<edge>\\b|[\^$])"
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
    """A piece of a pattern: `text` verbatim, a `group` of alternatives, a class by its name, a border, or a gap."""

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


def frequencies(text: str, language: LexiconLanguage) -> Counter[str]:
    """How often each word, as a key, stands in a text."""
    if language == "zh-Hans":
        return Counter(text) + Counter(map(add, text, text[1:]))
    return Counter(map(" {} ".format, _WORD.findall(text)))


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
    _clauses: dict[tuple[str, bool, bool], list[Clause]] = field(default_factory=dict)

    def demands(self, expression: str) -> Demands:
        """What a pattern demands: nothing where it may match any text, or its notation is unknown."""
        if _TOKEN.sub("", expression):
            return Demands()
        either = _alternatives(_TOKEN.finditer(expression))
        clauses = dict.fromkeys(self._of_either(either, left=True, right=True))
        at_start = all(parts[:1] == [_Part("edge", "^")] for parts in either)
        return Demands(tuple(sorted(clauses, key=self._weight)[:MOST_CLAUSES]), at_start)

    def _weight(self, clause: Clause) -> int:
        """How often a text is likely to meet a clause. A part of a word is taken to stand in many."""
        return sum(self.frequency.get(key, WORDS_WITH_A_PART) for key in clause)

    def _of_either(self, either: Sequence[Sequence[_Part]], *, left: bool, right: bool) -> list[Clause]:
        """What alternatives demand. `left`, `right`: whether a word ends at the text before, begins at that behind."""
        if len(either) == 1:
            return self._of_sequence(either[0], left=left, right=right)
        union: set[str] = set()
        for parts in either:
            found = self._of_sequence(parts, left=left, right=right)
            if not found:
                return []
            rarest: Clause = found[0] if len(found) == 1 else min(found, key=self._weight)
            union |= rarest
        return [frozenset(union)]

    def _of_sequence(self, parts: Sequence[_Part], *, left: bool, right: bool) -> list[Clause]:
        if len(parts) == 1 and not parts[0].optional:
            return list(self._of_part(parts[0], left=left, right=right))
        rights = [right]
        for part in reversed(parts[1:]):
            rights.append(self._opens(part, after=rights[-1]))
        found: list[Clause] = []
        for part in parts:
            after = rights.pop()
            if not part.optional:
                found += self._of_part(part, left=left, right=after)
            left = self._closes(part, before=left)
        return found

    def _of_part(self, part: _Part, *, left: bool, right: bool) -> Iterable[Clause]:
        if part.kind == "text" and not part.repeated:
            return _pairs(part.text) if self.language == "zh-Hans" else _words(part.text, left=left, right=right)
        if part.kind not in ("group", "named"):
            return ()
        if part.repeated:
            left, right = left and self._closes(part, before=left), right and self._opens(part, after=right)
        if part.kind == "group":
            return self._of_either(part.either, left=left, right=right)
        known = self._clauses.get((part.text, left, right))
        if known is None:
            known = self._clauses[part.text, left, right] = self._of_either(self._either(part), left=left, right=right)
        return known

    def _closes(self, part: _Part, *, before: bool) -> bool:
        """Whether a letter right after the part would begin a word, given whether one in its place would."""
        if part.kind in ("text", "gap", "edge"):
            closed = part.kind == "edge" or (part.kind == "text" and not _is_letter(part.text[-1]))
        else:
            closed = True
            for parts in self._either(part):
                state = before
                for each in parts:
                    state = self._closes(each, before=state)
                closed = closed and state
        return closed and (before or not part.optional)

    def _opens(self, part: _Part, *, after: bool) -> bool:
        """Whether a letter right before the part would end a word, given whether one in its place would."""
        if part.kind in ("text", "gap", "edge"):
            opened = part.kind == "edge" or (part.kind == "text" and not _is_letter(part.text[0]))
        else:
            opened = True
            for parts in self._either(part):
                state = after
                for each in reversed(parts):
                    state = self._opens(each, after=state)
                opened = opened and state
        return opened and (after or not part.optional)

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
        kind = token.lastgroup or ""
        if kind == "text":
            text = token.group().removeprefix("\\")
            if parts and parts[-1].kind == "text" and not (parts[-1].optional or parts[-1].repeated):
                parts[-1].text += text
            else:
                parts.append(_Part(kind, text))
        elif kind == "close":
            break
        elif kind == "other":
            either.append(parts := [])
        elif kind == "around":
            _alternatives(tokens)
        elif kind == "group":
            parts.append(_Part(kind, either=_alternatives(tokens)))
        elif kind == "times":
            _count(parts, token.group())
        else:
            parts.append(_Part(kind, token.group().strip("{}")))
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


def _words(text: str, *, left: bool, right: bool) -> Iterator[Clause]:
    for found in _WORD.finditer(text):
        word = found.group()
        if found.start() or left or not _is_letter(word[0]):
            whole = found.end() < len(text) or right or not _is_letter(word[0])
            yield frozenset((f" {word} " if whole else f" {word[:LONGEST_PART]}",))
        elif found.end() < len(text) or right:
            yield frozenset((f"{word[-LONGEST_PART:]} ",))


def _pairs(text: str) -> Iterator[Clause]:
    return (frozenset((pair,)) for pair in (map(add, text, text[1:]) if len(text) > 1 else text))


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"
