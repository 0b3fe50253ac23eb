"""Hears a line without a model: acts by lexicon and patterns, topics by the pack's synonym groups."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.conversation.ports import Scene
from simulator.domain.acts import HeardSentence, Hearing, TopicSpan
from simulator.domain.text import Match
from simulator.language.acts import hear
from simulator.language.per_pack import once_per_pack
from simulator.language.topics import Finders, finders


class OfflineListener:
    """Listener over simulator.language."""

    name = "offline"

    async def hear(self, line: str, scene: Scene) -> Hearing:
        """Acts and topics of the line. A flagged sentence has neither."""
        heard = hear(line, scene.previous)
        topics = _topics(scene.topics)
        return Hearing(tuple(_with_topics(sentence, topics) for sentence in heard.sentences))


@once_per_pack
def _topics(topics: Mapping[str, Match]) -> Finders:
    return finders(topics)


def _with_topics(sentence: HeardSentence, finders: Finders) -> HeardSentence:
    if sentence.flag:
        return sentence
    topics = tuple(TopicSpan(topic, span) for topic, span in finders.find(sentence.text).items())
    return HeardSentence(sentence.text, sentence.start, sentence.end, sentence.acts, topics) if topics else sentence
