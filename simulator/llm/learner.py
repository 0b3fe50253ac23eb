"""Plays the learner through a model: it is told what a learner is told, the brief and the conversation so far.

It is given a PublicProfile and turns. Neither can hold a need that nobody has voiced.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from simulator.domain.persona import PublicProfile
from simulator.domain.text import Text
from simulator.domain.transcript import Turn
from simulator.domain.usage import Usage
from simulator.llm.actor import SCRIPTS
from simulator.llm.budget import TURN_SECONDS
from simulator.llm.endpoint import Endpoint
from simulator.llm.form import strict_object
from simulator.llm.harmless import harmless
from simulator.llm.meter import Meter
from simulator.llm.prompts import render
from simulator.llm.structured import ask_structured
from simulator.text_gate import clean

MOST_LINES = 24
"""Lines after which a learner has no more to say: about twice as many as a drill's expert needs."""

LONGEST = 800
"""Characters of a line: whoever talks for a minute holds forth, and the prompt asks for three sentences."""

TRIES = 3

SCHEMA: Mapping[str, Any] = strict_object({"line": {"type": "string"}, "over": {"type": "boolean"}})
"""The form of an answer."""


class LlmLearner:
    """A learner over an endpoint, for one conversation. It is called by its model's name."""

    def __init__(self, endpoint: Endpoint, meter: Meter, profile: PublicProfile, language: str) -> None:
        self._endpoint = endpoint
        self._meter = meter
        self._system = _system_text(profile, language)
        self._said_goodbye = False

    @property
    def name(self) -> str:
        """The model that was named."""
        return self._endpoint.model

    async def next_line(self, turns: Sequence[Turn]) -> str | None:
        """What it says after these turns; None where it has nothing more to say. Raises EndpointError."""
        if self._said_goodbye or sum(turn.speaker == "learner" for turn in turns) >= MOST_LINES:
            return None
        given = await ask_structured(
            self._endpoint,
            [{"role": "system", "content": self._system}, {"role": "user", "content": _as_data(turns)}],
            "line",
            SCHEMA,
            seconds=TURN_SECONDS,
            tries=TRIES,
            fault=_unsayable,
            paid=self._meter.of("learner", self._endpoint.model),
        )
        self._said_goodbye = given.value["over"]
        return _spoken(given.value) or None

    async def leave(self) -> tuple[Usage, ...]:
        """Let go of the endpoint. Gives what the requests came to."""
        await self._endpoint.close()
        return self._meter.drain()


def _system_text(profile: PublicProfile, language: str) -> str:
    def said(texts: Sequence[Text]) -> list[str]:
        return [text.in_language(language) for text in texts]

    learner = profile.learner
    authority = learner.authority
    return render(
        "learner",
        language,
        role=learner.role.in_language(language),
        channel=profile.channel,
        who=profile.name.in_language(language),
        identity=profile.identity.in_language(language),
        facts=said([fact.text for fact in learner.facts]),
        resources=said(learner.resources),
        may=said([item.text for item in authority.may]),
        conditional=said([item.text for item in authority.conditional]),
        may_not=said([item.text for item in authority.may_not]),
        script=SCRIPTS[language],
    )


def _as_data(turns: Sequence[Turn]) -> str:
    """One JSON object with a line for each turn."""
    said = ({"you" if turn.speaker == "learner" else "customer": turn.text} for turn in turns)
    lines = ",\n".join(harmless(json.dumps(turn, ensure_ascii=False)) for turn in said)
    return f'{{"dialogue": [\n{lines}\n]}}'


def _spoken(value: Mapping[str, Any]) -> str:
    """The line as a conversation takes it, in one paragraph."""
    return " ".join(clean(value["line"]).split())


def _unsayable(value: Mapping[str, Any]) -> str | None:
    """What is wrong with a line, in words for the model."""
    line = _spoken(value)
    if len(line) > LONGEST:
        return f'"line" has {len(line)} characters; say it in {LONGEST} at most'
    if not line and not value["over"]:
        return '"line" is empty; say something, or give "over": true'
    return None
