"""Answers that may be unknown: Kleene's and, or, not, and comparisons of numbers of which only the range may be known.

An answer is given only where it holds whatever the unknown turns out to be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol


class Bounds(NamedTuple):
    """A number of which only the range is known."""

    low: float
    high: float


Value = bool | int | float | Bounds | None
"""What a name may stand for; None is unknown."""


class Decider(Protocol):
    """A rule, compiled."""

    def truth(self, values: Mapping[str, Value]) -> bool | None:
        """True, False, or None where unknown values leave it open."""
        ...

    def grounds(self, values: Mapping[str, Value]) -> frozenset[str]:
        """The names its truth rests on: those that decide it, or leave it open."""
        ...


Number = Callable[[Mapping[str, Value]], Bounds | None]
Comparison = Callable[[Bounds, Bounds], bool | None]


@dataclass(frozen=True, slots=True)
class Joined:
    """Kleene's or (`deciding` True) and and (False): one part that decides settles it, else one unknown opens it."""

    parts: Sequence[Decider]
    deciding: bool

    def truth(self, values: Mapping[str, Value]) -> bool | None:
        """See Decider."""
        known = True
        for part in self.parts:
            truth = part.truth(values)
            if truth is self.deciding:
                return truth
            known = known and truth is not None
        return not self.deciding if known else None

    def grounds(self, values: Mapping[str, Value]) -> frozenset[str]:
        """See Decider."""
        truth = self.truth(values)
        return frozenset().union(*(part.grounds(values) for part in self.parts if part.truth(values) is truth))


@dataclass(frozen=True, slots=True)
class Negation:
    """Kleene's not, of a rule."""

    part: Decider

    def truth(self, values: Mapping[str, Value]) -> bool | None:
        """See Decider."""
        return inverse(self.part.truth(values))

    def grounds(self, values: Mapping[str, Value]) -> frozenset[str]:
        """See Decider."""
        return self.part.grounds(values)


@dataclass(frozen=True, slots=True)
class Constant:
    """True or false, whatever the values."""

    value: bool

    def truth(self, _values: Mapping[str, Value]) -> bool:
        """See Decider."""
        return self.value

    def grounds(self, _values: Mapping[str, Value]) -> frozenset[str]:
        """See Decider."""
        return frozenset()


@dataclass(frozen=True, slots=True)
class Named:
    """What a name stands for; unknown where it has no value."""

    name: str

    def truth(self, values: Mapping[str, Value]) -> bool | None:
        """See Decider."""
        value = values.get(self.name)
        return value if isinstance(value, bool) else None

    def grounds(self, _values: Mapping[str, Value]) -> frozenset[str]:
        """See Decider."""
        return frozenset({self.name})


@dataclass(frozen=True, slots=True)
class Compared:
    """A chain of comparisons: true where every one holds. `names` are those its sides read."""

    sides: Sequence[Number]
    operators: Sequence[Comparison]
    names: frozenset[str]

    def truth(self, values: Mapping[str, Value]) -> bool | None:
        """See Decider."""
        numbers = [side(values) for side in self.sides]
        pairs = zip(numbers, numbers[1:], self.operators, strict=False)
        found = [operator(a, b) if a is not None and b is not None else None for a, b, operator in pairs]
        return False if False in found else None if None in found else True

    def grounds(self, _values: Mapping[str, Value]) -> frozenset[str]:
        """See Decider."""
        return self.names


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
