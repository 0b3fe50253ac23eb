"""What a rubric's rules may name: every fact with its type, its meaning and how it is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

from simulator.domain.scorecard import Fact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from simulator.grading.reading import Reading, Said

    Count = Callable[[Reading], Fact]

T = TypeVar("T")

QUOTES_KEPT = 8
"""Quotes kept for a fact; an observation shows fewer, but may take them from several facts."""

UNKNOWN = Fact(None)
NO = Fact(value=False)
YES = Fact(value=True)


@dataclass(frozen=True, slots=True)
class FactKind:
    """One fact. `type` is bool or float; with `ground_truth` it cannot be known without a persona file."""

    name: str
    type: type
    meaning: str
    ground_truth: bool
    count: Count


FACTS: dict[str, FactKind] = {}
"""All facts by name, filled by the modules of this package."""


def yes_or_no(*, ground_truth: bool = False) -> Callable[[Count], Count]:
    """Register a function as a fact that is true or false, under its own name."""
    return _register(bool, ground_truth=ground_truth)


def number(*, ground_truth: bool = False) -> Callable[[Count], Count]:
    """Register a function as a fact that is a number, under its own name."""
    return _register(float, ground_truth=ground_truth)


def once(count: Callable[[Reading], T]) -> Callable[[Reading], T]:
    """Count what several facts rest on once for each reading."""

    def counted(reading: Reading) -> T:
        if count.__name__ not in reading.counted:
            reading.counted[count.__name__] = count(reading)
        return cast("T", reading.counted[count.__name__])

    return counted


def _register(kind: type, *, ground_truth: bool) -> Callable[[Count], Count]:
    def register(count: Count) -> Count:
        name = count.__name__
        FACTS[name] = FactKind(name, kind, " ".join((count.__doc__ or "").split()), ground_truth, count)
        return count

    return register


def shown(said: Iterable[Said]) -> Fact:
    """True with these sentences as proof, false where there are none."""
    quotes = tuple(one.quote for one in said)
    return Fact(value=True, quotes=quotes[:QUOTES_KEPT]) if quotes else NO


def tally(said: Iterable[Said]) -> Fact:
    """How many sentences, with the sentences."""
    quotes = tuple(one.quote for one in said)
    return Fact(len(quotes), quotes[:QUOTES_KEPT])
