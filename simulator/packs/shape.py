"""Whether plain values have the shape a pack's JSON Schema asks for, and which definition each value falls under.

The schemas use a few keywords of draft-07 (`KEYWORDS`), and this walk knows those. It exists beside jsonschema because
a pack is loaded before the first screen is painted, where importing that library alone would cost more than everything
else together, and because a finding wants a near name and one line for one mistake. It fetches nothing: a `$ref` can
only name a definition of the same file. A test holds both to the same verdicts.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, Literal

from simulator.packs.brackets import mispaired, rebracketed, resolved
from simulator.packs.diagnostics import Fault, nearest, shown
from simulator.packs.locate import Path
from simulator.packs.slips import full_width_fault, unspaced_told, wide_comma_in
from simulator.wording import in_words, say

Kind = Literal["persona", "rubric"]
Schema = Mapping[str, Any]

KEYWORDS = frozenset({
    "$schema", "$id", "$ref", "title", "description", "definitions", "type", "enum", "properties", "required",
    "additionalProperties", "minProperties", "items", "minItems", "maxItems", "pattern", "minLength", "maxLength",
    "minimum", "maximum", "exclusiveMinimum",
})  # fmt: skip
"""What the pack schemas may be written in."""

_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "string": str, "object": dict, "array": list, "boolean": bool, "integer": int, "number": (int, float),
}  # fmt: skip
_TAKEN_WHOLE = "terms"  # a definition that is not looked into: most of a pack is terms, and they have no parts


@cache
def schema_of(kind: Kind) -> Schema:
    """The JSON Schema of a kind of pack."""
    file = resources.files("simulator.packs").joinpath("schema", f"{kind}-1.json")
    schema: Schema = json.loads(file.read_text("utf-8"))
    return schema


def misshapen(value: Any, schema: Schema) -> Iterator[Fault]:
    """Every place where the value departs from the schema."""
    yield from _check(value, schema, (), schema)


def defined(value: Any, schema: Schema) -> list[tuple[str, Path, Any]]:
    """Every value that falls under a named definition, with its path, in order. The value fits the schema."""
    found: list[tuple[str, Path, Any]] = []
    _gather(value, schema, (), schema["definitions"], found)
    return found


def _gather(value: Any, rule: Schema, path: Path, definitions: Schema, found: list[tuple[str, Path, Any]]) -> None:
    if reference := rule.get("$ref"):
        name = reference.removeprefix("#/definitions/")
        found.append((name, path, value))
        if name == _TAKEN_WHOLE:
            return
        rule = definitions[name]
    if isinstance(value, dict):
        for key, item in value.items():
            _gather(item, _rule_for(rule, key), (*path, key), definitions, found)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _gather(item, rule.get("items", {}), (*path, index), definitions, found)


def _rule_for(rule: Schema, key: str) -> Schema:
    further = rule.get("additionalProperties", {})
    found: Schema = rule.get("properties", {}).get(key) or (further if isinstance(further, dict) else {})
    return found


def _check(value: Any, rule: Schema, path: Path, schema: Schema) -> Iterator[Fault]:
    rule = resolved(rule, schema)
    if not _is_a(value, rule.get("type", ())):
        yield _wrong_type(value, rule, path, schema)
        return
    if ("enum" in rule or "pattern" in rule) and isinstance(value, str) and (comma := wide_comma_in(value, path)):
        yield comma
    elif "enum" in rule and value not in rule["enum"]:
        choices = ", ".join(map(str, rule["enum"]))
        message = say("'{word}' is none of {choices}", word=shown(value), choices=choices)
        yield Fault("P017", path, message, nearest(str(value), map(str, rule["enum"])))
    elif isinstance(value, str):
        before, colon, _ = value.partition("：")
        if colon and before in rule.get("properties", ()):
            yield full_width_fault(path, before)
        yield from _check_text(value, rule, path)
    elif isinstance(value, dict):
        yield from _check_map(value, rule, path, schema)
    elif isinstance(value, list):
        yield from _check_list(value, rule, path, schema)
    elif not isinstance(value, bool):
        yield from _check_number(value, rule, path)


def _is_a(value: Any, wanted: str | list[str]) -> bool:
    names = [wanted] if isinstance(wanted, str) else wanted
    if isinstance(value, bool):
        return not names or "boolean" in names
    if isinstance(value, float) and value.is_integer() and "integer" in names:
        return True
    return not names or any(isinstance(value, _TYPES[name]) for name in names)


def _wrong_type(value: Any, rule: Schema, path: Path, schema: Schema) -> Fault:
    names = [rule["type"]] if isinstance(rule["type"], str) else rule["type"]
    before, colon, _ = value.partition("：") if isinstance(value, str) else ("", "", "")
    if colon and before in rule.get("properties", ()):
        return full_width_fault(path, before)
    if "array" in names and _begins_wide({"": value}):
        return Fault("P036", path, say("full-width bracket '【'; a list wants '[' and ']' (half-width)"))
    wanted = say(" or ").join(_type_called(name) for name in names)
    if value is None:
        return Fault("P016", path, say("nothing stands here; wanted {wanted}", wanted=wanted))
    message = say("wanted {wanted}, found {found}", wanted=wanted, found=_called(value))
    if "string" in names and isinstance(value, int | float):
        message += say("; put it in quotes")
    elif mend := rebracketed(value, rule, schema):
        message += say("; write {mend}", mend=shown(mend))
    return Fault("P016", path, message)


def _called(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return say("the number {number}", number=value)
    return _type_called(next(name for name, kind in _TYPES.items() if isinstance(value, kind)))


def _type_called(name: str) -> str:
    """A type of JSON Schema in words."""
    names = {
        "string": say("text"),
        "object": say("a map of keys"),
        "array": say("a list"),
        "boolean": say("true or false"),
        "integer": say("a whole number"),
        "number": say("a number"),
    }
    return names[name]


def _check_text(value: str, rule: Schema, path: Path) -> Iterator[Fault]:
    if len(value) < rule.get("minLength", 0) or ("minLength" in rule and not value.strip()):
        yield Fault("P019", path, say("the text is empty"))
    elif len(value) > rule.get("maxLength", len(value)):
        limit = rule["maxLength"]
        yield Fault("P019", path, say("{count} characters; at most {limit}", count=len(value), limit=limit))
    elif "pattern" in rule and not re.fullmatch(rule["pattern"], value):
        described = in_words(rule["description"])
        message = say("'{word}' cannot be a name here: {described}", word=shown(value), described=described)
        yield Fault("P020", path, message)


def _check_number(value: float, rule: Schema, path: Path) -> Iterator[Fault]:
    if value < rule.get("minimum", value) or value > rule.get("maximum", value):
        lowest, highest = rule.get("minimum", "…"), rule.get("maximum", "…")
        yield Fault("P018", path, say("{number} is not within {lowest} to {highest}",
                                      number=value, lowest=lowest, highest=highest))  # fmt: skip
    elif "exclusiveMinimum" in rule and value <= rule["exclusiveMinimum"]:
        yield Fault("P018", path, say("{number} is not above {lowest}", number=value, lowest=rule["exclusiveMinimum"]))


def _check_list(value: list[Any], rule: Schema, path: Path, schema: Schema) -> Iterator[Fault]:
    items = resolved(rule.get("items", {}), schema)
    if (
        value
        and isinstance(value[0], list) != (items.get("type") == "array")
        and (told := mispaired(value, rule, schema))
    ):
        yield Fault("P016", path, told)
        return
    least, most = rule.get("minItems", 0), rule.get("maxItems", len(value))
    if len(value) < least:
        yield Fault("P019", path, say("{count} in this list; at least {limit}", count=len(value), limit=least))
    if len(value) > most:
        yield Fault("P019", path, say("{count} in this list; at most {limit}", count=len(value), limit=most))
        return
    shortest, longest = _plain_lengths(items)
    for index, item in enumerate(value):
        if not (isinstance(item, str) and shortest <= len(item) <= longest and not item.isspace()):
            yield from _check(item, items, (*path, index), schema)


def _plain_lengths(rule: Schema) -> tuple[int, float]:
    """Between which lengths a text is right without a further look, if it has words; most of a pack is terms, and they
    need no walk. No length where the rule asks for more.
    """
    if rule.get("type") != "string" or "pattern" in rule or "enum" in rule:
        return 0, -1
    return rule.get("minLength", 0), rule.get("maxLength", math.inf)


def _check_map(value: dict[str, Any], rule: Schema, path: Path, schema: Schema) -> Iterator[Fault]:
    if len(value) < rule.get("minProperties", 0):
        yield Fault("P019", path, say("nothing stands in this map"))
    known = rule.get("properties", {})
    closed = rule.get("additionalProperties") is False
    absent = {key: None for key in rule.get("required", ()) if key not in value}
    for key, item in value.items():
        if key in known or not closed:
            yield from _check(item, _rule_for(rule, key), (*path, key), schema)
            continue
        if item is None and key.endswith("】") and _begins_wide(value):  # one mistake, one finding
            continue
        fault = _unknown_key(key, item, [name for name in known if name not in value], (*path, key))
        if beside := _belongs_beside(key, path, schema):
            message = say("'{key}' belongs one level up, beside '{other}'", key=shown(key), other=beside)
            fault = Fault("P014", (*path, key), message, at_key=True)
        absent.pop(fault.suggestion or re.split("[:：]", key)[0], None)  # one mistake, one finding
        yield fault
    if not absent:
        return
    strays = {name for key, item in value.items() if key in known for name in _strays(item, known[key], schema)}
    for key in absent:
        if key not in strays:  # else it stands too deep, which is told there
            yield Fault("P015", path, say("key '{key}' is missing", key=key))


def _begins_wide(value: dict[str, Any]) -> bool:
    """Whether a value begins with a full-width bracket, so that its commas end it."""
    return any(isinstance(item, str) and item.startswith("【") for item in value.values())


def _strays(value: Any, rule: Schema, schema: Schema) -> Iterator[str]:
    """The keys of a map that are none of its own."""
    rule = resolved(rule, schema)
    if isinstance(value, dict) and rule.get("additionalProperties") is False:
        yield from (key for key in value if key not in rule.get("properties", {}))


def _belongs_beside(key: str, path: Path, schema: Schema) -> str:
    """The key of the map that this one was put into by too deep an indentation; empty where it was not."""
    if not path or not isinstance(path[-1], str):
        return ""
    rule = schema
    for step in path[:-1]:
        rule = resolved(_rule_for(rule, step) if isinstance(step, str) else rule.get("items", {}), schema)
    return path[-1] if key in rule.get("properties", {}) else ""


def _unknown_key(key: str, item: Any, free: list[str], path: Path) -> Fault:
    if "：" in key:
        return full_width_fault(path, key.partition("：")[0], at_key=True)
    if item is None and (told := unspaced_told(key)):
        return Fault("P014", path, told, at_key=True)
    if item is None and len(path) > 1:
        message = say("'{key}' stands like a key; a comma ends a text without quotes, so put the text in quotes",
                      key=shown(key))  # fmt: skip
        return Fault("P014", path, message, nearest(key, free), at_key=True)
    return Fault("P014", path, say("unknown key '{key}'", key=shown(key)), nearest(key, free), at_key=True)
