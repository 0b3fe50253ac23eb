r"""The lexicons: what the YAML files hold, as lines and as compiled patterns.

One pattern a line. A space is a space; `(a|b)` is either; `(a )?` may be missing; `{name}` is a class of the lexicon;
`word*` takes any ending; ` ... ` is a gap inside the clause, ` ~ ` one that may pass commas; `\?` a question mark.
English patterns stand on word borders. Lines that begin with `#` are comments, lines set in go on with the one before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from importlib.resources import files
from operator import and_, or_
from threading import Lock
from typing import TYPE_CHECKING, Any

from simulator.language.keywords import MOST_CLAUSES, Demands, Keywords, frequencies, keys, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable

    from simulator.language.normalize import LexiconLanguage

_FILES = {"en": "en.yaml", "zh-Hans": "zh.yaml"}
_CLASS = re.compile(r"\{([a-z_]+)\}")
_GAPS = {"en": (r"[^,;?!]{0,40}?", r"[^;?!]{0,90}?"), "zh-Hans": (r"[^,;?!。]{0,12}?", r"[^;?!。]{0,30}?")}


MOST_WORDS = 8192
"""Words whose lines are remembered."""


@dataclass(slots=True, eq=False)
class _Line:
    """One line of a section, with what a text must hold for it."""

    text: str
    demands: Demands
    lexicon: Lexicon
    compiled: re.Pattern[str] | None = None

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where the line stands. Compiled when first needed: most lines of a lexicon never are."""
        if self.compiled is None:
            self.compiled = re.compile(self.lexicon.expression(self.text))
        return self.compiled.match(text) if self.demands.at_start else self.compiled.search(text)


@dataclass(slots=True)
class _Index:
    """The lines of the sections asked for so far, each under its rank, and which of them a text can meet.

    `known` are the sections taken in whole, `section_of` has the section of each line. Sets are numbers: bit
    MOST_CLAUSES * n + k stands for the k-th clause of the n-th line. `holding` has the clauses that hold a key, `free`
    those that a line does not have, `firsts` the first clause of each line. `met` remembers what a word meets.
    """

    language: LexiconLanguage
    known: frozenset[str] = frozenset()
    section_of: list[str] = field(default_factory=list)
    lines: list[_Line] = field(default_factory=list)
    holding: dict[str, int] = field(default_factory=dict)
    free: int = 0
    firsts: int = 0
    met: dict[str, int] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def add(self, section: str, lines: Sequence[_Line]) -> None:
        """Take in a section: named last, so that no other thread takes half of it for the whole."""
        with self.lock:
            if section in self.known:  # by another thread, meanwhile
                return
            for line in lines:
                first = 1 << MOST_CLAUSES * len(self.lines)
                self.lines.append(line)
                self.section_of.append(section)
                for rank, clause in enumerate(line.demands.clauses):
                    for key in clause:
                        self.holding[key] = self.holding.get(key, 0) | first << rank
                for rank in range(len(line.demands.clauses), MOST_CLAUSES):
                    self.free |= first << rank
                self.firsts |= first
            self.met = {}
            self.known |= {section}

    def heard(self, text: str) -> tuple[frozenset[str], Mapping[str, Sequence[_Line]]]:
        """The sections known, and of these the lines that may stand in a text, because it meets every clause of theirs:
        by section, in order.
        """
        known = self.known  # before the lines: a section taken in meanwhile is asked for again
        return known, self._possible(text)

    def _possible(self, text: str) -> dict[str, list[_Line]]:
        met, seen = self.free, self.met
        here = words(text, self.language)
        for word in self.holding.keys() & here if self.language == "zh-Hans" else here:
            clauses = seen.get(word)
            met |= self._meeting(word, seen) if clauses is None else clauses
        left = reduce(and_, (met >> rank for rank in range(MOST_CLAUSES)), self.firsts)
        digits = f"{left:x}"[::-1]  # a hex digit a line: searched in half the time of bit by bit
        found: dict[str, list[_Line]] = {}
        rank = digits.find("1")
        while rank >= 0:
            found.setdefault(self.section_of[rank], []).append(self.lines[rank])
            rank = digits.find("1", rank + 1)
        return found

    def _meeting(self, word: str, seen: dict[str, int]) -> int:
        """The clauses that a word meets."""
        if len(seen) >= MOST_WORDS:
            seen.clear()
        seen[word] = met = reduce(or_, (self.holding.get(key, 0) for key in keys(word, self.language)))
        return met


