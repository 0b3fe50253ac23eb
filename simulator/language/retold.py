"""How a saying begins, for whoever says it again: without a greeting, without what joined it to what was said before
it, or in the middle of a sentence. What is left is verbatim.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from simulator.language.normalize import lexicon_language, normalize
from simulator.language.patterns import lexicon
from simulator.language.words import WORD, is_everyday

if TYPE_CHECKING:
    from simulator.language.normalize import LexiconLanguage


def without_greeting(text: str) -> str:
    """The text without the words that open a talk: "Hello, excuse me. ...", "喂，您好，..."."""
    return _without("greeting", text)


def without_taking_up(text: str) -> str:
    """The text without what only takes up the question before it: "Now that you ask, ..."."""
    return _without("taking_up", text)


def without_joint(text: str) -> str:
    """The text without what joins it to the sentence before it: "And ...", "Oh, ...", "而且，..."."""
    return _without("joint", text)


def bids(text: str) -> bool:
    """Whether the text bids somebody do something: "Promise me that.", "您就给我办了。"."""
    language = lexicon_language(text)
    return language is not None and lexicon(language).pattern("retold.bids").match(normalize(text).text) is not None


def in_mid_sentence(text: str) -> str:
    """The words as they go on after a comma: with a small letter, unless a name or "I" begins them."""
    said = normalize(text).text
    word = WORD.match(said)
    if word is None or lexicon_language(text) != "en":
        return text
    words = lexicon("en")
    if words.pattern("retold.names").match(said):
        return text
    if not (is_everyday(word.group()) or words.pattern("retold.numbers").match(said)):
        return text
    return text[:1].lower() + text[1:]


def _without(beginning: str, text: str) -> str:
    language = lexicon_language(text)
    pattern = _beginnings(language).get(beginning) if language else None
    said = normalize(text)
    hit = pattern.match(said.text) if pattern else None
    return text[said.original_span(0, hit.end())[1] :] if hit else text


@lru_cache(maxsize=2)
def _beginnings(language: LexiconLanguage) -> dict[str, re.Pattern[str]]:
    """The words of each kind of beginning with the marks that set it off."""
    words = lexicon(language)
    greets, joins, exclaims = (
        words.pattern(section).pattern for section in ("retold.greets", "retold.joins", "retold.exclaims")
    )
    if language == "zh-Hans":
        return {
            "greeting": re.compile(rf"(?:{greets}[,。?!.]+)+"),
            "joint": re.compile(rf"(?:{joins},?|{exclaims}[,:])+"),
        }
    takes_up = words.pattern("retold.takes_up").pattern
    return {
        "greeting": re.compile(rf"(?:{greets}[,.?!]+ )+"),
        "taking_up": re.compile(f"{takes_up}, "),
        "joint": re.compile(rf"(?:{joins},? |{exclaims}, )+"),
    }
