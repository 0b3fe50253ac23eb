"""Facts: what code counts in a conversation, by name, for the rules of any rubric."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.domain.scorecard import Fact
from simulator.grading.facts import action, confirm, explore, ledgers, listening, news, offer, promises, questions
from simulator.grading.facts.registry import FACTS, FactKind

if TYPE_CHECKING:
    from simulator.grading.reading import Reading

__all__ = ["FACTS", "FactKind", "facts"]

COUNTED = (action, confirm, explore, ledgers, listening, news, offer, promises, questions)
"""The modules whose facts there are."""


def facts(reading: Reading) -> dict[str, Fact]:
    """Every fact of a case by name. What needs ground truth is unknown without a persona."""
    return {
        name: Fact(None) if kind.ground_truth and reading.case.persona is None else kind.count(reading)
        for name, kind in FACTS.items()
    }
