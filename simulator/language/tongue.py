"""Which language somebody speaks, told from all they say: script first, then the everyday words of English."""

from __future__ import annotations

import re

from simulator.language.normalize import lexicon_language, normalize
from simulator.language.words import WORD, function_words

ENGLISH = 0.3
"""Share of function words from which on Latin letters are read as English. All a learner says in a labelled transcript
holds 0.53 or more; a few sentences of German, Dutch, Polish, Spanish, Italian or French, some of whose short words look
the same, at most 0.2.
"""

TOO_FEW = 8
"""Words below which nothing is told from them: "Two rooms, sixth floor?" is English."""

TRADITIONAL = 0.1
"""Share of the different Chinese characters that have a Simplified form, from which on the writing is Traditional:
in Simplified there are none.
"""

_HAN = re.compile("[\u3400-\u9fff]")


def tongue(text: str) -> str | None:
    """The language of everything one side says; None where no lexicon reads it."""
    read_by = lexicon_language(text)
    if read_by is None:
        return None
    plain = normalize(text).text
    if read_by == "en":
        words = WORD.findall(plain)
        known = sum(word in function_words() for word in words)
        return "en" if len(words) < TOO_FEW or known >= ENGLISH * len(words) else None
    written = set(_HAN.findall(text))
    changed = written - set(_HAN.findall(plain))
    return "zh-Hant" if len(changed) >= TRADITIONAL * len(written) else "zh-Hans"
