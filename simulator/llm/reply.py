"""A streamed reply: the bytes of a response in, visible text out. It knows neither network nor clock."""

from __future__ import annotations

from typing import Any

from simulator.errors import EndpointError
from simulator.llm import faults
from simulator.llm.answers import Spent, first_choice, parsed, spent_in
from simulator.llm.faults import Faults
from simulator.llm.server_sent import Events, Overlong
from simulator.llm.thinking import Thinking
from simulator.text_gate import Gate

MOST_CHARACTERS = 64 * 1024
"""Of a reply. Somebody who speaks for an hour says less."""

MOST_CONTENT = 4 * MOST_CHARACTERS
"""Characters of a reply and the thinking in it."""


class Reply:
    """Reads one response, until it is `over`; `fault` says then what went wrong, None where nothing did.

    `finished` says that the model came to its end, with a finish_reason; only counts may follow. `moved` says that
    the last chunk had content, be it thinking. `spent` is what was reported so far.
    """

    def __init__(self, names: Faults, *, untagged: bool | None) -> None:
        self.fault: EndpointError | None = None
        self.finished = False
        self.moved = False
        self.spent: Spent | None = None
        self._done = False
        self._names = names
        self._events = Events()
        self._gate = Gate()
        self._thinking = Thinking(untagged=untagged)
        self._untagged = untagged
        self._room = MOST_CHARACTERS
        self._content = 0

    @property
    def untagged(self) -> bool:
        """Whether thinking ended in a closing tag that nothing had opened."""
        return self._thinking.seen == "untagged"

    @property
    def over(self) -> bool:
        """Whether nothing more is to be read."""
        return self._done or (self.fault is not None and not self.finished)

    def feed(self, chunk: bytes) -> str:
        """The visible text that this chunk brings."""
        self.moved = False
        shown: list[str] = []
        try:
            for name, data in self._events.feed(chunk):
                shown.append(self._take(name, data))
                if self.over:
                    break
        except Overlong:
            self.fail(self._names.broken())
        except EndpointError as fault:
            self.fail(fault)
        return "".join(shown)

    def fail(self, fault: EndpointError) -> None:
        """End it. Once the model has finished, what goes wrong behind it is nobody's concern."""
        self._done = True
        if not self.finished:
            self.fault = fault

    def close(self) -> str:
        """The visible text that is still held back where the stream broke off."""
        if self.finished:
            return ""
        text = self._thinking.feed(self._gate.close())
        if not self._untagged:
            text += self._thinking.close()
        return self._within_room(text)

    def _take(self, name: bytes, data: bytes) -> str:
        if data.startswith(b"[DONE]"):
            self.fail(faults.cut())
            return ""
        payload = parsed(data, self._names)
        if name == b"error" or payload.get("error"):
            raise self._names.told(payload)
        if self.spent is None or not self.spent.answered or payload.get("usage"):
            self.spent = spent_in(payload, self.spent)
        if not payload.get("choices") or self.finished:  # a chunk of usage, or of the filter's findings
            return ""
        choice = first_choice(payload)
        delta = choice.get("delta") or {} if choice else None
        if not choice or not isinstance(delta, dict):
            raise self._names.broken()
        if delta.get("tool_calls") or delta.get("function_call"):
            raise faults.tool_call()
        if delta.get("refusal"):
            raise faults.declined()
        content = delta.get("content")
        if content or delta.get("reasoning_content") or delta.get("reasoning"):
            self.moved = True
        return self._visible(content, choice.get("finish_reason"))

    def _visible(self, content: Any, reason: Any) -> str:
        text = ""
        if content:
            if not isinstance(content, str):
                raise self._names.broken()
            self._content += len(content)
            if self._content > MOST_CONTENT:
                raise faults.overlong(MOST_CHARACTERS)
            text = self._thinking.feed(self._gate.feed(content))
        if reason:
            text += self._thinking.feed(self._gate.close()) + self._thinking.close()
        text = self._within_room(text)
        if reason and not self.fault:
            self.finished = True
            self.fault = faults.stopped(reason) or (faults.empty() if self._room == MOST_CHARACTERS else None)
        return text

    def _within_room(self, text: str) -> str:
        if len(text) > self._room:
            text = text[: self._room]
            self.fault = faults.overlong(MOST_CHARACTERS)
        self._room -= len(text)
        return text
