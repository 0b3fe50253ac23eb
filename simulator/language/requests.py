"""What a sentence asks for besides what it wants to know: a thing to be given ("Your passport, please."), a choice."""

from __future__ import annotations

import re

from simulator.language.normalize import lexicon_language, normalize
from simulator.language.patterns import lexicon

_EITHER = re.compile(r"\bor\b(?! (?:not|so|anything|something|what)\b)|还是|或者|要么")


def asks_for(sentence: str) -> bool:
    """Whether the words ask to be given, shown or told something. What it is, a topic says."""
    language = lexicon_language(sentence)
    return language is not None and lexicon(language).finds("asking_for", normalize(sentence).text) is not None


def asks_to_choose(question: str) -> bool:
    """Whether the words of a question leave two things or more to pick from: "Which suits you?", "两点还是三点?"."""
    language = lexicon_language(question)
    if language is None:
        return False
    text = normalize(question).text
    return lexicon(language).finds("questions.picks", text) is not None or _EITHER.search(text) is not None


def leaves_the_pick(line: str) -> bool:
    """Whether the line names ways and asks which it shall be, in so many words."""
    language = lexicon_language(line)
    if language is None:
        return False
    text = normalize(line).text
    return lexicon(language).finds("questions.picks", text) is not None and _EITHER.search(text) is not None
