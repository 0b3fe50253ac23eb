"""The shapes that go to an endpoint and come back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator.llm.faults import Faults, declined, empty, stopped, tool_call
from simulator.llm.thinking import Thinking
from simulator.text_gate import clean

MOST_NAME = 200
"""Characters of the answering model's name that are kept."""

Message = Mapping[str, str]
"""`role` (system, user or assistant) and `content`."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a request came to, as the endpoint reported it: `answered` is the model it named, "" where it named none;
    tokens are None where it counted none.
    """

    answered: str
    prompt_tokens: int | None
    reply_tokens: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer. `text` has no thinking in it; `arguments` are those of the forced tool call, where one was."""

    text: str
    arguments: str | None
    spent: Spent


def answer_in(body: bytes, faults: Faults, *, forced: bool) -> Answer:
    """The answer in a response's body; `forced` says that a tool was to be called. Raises EndpointError."""
    payload = parsed(body, faults)
    choice = first_choice(payload)
    message = choice.get("message") if choice else None
    if not choice or not isinstance(message, dict):
        raise faults.told(payload)
    text, arguments = message.get("content"), _arguments_in(message)
    if not isinstance(text, str | None) or not isinstance(arguments, str | None):
        raise faults.broken()
    if message.get("refusal"):
        raise declined()
    if arguments is not None and not forced:
        raise tool_call()
    trouble = stopped(choice.get("finish_reason"))
    if trouble and not (forced and trouble.outcome == "tool_call"):
        raise trouble
    thinking = Thinking(untagged=None)
    text = thinking.feed(clean(text or "")) + thinking.close()
    if not (text or arguments):
        raise empty()
    return Answer(text, None if arguments is None else clean(arguments), spent_in(payload))


def first_choice(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """The one choice there is to be, or None."""
    choices = payload.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    return choice if isinstance(choice, dict) else None


def spent_in(payload: Mapping[str, Any], before: Spent | None = None) -> Spent:
    """What a payload reports, on top of what another reported before it."""
    answered, usage = payload.get("model"), payload.get("usage")
    named = clean(answered).strip()[:MOST_NAME] if isinstance(answered, str) else ""
    prompt, reply = _tokens(usage, "prompt_tokens"), _tokens(usage, "completion_tokens")
    if before is None:
        return Spent(named, prompt, reply)
    return Spent(
        named or before.answered,
        before.prompt_tokens if prompt is None else prompt,
        before.reply_tokens if reply is None else reply,
    )


def parsed(text: bytes, faults: Faults) -> dict[str, Any]:
    """The JSON object in it. Raises EndpointError for anything else."""
    try:
        payload = json.loads(text.decode())
    except (ValueError, RecursionError):  # UnicodeDecodeError is a ValueError
        payload = None
    if not isinstance(payload, dict):
        raise faults.broken()
    return payload


def _arguments_in(message: Mapping[str, Any]) -> Any:
    """What a tool is called with; None where none is, "" where the call says nothing that makes sense."""
    calls = message.get("tool_calls")
    if not calls:
        return None
    try:
        return calls[0]["function"]["arguments"]
    except (LookupError, TypeError):
        return ""


def _tokens(usage: Any, name: str) -> int | None:
    count = usage.get(name) if isinstance(usage, dict) else None
    return count if isinstance(count, int) and not isinstance(count, bool) and count >= 0 else None
