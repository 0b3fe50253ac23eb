"""Vocabulary by which facts are read off sentences: time, channel, fallback, benefit and the like, in each language."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from simulator.language.normalize import lexicon_language, normalize
from simulator.language.patterns import Lexicon, read_lexicon
from simulator.language.words import stem

if TYPE_CHECKING:
    from simulator.language.normalize import LexiconLanguage
    from simulator.language.patterns import Heard

_FILES = {"en": "en.yaml", "zh-Hans": "zh.yaml"}


def shows(text: str, *signs: str) -> bool:
    """Whether a sentence shows any of these signs. Raises KeyError for a sign that no lexicon has."""
    heard = hear(text)
    return heard is not None and heard.finds_any(signs)


def spans(text: str, *signs: str) -> tuple[str, ...]:
    """The words (normalised) that show these signs, the first place of each."""
    heard = hear(text)
    found = heard.search(dict(zip(signs, signs, strict=True))) if heard else ()
    return tuple(hit.group() for _, hit in found)


@lru_cache(maxsize=1024)
def hear(text: str) -> Heard | None:
    """The text, ready to be searched for signs; None where no lexicon reads it."""
    language = lexicon_language(text)
    return _signs(language).hear(normalize(text).text) if language else None


@lru_cache(maxsize=1)
def particles() -> frozenset[str]:
    """Chinese characters that join words: a pair with one of them is no word."""
    return frozenset("".join(_signs("zh-Hans").lines("particles")))


def refers(text: str) -> bool:
    """Whether a sentence speaks of somebody present or something named before: you, him, it, that."""
    return shows(text, "refers")


def unanchored(text: str) -> frozenset[str]:
    """Everyday words of the text's language, as content words, that tie a sentence to no subject."""
    language = lexicon_language(text)
    return _words(language, "unanchored") if language else frozenset()


def small_talk(text: str) -> frozenset[str]:
    """Words of the text's language, as content words, that people chat about who have other business."""
    language = lexicon_language(text)
    return _words(language, "small_talk") if language else frozenset()


def at_home(text: str) -> frozenset[str]:
    """Words of the text's language, as content words, that belong in any talk with a customer."""
    language = lexicon_language(text)
    return _words(language, "service") if language else frozenset()


@lru_cache(maxsize=8)
def _words(language: LexiconLanguage, section: str) -> frozenset[str]:
    words = " ".join(_signs(language).lines(section)).split()
    return frozenset(stem(word) for word in words) if language == "en" else frozenset(words)


@lru_cache(maxsize=2)
def _signs(language: LexiconLanguage) -> Lexicon:
    return read_lexicon(language, files(__name__).joinpath(_FILES[language]))
