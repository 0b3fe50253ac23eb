"""The words that touch a topic, as a model is shown them: some of the hundreds that a pack lists for code to find."""

from __future__ import annotations

from functools import lru_cache

from simulator.domain.text import Match
from simulator.language.doubtful import bare, is_doubtful
from simulator.packs.traditional import traditional


@lru_cache(maxsize=1024)  # a persona's topics, asked for at every line
def topic_words(match: Match, language: str, most: int) -> str:
    """At most so many words of each group, picked evenly. A sentence about the topic has a word of each group.

    Doubtful words are shown where there are no others: a model would take each for the topic.
    """
    every = match.groups("en" if language == "en" else "zh-Hans")
    groups = [[term for term in group if not is_doubtful(term)] or group for group in every]
    picked = (group[:: -(-len(group) // most)] for group in groups)
    words = " + ".join(", ".join(" ".join(_plain(word).split()) for word in group) for group in picked)
    return traditional(words) if language == "zh-Hant" else words


def _plain(word: str) -> str:
    """The word without the marks that only a finder reads."""
    return bare(word).replace("..", " … ").replace("*", "")
