r"""The lexicons: what the YAML files hold, as lines and as compiled patterns.

One pattern a line. A space is a space; `(a|b)` is either; `(a )?` may be missing; `{name}` is a class of the lexicon;
`word*` takes any ending; ` ... ` is a gap inside the clause, ` ~ ` one that may pass commas; `\?` a question mark.
English patterns stand on word borders. Lines that begin with `#` are comments, lines set in go on with the one before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from itertools import compress
from typing import TYPE_CHECKING, Any

from simulator.language.keywords import Keywords, frequencies
from simulator.language.line_index import Index, Line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable

    from simulator.language.keywords import Clause
    from simulator.language.normalize import LexiconLanguage

_FILES = {"en": "en.yaml", "zh-Hans": "zh.yaml"}
_CLASS = re.compile(r"\{([a-z_]+)\}")
_GROUP = re.compile(r"\((?<!\\\()(?!\?)")
_ANY_ENDING = re.compile(r"\*(?<=\w\*)(?<!\\\w\*)")
_GAPS = {"en": (r"[^,;?!]{0,40}?", r"[^;?!]{0,90}?"), "zh-Hans": (r"[^,;?!。]{0,12}?", r"[^;?!。]{0,30}?")}


@dataclass(slots=True, eq=False)
class Heard:
    """A text as one lexicon reads it: which lines may stand in it, and what was found so far.

    The index had the sections `known` when it was heard: of others `possible` tells nothing.
    """

    text: str
    lexicon: Lexicon
    known: frozenset[str]
    possible: Mapping[str, Sequence[Line]]
    found: dict[str, re.Match[str] | None] = field(default_factory=dict)

    def finds(self, section: str) -> re.Match[str] | None:
        """The first place where a line of the section stands, of two in one place the line named first."""
        if section not in self.known:
            self._hear_again((section,))
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

    def stands_behind(self, section: str, at: int) -> bool:
        """Whether a line of the section stands from `at` on: what stands earlier as well may hide it from `finds`."""
        return self.finds(section) is not None and any(line.search(self.text, at) for line in self.possible[section])

    def finds_any(self, sections: Collection[str]) -> bool:
        """Whether any of the sections is found: most often none is possible, and then none is looked for."""
        if self.known.issuperset(sections) and self.possible.keys().isdisjoint(sections):
            return False
        return any(map(self.finds, sections))

    def search(self, sections: Mapping[str, str]) -> Iterator[tuple[str, re.Match[str]]]:
        """Of sections under names of the caller's, those that are found: the name and the first place."""
        if not self.known.issuperset(sections.values()):
            self._hear_again(sections.values())
        for name, section in compress(sections.items(), map(self.possible.__contains__, sections.values())):
            hit = self.finds(section)
            if hit:
                yield name, hit

    def _hear_again(self, sections: Iterable[str]) -> None:
        """Look for the lines of sections that were not there when the text was heard."""
        for section in sections:
            self.lexicon.take_in(section)
        self.known, self.possible = self.lexicon.index.heard(self.text)


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """One language's lexicon. Sections are named by dotted paths, such as `acts.greet`."""

    language: LexiconLanguage
    sections: Mapping[str, str]
    weights: Mapping[str, Mapping[str, float]]
    compiled: dict[str, re.Pattern[str]] = field(default_factory=dict)
    index: Index = field(init=False)

    def __post_init__(self) -> None:
        """Begin an index of what is looked up."""
        object.__setattr__(self, "index", Index(self.language))

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

    def hear_both(self, first: str, second: str) -> Heard:
        """Two texts as one, a space between them. Each is taken apart into its words once, whatever it stands beside.

        Between them are words only in Chinese, where two characters in a row are one.
        """
        seam = f"{first[-1:]} {second[:1]}"
        return Heard(f"{first} {second}", self, *self.index.heard(first, second, seam))

    def alone(self, section: str) -> Lexicon:
        """A lexicon of this section alone, for texts in which nothing else is looked for: it is read in a tenth of the
        time.
        """
        return _alone(self, section)

    def take_in(self, section: str) -> None:
        """Take a section into the index, unless it is there."""
        if section not in self.index.known:
            self.index.add(section, [self._line(line) for line in self.lines(section)])

    def _line(self, line: str) -> tuple[Line, Sequence[Clause]]:
        """A line with the clauses it demands: they are not kept beside it, the index holds them."""
        demands = _keywords(self).demands(self._noted(line))
        return Line(line, demands.at_start, demands.order, self), demands.clauses

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
        line = _ANY_ENDING.sub(r"\\w*", _GROUP.sub("(?:", line))
        border = r"\b" if self.language == "en" else ""
        for sign, gap in zip(("...", "~"), _GAPS[self.language], strict=True):
            if sign in line:
                line = f"{border}{gap}{border}".join(map(str.strip, line.split(sign)))
        return line

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
