"""What is wrong in a pack, where, and how to mend it: one finding a defect, in four output formats."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Literal

from simulator.domain.text import Text
from simulator.packs.locate import START, Path, Place, Positions, spelled
from simulator.text_gate import clean
from simulator.wording import say

Severity = Literal["error", "warning"]
Format = Literal["full", "concise", "json", "github"]

MAX_FINDINGS = 100
"""Findings reported for one file; whoever has more will not read them."""

UNREADABLE = frozenset({"P002", "P003", "P004", "P025"})
"""Codes of what is no text to look into (too large, not UTF-8, empty, no plain file): bad input, not a finding."""

_NEAR = 60.0  # of 100: a swapped or missing letter in a word of five is above it, two unrelated words are below
_BEGUN = 90.0  # a known name that begins with the word; of several the first is meant
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """A defect by its path in the file, before anyone has looked up the line.

    It is reported at its value; at the value's key with `at_key`; at one character of a text with `within` (the text
    and the offset in it); at `place` where that is known already.
    """

    code: str
    path: Path
    message: str
    suggestion: str = ""
    at_key: bool = False
    within: tuple[str, int] | None = None
    place: Place | None = None
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """A defect at its place: `line` and `column` count from 1, `path` is spelled as people write it."""

    file: str
    line: int
    column: int
    code: str
    path: str
    message: str
    severity: Severity = "error"
    suggestion: str = ""

    def __str__(self) -> str:
        """One line: `personas/x.yaml:15:7: P014 latent_needs[2].unlock: unknown key 'min_trun'; did you mean ...?`."""
        where = f" {self.path}" if self.path else ""
        return clean(f"{self.file}:{self.line}:{self.column}: {self.code}{where}: {self.told}").replace("\n", " ")

    @property
    def told(self) -> str:
        """The message with its suggestion."""
        hint = say("; did you mean '{word}'?", word=self.suggestion) if self.suggestion else ""
        return self.message + hint


@dataclass(frozen=True, slots=True)
class Explanation:
    """What `mot check --explain` says of one code: why it matters, a wrong example and its mend."""

    code: str
    title: str
    why: str
    wrong: str
    mend: str


def located(fault: Fault, file: str, positions: Positions) -> Finding:
    """The fault at its place in the file."""
    if fault.place:
        place = fault.place
    elif fault.within:
        place = positions.inside(fault.path, *fault.within)
    else:
        place = positions.of_key(fault.path) if fault.at_key else positions.of(fault.path)
    owner = fault.path[:-1] if fault.at_key and fault.code in _NAMED_BY_OWNER else fault.path
    return Finding(
        file, place.line, place.column, fault.code, spelled(owner), fault.message, fault.severity, fault.suggestion
    )


_NAMED_BY_OWNER = {"P006", "P008", "P014"}  # a key that should not be there has no path of its own


def whole_file(code: str, file: str, message: str) -> Finding:
    """A finding about a file as a whole."""
    return Finding(file, START.line, START.column, code, "", message)


def shown(word: object) -> str:
    """A word from a file as it may stand in a message: cleaned, and cut where it is long."""
    text = " ".join(clean(str(word)).split())
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def nearest(word: str, known: Iterable[str]) -> str:
    """The known name that this one is probably a misspelling of; empty where there is none or two are as near."""
    names = list(known)
    if len(word) > _LONGEST_SHOWN or not names:
        return ""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 -- only mistakes need it

    def likeness(first: str, second: str, score_cutoff: float | None = None) -> float:
        _ = score_cutoff
        if len(first) > 1 and second.startswith(first):  # `zh` for zh-Hans
            return _BEGUN
        return max(fuzz.ratio(first, second), fuzz.token_sort_ratio(_spaced(first), _spaced(second)))

    best, *others = process.extract(word, names, scorer=likeness, score_cutoff=_NEAR, limit=2) or [("", 0.0, 0)]
    return "" if any(other[1] == best[1] < _BEGUN for other in others) else best[0]


def _spaced(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")


@cache
def explanations(language: str = "en") -> Mapping[str, Explanation]:
    """Every code with its explanation in the language, in order of the codes."""
    import tomllib  # noqa: PLC0415 -- only for --explain

    from simulator.packs.traditional import traditional  # noqa: PLC0415

    table = tomllib.loads(resources.files("simulator.packs").joinpath("codes.toml").read_text("utf-8"))
    worded = traditional if language == "zh-Hant" else str

    def told(wording: str | dict[str, str]) -> str:  # an example that is all keys and numbers serves every language
        return wording if isinstance(wording, str) else worded(Text(wording).in_language(language))

    return {code: Explanation(code, **{part: told(words) for part, words in entry.items()})
            for code, entry in table.items()}  # fmt: skip


def rendered(findings: Sequence[Finding], form: Format, sources: Mapping[str, bytes]) -> str:
    """All findings in one format. `full` adds the line from `sources` (by file) with a caret under the place."""
    if form == "json":
        return json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2)
    if form == "github":
        return "\n".join(map(_annotation, findings))
    if form == "concise":
        return "\n".join(map(str, findings))
    return "\n".join(f"{finding}{_excerpt(finding, sources.get(finding.file, b''))}" for finding in findings)


def _excerpt(finding: Finding, source: bytes) -> str:
    lines = source.decode("utf-8", "replace").splitlines()
    if not 0 < finding.line <= len(lines) or finding.column > len(lines[finding.line - 1]) + 1:
        return ""
    line = lines[finding.line - 1].replace("\t", " ")
    start = max(0, finding.column - _LONGEST_SHOWN)
    before = clean(line[start : finding.column - 1])
    margin = f"{finding.line:>5} | "
    blank = " " * sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in before)
    return f"\n{margin}{before}{clean(line[finding.column - 1 : start + 2 * _LONGEST_SHOWN])}\n      | {blank}^"


def _annotation(finding: Finding) -> str:
    """A workflow command of GitHub Actions; per cent signs and line ends are data there and must be escaped."""

    def escaped(text: str) -> str:
        return clean(text).replace("%", "%25").replace("\n", "%0A")

    def as_property(text: str) -> str:
        return escaped(text).replace(":", "%3A").replace(",", "%2C")

    place = f"file={as_property(finding.file)},line={finding.line},col={finding.column}"
    message = f"{finding.path}: {finding.told}" if finding.path else finding.told
    return f"::{finding.severity} {place},title={finding.code}::{escaped(message)}"
