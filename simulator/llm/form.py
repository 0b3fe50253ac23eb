"""Whether a value has the form that was asked for, told at once where it plainly has.

jsonschema takes a millisecond for a judge's answer, as long as the request itself, and 0.2 s to be imported. It decides
wherever this does not say yes, so nothing is taken that it would refuse, and it alone says what is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from types import NoneType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

_KEYWORDS: Mapping[str, frozenset[str]] = {
    "object": frozenset({"type", "properties", "required", "additionalProperties"}),
    "array": frozenset({"type", "items"}),
    "string": frozenset({"type", "enum"}),
    "integer": frozenset({"type"}),
    "null": frozenset({"type"}),
    "None": frozenset({"anyOf"}),
}
"""The keywords that are understood here, by the type of a schema."""


def plainly_fits(value: Any, schema: Mapping[str, Any]) -> bool:
    """Whether the JSON value fits for certain. No says nothing: the schema may use words not understood here, or the
    value a rarer spelling, such as 1.0 for an integer.
    """
    kind = str(schema.get("type"))  # a list of types is understood as little as an unknown one
    if not schema.keys() <= _KEYWORDS.get(kind, frozenset()):
        return False
    match kind:
        case "object":
            parts = schema.get("properties", {})
            return (
                isinstance(value, dict)
                and value.keys() == parts.keys()
                and all(name in parts for name in schema.get("required", ()))
                and all(plainly_fits(value[name], part) for name, part in parts.items())
            )
        case "array":
            return isinstance(value, list) and all(plainly_fits(item, schema.get("items", {})) for item in value)
        case "string":
            return isinstance(value, str) and value in schema.get("enum", (value,))
        case "integer" | "null":
            return type(value) is (int if kind == "integer" else NoneType)
    return any(plainly_fits(value, one) for one in schema.get("anyOf", ()))


def misfit(value: Any, schema: str) -> str | None:
    """What is wrong with the value, and where in it; None for nothing. `schema` is JSON text."""
    wrong = next(_validator(schema).iter_errors(value), None)
    return f"{wrong.json_path}: {wrong.message}" if wrong else None


@lru_cache(maxsize=16)
def _validator(schema: str) -> Validator:
    from jsonschema import Draft7Validator  # noqa: PLC0415 -- 0.2 s, and seldom needed

    return Draft7Validator(json.loads(schema))
