"""Hears a line without a model: acts by lexicon and patterns, topics by the pack's synonym groups."""

from __future__ import annotations

from dataclasses import replace

from simulator.conversation.ports import Scene
from simulator.domain.acts import HeardSentence, Hearing, TopicSpan
from simulator.language.acts import hear
from simulator.language.topics import finder


class OfflineListener:
    """Listener over simulator.language."""

    name = "offline"

    async def hear(self, line: str, scene: Scene) -> Hearing:
        """Acts and topics of the line. A flagged sentence has neither."""
        heard = hear(line, scene.previous)
        return Hearing(tuple(_with_topics(sentence, scene) for sentence in heard.sentences))


def _with_topics(sentence: HeardSentence, scene: Scene) -> HeardSentence:
    if sentence.flag:
        return sentence
    found = ((topic, finder(match).find(sentence.text)) for topic, match in scene.topics.items())
    return replace(sentence, topics=tuple(TopicSpan(topic, span) for topic, span in found if span))
