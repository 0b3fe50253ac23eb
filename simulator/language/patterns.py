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
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

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
        rows: list[str] = []
        for row in self.sections[section].splitlines():
            if row.startswith(" ") and rows:
                rows[-1] += row.strip()
            elif row and not row.startswith("#"):
                rows.append(row.strip())
        return tuple(rows)

    def pattern(self, section: str) -> re.Pattern[str]:
        """Any line of a section, as one pattern over normalised text; compiled when first asked for."""
        found = self.compiled.get(section)
        if found is None:
            found = self.compiled[section] = re.compile(self._either(section))
        return found

    def finds(self, section: str, text: str) -> re.Match[str] | None:
        """The first place where a line of the section stands in the text. Remembered: sentences are heard again."""
        return _found(self, section, text)

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


@lru_cache(maxsize=8192)
def _found(where: Lexicon, section: str, text: str) -> re.Match[str] | None:
    return where.pattern(section).search(text)


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
