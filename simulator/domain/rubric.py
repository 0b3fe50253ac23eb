"""How a conversation is judged: stages, criteria, observations, level rules and caps.

Rules are kept as text with their position: `grading/levels.py` compiles them, `trainer/lint.py` joins the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from simulator.domain.text import Text

AnsweredBy = Literal["code", "judge"]
QuoteFrom = Literal["learner", "either", "none"]

LEVELS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Rule:
    """A boolean expression as it was written, and where (1-based line and column of its first character)."""

    source: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Observation:
    """One yes/no statement about the learner.

    `by` code: `when` decides it over facts. `by` judge: a model or a person answers; `offline` is an expression over
    facts that answers it without one, and where there is none it is undecided offline. `quote` says whose words prove
    a yes: the learner's, either speaker's, or none where the observation is an absence. A `fault` lowers a level when
    met.
    """

    id: str
    text: Text
    by: AnsweredBy
    quote: QuoteFrom
    fault: bool = False
    when: Rule | None = None
    offline: Rule | None = None


@dataclass(frozen=True, slots=True)
class LevelRule:
    """`level` is reached when `when` holds; the first rule that holds wins."""

    level: int
    when: Rule


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the things judged. `weight` is its share of 100. `applies` None: always.

    `anchors` say what each level looks like; `next_time` is the one thing to do next time.
    `better` says where the persona has a better line for it: `need` (a need left closed: its example), `trap`, `news`
    (bad news left untold), `expectation`, or an act of its model lines. `ground_truth`: it needs a persona file, so it
    is not applicable to an outside transcript without one.
    """

    id: str
    stage: str
    weight: float
    name: Text
    what: Text
    observations: tuple[Observation, ...]
    levels: tuple[LevelRule, ...]
    anchors: Mapping[int, Text]
    next_time: Text
    mistakes: tuple[Text, ...] = ()
    applies: Rule | None = None
    ground_truth: bool = False
    better: str | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the model (explore, offer, action, confirm) or the cross-cutting one."""

    id: str
    name: Text
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Cap:
    """A limit that fires on `when`. `set_level` and `max_level` are by criterion; `total_max` is 0..100."""

    id: str
    text: Text
    when: Rule
    set_level: Mapping[str, int]
    max_level: Mapping[str, int]
    total_max: float | None
    fail: bool
    ground_truth: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A name for totals from `minimum` up."""

    id: str
    minimum: float
    name: Text


@dataclass(frozen=True, slots=True)
class PassRule:
    """What a pass needs: a total, every stage above a floor, and no cap marked fail."""

    total: float
    stage_floor: float


@dataclass(frozen=True, slots=True)
class CardItem:
    """One line of the customer's own card, 1..5: the lowest level of the named criteria, or the final mood (-3..3)
    mapped to 1..5 where none is named; one less if the cap `less_if` fired.
    """

    id: str
    name: Text
    lowest_of: tuple[str, ...] = ()
    less_if: str | None = None


@dataclass(frozen=True, slots=True)
class Rubric:
    """A whole rubric. `cap_observations` are judged observations that only caps rest on."""

    id: str
    version: str
    title: Text
    languages: tuple[str, ...]
    stages: tuple[Stage, ...]
    cap_observations: tuple[Observation, ...]
    caps: tuple[Cap, ...]
    bands: tuple[Band, ...]
    pass_rule: PassRule
    card: tuple[CardItem, ...]

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria in order."""
        return tuple(criterion for stage in self.stages for criterion in stage.criteria)

    @property
    def observations(self) -> tuple[Observation, ...]:
        """All observations in order, those of the caps last."""
        return (*(o for c in self.criteria for o in c.observations), *self.cap_observations)
