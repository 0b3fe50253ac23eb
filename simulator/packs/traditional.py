"""Traditional Chinese for packs that are written in Simplified, with Taiwan's words (opencc `s2twp`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, TypeVar, cast

from simulator.domain.text import Match, Text

if TYPE_CHECKING:
    from opencc import OpenCC

T = TypeVar("T")

_MISREAD = {"許可權": "權限", "籤": "簽"}
"""What opencc's phrase table gets wrong for talk about offices: 权限 is authority here, and 签 signs."""


def in_traditional(value: T) -> T:
    """The same value, with `zh-Hant` filled in from `zh-Hans` in every Text that lacks it.

    Matches stay as they are: Traditional input is normalised before it is matched.
    """
    return cast("T", _filled(value))


def _filled(value: object) -> object:
    if isinstance(value, Text):
        return _converted(value)
    if isinstance(value, Match):
        return value
    if isinstance(value, tuple):
        return tuple(map(_filled, value))
    if isinstance(value, Mapping):
        return {key: _filled(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _filled(getattr(value, field.name)) for field in fields(value)})
    return value


def _converted(text: Text) -> Text:
    simplified = text.by_language.get("zh-Hans")
    if simplified is None or "zh-Hant" in text.by_language:
        return text
    return Text({**text.by_language, "zh-Hant": traditional(simplified)})


def traditional(simplified: str) -> str:
    """The words in Traditional Chinese as Taiwan writes them."""
    converted = str(_converter().convert(simplified))
    for wrong, right in _MISREAD.items():
        converted = converted.replace(wrong, right)
    return converted


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415 -- loads its tables; only Traditional needs them

    return OpenCC("s2twp")
