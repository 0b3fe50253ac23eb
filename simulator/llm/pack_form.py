"""A pack as a model fills it in: the form it is asked for, in one language, and its answer as a file's values.

What is asked for keeps to what OpenAI's strict mode takes: every key is required, and one that a file may leave out may
be null. Lengths, ranges and patterns are not asked for: what does not fit is for the linter to name, not to throw away.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.llm.form import strict_object
from simulator.packs.shape import Kind, Schema, schema_of
from simulator.text_gate import clean

BY_CODE = frozenset({"format", "id", "languages", "draft"})
"""Keys of a file's first level that no model is asked for."""

_TEXT: Schema = {"type": "string"}
_WORDS: Schema = {"type": "array", "items": _TEXT}
_ONE_LANGUAGE: Mapping[str, Schema] = {"text": _TEXT, "words": _WORDS, "match": {"type": "array", "items": _WORDS}}
"""Definitions of the pack schemas that hold a part for each language, and what one language of each looks like."""


def form_of(kind: Kind) -> dict[str, Any]:
    """The JSON Schema of an answer that holds a pack of this kind."""
    schema = schema_of(kind)
    return _object(_without_what_code_fills_in(schema), schema["definitions"])


def pack_of(kind: Kind, answer: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The answer as a file's values, in the schema's order, without what code fills in. Its texts are cleaned."""
    schema = schema_of(kind)
    packed: dict[str, Any] = _packed(answer, _without_what_code_fills_in(schema), schema["definitions"], language)
    return packed


def _without_what_code_fills_in(schema: Schema) -> Schema:
    return {**schema, "properties": {key: rule for key, rule in schema["properties"].items() if key not in BY_CODE}}


def _asked(rule: Schema, definitions: Schema) -> dict[str, Any]:
    name, meant = _meant(rule, definitions)
    described = {"description": meant["description"]} if "description" in meant else {}
    if name in _ONE_LANGUAGE:
        about = {"description": rule["description"]} if "description" in rule else {}
        return {**_ONE_LANGUAGE[name], **about}
    if meant["type"] == "object":
        return {**_object(meant, definitions), **described}
    if meant["type"] == "array":
        return {"type": "array", "items": _asked(meant["items"], definitions), **described}
    return {key: meant[key] for key in ("type", "enum") if key in meant} | described


def _object(rule: Schema, definitions: Schema) -> dict[str, Any]:
    properties = {}
    for key, part in rule["properties"].items():
        if _is_open(part, definitions):
            continue
        asked = _asked(part, definitions)
        properties[key] = asked if key in rule.get("required", ()) else {"anyOf": [asked, {"type": "null"}]}
    return strict_object(properties)


def _is_open(rule: Schema, definitions: Schema) -> bool:
    """Whether this is a map of any keys, which strict mode does not know. Only optional parts of a rubric are such."""
    _, meant = _meant(rule, definitions)
    return meant["type"] == "object" and "properties" not in meant


def _packed(value: Any, rule: Schema, definitions: Schema, language: str) -> Any:
    name, meant = _meant(rule, definitions)
    if name in {"match", "words"}:
        return {language: _cleaned(value)}
    if isinstance(value, dict):
        required = meant.get("required", ())
        return {
            key: _packed(value[key], part, definitions, language)
            for key, part in meant["properties"].items()
            if key in required or value.get(key) not in (None, "", [])
        }
    if isinstance(value, list):
        return [_packed(item, meant["items"], definitions, language) for item in value]
    return _cleaned(value)


def _cleaned(value: Any) -> Any:
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return " ".join(clean(value).split()) if isinstance(value, str) else value


def _meant(rule: Schema, definitions: Schema) -> tuple[str, Schema]:
    """The name of the definition that a rule refers to, or nothing, and the rule with what it refers to."""
    name = rule.get("$ref", "").removeprefix("#/definitions/")
    return name, {**definitions[name], **rule} if name else rule
