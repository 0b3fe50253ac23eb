"""What of a conversation still fits a model's window: all that it must know, and the latest exchanges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from simulator.domain.transcript import Turn
from simulator.errors import EndpointError
from simulator.llm.answers import Message
from simulator.llm.tokens import PER_MESSAGE, PER_PROMPT, Counter
from simulator.wording import say

REPLY_ROOM = 1024
"""Tokens of the window kept free for the reply: a few sentences, and some thinking before them."""

REPLY_SHARE = 4
"""Of a small window one token in so many is kept free instead."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """The messages to send, and how many of the oldest exchanges are not among them."""

    messages: tuple[Message, ...]
    left_out: int


def fit(counter: Counter, system: str, exchanges: Sequence[tuple[Turn, Turn]], line: str, limit: int) -> Fitted:
    """System text, exchanges of learner (user) and customer (assistant), and line: within `limit` tokens with a reply.

    The oldest exchanges are left out where needed, the same ones whether or not the counter was ready before. Raises
    EndpointError "context" where system text and line alone are too long.
    """
    room = limit - min(REPLY_ROOM, limit // REPLY_SHARE)
    first, last = _message("system", system), _message("user", line)
    pairs = [(_message("user", said.text), _message("assistant", replied.text)) for said, replied in exchanges]
    if not _surely_fits([first, *chain.from_iterable(pairs), last], room):
        counter.settle()
    needed = counter.count_prompt([first, last])
    if needed > room:
        raise EndpointError(_too_small(needed, room, limit), "context")
    kept = 0
    for pair in reversed(pairs):
        needed += sum(PER_MESSAGE + counter.count(message["content"]) for message in pair)
        if needed > room:
            break
        kept += 1
    left_out = len(pairs) - kept
    return Fitted((first, *chain.from_iterable(pairs[left_out:]), last), left_out)


def with_room(prompt: int) -> int:
    """The window, in tokens, in which a prompt of so many tokens just fits."""
    return prompt + min(REPLY_ROOM, -(-prompt // (REPLY_SHARE - 1)))


def _message(role: str, content: str) -> Message:
    return {"role": role, "content": content}


def _surely_fits(messages: Iterable[Message], room: int) -> bool:
    """Whether they fit however they are counted: no text has more tokens than bytes."""
    most = PER_PROMPT
    for message in messages:
        most += PER_MESSAGE + len(message["content"].encode())
        if most > room:
            return False
    return True


def _too_small(needed: int, room: int, limit: int) -> str:
    return say(
        "the instructions and this line take {needed:,} tokens; the model's window of {limit:,} has room for {room:,}: "
        "raise context_window if the model has more, or write a shorter line",
        needed=needed,
        limit=limit,
        room=room,
    )
