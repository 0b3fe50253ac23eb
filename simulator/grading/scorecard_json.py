"""A scorecard as JSON: `scorecard/1`, whose schema lies in `schema/scorecard-1.json`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from simulator.domain.scorecard import (
    CapResult,
    Coaching,
    CriterionScore,
    Fact,
    NeedRecord,
    Promise,
    Quote,
    Scorecard,
    Verdict,
)
from simulator.domain.usage import Measured, Usage

FORMAT = "scorecard/1"


def to_json(card: Scorecard) -> dict[str, Any]:
    """The scorecard as plain JSON values, under stable keys. A fact of which only the range is known is null."""
    return {
        "format": FORMAT,
        "total": card.total,
        "scored_weight": round(card.scored_weight, 4),
        "band": card.band,
        "passed": card.passed,
        "ground_truth": card.ground_truth,
        "stages": dict(card.stages),
        "criteria": [_criterion(score) for score in card.criteria],
        "caps": [{"id": cap.id, "outcome": cap.outcome, "reason": cap.reason} for cap in card.caps],
        "card": dict(card.card),
        "needs": [
            {"id": n.id, "outcome": n.outcome, "turn": n.turn, "by_turn": n.by_turn, "reconstructed": n.reconstructed}
            for n in card.needs
        ],
        "promises": [_promise(promise) for promise in card.promises],
        "bad_news": dict(card.bad_news),
        "flags": list(card.flags),
        "facts": {name: fact.value for name, fact in card.facts.items()},
        "provenance": dict(card.provenance),
        "coaching": [
            {
                "criterion": piece.criterion,
                "advice": piece.advice,
                "quote": _quote(piece.quote) if piece.quote else None,
                "better": piece.better,
                "source": piece.source,
            }
            for piece in card.coaching
        ],
        "cap_observations": [_verdict(verdict) for verdict in card.cap_observations],
        "samples": _samples(card),
        "usage": usage_json(card.usage),
    }


def usage_json(usage: Sequence[Usage]) -> list[dict[str, Any]]:
    """What requests came to, by role, model named and model that answered. `measured` is the least sure way of counting
    among them.
    """
    groups: dict[tuple[str, str, str], list[Usage]] = {}
    for one in usage:
        groups.setdefault((one.role, one.asked, one.answered), []).append(one)
    ways = get_args(Measured)
    return [
        {
            "role": role,
            "asked": asked,
            "answered": answered,
            "requests": len(group),
            "prompt_tokens": sum(one.prompt_tokens for one in group),
            "reply_tokens": sum(one.reply_tokens for one in group),
            "measured": max((one.measured for one in group), key=ways.index),
            "left_out": max(one.left_out for one in group),
            "cost": None if any(one.cost is None for one in group) else sum(one.cost or 0 for one in group),
        }
        for (role, asked, answered), group in groups.items()
    ]


def _criterion(score: CriterionScore) -> dict[str, Any]:
    return {
        "id": score.id,
        "stage": score.stage,
        "weight": score.weight,
        "status": score.status,
        "reason": score.reason,
        "level": score.level,
        "judge": score.judge,
        "observations": [_verdict(verdict) for verdict in score.observations],
        "next_time": score.next_time,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "id": verdict.id,
        "outcome": verdict.outcome,
        "quotes": [_quote(quote) for quote in verdict.quotes],
        "judge": verdict.judge,
        "reason": verdict.reason,
    }


def _samples(card: Scorecard) -> dict[str, Any]:
    """How often each answer was asked for, and the share of them that gave the commonest one."""
    agreement = {v.id: round(v.agreement, 4) for v in card.verdicts if v.agreement is not None}
    return {"k": card.samples, "agreement": agreement}


def _promise(promise: Promise) -> dict[str, Any]:
    return {
        "turn": promise.turn,
        "quote": promise.quote,
        "class": promise.promise_class,
        "within_authority": promise.within_authority,
        "item": promise.item,
        "withdrawn_at": promise.withdrawn_at,
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {"turn": quote.turn, "text": quote.text}


def from_json(value: Mapping[str, Any]) -> Scorecard:
    """The scorecard again, as far as JSON holds it: the words that opened a need are the session's record's, the range
    of a fact and the single requests are gone.

    `value` was written by `to_json`: a store checks that it is what was written.
    """
    agreement = value["samples"]["agreement"]
    return Scorecard(
        total=value["total"],
        scored_weight=value["scored_weight"],
        band=value["band"],
        passed=value["passed"],
        stages=value["stages"],
        criteria=tuple(_criterion_again(one, agreement) for one in value["criteria"]),
        caps=tuple(CapResult(**cap) for cap in value["caps"]),
        card=value["card"],
        needs=tuple(NeedRecord(**need) for need in value["needs"]),
        promises=tuple(_promise_again(promise) for promise in value["promises"]),
        bad_news=value["bad_news"],
        flags=tuple(value["flags"]),
        facts={name: Fact(fact) for name, fact in value["facts"].items()},
        provenance=value["provenance"],
        ground_truth=value["ground_truth"],
        coaching=tuple(_coaching_again(piece) for piece in value["coaching"]),
        cap_observations=tuple(_verdict_again(verdict, agreement) for verdict in value["cap_observations"]),
        samples=value["samples"]["k"],
    )


def _criterion_again(value: Mapping[str, Any], agreement: Mapping[str, float]) -> CriterionScore:
    observations = tuple(_verdict_again(verdict, agreement) for verdict in value["observations"])
    return CriterionScore(**{**value, "observations": observations})


def _verdict_again(value: Mapping[str, Any], agreement: Mapping[str, float]) -> Verdict:
    quotes = tuple(Quote(**quote) for quote in value["quotes"])
    return Verdict(**{**value, "quotes": quotes}, agreement=agreement.get(value["id"]))


def _promise_again(value: Mapping[str, Any]) -> Promise:
    rest = {name: item for name, item in value.items() if name != "class"}
    return Promise(**rest, promise_class=value["class"])


def _coaching_again(value: Mapping[str, Any]) -> Coaching:
    return Coaching(**{**value, "quote": Quote(**value["quote"]) if value["quote"] else None})
