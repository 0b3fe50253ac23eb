r"""The lexicons: what the YAML files hold, as lines and as compiled patterns.

One pattern a line. A space is a space; `(a|b)` is either; `(a )?` may be missing; `{name}` is a class of the lexicon;
`word*` takes any ending; ` ... ` is a gap inside the clause, ` ~ ` one that may pass commas; `\?` a question mark.
English patterns stand on word borders. Lines that begin with `#` are comments.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.language.normalize import LexiconLanguage

_FILES = {"en": "en.yaml", "zh-Hans": "zh.yaml"}
_CLASS = re.compile(r"\{([a-z_]+)\}")
_GAPS = {"en": (r"[^,;?!]{0,40}?", r"[^;?!]{0,90}?"), "zh-Hans": (r"[^,;?!。]{0,12}?", r"[^;?!。]{0,30}?")}


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """One language's lexicon. Sections are named by dotted paths, such as `acts.greet`."""

    language: LexiconLanguage
    sections: Mapping[str, str]
    weights: Mapping[str, Mapping[str, float]]
    compiled: dict[str, re.Pattern[str]] = field(default_factory=dict)

    def lines(self, section: str) -> tuple[str, ...]:
        """The lines of a section, without blanks and comments. Raises KeyError for a section that is not there."""
        rows = (row.strip() for row in self.sections[section].splitlines())
        return tuple(row for row in rows if row and not row.startswith("#"))

    def pattern(self, section: str) -> re.Pattern[str]:
        """Any line of a section, as one pattern over normalised text; compiled when first asked for."""
        found = self.compiled.get(section)
        if found is None:
            found = self.compiled[section] = re.compile(self._either(section))
        return found

    def finds(self, section: str, text: str) -> re.Match[str] | None:
        """The first place where a line of the section stands in the text."""
        return self.pattern(section).search(text)

    def _either(self, section: str) -> str:
        joined = "|".join(self._expression(line) for line in self.lines(section))
        if not joined:
            return r"(?!)"
        return rf"(?<![\w'])(?:{joined})(?!\w)" if self.language == "en" else f"(?:{joined})"

    def _expression(self, line: str) -> str:
        inner, across = _GAPS[self.language]
        while _CLASS.search(line):  # a class may name another
            line = _CLASS.sub(lambda name: self._class(name.group(1)), line)
        line = re.sub(r"(?<!\\)\((?!\?)", "(?:", line)
        line = re.sub(r"(?<!\\\w)(?<=\w)\*", r"\\w*", line)
        border = r"\b" if self.language == "en" else ""
        line = re.sub(r"\s*\.\.\.\s*", lambda _: border + inner + border, line)
        return re.sub(r"\s*~\s*", lambda _: border + across + border, line)

    def _class(self, name: str) -> str:
        return "(" + "|".join(self.lines(f"classes.{name}")) + ")"


@lru_cache(maxsize=2)
def lexicon(language: LexiconLanguage) -> Lexicon:
    """The lexicon of a language, read once, when it is first needed."""
    from importlib.resources import files  # noqa: PLC0415 -- nobody looks for the files before a line is heard

    text = files("simulator.language").joinpath("lexicon", _FILES[language]).read_text(encoding="utf-8")
    return Lexicon(language, *read_sections(text))


def read_sections(text: str) -> tuple[dict[str, str], dict[str, dict[str, float]]]:
    """The sections and weights of a lexicon file: keys nested by two spaces, blocks of text (`key: |`), numbers.

    That is all of YAML the lexicons use, and all that is read here: a general reader takes a tenth of a second for what
    is needed before the first reply. Raises ValueError for a line it does not know.
    """
    sections: dict[str, str] = {}
    weights: dict[str, dict[str, float]] = {}
    path: list[str] = []
    block: list[str] | None = None
    depth = 0
    for row in text.splitlines():
        indent = len(row) - len(row.lstrip())
        if block is not None and (indent >= depth or not row.strip()):
            block.append(row[depth:])
            continue
        if block is not None:
            sections[".".join(path)] = _closed(block)
            block = None
        if not row.strip() or row.lstrip().startswith("#"):
            continue
        key, colon, value = row.strip().partition(":")
        if not colon or indent % 2 or indent // 2 > len(path):
            raise ValueError(f"not a line of a lexicon: {row!r}")
        path = [*path[: indent // 2], key]
        if value == " |":
            block, depth = [], indent + 2
        elif path[0] == "weights" and value:
            weights.setdefault(path[1], {})[key] = float(value)
    if block is not None:
        sections[".".join(path)] = _closed(block)
    return sections, weights


def _closed(block: list[str]) -> str:
    return "\n".join(block).rstrip("\n") + "\n"
