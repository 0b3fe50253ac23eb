"""One spelling for what people type in many: width, case, quotation marks, spaces, Traditional Chinese.

Everything in this room matches against normalised text and quotes from the source, so a normalised text keeps the way
back: `original_span` gives the offsets in the source.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from simulator.language.apostrophes import left_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from opencc import OpenCC

LexiconLanguage = Literal["en", "zh-Hans"]

LONGEST_SENTENCE = 400
"""Characters after which a run without a full stop is cut at the next pause: no pattern then meets a longer text."""

_ALIKE = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_KANA = re.compile("[\u3041-\u30ff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\uff21-\uff3a\uff41-\uff5a]")  # the last two are as wide as Chinese
_LATIN_WORD = re.compile(f"{_LATIN.pattern}+")
_LETTER = re.compile(r"[^\W\d_]")
_NOT_HAN = re.compile(r"[^\W\d_\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_SPLITS = re.compile(
    r"(?=[。！？｡!?.…;；\n:])(?:"  # most characters are none of these
    r"[。！？｡]+[”’\"'）)\]」』]*"  # Chinese ends need no space after them
    r"|[!?]+[”’\"')\]]*(?=\s|$|[\u3400-\u9fff])"
    r"|(?:\.{3,}|…+)[”’\"')\]]*(?=\s+[A-Z\u3400-\u9fff]|$|[\u3400-\u9fff])"
    r"|(?<!\.)\.[”’\"')\]]*(?=\s|$|[\u3400-\u9fff])"
    r"|[:;]-?[()](?=\s+\S|$)"  # :( and its like end what they comment on
    r"|[;；]+(?=\s|$|[\u3400-\u9fff])"
    r"|\n+)"
)
_NO_END = re.compile(
    r"(?:^|[\s(])(?:mr|mrs|ms|dr|prof|st|vs|etc|no|ext|approx|dept|e\.g|i\.e|a\.m|p\.m|[a-z])\.$",
    re.IGNORECASE,
)
_LONGEST_ABBREVIATION = len(" approx.")
"""Characters of _NO_END, with the one before it."""

_SETS_UP = re.compile(
    r"\s*(?:(?:and|so|but|now|ok|okay|well|then|right),? )?(?:suppose|supposing|imagine|picture|let's say)\b"
    r"[^.?!]*\.\s+[^.?!\n]{1,90}\?",
    re.IGNORECASE,
)
"""A case set up, and what it would come to asked behind it: "Suppose it rained. What then?"."""

_HESITATES = re.compile(r"[是把跟和让给在要先再就也会能都还我您你他她它们]$")
"""What a Chinese sentence goes on from after three dots: "我能做的是……"."""

_BOTH_SAY = ("脱机", "离线")
"""What OpenCC makes of 離線, and what people say on both sides of the strait."""

_PAUSE = re.compile(r"[,，、:：]\s*|\s+")


@dataclass(frozen=True, slots=True)
class Normalized:
    """`text` in one spelling. `source` is where it came from; the offsets are None where both are equally long."""

    text: str
    source: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the source of `text[start:end]`; an empty span stays empty."""
        if self.starts is None or self.ends is None:
            return start, end
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.source)
            return at, at
        return self.starts[start], self.ends[end - 1]

    def quote(self, start: int, end: int) -> str:
        """The words of the source behind `text[start:end]`, verbatim."""
        return self.source[slice(*self.original_span(start, end))]


@lru_cache(maxsize=512)
def normalize(text: str) -> Normalized:
    """NFKC, case folded, marks and spaces made equal, invisible characters dropped, Simplified; "dont" is "don't"."""
    if text.isascii() and text.isprintable() and "`" not in text and "  " not in text:
        return _with_apostrophes(Normalized(text.lower(), text))
    return _with_apostrophes(_simplified(_folded(text)))


def _with_apostrophes(found: Normalized) -> Normalized:
    """The text with the apostrophes that were left out: in the source they are as long as nothing."""
    text = found.text
    if not (places := left_out(text)):
        return found
    starts, ends = list(found.starts or range(len(text))), list(found.ends or range(1, len(text) + 1))
    for place in places:
        text = f"{text[:place]}'{text[place:]}"
        ends.insert(place, starts[place])
        starts.insert(place, starts[place])
    return Normalized(text, found.source, tuple(starts), tuple(ends))


def normalize_each(texts: Sequence[str]) -> list[str]:
    """The texts as `normalize` spells them, all at once: most are only looked up character by character."""
    folded = _APART.join(texts).translate(_FOLDS)
    found = folded.split(_APART)
    if _IRREGULAR in folded or "  " in folded or len(found) != len(texts) or not _encodes(folded):
        return [normalize(text).text for text in texts]
    return found


@lru_cache(maxsize=1024)
def lexicon_language(text: str) -> LexiconLanguage | None:
    """Which lexicon reads a text, by script (Chinese: as many characters as Latin words); None for others and none."""
    if text.isascii():
        return "en" if _LATIN.search(text) else None
    if not _NOT_HAN.search(text):  # most Chinese: nothing need be counted
        return "zh-Hans" if _HAN.search(text) else None
    letters = len(_LETTER.findall(text))
    han = sum(len(run) for run in _HAN.findall(text))
    latin = len(_LATIN.findall(text))
    kana = len(_KANA.findall(text))
    if not letters or kana * 4 > han + kana or (han + latin) * 2 < letters:
        return None
    return "zh-Hans" if han >= max(1, len(_LATIN_WORD.findall(text))) else "en"


