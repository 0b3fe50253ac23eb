"""Answers that may be unknown: Kleene's and, or, not, and comparisons of numbers of which only the range may be known.

An answer is given only where it holds whatever the unknown turns out to be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple


class Bounds(NamedTuple):
    """A number of which only the range is known."""

    low: float
    high: float


Value = bool | int | float | Bounds | None
"""What a name may stand for; None is unknown."""


class Answer(NamedTuple):
    """True, False or None (unknown), and the names it rests on."""

    value: bool | None
    names: frozenset[str] = frozenset()


Decider = Callable[[Mapping[str, Value]], Answer]
Number = Callable[[Mapping[str, Value]], Bounds | None]
Comparison = Callable[[Bounds, Bounds], bool | None]


def every(parts: Sequence[Decider]) -> Decider:
    """Kleene's and."""

    def decide(values: Mapping[str, Value]) -> Answer:
        return _joined([part(values) for part in parts], deciding=False)

    return decide


def some(parts: Sequence[Decider]) -> Decider:
    """Kleene's or."""

    def decide(values: Mapping[str, Value]) -> Answer:
        return _joined([part(values) for part in parts], deciding=True)

    return decide


def _joined(answers: Sequence[Answer], *, deciding: bool) -> Answer:
    """Kleene's or (deciding True) and and (deciding False): one deciding answer settles it, one unknown opens it."""
    for wanted in (deciding, None):
        hits = [answer for answer in answers if answer.value is wanted]
        if hits:
            return Answer(wanted, frozenset().union(*(hit.names for hit in hits)))
    return Answer(not deciding, frozenset().union(*(answer.names for answer in answers)))


def negation(part: Decider) -> Decider:
    """Kleene's not, of a rule."""

    def decide(values: Mapping[str, Value]) -> Answer:
        answer = part(values)
        return Answer(inverse(answer.value), answer.names)

    return decide


def constant(value: bool) -> Decider:  # noqa: FBT001 - the value is the whole point
    """True or false, whatever the values."""
    return lambda _values: Answer(value)


def named(name: str) -> Decider:
    """What a name stands for; unknown where it has no value."""
    names = frozenset({name})

    def decide(values: Mapping[str, Value]) -> Answer:
        value = values.get(name)
        return Answer(value if isinstance(value, bool) else None, names)

    return decide


def compared(sides: Sequence[Number], operators: Sequence[Comparison], names: frozenset[str]) -> Decider:
    """A chain of comparisons: true where every one holds."""

    def decide(values: Mapping[str, Value]) -> Answer:
        numbers = [side(values) for side in sides]
        pairs = zip(numbers, numbers[1:], operators, strict=False)
        found = [operator(a, b) if a is not None and b is not None else None for a, b, operator in pairs]
        return Answer(False if False in found else None if None in found else True, names)

    return decide


def fixed(value: float) -> Number:
    """A number as it was written."""
    return lambda _values: Bounds(value, value)


def measured(name: str) -> Number:
    """The number a name stands for."""

    def read(values: Mapping[str, Value]) -> Bounds | None:
        value = values.get(name)
        return value if value is None or isinstance(value, Bounds) else Bounds(value, value)

    return read


def less(a: Bounds, b: Bounds) -> bool | None:
    """A < b."""
    return True if a.high < b.low else False if a.low >= b.high else None


def at_most(a: Bounds, b: Bounds) -> bool | None:
    """A <= b."""
    return inverse(less(b, a))


def equal(a: Bounds, b: Bounds) -> bool | None:
    """A == b."""
    if a.high < b.low or b.high < a.low:
        return False
    return True if a.low == a.high == b.low == b.high else None


def inverse(value: bool | None) -> bool | None:  # noqa: FBT001 - negation is about the value
    """Kleene's not."""
    return None if value is None else not value
