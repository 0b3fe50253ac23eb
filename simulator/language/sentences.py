"""One sentence as the rules of this room look at it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from simulator.language.normalize import Normalized, lexicon_language, normalize, split_sentences
from simulator.language.patterns import Heard, Lexicon, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

_ASKED = re.compile(r"[?][?!\"')\]]*$")
_CLAUSES = re.compile(r"[,;!]|:(?!\d)|[-–—]{1,2}(?= |\w)| - |\.\.\.?")


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence in its line. `text` is normalised; spans of it are quoted verbatim through `quote`."""

    source: str
    start: int
    end: int
    normalized: Normalized
    lexicon: Lexicon | None
    heard: Heard | None

    @property
    def text(self) -> str:
        """The normalised text."""
        return self.normalized.text

    @property
    def is_chinese(self) -> bool:
        """Whether the Chinese lexicon reads it."""
        return self.lexicon is not None and self.lexicon.language == "zh-Hans"

    @property
    def is_marked(self) -> bool:
        """Whether a question mark ends it."""
        return bool(_ASKED.search(self.text))

    def quote(self, start: int = 0, end: int | None = None) -> str:
        """The words behind `text[start:end]`, verbatim, without outer space; to the end, with what only softens it."""
        if end is None or end >= len(self.text):
            return self.source[self.normalized.original_span(start, len(self.text))[0] :].strip()
        return self.normalized.quote(start, end).strip()

    def finds(self, section: str) -> re.Match[str] | None:
        """The first place where a line of the lexicon's section stands."""
        return None if self.heard is None else self.heard.finds(section)

    def clauses(self) -> Iterator[tuple[int, int]]:
        """Offsets of the stretches between commas, colons and dashes."""
        start = 0
        for mark in _CLAUSES.finditer(self.text):
            if mark.start() > start:
                yield start, mark.start()
            start = mark.end()
        if start < len(self.text):
            yield start, len(self.text)

    def clause_start(self, at: int) -> int:
        """Where the clause that holds the offset begins."""
        return max((first for first, _ in self.clauses() if first <= at), default=0)


@lru_cache(maxsize=256)
def sentences(line: str) -> tuple[Sentence, ...]:
    """The sentences of a line, each with the lexicon that reads it, or None where none does. Remembered: what the
    customer says is read with the answer to it and by itself.
    """
    found = []
    for start, end in split_sentences(line):
        source = line[start:end]
        language = lexicon_language(source)
        normalized = normalize(source)
        read_by = lexicon(language) if language else None
        if language == "zh-Hans" and read_by:
            normalized = _unsoftened(normalized, read_by)
        heard = read_by.hear(normalized.text) if read_by else None
        found.append(Sentence(source, start, end, normalized, read_by, heard))
    return tuple(found)


def _unsoftened(normalized: Normalized, read_by: Lexicon) -> Normalized:
    """A Chinese sentence without the particle or the address that only softens its end ("可以吗，大爷？")."""
    hit = read_by.pattern("softeners").search(normalized.text)
    if hit is None:
        return normalized
    kept = [*range(hit.start()), *range(hit.end(), len(normalized.text))]
    starts, ends = zip(*(normalized.original_span(at, at + 1) for at in kept), strict=True)
    return Normalized("".join(normalized.text[at] for at in kept), normalized.source, starts, ends)
