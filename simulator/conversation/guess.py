"""What the learner thought was hidden, held against what was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.conversation.reconstruct import needs_named
from simulator.domain.persona import Persona
from simulator.language.naming import Naming, Subject, namings
from simulator.language.normalize import LexiconLanguage, lexicon_language

SHORT = 3
"""Words of a guess of which one is enough where it tells by itself what is meant."""
BY_CHANCE: Mapping[LexiconLanguage, int] = {"en": 1, "zh-Hans": 2}
"""Words (in Chinese, characters) that a guess may share with what is told of a need without meaning it."""


@dataclass(frozen=True, slots=True)
class GuessResult:
    """`lines` are the guesses, `right` those that name a need; `hits` is the line that names a need, by need.

    Recall (0..1) is by need: how many of the hidden needs were guessed. Precision (0..1) is by line.
    """

    lines: tuple[str, ...]
    right: frozenset[str]
    hits: Mapping[str, str]
    recall: float
    precision: float


def compare(guess: str, persona: Persona) -> GuessResult:
    """Match a guess, one a line, with the needs: a line matches a need whose keyword or secret phrase it has, and
    without one the need whose matter it is about in other words.
    """
    lines = tuple(line.strip() for line in guess.splitlines() if line.strip())
    named = {line: _named(line, persona) for line in lines}
    hits = {need.id: line for need in persona.needs for line in reversed(lines) if need.id in named[line]}
    right = [line for line in lines if named[line]]
    precision = len(right) / len(lines) if lines else 0.0
    return GuessResult(lines, frozenset(right), hits, len(hits) / len(persona.needs), precision)


def _named(line: str, persona: Persona) -> frozenset[str]:
    return needs_named(line, persona) or _meant(line, persona)


def _meant(line: str, persona: Persona) -> frozenset[str]:
    """The need whose matter most of the line is about, by its topics and by what the file tells of it."""
    spoken = lexicon_language(line)
    language = next((one for one in persona.profile.languages if spoken and one.startswith(spoken[:2])), None)
    if spoken is None or language is None:
        return frozenset()
    found = namings(line, _subjects(persona, language), _known(persona, language))
    most = max(((one.named, one.telling) for one in found.values()), default=(0, 0))
    likeliest = [name for name, one in found.items() if (one.named, one.telling) == most]
    return frozenset(name for name in likeliest if _suffices(found[name], spoken))


def _suffices(naming: Naming, language: LexiconLanguage) -> bool:
    """Half of the line must be the need's, in English more: there one word is soon half of it. One that is heard in few
    conversations is enough by itself where the line is short; what is heard in any names nothing.
    """
    if language == "en" and naming.telling:
        return naming.named * SHORT >= naming.words
    half = naming.named * 2 - naming.words
    return (half > 0 or (half == 0 and language != "en")) and (naming.by_term > 0 or naming.named > BY_CHANCE[language])


def _subjects(persona: Persona, language: str) -> dict[str, Subject]:
    subjects = {}
    for need in persona.needs:
        told = (need.text, need.reveal, *(fact.text for fact in persona.facts if fact.with_need == need.id))
        terms = (need.keywords, need.secret, need.unlock.topics)
        subjects[need.id] = Subject(terms, "\n".join(text.in_language(language) for text in told))
    return subjects


def _known(persona: Persona, language: str) -> str:
    """What anyone heard from the first line on."""
    profile = persona.profile
    return "\n".join(text.in_language(language) for text in (profile.opening, profile.explicit_need.text))
