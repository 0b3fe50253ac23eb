"""What the customer says when asked who they are, whether they hear, or if they would like a coffee: the same in every
scenario.
"""

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

LATER = {
    "en": ("Never mind that now.", "Let's leave that for now."),
    "zh-Hans": ("先说正事吧。", "这个先不说了。", "先别管这个了。"),
    "zh-Hant": ("先說正事吧。", "這個先不說了。", "先別管這個了。"),
}
"""When asked about themselves, or about what they are not ready to tell: they would know."""

NO_THANKS = {
    "en": ("No, thank you.", "Not now, thanks.", "I'm all right, thanks."),
    "zh-Hans": ("不用了，谢谢。", "先不用，谢谢。", "这个不用，谢谢。"),
    "zh-Hant": ("不用了，謝謝。", "先不用，謝謝。", "這個不用，謝謝。"),
}
"""When asked if they would like what is of no matter to them."""

ON_FILE = {
    "en": ("You should have that on file.", "It's in your records, I'd think."),
    "zh-Hans": ("您那边应该有记录。", "你们系统里应该查得到。"),
    "zh-Hant": ("您那邊應該有記錄。", "你們系統裡應該查得到。"),
}
"""When asked for a number or an address that their scenario does not tell."""

SOMEWHAT = {
    "en": ("You could say that.", "Something like that, yes.", "A bit, yes."),
    "zh-Hans": ("可不是嘛。", "差不多吧。", "有点儿。"),
    "zh-Hant": ("可不是嘛。", "差不多吧。", "有點兒。"),
}
"""When a feeling or a meaning is put to them as a question, and they have no words of their own for it."""

PERHAPS = {
    "en": ("We'll see.", "Perhaps.", "Maybe later."),
    "zh-Hans": ("再说吧。", "看情况吧。", "到时候再看。"),
    "zh-Hant": ("再說吧。", "看情況吧。", "到時候再看。"),
}
"""When asked if they would like what may matter to them: they say neither yes nor that it does not."""

SURE = {
    "en": ("Yes, I am.", "Of course I am."),
    "zh-Hans": ("当然。", "没错。", "那还能有假。"),
    "zh-Hant": ("當然。", "沒錯。", "那還能有假。"),
}
"""When asked if they mean it."""

WAITING = {
    "en": ("All right, I'll wait.", "Fine, but please be quick.", "All right."),
    "zh-Hans": ("行，我等着。", "好，快点儿就行。", "嗯，我等着。"),
    "zh-Hant": ("行，我等著。", "好，快點兒就行。", "嗯，我等著。"),
}
"""When asked to wait, or to hear somebody out."""

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
