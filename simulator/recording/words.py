"""What differs between two texts, word by word and line by line, for a person to read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeAlias

_WORD = re.compile(r"[a-zA-Z0-9_']+|\s+|.", re.DOTALL)  # of Chinese, each character
_AROUND = 60  # characters of what is the same that are shown before, between and after changes


Words: TypeAlias = frozenset[tuple[str, str]]
"""Changes word by word: what was taken out, and what was put in instead."""


@dataclass(frozen=True, slots=True)
class Change:
    """One changed line. `line` is its number in the new text (the old one where it is gone), `shown` has the words
    marked; `words` are what was taken out and put in, pair by pair.
    """

    line: int
    shown: str
    words: tuple[tuple[str, str], ...]


def marked(old: str, new: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """One text with what changed marked in it, `[-old-]{+new+}`, and the changes alone."""
    if old == new:
        return new, ()
    before, after = _WORD.findall(old), _WORD.findall(new)
    shown: list[str] = []
    words: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = "".join(before[a:b]), "".join(after[c:d])
        if kind == "equal":
            shown.append(_shortened(come, first=not shown, last=b == len(before)))
        else:
            words.append((gone, come))
            shown.append((f"[-{gone}-]" if gone else "") + (f"{{+{come}+}}" if come else ""))
    return "".join(shown), tuple(words)


def changes(old: str, new: str) -> tuple[Change, ...]:
    """The lines that differ."""
    if old == new:
        return ()
    return tuple(_changes(old.splitlines(), new.splitlines()))


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        both = min(b - a, d - c)
        for offset in range(both):
            shown, words = marked(before[a + offset], after[c + offset])
            yield Change(c + offset + 1, shown.strip(), words)
        for offset, line in enumerate(before[a + both : b], start=a + both):
            yield Change(offset + 1, f"[-{line.strip()}-]", ((line.strip(), ""),))
        for offset, line in enumerate(after[c + both : d], start=c + both):
            yield Change(offset + 1, f"{{+{line.strip()}+}}", (("", line.strip()),))


def _shortened(same: str, *, first: bool, last: bool) -> str:
    if len(same) <= 2 * _AROUND:
        return same
    return ("" if first else same[:_AROUND]) + " … " + ("" if last else same[-_AROUND:])
