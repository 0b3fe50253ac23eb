"""Lines that bring nothing up: letters without a word, or a request to hear the last thing again."""

from __future__ import annotations

from simulator.domain.acts import Hearing
from simulator.language.gibberish import is_gibberish
from simulator.language.talk import asks_to_repeat


def is_noise(hearing: Hearing) -> bool:
    """Whether nobody could make anything of the line, or nothing of it belongs to the conversation."""
    return hearing.set_aside or all(is_gibberish(sentence.text) for sentence in hearing.sentences)


def asks_again(hearing: Hearing) -> bool:
    """Whether the line only asks to hear the last thing again: no new subject, no answer to one."""
    return asks_to_repeat(" ".join(sentence.text for sentence in hearing.sentences))
