"""The form of an answer, and whether a value has it, told at once where it plainly has.

jsonschema takes a millisecond for a judge's answer, as long as the request itself, and 0.2 s to be imported. It decides
wherever this does not say yes, so nothing is taken that it would refuse, and it alone says what is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import NoneType
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

Check: TypeAlias = Callable[[Any], bool]

_KEYWORDS: Mapping[str, frozenset[str]] = {
    "object": frozenset({"type", "properties", "required", "additionalProperties"}),
    "array": frozenset({"type", "items"}),
    "string": frozenset({"type", "enum"}),
    "integer": frozenset({"type"}),
    "null": frozenset({"type"}),
    "None": frozenset({"anyOf"}),
}
"""The keywords that are understood here, by the type of a schema."""


def strict_object(properties: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of an object with all of these properties and no other, which is what OpenAI's strict mode takes."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def plainly_fits(value: Any, schema: Mapping[str, Any]) -> bool:
    """Whether the JSON value fits for certain. No says nothing: the schema may use words not understood here, or the
    value a rarer spelling, such as 1.0 for an integer.
    """
    return _check_of(schema)(value)


def _check_of(schema: Mapping[str, Any]) -> Check:
    """Whether a value plainly fits, as a function: an answer holds a list of many that are to fit the same schema."""
    kind = str(schema.get("type"))  # a list of types is understood as little as an unknown one
    if not schema.keys() <= _KEYWORDS.get(kind, frozenset()):
        return lambda _: False
    match kind:
        case "object":
            return _object_check(schema)
        case "array":
            item = _check_of(schema.get("items", {}))
            return lambda value: isinstance(value, list) and all(map(item, value))
        case "string":
            known = schema.get("enum")
            return lambda value: isinstance(value, str) and (known is None or value in known)
        case "integer" | "null":
            wanted = int if kind == "integer" else NoneType
            return lambda value: type(value) is wanted
    ways = [_check_of(one) for one in schema.get("anyOf", ())]
    return lambda value: any(way(value) for way in ways)


def _object_check(schema: Mapping[str, Any]) -> Check:
    parts = {name: _check_of(part) for name, part in schema.get("properties", {}).items()}
    if not parts.keys() >= set(schema.get("required", ())):
        return lambda _: False

    def fits(value: Any) -> bool:
        if not isinstance(value, dict) or value.keys() != parts.keys():
            return False
        return all([check(value[name]) for name, check in parts.items()])  # noqa: C419 -- few, and faster as a list

    return fits


def misfit(value: Any, schema: str) -> str | None:
    """What is wrong with the value, and where in it; None for nothing. `schema` is JSON text."""
    wrong = next(_validator(schema).iter_errors(value), None)
    return f"{wrong.json_path}: {wrong.message}" if wrong else None


@lru_cache(maxsize=16)
def _validator(schema: str) -> Validator:
    from jsonschema import Draft7Validator  # noqa: PLC0415 -- 0.2 s, and seldom needed

    return Draft7Validator(json.loads(schema))
