"""A scorecard as JSON: `scorecard/1`, whose schema lies in `schema/scorecard-1.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.domain.scorecard import CriterionScore, Promise, Quote, Scorecard

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
    }


def _criterion(score: CriterionScore) -> dict[str, Any]:
    return {
        "id": score.id,
        "stage": score.stage,
        "weight": score.weight,
        "status": score.status,
        "reason": score.reason,
        "level": score.level,
        "judge": score.judge,
        "observations": [
            {
                "id": verdict.id,
                "outcome": verdict.outcome,
                "quotes": [_quote(quote) for quote in verdict.quotes],
                "judge": verdict.judge,
                "reason": verdict.reason,
            }
            for verdict in score.observations
        ],
        "next_time": score.next_time,
    }


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
