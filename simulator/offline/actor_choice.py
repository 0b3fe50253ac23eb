"""Which of the ways that a line offers the customer takes: the first.

They do not repeat it in its words, which may name what they have not spoken of yet.
"""

from __future__ import annotations

import re

TAKEN = {"en": "The first one, then.", "zh-Hans": "那就第一个吧。", "zh-Hant": "那就第一個吧。"}

_OR = r"\bor\b(?! (?:not|so|less|more|later|sooner)\b| (?:two|three)\b ?(?:[.,;?!]|minutes|hours|days|weeks|of\b))"
_ENGLISH = re.compile(
    r"(?:\b(?:ways|options|choices|possibilities)\b[^:;.?!]*[:.;]|\beither\b(?! way\b))[^;.?!]+?[,;]? " + _OR,
    re.IGNORECASE,
)
_PICK = re.compile(
    rf"(?:{_OR}|\beither of (?:the|these|those)\b).*\b(?:which|what would you (?:rather|prefer))\b[^?]*\?"
    r"|\bwould you (?:rather|prefer)\b[^?]*\bor\b(?! not\b)|\bor would you (?:rather|prefer)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHINESE = re.compile(
    r"(?:一是|其一[，,是]?|第一(?:个|個|种|種|条|條)?(?:办法|辦法|方案)?[，,是：:]?|要[么麼]|[：:]一?[、，,])[^，,；;。？?！!]+[，,；;。]"
    r"[^。？?！!]{0,24}?(?:二是|其二|第二|要[么麼]|二[、，,]|或者)"
)


def choice(line: str, language: str) -> str | None:
    """What the customer says to ways put up to choose from; None where the line puts up none."""
    offered = (_ENGLISH, _PICK) if language == "en" else (_CHINESE,)
    return TAKEN[language] if any(form.search(line) for form in offered) else None
