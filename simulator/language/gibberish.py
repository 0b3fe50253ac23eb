"""Whether a line is letters without a word: keys struck at random, or mere sounds.

Keys struck are told from a word by their letters: they lie side by side on the keyboard, make pairs that no everyday
word has, or hold no vowel. Names and words of other languages do none of this throughout, and abbreviations are short.
"""

from __future__ import annotations

import re
from functools import lru_cache

from simulator.language.normalize import lexicon_language, normalize
from simulator.language.patterns import lexicon
from simulator.language.words import WORD, is_everyday

SHORTEST = 3
"""Letters below which anything may be an abbreviation or a sound that is said ("hm", "ok", "tv")."""

STRUCK = 0.5
"""Share of a line's letters in words that were struck, from which on the line says nothing, if no word in it does."""

BESIDE = 0.75
"""Share of a word's letters that lie in rows of three keys or more."""

UNHEARD = 3
"""Pairs of letters that no everyday word has, from which on a word with a vowel may be none."""

_VOWEL = re.compile("[aeiouy]")
_SAID = re.compile(r"[hmpstrz]+|(?!(.)\1)[b-z]{1,4}")
"""Without a vowel: sounds that are said ("hmm", "pfft"), and abbreviations ("thx")."""

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ALIKE = re.compile(r"(.)\1+")


def is_gibberish(line: str) -> bool:
    """Whether the line holds letters or characters, and none of them makes a word or a number."""
    language = lexicon_language(line)
    if language is None:
        return False
    text = normalize(line).text
    if lexicon(language).finds("talk.nonsense", text):
        return True
    words = [word.group() for word in WORD.finditer(text)]
    if language != "en" or any(is_everyday(word) for word in words):
        return False
    struck = sum(len(word) for word in words if _is_struck(word))
    return struck > 0 and struck >= STRUCK * sum(map(len, words))


@lru_cache(maxsize=2048)
def _is_struck(word: str) -> bool:
    if len(word) < SHORTEST or not (word.isascii() and word.isalpha()):
        return False
    if _beside(word) >= BESIDE * len(word) or (_ALIKE.fullmatch(word) and not _SAID.fullmatch(word)):
        return True
    if _VOWEL.search(word) is None:
        return _SAID.fullmatch(word) is None
    pairs = [pair for pair in _pairs_of(word) if pair[0] != pair[1]]
    unheard = sum(pair not in _pairs() for pair in pairs)
    return unheard >= UNHEARD and unheard >= STRUCK * len(pairs)


def _beside(word: str) -> int:
    """Letters of the word that lie in rows of three keys or more, from left to right."""
    return sum(
        any(word[at : at + 3] in row for row in _ROWS for at in range(max(0, end - 3), min(end, len(word) - 2)))
        for end in range(1, len(word) + 1)
    )


def _pairs_of(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(len(word) - 1)]


@lru_cache(maxsize=1)
def _pairs() -> frozenset[str]:
    """Every pair of letters that stands side by side in an everyday word."""
    words = (word for line in lexicon("en").lines("everyday_words") for word in line.split())
    return frozenset(pair for word in words for pair in _pairs_of(word))
