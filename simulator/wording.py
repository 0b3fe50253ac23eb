"""What the program itself says to people, in their language, by gettext.

English is the source; catalogues lie in `locale/`. The language is the calling task's own, so two sessions in one
process may speak differently.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

_CATALOGUES = {"en": "en", "zh-Hans": "zh_CN", "zh-Hant": "zh_TW"}
_speaking: ContextVar[str] = ContextVar("speaking", default="en")


def speak(language: str) -> None:
    """Say everything from here on in this language (`en`, `zh-Hans` or `zh-Hant`) in the calling task."""
    _speaking.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in the block in this language, and go back to the one before."""
    before = _speaking.set(language)
    try:
        yield
    finally:
        _speaking.reset(before)


def say(message: str, **fields: object) -> str:
    """The message in the language spoken, with its `{fields}` filled in."""
    translated = in_words(message)
    return translated.format(**fields) if fields else translated


def in_words(known: str) -> str:
    """A text that is kept where nothing is said, in the language spoken; scripts/catalogues.py must know from where."""
    return _catalogue(_CATALOGUES[_speaking.get()]).gettext(known)


@cache
def _catalogue(name: str) -> gettext.NullTranslations:
    if name == "en":  # the source needs no catalogue
        return gettext.NullTranslations()
    return gettext.translation("mot", Path(__file__).parent / "locale", [name])