@lru_cache(maxsize=512)
def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of the sentences, without outer space. A semicolon ends one; abbreviations and decimals do not, nor
    does what sets up the case that a question asks about, nor a pause to think.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for stop in _SPLITS.finditer(text):
        is_point = stop.group().rstrip("”’\"')]") == "."
        end = stop.start() + 1
        last = max(start, end - _LONGEST_ABBREVIATION)
        if is_point and (_NO_END.search(text, last, end) or _SETS_UP.match(text, start)):
            continue
        if stop.group()[0] == "…" and _HESITATES.search(text, start, stop.start()):
            continue
        spans.extend(_cut(text, start, stop.end()))
        start = stop.end()
    spans.extend(_cut(text, start, len(text)))
    return tuple(spans)


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretch without outer space, in pieces of at most LONGEST_SENTENCE; none if it holds no letter or digit."""
    pieces = []
    while end - start > LONGEST_SENTENCE:
        pause = _PAUSE.search(text, start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        middle = pause.end() if pause else start + LONGEST_SENTENCE
        pieces.append((start, middle))
        start = middle
    pieces.append((start, end))
    trimmed = []
    for first, last in pieces:
        piece = text[first:last]
        if any(character.isalnum() for character in piece):
            trimmed.append((first + len(piece) - len(piece.lstrip()), last - len(piece) + len(piece.rstrip())))
        elif trimmed and piece.strip():
            trimmed[-1] = (trimmed[-1][0], last)
    return trimmed


class _Folds(dict[int, str]):
    """What becomes of single characters, for `str.translate`; _IRREGULAR for those that do not become one other."""

    def __missing__(self, code: int) -> str:
        """Looked up once for each character there is."""
        folded = _fold(chr(code))
        self[code] = folded if len(folded) == 1 and not unicodedata.combining(chr(code)) else _IRREGULAR
        return self[code]


_IRREGULAR = "\0"
_APART = "\1"  # in no text that was read; one that holds it all the same is normalised by itself
_FOLDS = _Folds()


def _folded(source: str) -> Normalized:
    text = source.translate(_FOLDS)
    if _IRREGULAR not in text and "  " not in text:
        return Normalized(text, source)
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    while at < len(source):
        end = at + 1
        while end < len(source) and unicodedata.combining(source[end]):
            end += 1
        for character in _fold(source[at:end]):
            if character == " " and characters and characters[-1] == " ":
                continue
            characters.append(character)
            starts.append(at)
            ends.append(end)
        at = end
    return Normalized("".join(characters), source, tuple(starts), tuple(ends))


def _fold(cluster: str) -> str:
    if "\u4e00" <= cluster <= "\u9fff":
        return cluster
    if cluster.isspace():
        return " "
    if unicodedata.category(cluster[0]) == "Cf":
        return ""
    return unicodedata.normalize("NFKC", cluster).casefold().translate(_ALIKE)


def _simplified(folded: Normalized) -> Normalized:
    """Traditional runs as Simplified. What GB 2312 can hold has no Traditional character and is left alone."""
    text = folded.text
    if _encodes(text):
        return folded
    pieces: list[tuple[int, int, str]] = []
    at = 0
    for run in _HAN.finditer(text):
        pieces += _unchanged(text, at, run.start())
        pieces += _converted(text, run.start(), run.end())
        at = run.end()
    pieces += _unchanged(text, at, len(text))
    out = "".join(words for _, _, words in pieces)
    if folded.starts is None and all(last - first == len(words) for first, last, words in pieces):
        return Normalized(out, folded.source)
    spans = [folded.original_span(first, last) for first, last, words in pieces for _ in words]
    return Normalized(out, folded.source, tuple(first for first, _ in spans), tuple(last for _, last in spans))


def _encodes(text: str) -> bool:
    try:
        "".join(_HAN.findall(text)).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _unchanged(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    return [(at, at + 1, text[at]) for at in range(start, end)]


def _converted(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Pieces (start, end, simplified): one for each character, or for each phrase whose length changed."""
    run = text[start:end]
    words = _converter("tw2sp").convert(run).replace(*_BOTH_SAY)
    if len(words) == len(run):
        return [(start + at, start + at + 1, word) for at, word in enumerate(words)]
    letters = _converter("t2s").convert(run)
    if len(letters) != len(run):
        return [(start, end, words)]
    return [(start + a, start + b, piece) for a, b, piece in _aligned(letters, words)]


def _aligned(letters: str, words: str) -> list[tuple[int, int, str]]:
    """Walk both strings; where they part, what lies before the nearest place where they agree again is one piece."""
    pieces: list[tuple[int, int, str]] = []
    a = b = 0
    while a < len(letters) and b < len(words):
        if letters[a] == words[b]:
            pieces.append((a, a + 1, words[b]))
            a, b = a + 1, b + 1
            continue
        da, db = _meeting(letters, words, a, b)
        if not da:  # something was put in: it belongs to the character after it
            da, db = 1, db + 1
        pieces.append((a, a + da, words[b : b + db]))
        a, b = a + da, b + db
    if b < len(words) and pieces:
        first, _, piece = pieces.pop()
        pieces.append((first, len(letters), piece + words[b:]))
    return pieces


def _meeting(letters: str, words: str, a: int, b: int) -> tuple[int, int]:
    reach = 6
    for total in range(1, 2 * reach):
        for da in range(max(0, total - reach), min(reach, total) + 1):
            here, there = letters[a + da : a + da + 1], words[b + total - da : b + total - da + 1]
            if here and here == there:
                return da, total - da
    return len(letters) - a, len(words) - b


@lru_cache(maxsize=2)
def _converter(name: str) -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415 -- only Traditional text pays for loading it

    return OpenCC(name)
