"""The learner's side of the table in words: what they know and what they may promise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.domain.learner import LearnerBrief
from simulator.domain.text import Text
from simulator.wording import say


@dataclass(frozen=True, slots=True)
class BriefPart:
    """One heading and the lines under it."""

    heading: str
    lines: tuple[str, ...]


def brief_parts(learner: LearnerBrief, language: str) -> tuple[BriefPart, ...]:
    """What the learner knows and may promise, in the order one needs it; what the pack leaves out is left out."""
    authority = learner.authority
    parts: tuple[tuple[str, Sequence[Text]], ...] = (
        (say("You know"), [fact.text for fact in learner.facts]),
        (say("At hand"), learner.resources),
        (say("You may promise"), [item.text for item in authority.may]),
        (say("Only if the condition is said"), [item.text for item in authority.conditional]),
        (say("Never"), [item.text for item in authority.may_not]),
    )
    return tuple(
        BriefPart(heading, tuple(text.in_language(language) for text in texts)) for heading, texts in parts if texts
    )