@dataclass(slots=True, eq=False)
class Heard:
    """A text as one lexicon reads it: which lines may stand in it, and what was found so far.

    The index had the sections `known` when it was heard: of others `possible` tells nothing.
    """

    text: str
    lexicon: Lexicon
    known: frozenset[str]
    possible: Mapping[str, Sequence[_Line]]
    found: dict[str, re.Match[str] | None] = field(default_factory=dict)

    def finds(self, section: str) -> re.Match[str] | None:
        """The first place where a line of the section stands, of two in one place the line named first."""
        if section not in self.known:
            self._hear_again(section)
        if section not in self.possible:
            return None
        if section in self.found:
            return self.found[section]
        first: re.Match[str] | None = None
        for line in self.possible[section]:
            hit = line.search(self.text)
            if hit and (first is None or hit.start() < first.start()):
                first = hit
                if not hit.start():  # no other line stands before it
                    break
        self.found[section] = first
        return first

    def search(self, sections: Mapping[str, str]) -> Iterator[tuple[str, re.Match[str]]]:
        """Of sections under names of the caller's, those that are found: the name and the first place."""
        for name, section in sections.items():
            if section in self.possible or section not in self.known:
                hit = self.finds(section)
                if hit:
                    yield name, hit

    def _hear_again(self, section: str) -> None:
        """Look for the lines of a section that was not there when the text was heard."""
        self.lexicon.take_in(section)
        self.known, self.possible = self.lexicon.index.heard(self.text)


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """One language's lexicon. Sections are named by dotted paths, such as `acts.greet`."""

    language: LexiconLanguage
    sections: Mapping[str, str]
    weights: Mapping[str, Mapping[str, float]]
    compiled: dict[str, re.Pattern[str]] = field(default_factory=dict)
    index: _Index = field(init=False)

    def __post_init__(self) -> None:
        """Begin an index of what is looked up."""
        object.__setattr__(self, "index", _Index(self.language))

    def lines(self, section: str) -> tuple[str, ...]:
        """The lines of a section, without blanks and comments. Raises KeyError for a section that is not there."""
        return _lines(self.sections[section])

    def pattern(self, section: str) -> re.Pattern[str]:
        """Any line of a section, as one pattern over normalised text; compiled when first asked for."""
        found = self.compiled.get(section)
        if found is None:
            found = self.compiled[section] = re.compile(self._either(section))
        return found

    def finds(self, section: str, text: str) -> re.Match[str] | None:
        """The first place where a line of the section stands in the text, as `pattern` would find it."""
        return self.hear(text).finds(section)

    def hear(self, text: str) -> Heard:
        """The text, ready to be searched for the lines whose keywords it holds. Remembered: it is heard again."""
        return _heard(self, text)

    def alone(self, section: str) -> Lexicon:
        """A lexicon of this section alone, for texts in which nothing else is looked for: it is read in a tenth of the
        time.
        """
        return _alone(self, section)

    def take_in(self, section: str) -> None:
        """Take a section into the index, unless it is there."""
        if section not in self.index.known:
            self.index.add(section, [self._line(line) for line in self.lines(section)])

    def _line(self, line: str) -> _Line:
        return _Line(line, _keywords(self).demands(self._noted(line)), self)

    def expression(self, line: str) -> str:
        """A line as a regular expression."""
        return self._bordered(self.expanded(self._noted(line)))

    def _either(self, section: str) -> str:
        joined = self.expanded("|".join(map(self._noted, self.lines(section))))
        return self._bordered(joined) if joined else r"(?!)"

    def _bordered(self, expression: str) -> str:
        return rf"(?<![\w'])(?:{expression})(?!\w)" if self.language == "en" else f"(?:{expression})"

    def expanded(self, noted: str) -> str:
        """A regular expression with the alternatives of the classes that it names."""
        return _CLASS.sub(lambda name: f"(?:{_class(self, name.group(1))})", noted)

    def _noted(self, line: str) -> str:
        """A line as a regular expression but for the classes it names."""
        inner, across = _GAPS[self.language]
        line = re.sub(r"(?<!\\)\((?!\?)", "(?:", line)
        line = re.sub(r"(?<!\\\w)(?<=\w)\*", r"\\w*", line)
        border = r"\b" if self.language == "en" else ""
        line = re.sub(r"\s*\.\.\.\s*", lambda _: border + inner + border, line)
        return re.sub(r"\s*~\s*", lambda _: border + across + border, line)

    def named(self, name: str) -> str:
        """The alternatives of a class, as a regular expression but for the classes they name."""
        return "|".join(map(self._noted, self.lines(f"classes.{name}")))


@lru_cache(maxsize=512)
def _lines(block: str) -> tuple[str, ...]:
    rows: list[str] = []
    for row in block.splitlines():
        if row.startswith(" ") and rows:
            rows[-1] += row.strip()
        elif row and not row.startswith("#"):
            rows.append(row.strip())
    return tuple(rows)


@lru_cache(maxsize=512)
def _class(of: Lexicon, name: str) -> str:
    """A class as one regular expression: it may name others."""
    return of.expanded(of.named(name))


@lru_cache(maxsize=1024)
def _heard(lexicon: Lexicon, text: str) -> Heard:
    return Heard(text, lexicon, *lexicon.index.heard(text))


@lru_cache(maxsize=4)
def _keywords(of: Lexicon) -> Keywords:
    return Keywords(of.language, frequencies("\n".join(of.sections.values()), of.language), of.named)


@lru_cache(maxsize=8)
def _alone(of: Lexicon, section: str) -> Lexicon:
    classes = {name: lines for name, lines in of.sections.items() if name.startswith("classes.")}
    return Lexicon(of.language, {**classes, section: of.sections[section]}, {})


@lru_cache(maxsize=2)
def lexicon(language: LexiconLanguage) -> Lexicon:
    """The lexicon of a language, read once, when it is first needed."""
    return read_lexicon(language, files("simulator.language").joinpath("lexicon", _FILES[language]))


def read_lexicon(language: LexiconLanguage, file: Traversable) -> Lexicon:
    """A lexicon from a YAML file: nested maps of text blocks, and numbers under `weights`."""
    import yaml  # noqa: PLC0415 -- nobody pays for YAML before a line is heard

    tree = yaml.load(file.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 -- both safe
    return Lexicon(language, dict(_sections(tree)), tree.get("weights", {}))


def _sections(tree: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """Every block of text under its dotted path."""
    for name, value in tree.items():
        if isinstance(value, str):
            yield path + name, value
        elif name != "weights":
            yield from _sections(value, f"{path}{name}.")
