"""Facts: what code counts in a conversation, by name, for the rules of any rubric."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.domain.scorecard import Fact
from simulator.grading.facts import action, confirm, explore, ledgers, listening, news, offer, promises, questions
from simulator.grading.facts.registry import FACTS, FactKind
from simulator.grading.reading import read

if TYPE_CHECKING:
    from simulator.grading.case import Case

__all__ = ["FACTS", "FactKind", "facts"]

COUNTED = (action, confirm, explore, ledgers, listening, news, offer, promises, questions)
"""The modules whose facts there are."""


def facts(case: Case) -> dict[str, Fact]:
    """Every fact of a case by name. What needs ground truth is unknown without a persona."""
    reading = read(case)
    return {
        name: Fact(None) if kind.ground_truth and case.persona is None else kind.count(reading)
        for name, kind in FACTS.items()
    }
