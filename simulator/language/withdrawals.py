"""Promises taken back, in one sentence or over two neighbours: what was said is owned to be wrong, and in the sentence
before or after it the speaker says that it cannot be kept ("I was wrong. I can't promise that."), or bids to forget it.

Either half alone takes nothing back: one may be wrong about anything, and a limit may be stated of what was never said.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from simulator.language.sentences import sentences

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from simulator.language.sentences import Sentence
    from simulator.language.settling import Reading

_BROKEN_OFF = ("…", "...", "—", "-")

_READ_OTHERWISE = ("inform", "reflect_content", "own_it", "argue", "blame")
"""How words that own to be wrong are read by themselves."""


def join_withdrawals(readings: Sequence[Reading]) -> None:
    """Let the sentence that owns to be wrong take back what its neighbour says cannot be kept."""
    for one, other in pairwise(readings):
        if any(reading.form or reading.has("withdraw_promise") for reading in (one, other)):
            continue
        admits = next((it for it in (one, other) if it.sentence.finds("withdrawing.admits")), None)
        if admits and _unsays(other if admits is one else one):
            admits.drop(*_READ_OTHERWISE)
            admits.acts["withdraw_promise"] = admits.sentence.quote()


def drop_taken_back(readings: Sequence[Reading]) -> None:
    """Let go what is taken back as soon as it is said: an offer put as a question ("要不续半年？哦，当我没说。"), and
    what was broken off ("我可以保证……呃不能保证。").
    """
    for one, other in pairwise(readings):
        if one.sentence.source.endswith(_BROKEN_OFF) and other.sentence.finds("withdrawing.corrects"):
            one.drop("propose", "promise", "guarantee", "update_commit")
        if one.form and other.has("withdraw_promise") and not other.has("propose"):
            one.drop("propose")


def beside_withdrawal(text: str) -> str:
    """The words of a text beside those that take something back."""
    return " ".join(_beside(sentence, sentence.finds("acts.withdraw")) for sentence in sentences(text))


def _beside(sentence: Sentence, hit: re.Match[str] | None) -> str:
    return f"{sentence.quote(0, hit.start())} {sentence.quote(hit.end())}" if hit else sentence.source


def _unsays(reading: Reading) -> bool:
    """Whether it says that something cannot be kept, or is to be forgotten."""
    return reading.has("state_limit") or reading.sentence.finds("withdrawing.denies") is not None
