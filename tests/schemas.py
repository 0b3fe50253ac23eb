"""What the program writes for other programs, held to the schema that it prints for them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft7Validator

from simulator.cli.schema import schema_text


def held_to_schema(name: str, value: Mapping[str, Any]) -> None:
    """Fail unless the value fits the schema, which misses each of its keys and knows no other."""
    validator = Draft7Validator(json.loads(schema_text(name)))
    validator.validate(value)
    for other in (value | {"another": 1}, *_without_one(value)):
        assert not validator.is_valid(other), f"{name} does not say which keys there are: {sorted(other)}"


def _without_one(value: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for left_out in value:
        yield {name: item for name, item in value.items() if name != left_out}
