"""An answer of a given form, from servers that differ in how they can be held to one.

The ladder: a strict JSON schema, a forced tool call, JSON of any form, the prompt alone. One step down is taken only
where the endpoint refuses a request and its message names the feature; the rung that was taken is remembered. Whatever
the rung, the answer is read strictly and validated here, because some servers take a schema and do not enforce it.
"""

from __future__ import annotations

import asyncio
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from simulator.errors import EndpointError
from simulator.llm.answers import Answer, Message, Spent
from simulator.llm.endpoint import Endpoint
from simulator.llm.form import misfit, plainly_fits
from simulator.llm.memory import Rung
from simulator.llm.meter import UNPAID, Paid
from simulator.wording import say

RUNGS: tuple[Rung, ...] = get_args(Rung)

_FORMAT = re.compile(r"(?i)response.?format|(?:json|response).?(?:schema|object|mode)|structured|grammar|guided")
_TOOL = re.compile(r"(?i)tool|function")
FEATURES: Mapping[Rung, re.Pattern[str]] = {"json_schema": _FORMAT, "tool": _TOOL, "json_object": _FORMAT}
"""What a refusal names where it is the rung that the server does not take. Worded after DeepSeek ("This response_format
type is unavailable now"), LM Studio ("'response_format.type' must be 'json_schema' or 'text'"), DashScope ("Json mode
response is not supported when enable_thinking is true"), Ollama ("does not support tools"), vLLM and llama.cpp (grammar
errors). A refusal for anything else would come on every rung, so it ends the asking."""

LONGEST_SHOWN = 2_000
"""Characters of an unfit answer that its author is shown again, and a fault is told in at most `LONGEST_FAULT`."""

LONGEST_FAULT = 300

# English whatever the session's language: these few words follow a schema, whose names are English too.
_FORM = (
    "Answer with one JSON object that fits this JSON schema, and nothing else: no code fence, no other words.\n{schema}"
)
_CORRECTION = "That answer cannot be used: {fault}\n" + _FORM


@dataclass(frozen=True, slots=True)
class Structured:
    """A validated answer, and what each attempt came to."""

    value: Any
    spents: tuple[Spent, ...]


async def ask_structured(
    endpoint: Endpoint,
    messages: Sequence[Message],
    name: str,
    schema: Mapping[str, Any],
    *,
    seconds: float,
    tries: int,
    longest_wait: float | None = None,
    fault: Callable[[Any], str | None] = lambda _: None,
    paid: Paid = lambda _messages, _answer: None,
) -> Structured:
    """The endpoint's answer to `messages` (the first is the system's) as a value that fits `schema`.

    `name` is what the form is called. `fault` says what is wrong with a value beyond the schema, in words for the
    model. An unfit answer is asked for once more, with its fault named. Raises EndpointError: "unfit" after that, or
    what Endpoint.ask raises; all within `seconds`.
    """
    until = asyncio.get_running_loop().time() + seconds
    request = _Request(endpoint, name, schema, until, longest_wait, paid)
    spents: list[Spent] = []
    asked = list(messages)
    for left in (tries, 1):
        answer = await request.ask(asked, left)
        spents.append(answer.spent)
        text = answer.text if answer.arguments is None else answer.arguments
        try:
            value = await _read(text, request.schema, fault)
        except _UnfitError as error:
            correction = _CORRECTION.format(fault=str(error)[:LONGEST_FAULT], schema=_spelled(schema))
            shown = text.strip()[:LONGEST_SHOWN] or "{}"  # some servers refuse a blank turn
            asked = [*messages, {"role": "assistant", "content": shown}, {"role": "user", "content": correction}]
        else:
            return Structured(value, tuple(spents))
    raise EndpointError(say("the model twice did not answer in the form asked for"), "unfit")


@dataclass(frozen=True, slots=True)
class _Request:
    """What all attempts at one answer share. `until` is on the loop's clock."""

    endpoint: Endpoint
    name: str
    schema: Mapping[str, Any]
    until: float
    longest_wait: float | None
    paid: Paid

    async def ask(self, messages: Sequence[Message], tries: int) -> Answer:
        """The answer on the best rung that the endpoint takes."""
        rungs = RUNGS[RUNGS.index(self.endpoint.known.rung or RUNGS[0]) :]
        for rung in rungs[:-1]:
            try:
                return await self._on(rung, messages, tries)
            except EndpointError as error:
                if error.outcome != "refused" or not FEATURES[rung].search(str(error)):
                    raise
        return await self._on(rungs[-1], messages, tries)

    async def _on(self, rung: Rung, messages: Sequence[Message], tries: int) -> Answer:
        sent = messages if rung in ("json_schema", "tool") else _with_form(messages, self.schema)
        answer, worked = None, True  # until it is known that no model did: whoever stops a request has made it
        try:
            answer = await self.endpoint.ask(
                sent,
                seconds=max(0.0, self.until - asyncio.get_running_loop().time()),
                tries=tries,
                longest_wait=self.longest_wait,
                extra=self._fields(rung),
            )
        except EndpointError as error:
            worked = error.outcome not in UNPAID
            raise
        finally:
            if worked:
                self.paid(sent, answer)
        self.endpoint.learn(rung=rung)
        return answer

    def _fields(self, rung: Rung) -> dict[str, Any]:
        match rung:
            case "json_schema":
                form = {"name": self.name, "strict": True, "schema": self.schema}
                return {"response_format": {"type": "json_schema", "json_schema": form}}
            case "tool":
                function = {"name": self.name, "strict": True, "parameters": self.schema}
                choice = {"type": "function", "function": {"name": self.name}}
                return {"tools": [{"type": "function", "function": function}], "tool_choice": choice}
            case "json_object":
                return {"response_format": {"type": "json_object"}}
            case "prompt":
                return {}


def _with_form(messages: Sequence[Message], schema: Mapping[str, Any]) -> list[Message]:
    """The form is told in the first message, which stays the same from turn to turn: prefix caches go on working."""
    first, *rest = messages
    return [{**first, "content": f"{first['content']}\n\n{_FORM.format(schema=_spelled(schema))}"}, *rest]


def _spelled(schema: Mapping[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False)


class _UnfitError(Exception):
    """What is wrong with an answer, in words for the model that gave it."""


async def _read(text: str, schema: Mapping[str, Any], fault: Callable[[Any], str | None]) -> Any:
    """The value of the text, if it is one JSON object as the standard has it and fits. Nothing is fished out of it."""
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_number, parse_float=_number)
    except RecursionError:
        raise _UnfitError("it is nested too deep") from None
    except ValueError as error:  # also what json has to say, and a number of too many digits
        raise _UnfitError(f"it is not one JSON object: {error}") from None
    wrong = None if plainly_fits(value, schema) else await asyncio.to_thread(misfit, value, _spelled(schema))
    if told := wrong or fault(value):
        raise _UnfitError(told)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key stands twice")
    return value


def _number(literal: str) -> float:
    """A finite number: neither NaN and Infinity, nor what is too great for a number (1e999)."""
    value = float(literal)
    if not math.isfinite(value):
        raise ValueError(f"{literal} is no number")
    return value
