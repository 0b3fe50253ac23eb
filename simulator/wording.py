"""What the program itself says to people, in their language, by gettext.

English is the source; catalogues lie in `locale/`. The language is the calling task's own, so two sessions in one
process may speak differently.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

_CATALOGUES = {"en": "en", "zh-Hans": "zh_CN", "zh-Hant": "zh_TW"}
_speaking: ContextVar[str] = ContextVar("speaking", default="en")


def speak(language: str) -> None:
    """Say everything from here on in this language (`en`, `zh-Hans` or `zh-Hant`) in the calling task."""
    _speaking.set(language)


def spoken() -> str:
    """The language that is spoken in the calling task."""
    return _speaking.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in the block in this language, and go back to the one before."""
    before = _speaking.set(language)
    try:
        yield
    finally:
        _speaking.reset(before)


def language_named(name: str) -> str | None:
    """The language that goes by this name (`en-GB`, `zh`, `zh_TW`, `zh-Hant-HK`); None where it is none of ours."""
    if name in _CATALOGUES:
        return name
    named = re.fullmatch(r"(en|zh)([-_]\w+)*", name, re.IGNORECASE)
    if named is None:
        return None
    return _by_region(name) if named[1].lower() == "zh" else "en"


def language_of(environment: Mapping[str, str]) -> str:
    """The language of the environment's locale, by POSIX precedence; Chinese by script, since regions imply one."""
    names = (environment.get(variable, "").strip() for variable in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next(filter(None, names), "")
    return _by_region(name) if name.startswith("zh") else "en"


def _by_region(name: str) -> str:
    """The script that a name of Chinese asks for (`zh`, `zh_TW.UTF-8`, `zh-Hant-HK`)."""
    return "zh-Hant" if re.match(r"zh[-_](TW|HK|MO|Hant)", name, re.IGNORECASE) else "zh-Hans"


def say(message: str, **fields: object) -> str:
    """The message in the language spoken, with its `{fields}` filled in."""
    translated = in_words(message)
    return translated.format(**fields) if fields else translated


def listed(items: Iterable[str]) -> str:
    """The items one after the other, separated as the language spoken does it."""
    return say(", ").join(items)


def in_words(known: str) -> str:
    """A text that is kept where nothing is said, in the language spoken; scripts/catalogues.py must know from where."""
    return _catalogue(_CATALOGUES[_speaking.get()]).gettext(known)


@cache
def _catalogue(name: str) -> gettext.NullTranslations:
    if name == "en":  # the source needs no catalogue
        return gettext.NullTranslations()
    return gettext.translation("mot", Path(__file__).parent / "locale", [name])
