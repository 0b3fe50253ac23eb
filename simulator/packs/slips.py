"""The commonest slips in YAML by their mend. What the parser says of them names its grammar, and not what to write."""

from __future__ import annotations

import re
from collections.abc import Sequence

from simulator.wording import say

_KEY = re.compile(r"\s*(?:- )*[\w-]+\s*")
_BEGINS_NO_TEXT = "@`%"
_OF_LISTS = "[]{},'\""  # where lists go on over lines, indentation means nothing


def mend_of(lines: Sequence[str], row: int, column: int, opened: int) -> str:
    """What to write where the parser stopped, at this place (from 0); empty where that is not known.

    `opened` is the row in which began what it was reading.
    """
    if row >= len(lines):
        return say("what is opened on line {line}, by a quotation mark or a bracket, is not closed", line=opened + 1)
    before, rest = lines[row][:column], lines[row][column:]
    if not before.strip() and rest[:1] not in {*_BEGINS_NO_TEXT, *_OF_LISTS, ""}:
        return say("this line is indented otherwise than those it belongs with")
    if rest.startswith(":"):
        return _at_colon(before, row, opened)
    if rest[:1] in {*_BEGINS_NO_TEXT}:
        return say("a text that begins with {sign} needs quotation marks", sign=rest[0])
    if before.rstrip()[-1:] in {"'", '"'}:
        return say("the quotation mark before this ends the text; within ' write '', within \" write \\\"")
    return ""


def _at_colon(before: str, row: int, opened: int) -> str:
    if not _KEY.fullmatch(before):
        return say("a text with a colon in it needs quotation marks")
    if opened < row:
        return say("what is opened on line {line}, by a quotation mark or a bracket, is not closed", line=opened + 1)
    return say("this line is indented otherwise than those it belongs with")
