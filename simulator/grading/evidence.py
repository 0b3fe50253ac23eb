"""Whether a quote stands where it is said to stand. A yes without its words is no yes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.domain.acts import Hearing
    from simulator.domain.rubric import QuoteFrom
    from simulator.domain.scorecard import Quote
    from simulator.domain.transcript import Transcript

_MARKS = str.maketrans(dict.fromkeys('‘’‚‛`´′“”„‟″«»「」『』"', "'"))
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=1024)
def same_words(text: str) -> str:
    """The text as quotes are compared: equal width (NFKC), case and quotation marks, and no spaces."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text.translate(_MARKS)).casefold().translate(_MARKS))


def verify(
    quote: Quote, transcript: Transcript, speaker: QuoteFrom, hearings: Mapping[int, Hearing] | None = None
) -> str:
    """Why the quote proves nothing, or an empty string if it holds.

    It must stand verbatim in the turn it names, in a turn of the right speaker, and not in a sentence that was set
    aside because it talks to the grader (`hearings` knows those).
    """
    try:
        turn = transcript.turn(quote.turn)
    except LookupError:
        return f"there is no turn {quote.turn}"
    if speaker == "learner" and turn.speaker != "learner":
        return f"turn {quote.turn} is not the learner's"
    if not quote.text.strip():
        return "the quote is empty"
    if not _holds(turn.text, quote.text):
        return f"turn {quote.turn} does not hold these words"
    if not _holds(_without_flagged(turn.text, (hearings or {}).get(quote.turn)), quote.text):
        return f"the words in turn {quote.turn} talk to the grader"
    return ""


def _holds(text: str, words: str) -> bool:
    """Whether the words stand in the text. Most do so letter by letter: then no spellings are compared."""
    return words in text or same_words(words) in same_words(text)


def _without_flagged(text: str, hearing: Hearing | None) -> str:
    """The turn without its flagged sentences; a mark no quote can hold stands in their place."""
    if hearing is None:
        return text
    kept = text
    for sentence in reversed(hearing.sentences):
        if sentence.flag:
            kept = f"{kept[: sentence.start]}\0{kept[sentence.end :]}"
    return kept
