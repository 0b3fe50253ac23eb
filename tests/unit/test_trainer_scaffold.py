"""The first file of a persona or rubric: the same example in every language, with a comment where English has one."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from simulator.domain.text import LANGUAGES
from simulator.packs.locate import Path
from simulator.packs.shape import Kind, defined, schema_of
from simulator.packs.tree import read_tree
from simulator.trainer.lint import lint
from simulator.trainer.scaffold import scaffold

KINDS: tuple[Kind, ...] = ("persona", "rubric")
WORDED = {"text", "plain", "wording", "groups", "terms"}
HAN = re.compile("[\u3400-\u9fff]")


def skeleton(kind: Kind, language: str) -> Any:
    """What stands in the file but for its words: keys, ids, numbers, rules, and how many there are of each."""
    value = read_tree(scaffold(kind, "any", language).encode()).value
    worded = {path for name, path, _ in defined(value, schema_of(kind)) if name in WORDED}

    def bare(item: Any, path: Path) -> Any:
        if path in worded:
            return "..."
        if isinstance(item, dict):
            return {"en" if key in LANGUAGES else key: bare(each, (*path, key)) for key, each in item.items()}
        if isinstance(item, list):
            return [bare(each, (*path, index)) for index, each in enumerate(item)]
        return item

    return bare({key: item for key, item in value.items() if key != "languages"}, ())


def commented(source: str) -> Counter[str]:
    """The keys that have a comment, on their line or above it."""
    return Counter(re.findall(r"^ *(?:- )?(\w+):.* # |^#.*\n(\w+):", source, re.MULTILINE))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_it_passes_the_linter(kind: Kind, language: str) -> None:
    assert lint(scaffold(kind, "any", language).encode(), "any.yaml") == ()


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("kind", KINDS)
def test_it_is_the_same_example_in_every_language(kind: Kind, language: str) -> None:
    assert skeleton(kind, language) == skeleton(kind, "en")


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("kind", KINDS)
def test_what_has_a_comment_has_one_in_every_language(kind: Kind, language: str) -> None:
    source = scaffold(kind, "any", language)
    assert not commented(scaffold(kind, "any", "en")) - commented(source)
    told = [line for line in source.splitlines() if re.search(r"(^| )# ", line)]
    assert len(told) > 15
    assert [line for line in told[1:] if "mot check" not in line and not HAN.search(line.split("#")[-1])] == []
