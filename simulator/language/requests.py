"""What a sentence asks for besides what it wants to know: a thing to be given ("Your passport, please."), a choice."""

from __future__ import annotations

from simulator.language.normalize import lexicon_language, normalize
from simulator.language.patterns import lexicon


def asks_for(sentence: str) -> bool:
    """Whether the words ask to be given, shown or told something. What it is, a topic says."""
    return _finds("asking_for", sentence)


def asks_to_choose(question: str) -> bool:
    """Whether the words of a question leave two things or more to pick from: "Which suits you?", "两点还是三点?"."""
    return _finds("questions.picks", question) or _finds("questions.either", question)


def leaves_the_pick(line: str) -> bool:
    """Whether the line names ways and asks which it shall be, in so many words."""
    return _finds("questions.picks", line) and _finds("questions.either", line)


def _finds(section: str, text: str) -> bool:
    language = lexicon_language(text)
    return language is not None and lexicon(language).finds(section, normalize(text).text) is not None
