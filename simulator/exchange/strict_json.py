"""JSON as the standard has it: no doubled keys, no NaN, no depth that exhausts the stack."""

from __future__ import annotations

import json
from typing import Any

from simulator.exchange.spoken import unreadable
from simulator.wording import say


def loads(text: str, name: str, first_line: int = 1) -> Any:
    """The value of a JSON text that begins on `first_line` of the file. Raises TranscriptError with the line."""
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        line = first_line + error.lineno - 1
        raise unreadable(name, line, say("not JSON: {reason}", reason=error.msg), error.colno) from None
    except RecursionError:
        raise unreadable(name, first_line, say("nested too deep")) from None
    except ValueError as error:
        raise unreadable(name, first_line, str(error)) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(say("key '{key}' stands twice", key=next(name for name in names if names.count(name) > 1)))
    return value


def _no_constant(name: str) -> Any:
    raise ValueError(say("{name} is no JSON number", name=name))
