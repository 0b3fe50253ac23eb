"""Drafts packs through a model, from a trainer's text: one request for a draft, one for what the linter found in it.

The text is JSON under a key that its own words decide, and no template is ever filled in with it: whatever it says, it
cannot end its own quotation.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any

from simulator.domain.usage import Usage
from simulator.grading.facts import FACTS
from simulator.llm.answers import Message
from simulator.llm.endpoint import Endpoint
from simulator.llm.harmless import harmless
from simulator.llm.meter import Meter
from simulator.llm.pack_form import form_of, pack_of
from simulator.llm.prompts import render
from simulator.llm.structured import ask_structured
from simulator.packs.diagnostics import Finding
from simulator.packs.shape import Kind

SECONDS = 600.0
"""For one answer, all tries together: the longest thing a model is asked for, some 6,000 tokens."""

TRIES = 3

LONGEST_WAIT = 60.0
"""Seconds. Rate limits count by the minute; who wants to be left alone for longer is not waited for."""

MOST_TOLD = 30
"""Findings that a model is told at once. Whoever made more should begin anew."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A pack's values as a model filled them in, without what code fills in; `messages` led to it, its own included."""

    kind: Kind
    language: str
    value: Mapping[str, Any]
    messages: tuple[Message, ...]


class LlmDrafter:
    """Drafter over an endpoint."""

    def __init__(self, endpoint: Endpoint, meter: Meter) -> None:
        self.endpoint = endpoint
        self._meter = meter

    async def draft(self, kind: Kind, text: str, language: str, example: str) -> Drafted:
        """A first draft of what the text tells, in `language`. `example` is a pack of that kind that works.

        Raises EndpointError.
        """
        facts = sorted(FACTS.values(), key=lambda fact: fact.name)
        told = render(
            f"draft_{kind}",
            language,
            example=example,
            numbers=[fact for fact in facts if fact.type is float],
            answers=[fact for fact in facts if fact.type is bool],
        )
        marker = sha256(text.encode()).hexdigest()[:12]
        data = {"marker": marker, f"text {marker}": text}
        return await self._asked(kind, language, [{"role": "system", "content": told}, _user(data)])

    async def mended(self, drafted: Drafted, findings: Iterable[Finding]) -> Drafted:
        """The same with these findings mended, as far as the model can. Raises EndpointError."""
        found = enumerate(islice(findings, MOST_TOLD), start=1)
        told = {str(n): f"{_dotted(one.path)}: {one.told}" for n, one in found}
        return await self._asked(drafted.kind, drafted.language, [*drafted.messages, _user({"findings": told})])

    def drain(self) -> tuple[Usage, ...]:
        """What the requests since the last call came to."""
        return self._meter.drain()

    async def _asked(self, kind: Kind, language: str, messages: list[Message]) -> Drafted:
        given = await ask_structured(
            self.endpoint,
            messages,
            kind,
            form_of(kind),
            seconds=SECONDS,
            tries=TRIES,
            longest_wait=LONGEST_WAIT,
            paid=self._meter.of("drafter", self.endpoint.model),
        )
        # Of the two signs that are kept from data, this one never stands between JSON's values.
        said = json.dumps(given.value, ensure_ascii=False).replace("<", "\\u003c")
        answer = {"role": "assistant", "content": said}
        return Drafted(kind, language, pack_of(kind, given.value, language), (*messages, answer))


def _dotted(path: str) -> str:
    """A path as nothing but names and numbers: a bracket would come as an escape, and be read as one."""
    return path.replace("[", ".").replace("]", "")


def _user(data: Mapping[str, str | Mapping[str, str]]) -> Message:
    return {"role": "user", "content": harmless(json.dumps(data, ensure_ascii=False))}
