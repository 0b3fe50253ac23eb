"""Words of a pack in as many pairs of brackets as the schema wants around them: [a, b] or [[a, b]]."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simulator.packs.diagnostics import shown
from simulator.wording import say

_Schema = Mapping[str, Any]

_HAN = re.compile("[\u3400-\u9fff]")
_SHOWN_WORDS = 3


def mispaired(value: list[Any], rule: _Schema, schema: _Schema) -> str:
    """What is wrong with the brackets of a list of words; empty where it is something else."""
    depth, pairs = _depth(rule, schema), _pairs(value)
    mend = _bracketed(value, depth) if depth and pairs and pairs != depth else ""
    if not mend:
        return ""
    if pairs < depth:
        return say("a pair of brackets is missing; write {mend}", mend=shown(mend))
    return say("a pair of brackets too many; write {mend}", mend=shown(mend))


def rebracketed(value: Any, rule: _Schema, schema: _Schema) -> str:
    """Words as the rule wants them, in brackets and under their language; empty where more is wrong than that."""
    if depth := _depth(rule, schema):
        return _bracketed(value, depth)
    depths = {_depth(resolved(inner, schema), schema) for inner in rule.get("properties", {}).values()}
    depth = depths.pop() if len(depths) == 1 else 0  # more than one: no map of languages
    return _in_its_language(value, depth) if depth else ""


def _depth(rule: _Schema, schema: _Schema) -> int:
    """How many pairs of brackets the rule wants around each word; 0 where it wants no words in lists."""
    depth = 0
    while rule.get("type") == "array":
        rule, depth = resolved(rule.get("items", {}), schema), depth + 1
    return depth if rule.get("type") == "string" else 0


def resolved(rule: _Schema, schema: _Schema) -> _Schema:
    """The rule itself, where it only names a definition."""
    reference = rule.get("$ref")
    return schema["definitions"][reference.removeprefix("#/definitions/")] if reference else rule


def _bracketed(value: Any, depth: int) -> str:
    """The words of a value in so many pairs of brackets; empty where it holds more than words."""
    words = list(_words(value))
    if not words or not all(isinstance(word, str) for word in words):
        return ""
    more = ["…"] if len(words) > _SHOWN_WORDS else []
    return "[" * depth + ", ".join([*words[:_SHOWN_WORDS], *more]) + "]" * depth


def _in_its_language(value: Any, depth: int) -> str:
    """The words of a value bracketed, under the language they are in; empty where it holds more than words."""
    inner = _bracketed(value, depth)
    return f"{{{'zh-Hans' if _HAN.search(inner) else 'en'}: {inner}}}" if inner else ""


def _pairs(value: Any) -> int:
    """How many pairs of brackets stand around every word of a list; 0 where not all have the same."""
    if not isinstance(value, list):
        return 0
    inner = {_pairs(item) if isinstance(item, list) else 0 for item in value}
    plain = all(isinstance(item, str | list) for item in value)
    return 1 + inner.pop() if len(inner) == 1 and plain else 0


def _words(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        for item in value:
            yield from _words(item)
    else:
        yield value
