"""Sentences that are no part of the conversation: talk to the grader, and attempts on what stands behind the role.

A flagged sentence has no acts, so it can open nothing and prove nothing; what stands beside it is heard as if it had
not been said, unless it is of a kind that goes on with an attack: how to answer, the text above, the next task. Wording
is recognised by the lexicons' families of phrasing; encoded payloads and the noise that is optimised against judges, by
their form.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

from simulator.language.pressing import pressed
from simulator.language.words import WORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.domain.acts import Flag
    from simulator.language.sentences import Sentence

_BASE64 = re.compile(r"(?<![\w/+.:])[A-Za-z0-9+/]{16,}={0,2}(?![\w/.])")
_BITS = re.compile(r"(?:[01]{7,8}\s+){3,}|\b[0-9a-f]{32,}\b|(?:[.-]{1,5} ){4,}")
_CODE = re.compile(r"[{}\\<>|`$=*#\]\[]|//|\*\*")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\[[^\]\[]{1,24}\]|#E-s")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*]+)(?<=\S)\1(?![\w*])")
_CLUTTER = re.compile(r"[^\w\s。，、；：？！“”‘’]{3,}|[a-z]{2,}[A-Z]{2,}|[A-Z]{3,}[a-z]{2,}|\w[\])}>/\\|]+\w")
_JOINED = re.compile(r"[-_](?<=\w.)[-_]*(?=\w)")  # the mark first: it is what few sentences have
_SPOKEN = frozenset({"you", "your", "i", "we", "our", "my", "i'm", "you're", "it's", "i'll", "we'll"})
_GLUE = frozenset({"the", "a", "an", "to", "of", "is", "are", "in", "for", "and", "that", "this", "on", "at", "with"})
_READABLE = 0.9
_CODE_MARKS = 3
_TOLD = 2
_TOLD_IN_SPEECH = 5
_LONGEST_NOISE = 250


def flags(sentences: Sequence[Sentence]) -> tuple[Flag | None, ...]:
    """Why each sentence of a line is set aside, or None."""
    found: list[Flag | None] = [_flag(sentence) for sentence in sentences]
    begun = next((why for why in found if why), None)
    for at, sentence in enumerate(sentences if begun else ()):
        if found[at] is None and _goes_on(sentence):
            found[at] = begun
    for at in pressed(sentences):
        found[at] = found[at] or "extracts_prompt"
    whole = sum(len(sentence.source) for sentence in sentences)
    if not any(found) and len(sentences) > 1 and whole < _LONGEST_NOISE and _is_noise_for_judges(sentences):
        found = ["addresses_grader"] * len(sentences)
    return tuple(found)


def _flag(sentence: Sentence) -> Flag | None:
    """Form is looked at in every language, wording in those with a lexicon; hyphens may stand for spaces."""
    if _hides_payload(sentence.source) or _is_noise_for_judges([sentence]):
        return "addresses_grader"
    if sentence.lexicon is None:
        return None
    heard = sentence.lexicon.hear(_JOINED.sub(" ", sentence.text))
    if heard.finds("flags.grader"):
        return "addresses_grader"
    if heard.finds("flags.demand") or heard.finds("flags.extract") or heard.finds("flags.hijack"):
        return "extracts_prompt"
    return None


def _goes_on(sentence: Sentence) -> bool:
    """Whether a sentence is of a kind that goes with an attack, though it proves none by itself."""
    lexicon = sentence.lexicon
    if lexicon is None:
        return False
    return lexicon.alone("flags.goes_on").finds("flags.goes_on", _JOINED.sub(" ", sentence.text)) is not None


def _hides_payload(source: str) -> bool:
    """Whether a run of base64, bits, hexadecimal or Morse stands in the text."""
    if _BITS.search(source):
        return True
    return any(_decodes(found.group()) for found in _BASE64.finditer(source))


def _decodes(run: str) -> bool:
    """Whether base64 gives readable text: long words, paths and order numbers do not."""
    if run.isdigit() or (run.isalpha() and (run.islower() or run.isupper())):
        return False
    try:
        text = base64.b64decode(run.rstrip("=") + "=" * (-len(run.rstrip("=")) % 4), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return False
    readable = sum(letter.isalnum() or letter.isspace() or letter in ".,:;!?'\"-，。：；！？" for letter in text)
    return readable >= _READABLE * len(text)


def _is_noise_for_judges(sentences: Sequence[Sentence]) -> bool:
    """Suffixes optimised against judges: words of preference and correctness, torn words, the punctuation of code."""
    source = " ".join(sentence.source for sentence in sentences)
    english = [sentence for sentence in sentences if sentence.lexicon is not None and not sentence.is_chinese]
    told = {word for sentence in english for word in _judging(sentence)}
    if not told and not _CODE.search(source):  # most sentences have neither
        return False
    source = _EMPHASIS.sub(r"\2", _ADDRESS.sub(" ", source))
    marks = len(_CODE.findall(source))
    if marks >= _CODE_MARKS and marks * 12 >= len(source):
        return True
    if not told:
        return False
    torn = bool(_CLUTTER.search(source)) + (marks > 0)
    words = {word for sentence in english for word in WORD.findall(sentence.text)}
    if not _SPOKEN.isdisjoint(words):
        return len(told) + torn >= _TOLD_IN_SPEECH
    return len(told) + torn >= (_TOLD if _GLUE.isdisjoint(words) else _TOLD + 1)


def _judging(sentence: Sentence) -> Iterator[str]:
    """Its words of preference and correctness."""
    if sentence.lexicon is not None and sentence.finds("flags.judge_words"):
        yield from (word.group() for word in sentence.lexicon.pattern("flags.judge_words").finditer(sentence.text))
