"""One conversation before a model that judges it: what was asked, who answered, what it cost.

Each answer is kept in a file until all of them are there, so that a grade that is cut short asks nothing twice.
"""

from __future__ import annotations

import json
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from simulator.domain.scorecard import Scorecard
from simulator.domain.usage import Prices, Role
from simulator.errors import EndpointError, Outcome
from simulator.llm.answers import Message
from simulator.llm.endpoint import Endpoint, Tape
from simulator.llm.meter import Meter
from simulator.llm.pace import AT_ONCE, Pace
from simulator.llm.structured import Structured, ask_structured
from simulator.llm.tokens import Counter

SECONDS = 300.0
"""A slow model on a desk thinks, and writes the longest answer, some 1,500 tokens, in that."""

TRIES = 3

LONGEST_WAIT = 60.0
"""Seconds. Rate limits count by the minute; who wants to be left alone for longer is not waited for."""

HOPELESS: frozenset[Outcome] = frozenset({"unreachable", "key_rejected", "not_allowed", "unknown_model", "quota"})
"""Outcomes after which the rest of a run asks no more: the next answer would be the same."""


@dataclass(slots=True)
class Bench:
    """What the judges of one run share.

    `folder` is where answers of unfinished grades are kept, None for nowhere. `seconds` are for one answer, all tries
    together. `at_once` requests about one conversation are under way. `hopeless` is set once it is no use asking the
    endpoint any more.
    """

    endpoint: Endpoint
    counter: Counter
    prices: Prices | None
    folder: Path | None
    seconds: float = SECONDS
    at_once: int = AT_ONCE
    hopeless: EndpointError | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that fits its form, and the model that gave it."""

    value: Any
    model: str


@dataclass(frozen=True, slots=True)
class _Matter:
    """What one question came to, with all that had to be asked about it: its cost, and who answered."""

    meter: Meter
    models: list[str] = field(default_factory=list)


class Docket:
    """The requests about one conversation. What they came to stands in the order of their questions, whichever answer
    comes first.
    """

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._pace = Pace(bench.at_once, LONGEST_WAIT)
        self._matters: dict[tuple[str, int], _Matter] = {}
        self._prompt: str | None = None
        self._kept: set[Path] = set()
        self._failed = False

    @property
    def judge(self) -> str:
        """The model that answers, or the one that was named as long as none has."""
        return self._answered or self._bench.endpoint.model

    async def ask(
        self,
        messages: Sequence[Message],
        name: str,
        schema: Mapping[str, Any],
        fault: Callable[[Any], str | None],
        sample: int = 1,
        *,
        about: str = "",
        role: Role = "judge",
    ) -> Given:
        """The answer to `messages` (the first is the system's) in the form of `schema`; see ask_structured.

        `about` names the question, of which a sample may be asked more than once, one request after another.

        One that was kept for the very same request and sample is not asked for again, unless it is missing on the
        tape that is being recorded. Raises EndpointError.
        """
        fresh = _Matter(Meter(self._bench.counter, self._bench.prices))
        matter = self._matters.setdefault((about or name, sample), fresh)
        tape = self._bench.endpoint.tape
        place = self._place(messages, schema, sample)
        given = _recalled(place, tape)
        if given is None:
            asking = partial(ask_structured, self._bench.endpoint, messages, name, schema, fault=fault)
            limits = {"seconds": self._bench.seconds, "tries": TRIES, "longest_wait": LONGEST_WAIT}
            paid = matter.meter.of(role, self._bench.endpoint.model)
            given = await self._asked(partial(asking, paid=paid, **limits))
            if place:
                _keep(place, given, tape.mark() if tape else None)
        if role == "judge":
            self._prompt = sha256(messages[0]["content"].encode()).hexdigest()
            matter.models.append(given.model)
        if place:
            self._kept.add(place)
        return given

    def concluded(self, card: Scorecard) -> Scorecard:
        """The scorecard with what judging came to. Answers are kept on where one is still wanting."""
        if not self._failed:
            for place in self._kept:
                with suppress(OSError):
                    place.unlink(missing_ok=True)
        models = {"judge_model": self._bench.endpoint.model, "judge_answered": self._answered or None}
        provenance = {**card.provenance, **models, "prompt_hash": self._prompt}
        usage = tuple(one for matter in self._matters.values() for one in matter.meter.drain())
        return replace(card, provenance=provenance, usage=usage)

    @property
    def _answered(self) -> str:
        """The models that answered so far."""
        return ", ".join(dict.fromkeys(model for matter in self._matters.values() for model in matter.models))

    async def _asked(self, asking: Callable[[], Awaitable[Structured]]) -> Given:
        """What comes of asking, in its turn."""

        async def unless_hopeless() -> Structured:
            if trouble := self._bench.hopeless:
                raise EndpointError(str(trouble), trouble.outcome)
            return await asking()

        try:
            found = await self._pace.ask(unless_hopeless)
        except BaseException as error:  # whoever stops a grade wants to go on with it later
            self._failed = True
            if isinstance(error, EndpointError) and error.outcome in HOPELESS:
                self._bench.hopeless = error
            raise
        return Given(found.value, found.spents[-1].answered or self._bench.endpoint.model)

    def _place(self, messages: Sequence[Message], schema: Mapping[str, Any], sample: int) -> Path | None:
        """The file of the answer to this very request."""
        if self._bench.folder is None:
            return None
        endpoint = self._bench.endpoint
        request = [endpoint.address, endpoint.model, [dict(message) for message in messages], schema, sample]
        return self._bench.folder / f"{_digest(request)}.json"


def _recalled(place: Path | None, tape: Tape | None) -> Given | None:
    """The answer in a file that is whole; one that is not is as good as not there."""
    if place is None:
        return None
    try:
        stored = json.loads(place.read_text(encoding="utf-8"))
        on_tape = tape is None or tape.has(stored.get("mark"))
        if on_tape and stored["digest"] == _digest([stored["model"], stored["value"]]):
            return Given(stored["value"], stored["model"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        pass
    return None


def _keep(place: Path, given: Given, mark: str | None) -> None:
    """Write the answer, readable by nobody else: it quotes what was said. One that could not be written whole shows by
    its digest, and is merely asked for again.
    """
    stored = {"model": given.model, "value": given.value, "digest": _digest([given.model, given.value])}
    stored |= {"mark": mark} if mark else {}
    with suppress(OSError):
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(json.dumps(stored))


def _digest(value: Any) -> str:
    return sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
