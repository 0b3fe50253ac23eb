"""Whether a sentence asks for something without being a question: "Your passport, please.", "护照给我看一下"."""

from __future__ import annotations

from simulator.language.normalize import lexicon_language, normalize
from simulator.language.patterns import lexicon


def asks_for(sentence: str) -> bool:
    """Whether the words ask to be given, shown or told something. What it is, a topic says."""
    language = lexicon_language(sentence)
    return language is not None and lexicon(language).finds("asking_for", normalize(sentence).text) is not None
