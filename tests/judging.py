"""Models that judge, for LoopbackEndpoint: they read the request as it was sent, and answer by a rule."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from tests.endpoint import Play, Request, Wire, says

Answer = Mapping[str, Any]
"""An entry of a judge's answer without its id: `met` and `quotes`."""

NO: Answer = {"met": "no", "quotes": []}


def is_judging(request: Request) -> bool:
    """Whether a request asks a judge."""
    return '"marker"' in request.messages[-1]["content"] or b'"judgement"' in request.raw


def part(request: Request, name: str) -> Any:
    """What stands under `dialogue`, `statements`, `pieces` or `scenario` in the data of a request; None for nothing."""
    data = json.loads(request.messages[1]["content"])
    return data.get(f"{name} {data['marker']}")


def by_rule(rule: Callable[[Mapping[str, str], Request], Answer]) -> Play:
    """Answers each statement by a rule over it and the request. Asked to coach, it has nothing to say."""

    def play(wire: Wire) -> None:
        statements = part(wire.request, "statements")
        if statements is None:
            coaches(lambda _: {})(wire)
            return
        answers = [{"id": one["id"], **rule(one, wire.request)} for one in statements]
        says(json.dumps({"answers": answers}))(wire)

    return play


def coaches(rule: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> Play:
    """Coaches: each piece with what a rule says of it, and else with nothing that could be used."""

    def play(wire: Wire) -> None:
        nothing = {"turn": 1, "quote": "", "better": "", "advice": ""}
        answers = [{"id": piece["id"], **nothing, **rule(piece)} for piece in part(wire.request, "pieces")]
        says(json.dumps({"answers": answers}))(wire)

    return play


judges: Play = by_rule(lambda _statement, _request: NO)
"""Answers no to everything."""


def first_words(request: Request) -> dict[str, Any]:
    """The first learner's turn as a quote."""
    turn = next(turn for turn in part(request, "dialogue") if "learner" in turn)
    return {"turn": turn["n"], "text": turn["learner"]}


yes_to_all: Play = by_rule(lambda _statement, request: {"met": "yes", "quotes": [first_words(request)]})
"""Answers yes to everything, with a quote that is in the transcript and proves little."""
