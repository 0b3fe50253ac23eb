"""A conversation's grade before and after: what changed, and by which observation, criterion or cap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.grading.rules import compiled

if TYPE_CHECKING:
    from simulator.domain.rubric import Rubric

SOURCES = ("judge", "prompt_hash", "rubric", "rubric_hash", "persona_hash", "program")
"""What a grade comes from: where one of these differs, the two were not measured alike."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after, None where there was or is none. `by` are the changes that it rests on."""

    what: str
    before: Any
    after: Any
    by: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """One conversation. `verdict` is about total, band and pass; `graded` is False where there was no earlier grade.

    `criteria` are by level, or status where there is none; `sources` are what else differs between the two grades.
    """

    subject: str
    graded: bool
    verdict: tuple[Change, ...] = ()
    criteria: tuple[Change, ...] = ()
    caps: tuple[Change, ...] = ()
    sources: tuple[Change, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the judgement itself is another."""
        return bool(self.verdict or self.criteria or self.caps)


def compared(subject: str, before: Mapping[str, Any] | None, after: Mapping[str, Any], rubric: Rubric) -> Comparison:
    """The comparison of two scorecards (scorecard/1 as JSON values). `rubric` is that of the later one: it says which
    observation a cap rests on.
    """
    if before is None:
        return Comparison(subject, graded=False)
    old, new = _by_id(before["criteria"]), _by_id(after["criteria"])
    flipped = tuple(_flipped(before.get("cap_observations", ()), after.get("cap_observations", ())))
    return Comparison(
        subject,
        graded=True,
        verdict=tuple(_changes({n: before[n] for n in _VERDICT}, {n: after[n] for n in _VERDICT})),
        criteria=tuple(
            Change(change.what, change.before, change.after, tuple(_flips(old, new, change.what)))
            for change in _changes(_levels(old), _levels(new))
        ),
        caps=tuple(
            Change(change.what, change.before, change.after, tuple(f for f in flipped if _rests(rubric, change, f)))
            for change in _changes(_outcomes(before["caps"]), _outcomes(after["caps"]))
        ),
        sources=tuple(_changes(_sources(before), _sources(after))),
    )


_VERDICT = ("total", "band", "passed")


def _rests(rubric: Rubric, cap: Change, flip: Change) -> bool:
    rule = compiled(rubric).caps.get(cap.what)
    return rule is not None and flip.what in rule.names


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield Change(name, before.get(name), after.get(name))


def _levels(criteria: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {name: one["status"] if one["level"] is None else one["level"] for name, one in criteria.items()}


def _flips(old: Mapping[str, Any], new: Mapping[str, Any], criterion: str) -> Iterator[Change]:
    before, after = (cards.get(criterion, {}).get("observations", ()) for cards in (old, new))
    return _flipped(before, after)


def _flipped(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> Iterator[Change]:
    return _changes(_outcomes(before), _outcomes(after))


def _outcomes(found: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {one["id"]: one["outcome"] for one in found}


def _sources(card: Mapping[str, Any]) -> dict[str, Any]:
    return {name: card["provenance"].get(name) for name in SOURCES}


def _by_id(found: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {one["id"]: one for one in found}
