"""Chinese as it is spoken at home, in the words that a scenario is written in: "为啥" is "为什么", "咋样" "怎么样"."""

from __future__ import annotations

import re
from functools import lru_cache

from simulator.language.normalize import Normalized
from simulator.language.patterns import lexicon


def written(spoken: Normalized) -> Normalized | None:
    """A Chinese text in written words, each standing for the spoken one in its source; None where none is spoken."""
    words, pattern = _words()
    found = list(pattern.finditer(spoken.text))
    if not found:
        return None
    pieces: list[tuple[str, int, int]] = []
    at = 0
    for hit in found:
        pieces += [(spoken.text[n], n, n + 1) for n in range(at, hit.start())]
        pieces += [(letter, hit.start(), hit.end()) for letter in words[hit.group()]]
        at = hit.end()
    pieces += [(spoken.text[n], n, n + 1) for n in range(at, len(spoken.text))]
    spans = [spoken.original_span(first, last) for _, first, last in pieces]
    text = "".join(letter for letter, _, _ in pieces)
    return Normalized(text, spoken.source, tuple(first for first, _ in spans), tuple(last for _, last in spans))


@lru_cache(maxsize=1)
def _words() -> tuple[dict[str, str], re.Pattern[str]]:
    """Written words by the spoken ones, and any of these, the longer first."""
    words = {said: meant for said, _, meant in (line.partition(" ") for line in lexicon("zh-Hans").lines("spoken"))}
    return words, re.compile("|".join(sorted(words, key=len, reverse=True)))
