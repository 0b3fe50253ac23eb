"""Whether a customer's lines can be said aloud in one go: nobody talks for half a minute without being answered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from simulator.domain.persona import Persona
from simulator.language.normalize import LexiconLanguage, lexicon_language
from simulator.packs.diagnostics import Fault
from simulator.packs.locate import of_wording
from simulator.trainer.secrets import spoken_lines
from simulator.wording import say

MOST_SECONDS = 15
"""How long one line may take to say; the longest of the shipped ones takes eleven."""

RATE: Mapping[LexiconLanguage, float] = {"en": 2.5, "zh-Hans": 4.0}
"""Words (English) and characters (Chinese) a second, at the pace of easy conversation.

150 words a minute is the rate the National Center for Voice and Speech gives for American English; 240 syllables a
minute is what the syllabus of China's Putonghua proficiency test (PSC) calls normal.
"""

_UNITS: Mapping[LexiconLanguage, re.Pattern[str]] = {
    "en": re.compile(r"[^\W_]+(?:['’][^\W_]+)*"),
    "zh-Hans": re.compile(r"[\u3400-\u9fff]|[A-Za-z]+|\d"),
}


def breathless(persona: Persona) -> Iterator[Fault]:
    """Lines of the customer that take too long to say."""
    for line in spoken_lines(persona):
        for language, wording in line.text.by_language.items():
            spoken = lexicon_language(wording)
            if spoken is None:
                continue
            units = len(_UNITS[spoken].findall(wording))
            seconds = units / RATE[spoken]
            if seconds > MOST_SECONDS:
                most = int(MOST_SECONDS * RATE[spoken])
                told = _words(units, most) if spoken == "en" else _characters(units, most)
                yield Fault("P059", of_wording(line.path, language), told, severity="warning")


def _words(count: int, most: int) -> str:
    return say("{count} words are too many to say in one go; {most} take a quarter of a minute", count=count, most=most)


def _characters(count: int, most: int) -> str:
    return say(
        "{count} characters are too many to say in one go; {most} take a quarter of a minute", count=count, most=most
    )
