"""Which of the ways a line offers the customer takes, said in the customer's words: "Move me upstairs, then."."""

from __future__ import annotations

import re

LONGEST = {"en": 12, "zh": 20}
"""Words or characters of a way that a customer repeats; what is longer they do not sum up."""

_ENGLISH = re.compile(
    r"(?:\b(?:ways|options|choices|possibilities|things)\b[^:;.?!]*[:.;]|\b(?:we|i) (?:can|could)(?= )|\beither\b)"
    r"(?P<first>[^;.?!]+?)[,;]? or\b(?! (?:not|so)\b)",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"(?:一是|其一[，,是]?|第一(?:个|种|条)?(?:办法|方案)?[，,是：:]?|要[么麼]|[：:]一?[、，,])(?P<first>[^，,；;。？?！!]+)[，,；;。]"
    r"[^。？?！!]{0,24}?(?:二是|其二|第二|要[么麼]|二[、，,]|或者)"
)
_BESIDES = re.compile(r" and .*|(?:以及|还有|還有|和(?![您你])).*")
"""What is named beside the first thing. It goes without saying, and may be what the customer has not spoken of yet."""
_LEAD = re.compile(r"^(?:either|one|first|so|well|just|then)\b[,:]? *", re.IGNORECASE)
_OURS = re.compile(r"^(?:(?:i|we)(?:'ll| will| can| could|'d)?|(?:can|could) (?:i|we)) ", re.IGNORECASE)
_THEIRS = re.compile(r"^you(?:'ll| will| can| could|'d)? ", re.IGNORECASE)
_TURNED = {"you": "me", "your": "my", "yours": "mine", "yourself": "myself", "me": "you", "my": "your", "our": "your"}
_BY_US = re.compile(r"(?:我们?|我們)(?=[给給帮幫替带帶送陪把让讓去来來发發借])")
_OUR_SIDE = re.compile(r"^(?:我们?|我們|我这边|我這邊|这边|這邊)?(?:可以|能|来|來|先|现在|現在|这就|這就)*(?=.)")


def choice(line: str, language: str) -> str | None:
    """The first way the line offers, taken up; None where it offers no choice or the way is too long to repeat."""
    if language == "en":
        return _in_english(line)
    found = _CHINESE.search(line)
    if found is None or len(found["first"]) > LONGEST["zh"]:
        return None
    way = _BESIDES.sub("", found["first"].strip())
    theirs = way.startswith(("您", "你"))
    way = re.sub("您|你", "我", way if theirs else _BY_US.sub("", _OUR_SIDE.sub("", way), count=1))
    return f"那{way}吧。" if theirs else f"那就{way}吧。"


def _in_english(line: str) -> str | None:
    found = _ENGLISH.search(line)
    if found is None:
        return None
    way = _BESIDES.sub("", _LEAD.sub("", found["first"].split(",")[0].strip()))
    ours, theirs = _OURS.match(way), _THEIRS.match(way)
    head = ours or theirs
    words = way[head.end() if head else 0 :].split()
    if not words or len(words) > LONGEST["en"]:
        return None
    said = " ".join(_TURNED.get(word, word) for word in words)
    said = f"I'll {said}" if theirs else said[0].upper() + said[1:]
    return f"{said}, then."
