"""How far a line names a subject in words other than those by which it is recognised at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.language.normalize import normalize
from simulator.language.terms import read
from simulator.language.topics import finder
from simulator.language.words import WORD, function_stems, is_everyday, stem, without_function_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.domain.text import Match
    from simulator.language.normalize import LexiconLanguage
    from simulator.language.terms import Place

PAIR = 2
"""Characters of Chinese that make a word: one alone recurs by chance."""
_TAKEN = "_"


@dataclass(frozen=True, slots=True)
class Subject:
    """What there is to be named: the terms that stand for it, and a text that tells of it."""

    terms: tuple[Match, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Naming:
    """Of the words of a line that say something (`words`; in Chinese, characters), how many are a subject's (`named`),
    how many of those are in its terms (`by_term`), and how many of these are no everyday words (`telling`).
    """

    words: int
    named: int
    by_term: int
    telling: int


def namings(line: str, subjects: Mapping[str, Subject], known: str) -> Mapping[str, Naming]:
    """How far a line names each subject; empty for a line in no language.

    Words of `known`, which everybody heard, are nobody's where only a text has them.
    """
    reading = read(line)
    language, text = reading.language, reading.normalized.text
    if language is None:
        return {}
    terms = {name: tuple(_by_terms(text, subject.terms, language)) for name, subject in subjects.items()}
    words = tuple(_words(text, tuple(place for places in terms.values() for place in places), language))
    told: dict[str, Naming] = {}
    for name, subject in subjects.items():
        own = [word for word in words if _within(word, terms[name])]
        said = tuple(_in_common(text, subject.text, known, language))
        named = [word for word in words if word in own or _within(word, said)]
        telling = [word for word in own if _is_telling(text, word, terms[name], language)]
        told[name] = Naming(len(words), len(named), len(own), len(telling))
    return told


def _by_terms(text: str, terms: tuple[Match, ...], language: LexiconLanguage) -> Iterator[Place]:
    """Every place that a term has; a place once found is no other's of the same group."""
    for match in terms:
        for group in finder(match).groups(language):
            left = text
            while (place := group.hit(read(left))) is not None:
                yield place
                left = left[: place[0]] + _TAKEN * (place[1] - place[0]) + left[place[1] :]


def _words(text: str, by_terms: tuple[Place, ...], language: LexiconLanguage) -> Iterator[Place]:
    """The words that say something; in Chinese characters, also those of function words that a term holds."""
    if language == "en":
        yield from (word.span() for word in WORD.finditer(text) if stem(word.group()) not in function_stems())
        return
    pairs = [place for place in by_terms if place[1] - place[0] >= PAIR]
    bare = without_function_words(text)
    for at, character in enumerate(text):
        if character.isalnum() and (bare[at] == character or _within((at, at + 1), pairs)):
            yield at, at + 1


def _in_common(text: str, other: str, known: str, language: LexiconLanguage) -> Iterator[Place]:
    """The words that both texts have, those of `known` left out."""
    if language == "en":
        stems = _stems(other) - _stems(known) - function_stems()
        yield from (word.span() for word in WORD.finditer(text) if stem(word.group()) in stems)
        return
    said, heard = without_function_words(normalize(other).text), normalize(known).text
    for at in range(len(text) - PAIR + 1):
        pair = text[at : at + PAIR]
        if pair.isalnum() and pair in said and pair not in heard:
            yield at, at + PAIR


def _is_telling(text: str, word: Place, by_terms: tuple[Place, ...], language: LexiconLanguage) -> bool:
    if language == "en":
        return not is_everyday(text[slice(*word)])
    return _within(word, [place for place in by_terms if place[1] - place[0] >= PAIR])


def _within(word: Place, places: list[Place] | tuple[Place, ...]) -> bool:
    return any(first <= word[0] and word[1] <= last for first, last in places)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word.group()) for word in WORD.finditer(normalize(text).text))
