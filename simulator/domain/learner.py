"""The learner's side of the table: what they know from the start, and what is theirs to promise."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.domain.text import Match, Text


@dataclass(frozen=True, slots=True)
class LearnerFact:
    """Something the learner knows from the start."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class AuthorityItem:
    """One thing the learner may promise, may promise on a condition, or must never promise.

    `match` recognises the promise in a sentence; `condition` (conditional items only) recognises that the condition was
    said with it. `compliance` marks a red line (privacy, safety, medical, legal) among the may-not items.
    """

    id: str
    text: Text
    match: Match
    condition: Match | None = None
    compliance: bool = False


@dataclass(frozen=True, slots=True)
class Authority:
    """What the learner may promise."""

    may: tuple[AuthorityItem, ...]
    conditional: tuple[AuthorityItem, ...]
    may_not: tuple[AuthorityItem, ...]

    @property
    def red_lines(self) -> tuple[AuthorityItem, ...]:
        """What nobody may do, whatever is asked: the may-not items of compliance."""
        return tuple(item for item in self.may_not if item.compliance)

    def item(self, item_id: str) -> AuthorityItem:
        """The item with this id. Raises LookupError."""
        for item in (*self.may, *self.conditional, *self.may_not):
            if item.id == item_id:
                return item
        raise LookupError(item_id)


@dataclass(frozen=True, slots=True)
class LearnerBrief:
    """The learner's side of the table."""

    role: Text
    facts: tuple[LearnerFact, ...]
    resources: tuple[Text, ...]
    authority: Authority
