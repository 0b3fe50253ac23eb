"""The one gate that text from outside passes: a learner's line, a file, a model's reply.

What comes out can be printed in a terminal, stored and rendered: it holds no control sequence, no control character but
line feed and tab, no character that reorders what is read, and no half of a surrogate pair. Nothing else is lost.
"""

from __future__ import annotations

import re
import unicodedata

MAX_LINE = 4000
"""Longest learner line in characters: about four minutes of speech. More is a paste, not a turn."""

LONGEST_BODY = 4096
"""Longest body of an escape sequence in characters; what goes on for longer is text behind a stray introducer. The
longest in honest use is a hyperlink, whose address terminals end at 2,083. It bounds what a Gate holds back."""

# ECMA-48: control strings (OSC, DCS, SOS, PM, APC) up to their terminator, control sequences (CSI), other escapes.
# No body can hold an introducer and none is read twice (possessive), so any text is read in linear time.
_STRING = rf"(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x80-\x9f]{{0,{LONGEST_BODY}}}+"
_CSI = rf"(?:\x1b\[|\x9b)[0-?]{{0,{LONGEST_BODY}}}+[ -/]{{0,{LONGEST_BODY}}}+"
_ESCAPE = rf"\x1b[ -/]{{0,{LONGEST_BODY}}}+"
_ENDED_STRING = rf"{_STRING}(?:\x07|\x1b\\|\x9c)"
_ENDED_OTHERS = rf"{_CSI}[@-~]|{_ESCAPE}[0-~]"
_SEQUENCES = re.compile(rf"{_ENDED_STRING}|{_ENDED_OTHERS}")
_SEQUENCES_SO_FAR = re.compile(
    rf"{_ENDED_STRING}|(?P<unfinished>(?:{_STRING}\x1b?|{_CSI}|{_ESCAPE})\Z)|{_ENDED_OTHERS}",
)
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and line feed, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks, embeddings, overrides and isolates of direction
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"  # byte order mark, interlinear annotation, tags
    "\ud800-\udfff]"  # halves of surrogate pairs
)
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")
_PAIRS = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_FIRST_HALVES = ("\ud800", "\udbff")


def clean(text: str) -> str:
    """The text as it may be stored, shown and exported, in NFC, with line feeds as its only line ends."""
    return _without_controls(_SEQUENCES.sub("", _joined(text)))


class Gate:
    """The same gate for text that comes in pieces, cut anywhere.

    What comes out is safe piece by piece, and all of it together is what `clean` makes of all that went in, but for
    accents that came apart from their letters: `clean` of it composes those. Held back are an unfinished escape
    sequence (two bodies of LONGEST_BODY at most), a carriage return and the first half of a surrogate pair.
    """

    def __init__(self) -> None:
        self._held = ""

    def feed(self, piece: str) -> str:
        """What may be shown now."""
        if not self._held and piece.isprintable():  # no control, mark, line end or half is printable
            return unicodedata.normalize("NFC", piece)
        text = _joined(self._held + piece)
        end = _settled(text)
        ready = _SEQUENCES.sub("", text[:end])
        if ready.endswith("\r"):  # only what comes next tells whether a line feed belongs to it
            ready, self._held = ready[:-1], "\r" + text[end:]
        else:
            self._held = text[end:]
        return _without_controls(ready)

    def close(self) -> str:
        """What was still held back, now that nothing follows."""
        rest, self._held = self._held, ""
        return clean(rest)


def _without_controls(text: str) -> str:
    """What a text without escape sequences comes out as; an introducer that began none goes here."""
    return unicodedata.normalize("NFC", _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)))


def _joined(text: str) -> str:
    """The text with its surrogate pairs as the characters they stand for."""
    return _PAIRS.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)


def _settled(text: str) -> int:
    """How many characters mean the same whatever follows."""
    for sequence in _SEQUENCES_SO_FAR.finditer(text):
        if sequence["unfinished"]:
            return sequence.start()
    first, last = _FIRST_HALVES
    return len(text) - (first <= text[-1:] <= last)
