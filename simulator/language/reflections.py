"""How much a sentence sounds like giving back what the customer said.

A weighted sum over features a person can check by eye: who is spoken of, how the sentence opens, how many of the
customer's own words it takes up, and how much of the line lectures. The weights stand in the lexicons, with where they
come from; above zero it is a reflection.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from simulator.language.normalize import lexicon_language, normalize
from simulator.language.patterns import lexicon
from simulator.language.questions import asked, is_stated
from simulator.language.sentences import sentences
from simulator.language.words import function_stems, stems_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.language.patterns import Lexicon
    from simulator.language.sentences import Sentence

_HAN = re.compile("[\u4e00-\u9fff]+")
_SHORT = 4
_LONG_LINE = 5
_LECTURES = {cue: f"cues.{cue}" for cue in ("facts", "advice", "i_first")}


@dataclass(frozen=True, slots=True)
class Said:
    """The customer's previous turn: its content words, and its pairs of words as the other side would say them."""

    length: int
    content: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    characters: frozenset[str]
    asks: bool


def reflection_score(sentence: Sentence, found: Mapping[str, float]) -> float:
    """The weighted sum of the features; above 0 the sentence gives something back."""
    if sentence.lexicon is None:
        return -1.0
    weights = sentence.lexicon.weights["reflection"]
    return sum(weights.get(name, 0.0) * value for name, value in found.items() if value)


def features(sentence: Sentence, line: Sequence[Sentence], context: str, form: str | None) -> dict[str, float]:
    """The features of one sentence by name: shares, logarithms of counts, and 1 for each of `cues` that is found.

    `line` are all sentences of the turn, `context` is the customer's turn before, `form` is that of the question asked.
    """
    if sentence.lexicon is None or sentence.heard is None:
        return {}
    said = _said(context)
    words = _words(sentence.text)
    function_words = _function_words()
    content = [word for word in words if word not in function_words]
    taken = sum(word in said.content for word in content)
    mirrored = sum(pair in said.pairs for pair in pairwise(words))
    short = 0 < len(words) <= _SHORT
    found = {
        "base": 1.0,
        "length": math.log1p(len(words)),
        "open": float(form == "open"),
        "closed": float(form == "closed"),
        "marked": float(sentence.is_marked),
        "turned": float(form == "closed" and not is_stated(sentence)),
        "taken_up": math.log1p(taken),
        "share_taken_up": taken / max(1, len(content)),
        "mirrored": math.log1p(mirrored),
        "short": float(short),
        "short_echo": float(short and taken > 0),
        "short_content": float(short and bool(content) and not sentence.is_marked),
        "context": math.log1p(said.length) / 4,
        "no_context": float(not context),
        "line": math.log1p(min(len(line), _LONG_LINE)),
        "lecture": _lecture(line),
        "echo": echo(sentence, context),
        "answers": float(said.asks),
    }
    found.update((name, 1.0) for name, _ in sentence.heard.search(_cues(sentence.lexicon)))
    return found


@lru_cache(maxsize=2)
def _cues(lexicon: Lexicon) -> dict[str, str]:
    """The weighted features that are not counted but looked up, by name, and the section that lists them."""
    sections = {name: f"cues.{name}" for name in lexicon.weights["reflection"]}
    return {name: section for name, section in sections.items() if section in lexicon.sections}


def settles_at_once(text: str, following: str = "") -> bool:
    """Whether a sentence states something of the customer as known, and what its speaker does or advises about it,
    in itself or in the one that follows ("Since you've lost your job, I'd take the small one"). What is heard, seen or
    supposed is not known, nor is a question.
    """
    goes_on = goes_on_telling(following)
    return any(
        (goes_on or sentence.finds("cues.settles")) and not sentence.finds("cues.supposes") and not asked(sentence)
        for sentence in sentences(text)
    )


def supposes(text: str) -> bool:
    """Whether a sentence is said as heard, seen or guessed, not as known."""
    return any(sentence.finds("cues.supposes") for sentence in sentences(text))


def goes_on_telling(following: str) -> bool:
    """Whether a sentence begins with what its speaker does or advises about the one before it."""
    return any(after.finds("cues.goes_on") and not asked(after) for after in sentences(following)[:1])


def takes_up(sentence: Sentence, context: str) -> bool:
    """Whether a sentence uses a content word of the customer's turn before it."""
    return not _said(context).content.isdisjoint(_words(sentence.text))


def echo(sentence: Sentence, context: str) -> float:
    """Which share of a Chinese sentence's characters the customer has just used; particles do not count."""
    if not sentence.is_chinese:
        return 0.0
    own = _characters(sentence.text)
    return len(own & _said(context).characters) / max(_SHORT, len(own))


def _characters(text: str) -> frozenset[str]:
    return frozenset("".join(_HAN.findall(text))) - _particles()


def _lecture(line: Sequence[Sentence]) -> float:
    """Which share of the line tells, advises or speaks of the speaker; of a long one, of its beginning."""
    line = line[:_LONG_LINE]
    telling = sum(next(part.heard.search(_LECTURES), None) is not None for part in line if part.heard)
    return telling / max(1, len(line))


def _words(text: str) -> Sequence[str]:
    """Stems of English words; pairs of Chinese characters."""
    if lexicon_language(text) == "zh-Hans":
        return [run[at : at + 2] for run in _HAN.findall(text) for at in range(max(1, len(run) - 1))]
    return stems_of(text)


@lru_cache(maxsize=64)
def _said(context: str) -> Said:
    words = _words(normalize(context).text)
    mirrored = [_mirror().get(word, word) for word in words]
    pairs = frozenset(pairwise(mirrored))
    asks = any(asked(part) for part in sentences(context)[-1:])
    return Said(len(words), frozenset(words) - _function_words(), pairs, _characters(normalize(context).text), asks)


@lru_cache(maxsize=1)
def _particles() -> frozenset[str]:
    return frozenset("".join(lexicon("zh-Hans").lines("particles")))


@lru_cache(maxsize=1)
def _mirror() -> dict[str, str]:
    """English words as the other side says them."""
    return dict(line.split() for line in lexicon("en").lines("mirrored"))


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    return function_stems().union(lexicon("zh-Hans").lines("function_words"))
