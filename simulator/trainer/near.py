"""What a sentence lacks to touch a subject: which terms of it nearly stand there, and what is missing of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from simulator.domain.text import Match
from simulator.language.doubtful import bare, group_of, is_doubtful
from simulator.language.normalize import LexiconLanguage, lexicon_language, normalize
from simulator.language.terms import read
from simulator.language.topics import Finder
from simulator.language.words import WORD, function_stems, stem

MOST_CLOSE = 3
"""Terms shown for one subject: whoever reads more is reading the file."""

SHORTEST_CHINESE = 4
"""Characters of a Chinese term from which on all but one make it close: two recur by chance (一点)."""

_ALIKE = 75.0  # of 100: "timing" and "time" are above it; what is misspelt by one letter is found anyway
_BEGINNING = 3  # letters that words must share to be taken for kin
_LOOSE = 2  # characters that may stand between those of a Chinese term


@dataclass(frozen=True, slots=True)
class Close:
    """A term as the file has it. `without`: the part of it that was not said; empty where all of it was, but apart or
    in another order. `said`: the word that was said in its place. `alone`: it is doubtful, and no other was said.
    """

    term: str
    without: str = ""
    said: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """A subject as a sentence missed it. `hits`: the words that met some of its groups; `groups`: those that were not
    met, `close`: their terms that come nearest, the nearest first.
    """

    hits: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    close: tuple[Close, ...]


def near(match: Match, sentence: str) -> Near:
    """What the sentence lacks to touch the subject; no groups where it touches it, or is in no lexicon's language."""
    language = lexicon_language(sentence)
    if language is None:
        return Near((), (), ())
    found = [(group, Finder(Match({language: (group,)})).find(sentence)) for group in match.groups(language)]
    lacking = tuple(group for group, span in found if span is None)
    close = _closest(lacking, sentence, language)
    return Near(tuple(span for _, span in found if span), lacking, tuple(close))


def _closest(groups: Iterable[Sequence[str]], sentence: str, language: LexiconLanguage) -> list[Close]:
    look = _english if language == "en" else _chinese
    text = normalize(sentence).text
    found: list[tuple[float, Close]] = []
    for group in groups:
        doubted = [bare(term) for term in group if is_doubtful(term)]
        found += [(1.0, Close(term, alone=True)) for term in doubted if group_of([term], language).hit(read(sentence))]
        found += look([term for term in group if not is_doubtful(term)], text)
    return [close for _, close in sorted(found, key=lambda each: -each[0])][:MOST_CLOSE]


def _english(group: Sequence[str], text: str) -> Iterator[tuple[float, Close]]:
    """Terms of which all but one word was said, a content word among them; with the share of their letters said."""
    words = WORD.findall(text)
    stems = {stem(word) for word in words}
    for term in group:
        wanted = normalize(term).text.replace("..", " ").split()
        missing = [word for word in wanted if not _is_said(word, words, stems)]
        there = [word for word in wanted if word not in missing and stem(word) not in function_stems()]
        share = 1 - sum(map(len, missing)) / sum(map(len, wanted))
        if there and not missing:
            yield 1.0, Close(term)
        elif there and len(missing) == 1:
            yield share, Close(term, without=missing[0])
        elif len(wanted) == 1 and (kin := _kin(wanted[0].rstrip("*"), words)):
            yield 0.5, Close(term, said=kin)


def _is_said(word: str, words: Iterable[str], stems: set[str]) -> bool:
    return any(said.startswith(word[:-1]) for said in words) if word.endswith("*") else stem(word) in stems


def _kin(word: str, words: Iterable[str]) -> str:
    from rapidfuzz import fuzz  # noqa: PLC0415 -- only for what is explained to a person

    alike = (said for said in words if said[:_BEGINNING] == word[:_BEGINNING] and fuzz.ratio(said, word) >= _ALIKE)
    return next((said for said in alike if stem(said) not in function_stems()), "")


def _chinese(group: Sequence[str], text: str) -> Iterator[tuple[float, Close]]:
    """Terms of which one part or one character was not said, or whose characters stand apart."""
    for term in group:
        parts = [part for part in normalize(term).text.split("..") if part]
        missing = [part for part in parts if part not in text]
        if not missing:
            yield 1.0, Close(term)
        elif len(parts) > 1 and len(missing) == 1 and len("".join(parts)) > len(missing[0]) + 1:
            yield 1 - len(missing[0]) / len("".join(parts)), Close(term, without=missing[0])
        elif len(parts) == 1 and len(term) >= SHORTEST_CHINESE:
            if term[1:] in text or term[:-1] in text:
                yield 1 - 1 / len(term), Close(term, without=term[0] if term[1:] in text else term[-1])
            elif _scattered(term, text):
                yield 1.0, Close(term)


def _scattered(term: str, text: str) -> bool:
    """Whether the characters stand in the text in their order, with little between them."""
    places = [text.find(term[0])]
    for character in term[1:]:
        places.append(text.find(character, places[-1] + 1))
    return -1 not in places and all(later - earlier <= 1 + _LOOSE for earlier, later in pairwise(places))
