"""What a line says about the talk itself: that it was not heard, what somebody came for, whether that is all.

None of it has a subject: it asks for what was said, or for the request, whatever the scenario.
"""

from __future__ import annotations

from simulator.language.normalize import lexicon_language, normalize
from simulator.language.patterns import lexicon
from simulator.language.sentences import sentences


def asks_to_repeat(line: str) -> bool:
    """Whether the line asks to hear the last thing again and, but for courtesy, says nothing else."""
    language = lexicon_language(line)
    if language is None:
        return False
    heard, text = lexicon(language), normalize(line).text.strip()
    again = heard.pattern("talk.say_again")
    if again.search(text) is None:
        return False
    left = heard.pattern("talk.courtesy").sub(" ", again.sub(" ", text))
    return not any(letter.isalnum() for letter in left)


def asks_purpose(line: str) -> bool:
    """Whether the line asks what they came for: "How can I help you?", "有什么可以帮您?"."""
    return _any(line, "talk.purpose")


def asks_account(line: str) -> bool:
    """Whether the line asks what has happened, and of nothing in particular: "What's the matter?", "怎么了?"."""
    return _any(line, "talk.account")


def asks_for_more(line: str) -> bool:
    """Whether the line asks if there is anything else, whatever that is."""
    return _any(line, "talk.anything_else")


def leaves_to_them(line: str) -> bool:
    """Whether the line tells somebody to see to it themselves ("Why don't you just buy one?"): it offers nothing."""
    return _any(line, "talk.left_to_them")


def _any(line: str, section: str) -> bool:
    return any(sentence.finds(section) for sentence in sentences(line))
