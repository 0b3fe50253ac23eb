"""Which of the ways that a line offers the customer takes: the one that has to do with what they have spoken of.

It is named where it is a day, a time or a thing; else they say which it is. They do not repeat a whole way in its
words, which may name what they have not spoken of yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from simulator.language.echo import in_common
from simulator.language.normalize import normalize

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
_SECOND = r"\b(?:second(?:ly)?|the other|(?:option|choice|plan) (?:two|b|2))\b"
_IN_TURN = re.compile(rf"\b(?:first(?:ly)?|one|a)\b[,: ].*{_SECOND}[,: ].*\bwhich\b[^?]*\?", re.IGNORECASE | re.DOTALL)
_QUESTION = re.compile(r"[^.;?!]+\?")
_WORDS_BEFORE = r"\W*(?:(?:so|and|or|then|now|well|right|okay|ok)\b[ ,]+)*"
_ASKS_PICK = re.compile(
    _WORDS_BEFORE
    + r"(?:(?:shall|should) (?:i|we)\b|(?:(?:how|where|when) )?(?:do|would) you (?:want|like|rather|prefer|take)\b"
    r"|would\b.*\b(?:be|suit|work|do)\b|is (?!there\b).*\bbetter\b|which\b.*[,:])",
    re.IGNORECASE,
)
_LEADS_IN = re.compile(rf"^{_WORDS_BEFORE}|.*[,:] ", re.IGNORECASE)
_BARE = re.compile(
    r"(?!.*\b(?:i|you|we|he|she|it|they|there|is|are|was|do|does|did|can|could|shall|will|would|has|have|not|no|yes)\b)"
    r"[\w'-]+(?: [\w'-]+){0,4}",
    re.IGNORECASE,
)
_NO_WAY = re.compile(
    r"\W*(?:(?:is|are|was|do(?!n't)|does|did|has|have|am) (?!you (?:rather|prefer|want)\b)"
    r"|any\w*\b|some(?:thing|one|body)\b|what\b|so\b)",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"(?:一是|其一[，,是]?|第一(?:个|個|种|種|条|條)?(?:办法|辦法|方案)?[，,是：:]?|要[么麼]|[：:]一?[、，,])[^，,；;。？?！!]+[，,；;。]"
    r"[^。？?！!]{0,24}?(?:二是|其二|第二|要[么麼]|二[、，,]|或者)"
    r"|要[么麼][^。？?！!]{2,24}要[么麼]"
    r"|[^，,。？?！!]{2,16}(?:还是|還是)[^。？?！!]{2,16}[，,]?[^。？?！!]{0,4}哪(?:个|個|样|樣|种|種|一?[头頭边邊])[^。！!]{0,4}(?:方便|合适|合適|好|行)"
)
_WISHED = "(?:先|(?<![主需重])要|想(?![问知了])|[选挑愿给帮替放送换改退留约我咱]|喜欢|[您你](?:看|觉得))"
"""In Chinese, of a question that is for the customer to decide: nobody chooses which of two facts it is."""

_ASKED_IN_CHINESE = re.compile(
    # one or the other: wished for, or set off by a comma
    rf"(?:^|[,。:;!?])(?=[^,。?!]*{_WISHED}[^,。?!]*还是|[^,。?!]{{2,}},还是)(?=[^。?!]*{_WISHED})"
    r"[^,。:;?!]{2,20},?还是[^,。?!]{1,20}(?<!吗)[?]"
    # which of the two
    rf"|[^,。:;?!、]{{1,10}}(?:、|和|跟|与|或者?)[^,。?!]{{1,10}},?[^,。?!]{{0,4}}{_WISHED}"
    r"[^,。?!]{0,4}哪(?:个|样|种|一|份|间|件)[^,。?!]{0,6}[?]"
    # there is one, or there is another: which?
    r"|(?:有|可以|能)[^。?!]{2,40}(?:也可以|也能|也行|或者)[^。?!]{2,60}哪(?:个|样|种|一|份|间|件)[^,。?!]{0,6}[?]"
)
"""Over normalised text."""

_BETWEEN = {
    "en": re.compile(_OR + rf"|{_SECOND}(?=[,: ])", re.IGNORECASE),
    "zh": re.compile(r"二是|其二|第二|(?<!^)要[么麼]|或者|还是|還是|也可以|也能|也行"),
}
_DAY = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening))?"
    r"(?: at (?:half past |\d|[a-z])[\w:]*)?"
)
_THING = r"(?:the|your|a|an|two|three) (?:[\w:'-]+ ){0,2}[\w:'-]+"
_SOON = r"(?:now|today|tonight|tomorrow(?: morning| afternoon| evening)?)"
_KINDS = tuple(
    (re.compile(rf"{skipped}\b({kind})[^\w]*$", re.DOTALL), re.compile(rf"{lead}({kind}){end}"))
    for kind, skipped, lead, end in (
        (_DAY, ".*", r"[^.;?!]*?\b", r"\b"),
        (_THING, ".*?", r"\s*", "(?=[.,;?!]|$)"),
        (_SOON, ".*", r"[^.;?!]*?\b", r"\b"),
    )
)
"""What can be named, the most telling first: how it ends the one side, and begins the other."""
_CLOCK = "[0-9一二三四五六七八九十两兩]{1,3}[点點]半?"
_TIME = re.compile(rf"\bat (?:half past )?[\w:]+|{_CLOCK}")
_CHINESE_DAY = re.compile(rf"(?:周|週|星期)[一二三四五六日天](?:上午|下午|晚上)?(?:{_CLOCK})?|{_CLOCK}")


def offers_choice(line: str, language: str) -> bool:
    """Whether a line puts up ways to choose from."""
    if language == "en":
        return any(form.search(line) for form in (_ENGLISH, _PICK, _IN_TURN)) or _asked(line) is not None
    return bool(_CHINESE.search(line) or _ASKED_IN_CHINESE.search(normalize(line).text))


def choice(line: str, language: str, spoken_of: Iterable[str] = (), own: Iterable[str] = ()) -> tuple[str, ...]:
    """Ways to say which one is taken, the pack's `own` ways to take the first among them; none where none is put up.

    `spoken_of` is what the customer has said: the way that has more to do with it is taken, or with what the line says
    for one of them after it has asked; the first of equals.
    """
    if not offers_choice(line, language):
        return ()
    first, second, after = (_asked(line) if language == "en" else None) or (*_sides(line, language), "")
    said = " ".join((*spoken_of, after))
    takes_second = len(in_common(_TIME.sub("", second), said)) > len(in_common(_TIME.sub("", first), said))
    named = _named(first, second, language, takes_second=takes_second)
    if named:
        form = "{named}, please." if named.lower() == "now" else NAMED[language]  # "now, then" is another saying
        named = re.sub(r"^your\b", "my", named)
        return (form.format(named=named[:1].upper() + named[1:]),)
    return TAKEN[language][takes_second] + (() if takes_second else tuple(own))


def _asked(line: str) -> tuple[str, str, str] | None:
    """Of the last English question that asks for a pick: what stands before and after the "or", and after the question.

    It asks by its form ("Shall I ..., or ...?"), or names the two and nothing else ("Morning or afternoon?").
    """
    for question in reversed(list(_QUESTION.finditer(line))):
        between = _BETWEEN["en"].search(question.group())
        if between is None:
            continue
        first, second = question.group()[: between.start()], question.group()[between.end() :]
        if not _NO_WAY.match(second) and (_ASKS_PICK.match(question.group()) or all(_bare(first, second))):
            return first, second, line[question.end() :]
    return None


def _bare(first: str, second: str) -> tuple[str | None, str | None]:
    """The two ways, where there is nothing but their names."""
    one = _BARE.fullmatch(_LEADS_IN.sub("", first).strip(" ,"))
    other = _BARE.fullmatch(re.split("[,?]", second)[0].strip())
    return one and one.group(), other and other.group()


def _sides(line: str, language: str) -> tuple[str, str]:
    """What stands before the word between the ways, and what stands after it."""
    between = _BETWEEN["en" if language == "en" else "zh"].search(line)
    return (line[: between.start()], line[between.end() :]) if between else (line, "")


def _named(first: str, second: str, language: str, *, takes_second: bool) -> str | None:
    """The way that is taken, where both are a day, a time, a thing or nothing but a name."""
    names: Sequence[str | None]
    if language == "en":
        ends = [(last.match(first), begins.match(second)) for last, begins in _KINDS]
        names = next(((one.group(1), other.group(1)) for one, other in ends if one and other), _bare(first, second))
    else:
        days = [_CHINESE_DAY.findall(side) for side in (first, second)]
        names = [days[0][-1] if days[0] else None, days[1][0] if days[1] else None]
    return names[takes_second] if all(names) and names[0] != names[1] else None
