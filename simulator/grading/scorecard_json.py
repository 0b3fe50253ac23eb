"""A scorecard as JSON: `scorecard/1`, whose schema lies in `schema/scorecard-1.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from simulator.domain.usage import Measured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.domain.scorecard import CriterionScore, Promise, Quote, Scorecard, Verdict
    from simulator.domain.usage import Usage

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
