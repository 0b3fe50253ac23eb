"""The commonest slips in YAML by their mend. What the parser says of them names its grammar, and not what to write."""

from __future__ import annotations

import re
from collections.abc import Sequence

from simulator.packs.diagnostics import Fault, shown
from simulator.packs.locate import Path, Place
from simulator.wording import say

WIDE_COMMAS = "，、；"
"""What a Chinese input method types for the comma between two values."""

_KEY = re.compile(r"\s*(?:- )*[\w-]+\s*")
_BEGINS_NO_TEXT = "@`%"
_OF_LISTS = "[]{},'\""  # where lists go on over lines, indentation means nothing
_BEFORE_A_KEY = re.compile(rf"[{WIDE_COMMAS}](?=\s*[\"']?(?P<key>[A-Za-z_][\w-]*)[\"']?\s*$)")
_CLOSED = "\"']}"  # after what ends by itself, unlike a plain text, the parser stops at the sign
_NO_SPACE = re.compile(r"\s*(?:- )*(?P<key>[A-Za-z_][\w-]*):(?P<value>[^\s:/](?:(?!: ).)*)")
_LOOK_BACK = 5  # lines: the parser stumbles over a full-width colon a line or more after it
_FULL_WIDTH_KEY = re.compile(r"\s*(?:- )*\{?\s*[\"']?(?P<key>[A-Za-z_][\w-]*)[\"']?(?P<colon>：)")
_FULL_WIDTH_INSIDE = re.compile(r".*[{,]\s*[\"']?(?P<key>[A-Za-z_][\w-]*)[\"']?(?P<colon>：)\s*")


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


def parser_words(problem: str) -> str:
    """What the parser says of where it stopped, in words that say what to write; as it is where it is a rare one."""
    told = {
        "did not find expected ',' or ']'": say("a comma or the closing ] is missing before this"),
        "did not find expected ',' or '}'": say("a comma or the closing } is missing before this"),
        "did not find expected key": say("here a key ought to stand, indented like those it belongs with"),
        "did not find expected '-' indicator": say("here the next - of the list ought to stand, below the one before"),
        "did not find expected <document start>": say("nothing more can stand here; the file has been read to its end"),
        "block sequence entries are not allowed in this context": say("a list of - begins on a line of its own"),
        "found unknown escape character": say('within " a \\ is written \\\\'),
    }
    return told.get(problem, problem)


def named_slip(lines: Sequence[str], row: int, column: int, opened: int) -> Fault | None:
    """The fault of a sign that Chinese input methods type, or of a missing space, where one stopped the parser at this
    place (from 0); None where it was something else. `opened` is the row in which began what it was reading.
    """
    for near in range(min(row, len(lines) - 1), max(-1, row - _LOOK_BACK), -1):
        before = lines[near][:column] if near == row else ""
        if colon := _FULL_WIDTH_KEY.match(lines[near]) or _FULL_WIDTH_INSIDE.fullmatch(before):
            return full_width_fault((), colon["key"], Place(near + 1, colon.start("colon") + 1))
    if row < len(lines) and (comma := _wide_comma(lines[row], column)):
        at, word = comma
        return _wide_comma_fault(lines[row][at], word, place=Place(row + 1, at + 1))
    for near in (opened, row - 1):  # a first key without a space goes on as text, up to the colon of the next
        if 0 <= near < len(lines) and (tight := _NO_SPACE.fullmatch(lines[near])):
            return Fault("P005", (), unspaced_told(tight[0]), place=Place(near + 1, tight.start("value")))
    return None


def _wide_comma(line: str, column: int) -> tuple[int, str] | None:
    """The column (from 0) of a full-width comma the parser stopped at or soon after, and what it is before."""
    before, rest = line[:column], line[column:]
    if rest and rest[0] in WIDE_COMMAS and before.rstrip()[-1:] in {*_CLOSED}:
        return column, rest[1:].strip().partition(":")[0]
    found = _BEFORE_A_KEY.search(before) if rest.startswith(":") and "{" in before else None
    return (found.start(), found["key"]) if found else None


def unspaced_told(text: str) -> str:
    """What is said of a key whose colon has no space after it; empty where the text is something else."""
    found = _NO_SPACE.fullmatch(text)
    if found is None:
        return ""
    meant = shown(f"{found['key']}: {found['value'].strip()}")
    return say("no space after ':'; write '{meant}', else '{key}' is no key", meant=meant, key=shown(found["key"]))


def full_width_fault(path: Path, key: str, place: Place | None = None, *, at_key: bool = False) -> Fault:
    """The full-width colon by name: in a Chinese input method it is one keystroke away and looks right."""
    message = say("full-width colon '：' after '{key}'; a key wants ': ' (half-width, with a space)", key=shown(key))
    return Fault("P006", path, message, at_key=at_key, place=place)


def wide_comma_in(text: str, path: Path) -> Fault | None:
    """The fault of a full-width comma in what should be one name; None where there is none."""
    at = next((at for at, sign in enumerate(text) if sign in WIDE_COMMAS), None)
    return None if at is None else _wide_comma_fault(text[at], text[at + 1 :].strip(), path, within=(text, at))


def _wide_comma_fault(
    sign: str, word: str, path: Path = (), place: Place | None = None, within: tuple[str, int] | None = None
) -> Fault:
    """A full-width comma by name: what stands before and after it is one text to YAML."""
    message = say("full-width '{sign}' before '{word}'; between two values YAML wants ', ' (half-width, with a space)",
                  sign=sign, word=shown(word))  # fmt: skip
    return Fault("P036", path, message, place=place, within=within)


def _at_colon(before: str, row: int, opened: int) -> str:
    if not _KEY.fullmatch(before):
        return say("a text with a colon in it needs quotation marks")
    if opened < row:
        return say("what is opened on line {line}, by a quotation mark or a bracket, is not closed", line=opened + 1)
    return say("this line is indented otherwise than those it belongs with")
