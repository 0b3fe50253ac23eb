"""What its speaker will not do, or cannot: by itself a refusal, or an undertaking to spare the customer something.

Refused is what the customer would have ("I won't refund it"); spared what they would not ("I won't press you"), however
it is worded: "I'm not going to press you" and "I will never press you" undertake the same.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from simulator.language.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.language.patterns import Lexicon
    from simulator.language.sentences import Sentence


def undertaken(text: str) -> str:
    """The words of a text without those that say what its speaker will not do, or cannot."""
    return " ".join(sentence.quote(first, last) for sentence in sentences(text) for first, last in affirmed(sentence))


def affirmed(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Offsets of the stretches of a sentence beside what is left undone."""
    at = 0
    while hit := _left_undone(sentence, at):
        yield at, sentence.clause_start(hit.start()) if sentence.is_chinese else hit.start()
        at = end_of_undone(sentence, hit)
    yield at, len(sentence.text)


def _left_undone(sentence: Sentence, at: int = 0) -> re.Match[str] | None:
    if sentence.lexicon is None or not sentence.finds("promises.undone"):
        return None
    return sentence.lexicon.pattern("promises.undone").search(sentence.text, at)


def end_of_undone(sentence: Sentence, hit: re.Match[str]) -> int:
    """Where what is left undone from `hit` on ends."""
    end = _resumed(sentence.lexicon).search(sentence.text, hit.end()) if sentence.lexicon else None
    return end.start() if end else len(sentence.text)


@lru_cache(maxsize=2)
def _resumed(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(lexicon.expanded("{resumed}"))


def forgoes(sentence: Sentence, will: re.Match[str]) -> bool:
    """Whether what is undertaken there is not to do it."""
    hit = _left_undone(sentence, sentence.clause_start(will.start()) if sentence.is_chinese else will.start())
    return hit is not None and hit.start() < will.end()


def spared(sentence: Sentence) -> re.Match[str] | None:
    """Where its speaker undertakes to spare the customer something."""
    return sentence.finds("promises.spares")
