"""The two ways that a line puts up for the customer to choose from, and what they are called."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from simulator.language.normalize import lexicon_language, normalize
from simulator.language.patterns import lexicon

if TYPE_CHECKING:
    from simulator.language.normalize import LexiconLanguage

    Span = tuple[int, int]
    Kind = tuple[re.Pattern[str], re.Pattern[str]]

_QUESTION = re.compile(r"[^.;?!]+\?")


class Ways(NamedTuple):
    """Two ways to choose from.

    `first` and `second` are what the line says of either, normalised, without the time of day: it tells no ways apart.
    `after` is what it says once it has asked. `names` are verbatim, and None unless both ways have one.
    """

    first: str
    second: str
    after: str
    names: tuple[str, str] | None


def ways(line: str, language: LexiconLanguage) -> Ways | None:
    """The ways that a line puts up, as the lexicon of the language hears it; None where it puts up none."""
    said, words = normalize(line), lexicon(language)
    text = said.text
    sides = _asked(text) if language == "en" else None
    if sides is None:
        if words.pattern("choosing.put_up").search(text) is None:
            return None
        sides = _sides(text, language, 0, len(text)) or ((0, len(text)), (len(text), len(text)))
    names = _named(text, *sides) if language == "en" else _dated(text, *sides)
    if names is not None and text[slice(*names[0])] == text[slice(*names[1])]:
        names = None
    first, second = (words.pattern("choosing.time").sub("", text[slice(*side)]) for side in sides)
    return Ways(first, second, text[sides[1][1] :], names and (said.quote(*names[0]), said.quote(*names[1])))


def takes_first(wording: str) -> bool:
    """Whether a wording says that it is the first of two that is taken."""
    language = lexicon_language(wording)
    return language is not None and lexicon(language).finds("choosing.first", normalize(wording).text) is not None


def _asked(text: str) -> tuple[Span, Span] | None:
    """The two sides of the last English question that asks for a pick.

    It asks by its form ("Shall I ..., or ...?"), or names the two and nothing else ("Morning or afternoon?").
    """
    words = lexicon("en")
    asked, no_way = words.pattern("choosing.asked"), words.pattern("choosing.no_way")
    for question in reversed(list(_QUESTION.finditer(text))):
        sides = _sides(text, "en", *question.span())
        if sides is None or no_way.match(text[slice(*sides[1])]):
            continue
        if asked.match(question.group()) or _both(_nameable()[-1], text, *sides):
            return sides
    return None


def _sides(text: str, language: LexiconLanguage, start: int, end: int) -> tuple[Span, Span] | None:
    """What stands before the first word between two ways, and what stands after it."""
    between = lexicon(language).pattern("choosing.between").search(text, start, end)
    return ((start, between.start()), (between.end(), end)) if between else None


def _named(text: str, first: Span, second: Span) -> tuple[Span, Span] | None:
    """Where the names stand of two English ways, both of one kind."""
    return next(filter(None, (_both(kind, text, first, second) for kind in _nameable())), None)


def _both(kind: Kind, text: str, first: Span, second: Span) -> tuple[Span, Span] | None:
    one, other = kind[0].match(text, *first), kind[1].match(text, *second)
    return (one.span("name"), other.span("name")) if one and other else None


def _dated(text: str, first: Span, second: Span) -> tuple[Span, Span] | None:
    """Where the days or hours of two Chinese ways stand: the last of the first, the first of the second."""
    day = lexicon("zh-Hans").pattern("choosing.day")
    one, other = [hit.span() for hit in day.finditer(text, *first)], day.search(text, *second)
    return (one[-1], other.span()) if one and other else None


@lru_cache(maxsize=1)
def _nameable() -> tuple[Kind, ...]:
    """What an English way can be called, the most telling first: how it ends the one side, and begins the other."""
    words = lexicon("en")
    day, thing, soon, bare = (
        f"(?P<name>{words.pattern(section).pattern})"
        for section in ("choosing.day", "choosing.thing", "choosing.soon", "choosing.bare")
    )
    return (
        (re.compile(rf".*?{day}\W*$"), re.compile(rf"[^.;?!]*?{day}")),
        (re.compile(rf".*?{thing}\W*$"), re.compile(rf"\s*{thing}(?=[.,;?!]|$)")),
        (re.compile(rf".*?{soon}\W*$"), re.compile(rf"[^.;?!]*?{soon}")),
        (
            re.compile(rf"(?>{words.expanded('{well}')}(?:.*[,:] )?)[ ,]*{bare}[ ,]*$"),
            re.compile(rf"\s*{bare}\s*(?=[,?]|$)"),
        ),
    )
