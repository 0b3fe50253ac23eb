"""Traditional Chinese for packs that are written in Simplified, with Taiwan's words (opencc `s2twp`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, TypeVar, cast

from simulator.domain.text import Match, Text

if TYPE_CHECKING:
    from opencc import OpenCC

T = TypeVar("T")

_MISREAD = {
    "許可權": "權限",
    "賬": "帳",
    "覆印件": "影本",
    "迴圈": "循環",
    "壞訊息": "壞消息",
    "好訊息": "好消息",
    "有訊息": "有消息",
    "沒訊息": "沒消息",
    "下一次訊息": "下一次消息",
    "結束通話電話": "掛斷電話",
    "捱過": "挨過",
    "蓋章檔案": "蓋章文件",
    "那份檔案": "那份文件",
    "明白髮": "明白發",
}
"""What opencc's phrase table gets wrong for talk about offices, where it thinks of computers."""

_TAIWAN = {
    "前臺": "櫃檯",
    "大夫": "醫師",
    "打車": "搭計程車",
    "反饋": "回饋",
    "工位": "座位",
    "紙質": "紙本",
    "差評": "負評",
    "哮喘": "氣喘",
    "外賣": "外送",
    "門店": "門市",
    "網點": "分行",
    "幻燈片": "投影片",
    "動態碼": "一次性密碼",
    "運營": "營運",
    "郵箱": "信箱",
    "工號": "員工編號",
    "兒媳": "媳婦",
    "計劃": "計畫",
}
"""Words that Taiwan says otherwise and opencc's table of them lacks."""

_SIGNING = re.compile("(?<![標書抽竹牙])籤")
"""签 signs in all talk of service, unless it is one of the slips of bamboo or paper that are called so."""


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
    for wrong, right in (*_MISREAD.items(), *_TAIWAN.items()):
        converted = converted.replace(wrong, right)
    return _SIGNING.sub("簽", converted)


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415 -- loads its tables; only Traditional needs them

    return OpenCC("s2twp")
