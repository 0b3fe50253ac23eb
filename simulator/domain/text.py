"""What a pack says in several languages, and the words by which code recognises a subject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LANGUAGES = ("en", "zh-Hans", "zh-Hant")
"""Languages a session can be held in (BCP 47 tags)."""

ANY_LANGUAGE = ""
"""The key of a text that was written as one plain string: it serves every language."""

Groups = tuple[tuple[str, ...], ...]
"""Synonym groups: every group must hit within one sentence, any term of a group will do."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text in every language its pack offers."""

    by_language: Mapping[str, str]

    def in_language(self, language: str) -> str:
        """The wording for `language`; Traditional falls back on Simplified.

        Raises LookupError where the pack has no such wording, which `mot check` reports as P031.
        """
        for tag in _fallbacks(language):
            if tag in self.by_language:
                return self.by_language[tag]
        raise LookupError(f"no wording in {language}; there is {sorted(self.by_language)}")

    def __str__(self) -> str:
        """Refuse the accident: a text has no wording until a language is chosen."""
        raise TypeError("a Text has no wording of its own; call in_language()")


@dataclass(frozen=True, slots=True)
class Match:
    """Synonym groups for each lexicon language (`en`, `zh-Hans`).

    Traditional Chinese is normalised to Simplified before it is matched, so it has no groups of its own.
    """

    by_language: Mapping[str, Groups]
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Hash once: what is compiled from a match is kept under it, and asked for at every sentence."""
        object.__setattr__(self, "_hash", hash(tuple(self.by_language.items())))

    def __hash__(self) -> int:
        """By value."""
        return self._hash

    def groups(self, language: str) -> Groups:
        """The groups for a lexicon language; empty where nothing can match."""
        return self.by_language.get(language, ())


def _fallbacks(language: str) -> tuple[str, ...]:
    if language == "zh-Hant":
        return ("zh-Hant", "zh-Hans", ANY_LANGUAGE)
    return (language, ANY_LANGUAGE)
