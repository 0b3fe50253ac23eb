"""The words of a text that carry meaning, and those of a whole scenario."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from functools import lru_cache
from operator import add
from typing import TYPE_CHECKING

from simulator.domain.text import Match, Text
from simulator.language.normalize import lexicon_language, normalize
from simulator.language.per_pack import once_per_pack
from simulator.language.words import function_stems, stems_of, without_function_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.domain.persona import Persona

NUMBERS = frozenset(
    ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "noon", "midnight")
)
"""Function words to a lexicon, but what a deadline is made of."""

_CLOCK = re.compile(r"[零一二三四五六七八九十两\d]{1,3}点(?:半|[零一二三四五六七八九十\d]{1,3})?")
"""A time of day in Chinese, whole: its characters alone are function words."""


@lru_cache(maxsize=512)
def content(text: str) -> frozenset[str]:
    """The words of a text that carry meaning: stems in English, pairs of characters in Chinese."""
    plain = normalize(text).text
    if lexicon_language(text) == "zh-Hans":
        return _pairs(plain)
    return frozenset(stems_of(plain)) - _meaningless()


def times(text: str) -> frozenset[str]:
    """The times of day and numbers among the words of a text."""
    return frozenset(word for word in content(text) if word in NUMBERS or _CLOCK.fullmatch(word))


def _pairs(text: str) -> frozenset[str]:
    hours = frozenset(_CLOCK.findall(text))
    text = without_function_words(text)
    return hours.union(filter(str.isalnum, map(add, text, text[1:])))


@lru_cache(maxsize=1)
def _meaningless() -> frozenset[str]:
    return function_stems() - NUMBERS


def vocabulary(persona: Persona, language: str) -> frozenset[str]:
    """Content words of what a scenario says in a language, and of its keywords; kept for the last few scenarios.

    The words of its other matches are left out: taken out of their phrases they are everyday words.
    """
    known = _vocabularies(persona)
    if language not in known:
        known[language] = content("\n".join(texts(persona, language)))
    return known[language]


@once_per_pack
def _vocabularies(_persona: Persona) -> dict[str, frozenset[str]]:
    """By language, each read when it is first asked for."""
    return {}


def texts(value: object, language: str) -> Iterator[str]:
    """All texts in a part of a pack, in one language, and the words by which its needs are noticed."""
    if isinstance(value, Text):
        yield value.in_language(language)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            inner = getattr(value, field.name)
            if field.name == "keywords" and isinstance(inner, Match):
                yield from (term for group in inner.groups("en" if language == "en" else "zh-Hans") for term in group)
            elif not isinstance(inner, Match):
                yield from texts(inner, language)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item, language)
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item, language)
