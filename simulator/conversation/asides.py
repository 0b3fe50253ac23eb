"""Lines that bring nothing up: letters without a word, a wish to hear the last thing again, "can you hear me?"."""

from __future__ import annotations

from simulator.domain.acts import Hearing
from simulator.language.gibberish import is_gibberish
from simulator.language.talk import asks_to_repeat, checks_the_line


def is_noise(hearing: Hearing) -> bool:
    """Whether nobody could make anything of the line, or nothing of it belongs to the conversation."""
    return hearing.set_aside or all(is_gibberish(sentence.text) for sentence in hearing.sentences)


def is_about_hearing(hearing: Hearing) -> bool:
    """Whether the line only asks to hear the last thing again, or if it is heard itself: no new subject, no answer."""
    line = " ".join(sentence.text for sentence in hearing.sentences)
    return asks_to_repeat(line) or checks_the_line(line)
