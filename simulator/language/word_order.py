"""Words that a text must hold in their order, with anything between: cheaper to see than to compile a pattern."""

from __future__ import annotations

from typing import TypeAlias

Order: TypeAlias = "tuple[tuple[str | Order, ...], ...]"
"""Alternatives, each what a text must hold one after the other: words verbatim, or alternatives again."""


def holds_in_order(order: Order, text: str) -> bool:
    """Whether a text holds what an order asks for, one after the other with anything between."""
    return not order or _end(order, text, 0) >= 0


def _end(order: Order, text: str, start: int) -> int:
    """Where the first of the alternatives to end does so, from `start` on; -1 where none stands there."""
    first = -1
    for steps in order:
        at = start
        for step in steps:
            if isinstance(step, str):
                at = text.find(step, at)
                if at < 0:
                    break
                at += len(step)
            else:
                at = _end(step, text, at)
                if at < 0:
                    break
        else:
            if first < 0 or at < first:
                first = at
    return first
