"""The one gate that text from outside passes: a learner's line, a file, a model's reply.

What comes out can be printed in a terminal, stored and rendered: it holds no control sequence, no control character but
line feed and tab, no character that reorders what is read, and no half of a surrogate pair. Nothing else is lost.
"""

from __future__ import annotations

import re
import unicodedata

MAX_LINE = 4000
"""Longest learner line in characters: about four minutes of speech. More is a paste, not a turn."""

# ECMA-48: control strings (OSC, DCS, SOS, PM, APC) up to their terminator, control sequences (CSI), other escapes.
# Each alternative is linear: a body is bounded by a character that cannot occur in it.
_SEQUENCES = re.compile(
    r"(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|\x1b[ -/]*[0-~]"
)
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and line feed, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks, embeddings, overrides and isolates of direction
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"  # byte order mark, interlinear annotation, tags
    "\ud800-\udfff]"  # halves of surrogate pairs
)
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")


def clean(text: str) -> str:
    """The text as it may be stored, shown and exported, in NFC, with line feeds as its only line ends."""
    text = _SEQUENCES.sub("", text)
    text = _LINE_ENDS.sub("\n", text)
    return unicodedata.normalize("NFC", _CONTROLS.sub("", text))
