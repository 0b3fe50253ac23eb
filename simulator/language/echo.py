"""Whether a question takes up what the customer just said: by a content word of theirs, or as a bare probe."""

from __future__ import annotations

from functools import lru_cache

from simulator.language.normalize import lexicon_language, normalize
from simulator.language.patterns import lexicon
from simulator.language.words import WORD, stem

SHORTEST_ECHO = 2
"""Characters of Chinese that make an echo: one character alone recurs by chance."""


def echoed(sentence: str, earlier: str) -> str | None:
    """The first content word of `earlier` that stands in the sentence as well, verbatim from the sentence, or None."""
    if lexicon_language(sentence) == "zh-Hans":
        return _echoed_characters(sentence, earlier)
    said = {stem(word.group()) for word in WORD.finditer(normalize(earlier).text)} - _function_stems()
    heard = normalize(sentence)
    for word in WORD.finditer(heard.text):
        if stem(word.group()) in said:
            return heard.quote(word.start(), word.end())
    return None


def is_probe(sentence: str) -> bool:
    """Whether the sentence only asks for more of what was said ("What makes you say that?", "怎么说？")."""
    language = lexicon_language(sentence)
    if language is None:
        return False
    return lexicon(language).finds("probes", normalize(sentence).text) is not None


def _echoed_characters(sentence: str, earlier: str) -> str | None:
    heard, said = normalize(sentence), normalize(earlier).text
    for word in lexicon("zh-Hans").lines("function_words"):
        said = said.replace(word, "\n")
    for start in range(len(heard.text) - SHORTEST_ECHO + 1):
        piece = heard.text[start : start + SHORTEST_ECHO]
        if piece.isalnum() and piece in said:
            return heard.quote(start, start + SHORTEST_ECHO)
    return None


@lru_cache(maxsize=1)
def _function_stems() -> frozenset[str]:
    return frozenset(stem(word) for line in lexicon("en").lines("function_words") for word in line.split())
