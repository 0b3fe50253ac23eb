"""Whether a sentence says something: a name, a time or a number by itself does not, for it has no verb."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from simulator.language.normalize import lexicon_language, normalize
from simulator.language.patterns import lexicon
from simulator.language.words import WORD, stem

if TYPE_CHECKING:
    from collections.abc import Iterator

_SUBJECTS = frozenset({"i", "we", "he", "she", "they"})
"""Where one of these stands, a verb stands too."""

_PAST = re.compile(r"\w{3,}ed")


def has_verb(sentence: str) -> bool:
    """Whether the sentence has a verb of its own, or a word that goes with one; no where no lexicon reads it."""
    language = lexicon_language(sentence)
    if language is None:
        return False
    text = normalize(sentence).text
    if language == "zh-Hans":
        return lexicon(language).pattern("talk.verbs").search(text) is not None
    return _helping().search(text) is not None or any(_is_verb(word) for word in _words(text))


@lru_cache(maxsize=1)
def _helping() -> re.Pattern[str]:
    return re.compile(lexicon("en").expanded("{helping}"))


def _words(text: str) -> Iterator[str]:
    return (word.group() for word in WORD.finditer(text))


def _is_verb(word: str) -> bool:
    if word.endswith("ing"):  # "no singing" has none
        return word in _verbs()
    return word in _SUBJECTS or stem(word) in _stems() or _PAST.fullmatch(word) is not None


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    return frozenset(word for line in lexicon("en").lines("talk.verbs") for word in line.split())


@lru_cache(maxsize=1)
def _stems() -> frozenset[str]:
    return frozenset(map(stem, _verbs()))
