"""English words as they are counted equal: a light stem, and one typing error.

The stem undoes the endings of nouns and regular verbs (charge ~ charges, charged, charging) and knows the common
irregular ones from the lexicon. It is applied to both sides of a comparison, so it need not be a word.
"""

from __future__ import annotations

import re
from functools import lru_cache

from simulator.language.patterns import lexicon

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
"""A word of normalised text; an apostrophe inside belongs to it."""

SHORTEST_TYPO = 5
"""Letters from which on a word may be misspelt: in shorter ones, one letter makes another word."""

_VOWEL = re.compile("[aeiouy]")
_DOUBLED = re.compile(r"([bdgklmnprtvz])\1$")
_SILENT_E = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]$")
"""One short syllable: a final e after it tells words apart ("plan", "plane"), and before an ending it doubles its last
letter ("planned") unless there was such an e.
"""

_UNBENDING = re.compile(r"(?:ss|us|is|ous)$")


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The word without its ending, in lower case."""
    word = word.removesuffix("'s").removesuffix("s'")
    irregular = _irregular().get(word)
    if irregular is not None:
        return irregular
    if word in _common() and not word.endswith(("s", "ed", "ing")):
        return _without_e(word)
    return _without_ending(word)


@lru_cache(maxsize=512)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a normalised text, in order. Remembered: a sentence is looked at for its subjects, its content and
    what it takes up.
    """
    return tuple(WORD.findall(text))


@lru_cache(maxsize=512)
def stems_of(text: str) -> tuple[str, ...]:
    """Their stems."""
    return tuple(map(stem, words_of(text)))


@lru_cache(maxsize=8192)
def may_be_misspelt(word: str) -> bool:
    """Whether a word is long enough to hold a typing error and is not itself an everyday word."""
    return (
        len(word) >= SHORTEST_TYPO - 1
        and word.isalpha()
        and word not in _common()
        and stem(word) not in _common_stems()
    )


@lru_cache(maxsize=4096)
def deletions(word: str) -> frozenset[str]:
    """The word and everything left of it without one letter: words one typing error apart share one of these."""
    return frozenset((word, *(word[:at] + word[at + 1 :] for at in range(len(word)))))


def is_misspelling(typed: str, meant: str) -> bool:
    """Whether one inserted, left out, changed or swapped letter lies between the two."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 -- most sentences hold no suspect word

    return OSA.distance(typed, meant, score_cutoff=1) <= 1


def is_everyday(word: str) -> bool:
    """Whether a word in lower case is one that everybody uses, in this form."""
    return word in _common() or word in function_words()


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """The English words that carry no meaning by themselves."""
    return frozenset(word for line in lexicon("en").lines("function_words") for word in line.split())


@lru_cache(maxsize=1)
def function_stems() -> frozenset[str]:
    """Their stems."""
    return frozenset(map(stem, function_words()))


def without_function_words(text: str) -> str:
    """Normalised Chinese with line breaks in the place of what carries no meaning by itself, as long as before."""
    for word in filter(text.__contains__, lexicon("zh-Hans").lines("function_words")):
        text = text.replace(word, "\n" * len(word))
    return text


def _without_ending(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):  # noqa: PLR2004 -- "ties", "lies" are no plural of -y
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not _UNBENDING.search(word):  # noqa: PLR2004
        word = word[:-2] if word.endswith(("ches", "shes", "xes", "sses", "oes")) else word[:-1]
    for ending in ("ing", "ied", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 1 and _VOWEL.search(rest) and not word.endswith("eed"):
            if ending != "ied" and _SILENT_E.match(rest):  # "hoped" is of "hope": "hop" gives "hopped"
                return rest + "e"
            word = rest + "y" if ending == "ied" else _undoubled(rest)
            break
    return _without_e(word)


def _without_e(word: str) -> str:
    """The word without a final e that tells nothing apart: "charge" meets "charging", "plane" keeps from "plan"."""
    if len(word) > 3 and word.endswith("e") and not _SILENT_E.match(word[:-1]):  # noqa: PLR2004
        return word[:-1]
    return word


def _undoubled(rest: str) -> str:
    """Undo a doubled last letter: plann -> plan, cancell -> cancel, but call and sell keep theirs."""
    if _DOUBLED.search(rest) and (not rest.endswith(("ll", "zz")) or len(_VOWEL.findall(rest)) > 1):
        return rest[:-1]
    return rest


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    """Form -> stem. A word that only looks inflected (evening, news) is its own stem."""
    rows = (line.split() for line in lexicon("en").lines("irregular"))
    own = ((row, row[0].endswith(("ing", "s")) or row[0] in row[1:]) for row in rows)
    stems = ((row, row[0] if is_stem else _without_ending(row[0])) for row, is_stem in own)
    return {form: kept for row, kept in stems for form in row}


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(word for line in lexicon("en").lines("everyday_words") for word in line.split())


@lru_cache(maxsize=1)
def _common_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in _common())
