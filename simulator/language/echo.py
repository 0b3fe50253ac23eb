"""Whether a question takes up what the customer said: by a content word of theirs, or as a bare probe."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from simulator.language.normalize import lexicon_language, normalize
from simulator.language.patterns import lexicon
from simulator.language.words import WORD, function_stems, stem, without_function_words

if TYPE_CHECKING:
    from simulator.language.normalize import LexiconLanguage

SHORTEST_ECHO = 2
"""Characters of Chinese that make an echo: one character alone recurs by chance."""


def echoed(sentence: str, earlier: str) -> str | None:
    """The first content word of `earlier` that stands in the sentence as well, verbatim from the sentence, or None."""
    if lexicon_language(sentence) == "zh-Hans":
        return _echoed_characters(sentence, earlier)
    said = {stem(word.group()) for word in WORD.finditer(normalize(earlier).text)} - function_stems()
    heard = normalize(sentence)
    for word in WORD.finditer(heard.text):
        if stem(word.group()) in said:
            return heard.quote(word.start(), word.end())
    return None


def in_common(question: str, earlier: str) -> frozenset[str]:
    """What both speak of: stems of content words, pieces of Chinese, kin by whatever name; empty where nothing."""
    return _content(question) & _content(earlier)


@lru_cache(maxsize=512)
def _content(text: str) -> frozenset[str]:
    language = lexicon_language(text)
    if language is None:
        return frozenset()
    plain = normalize(text).text
    kin = {f"kin {at}" for at, names in enumerate(_kin(language)) if names.search(plain)}
    if language == "en":
        stems = {stem(word.group()) for word in WORD.finditer(plain)}
        return frozenset(stems - function_stems() - _said_of_anything() | kin)
    plain = lexicon("zh-Hans").pattern("talk.said_of_anything").sub("\n", without_function_words(plain))
    pieces = (plain[at : at + SHORTEST_ECHO] for at in range(len(plain) - SHORTEST_ECHO + 1))
    return frozenset({piece for piece in pieces if piece.isalnum()} | kin)


def is_probe(sentence: str) -> bool:
    """Whether the sentence only asks for more of what was said ("What makes you say that?", "怎么说？")."""
    language = lexicon_language(sentence)
    if language is None:
        return False
    return lexicon(language).finds("probes", normalize(sentence).text) is not None


def points_back(sentence: str) -> bool:
    """Whether a word of the sentence stands for a thing named before it: "I'll hold it", "我给您留着它"."""
    language = lexicon_language(sentence)
    return language is not None and lexicon(language).finds("talk.points_back", normalize(sentence).text) is not None


def _echoed_characters(sentence: str, earlier: str) -> str | None:
    heard, said = normalize(sentence), without_function_words(normalize(earlier).text)
    for start in range(len(heard.text) - SHORTEST_ECHO + 1):
        piece = heard.text[start : start + SHORTEST_ECHO]
        if piece.isalnum() and piece in said:
            return heard.quote(start, start + SHORTEST_ECHO)
    return None


@lru_cache(maxsize=1)
def _said_of_anything() -> frozenset[str]:
    return frozenset(stem(word) for line in lexicon("en").lines("talk.said_of_anything") for word in line.split())


@lru_cache(maxsize=2)
def _kin(language: LexiconLanguage) -> tuple[re.Pattern[str], ...]:
    border = r"\b" if language == "en" else ""
    return tuple(re.compile(f"{border}(?:{line}){border}") for line in lexicon(language).lines("talk.kin"))
