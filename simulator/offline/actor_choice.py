"""Which of the ways that a line offers the customer takes: the one that has to do with what they have spoken of.

It is named where it is a day, a time or a thing; else they say which it is. They do not repeat a whole way in its
words, which may name what they have not spoken of yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from simulator.language.choices import ways
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

_YOUR = re.compile(r"your\b", re.IGNORECASE)


def choice(line: str, language: str, spoken_of: Iterable[str] = (), own: Iterable[str] = ()) -> tuple[str, ...]:
    """Ways to say which one is taken, the pack's `own` ways to take the first among them; none where none is put up.

    `spoken_of` is what the customer has said: the way that has more to do with it is taken, or with what the line says
    for one of them after it has asked; the first of equals.
    """
    put_up = ways(line, "en" if language == "en" else "zh-Hans")
    if put_up is None:
        return ()
    said = " ".join((*spoken_of, put_up.after))
    takes_second = len(in_common(put_up.second, said)) > len(in_common(put_up.first, said))
    if put_up.names:
        named = put_up.names[takes_second]
        form = "{named}, please." if named.lower() == "now" else NAMED[language]  # "now, then" is another saying
        named = "my" + named[len("your") :] if _YOUR.match(named) else named
        return (form.format(named=named[:1].upper() + named[1:]),)
    return TAKEN[language][takes_second] + (() if takes_second else tuple(own))
