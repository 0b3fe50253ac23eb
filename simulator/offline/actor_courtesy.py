"""What the customer says when asked who they are, or whether they hear: the same in every scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.language.talk import asks_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.conversation.brief import Brief, KnownFact

HEARD = {
    "en": ("Yes, I can hear you.", "I'm here, I can hear you."),
    "zh-Hans": ("听得见。", "在呢，听得见。"),
    "zh-Hant": ("聽得見。", "在呢，聽得見。"),
}
"""When asked whether they hear."""

_NAME = {"en": "{name}.", "zh-Hans": "我叫{name}。", "zh-Hant": "我叫{name}。"}


def name_asked_for(brief: Brief, facts: Iterable[KnownFact]) -> list[str]:
    """Their name, where the line asks for it and none of the facts that it draws has it."""
    if not asks_name(brief.line) or any(_has_name(brief, fact.text) for fact in facts):
        return []
    return [own_name(brief)]


def own_name(brief: Brief) -> str:
    """Who they are, in a sentence."""
    return _NAME[brief.language].format(name=brief.profile.name.in_language(brief.language))


def _has_name(brief: Brief, text: str) -> bool:
    """Whether a text has their name: any word of it in English; in Chinese all of it, or the family name as such."""
    name = brief.profile.name.in_language(brief.language)
    if brief.language == "en":
        return any(part in text for part in name.split())
    return name in text or f"姓{name[0]}" in text
