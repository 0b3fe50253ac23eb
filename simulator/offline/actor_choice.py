"""Which of the ways that a line offers the customer takes: the one that has to do with what they have spoken of.

It is named where it is a day, a time or a thing; else they say which it is. They do not repeat a whole way in its
words, which may name what they have not spoken of yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from simulator.language.echo import in_common

TAKEN = {
    "en": (
        ("The first one, then.", "I'll take the first.", "The first of the two, please."),
        ("The second one, then.", "I'll take the second.", "The other one, please."),
    ),
    "zh-Hans": (
        ("那就第一个吧。", "前面那个吧。", "头一个，就这么定。"),
        ("那就第二个吧。", "后面那个吧。", "后一个，就这么定。"),
    ),
    "zh-Hant": (
        ("那就第一個吧。", "前面那個吧。", "頭一個，就這麼定。"),
        ("那就第二個吧。", "後面那個吧。", "後一個，就這麼定。"),
    ),
}
"""By language: ways to take the first, and the second."""

NAMED = {"en": "{named}, then.", "zh-Hans": "那就{named}吧。", "zh-Hant": "那就{named}吧。"}

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
    r"|要[么麼][^。？?！!]{2,24}要[么麼]"
    r"|[^，,。？?！!]{2,16}(?:还是|還是)[^。？?！!]{2,16}[，,]?[^。？?！!]{0,4}哪(?:个|個|样|樣|种|種|一?[头頭边邊])[^。！!]{0,4}(?:方便|合适|合適|好|行)"
)
_BETWEEN = {"en": re.compile(_OR, re.IGNORECASE), "zh": re.compile(r"二是|其二|第二|(?<!^)要[么麼]|或者|还是|還是")}
_DAY = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening))?"
    r"(?: at (?:half past |\d|[a-z])[\w:]*)?"
)
_THING = r"(?:the|a|an|two|three) (?:[\w'-]+ ){0,2}[\w'-]+"
_LAST = re.compile(rf"(?:.*\b({_DAY})|.*?\b({_THING}))[^\w]*$", re.DOTALL)
_NEXT = re.compile(rf"[^.;?!]*?\b({_DAY})|\s*({_THING})(?=[.,;?!]|$)")
_CLOCK = "[0-9一二三四五六七八九十两兩]{1,3}[点點]半?"
_TIME = re.compile(rf"\bat (?:half past )?[\w:]+|{_CLOCK}")
_CHINESE_DAY = re.compile(rf"(?:周|週|星期)[一二三四五六日天](?:上午|下午|晚上)?(?:{_CLOCK})?|{_CLOCK}")


def offers_choice(line: str, language: str) -> bool:
    """Whether a line puts up ways to choose from."""
    return any(form.search(line) for form in ((_ENGLISH, _PICK) if language == "en" else (_CHINESE,)))


def choice(line: str, language: str, spoken_of: Iterable[str] = (), own: Iterable[str] = ()) -> tuple[str, ...]:
    """Ways to say which one is taken, the pack's `own` ways to take the first among them; none where none is put up.

    `spoken_of` is what the customer has said: the way that has more to do with it is taken, the first of equals.
    """
    if not offers_choice(line, language):
        return ()
    first, second = _sides(line, language)
    said = " ".join(spoken_of)
    takes_second = len(in_common(_TIME.sub("", second), said)) > len(in_common(_TIME.sub("", first), said))
    named = _named(first, second, language, takes_second=takes_second)
    if named:
        return (NAMED[language].format(named=named[:1].upper() + named[1:]),)
    return TAKEN[language][takes_second] + (() if takes_second else tuple(own))


def _sides(line: str, language: str) -> tuple[str, str]:
    """What stands before the word between the ways, and what stands after it."""
    between = _BETWEEN["en" if language == "en" else "zh"].search(line)
    return (line[: between.start()], line[between.end() :]) if between else (line, "")


def _named(first: str, second: str, language: str, *, takes_second: bool) -> str | None:
    """The day, time or thing that is taken, where both ways are of that kind."""
    if language == "en":
        one, other = _LAST.match(first), _NEXT.match(second)
        names = [(found.group(1) or found.group(2)) if found else None for found in (one, other)]
    else:
        days = [_CHINESE_DAY.findall(side) for side in (first, second)]
        names = [days[0][-1] if days[0] else None, days[1][0] if days[1] else None]
    return names[takes_second] if all(names) and names[0] != names[1] else None
