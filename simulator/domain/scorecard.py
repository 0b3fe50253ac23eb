"""What the grader says about one conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from simulator.domain.usage import Usage

Outcome = Literal["met", "not_met", "undecided"]
CriterionStatus = Literal["scored", "estimate", "unscored", "not_applicable"]
CapOutcome = Literal["fired", "not_fired", "not_assessable"]
PromiseClass = Literal["P1", "P2", "P3", "P4", "P5"]
NeedOutcome = Literal["elicited", "volunteered", "blocked", "missed"]
CoachedBy = Literal["pack", "model"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words from one turn, verbatim."""

    turn: int
    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A number or a yes/no that code counted, with the words it was counted from.

    `value` None: it cannot be known here (nothing to count it from), which is not the same as 0 or False. A number of
    which only the range is known has `bounds` (lowest, highest) and no value. `lacks` says, of a no where something was
    begun, by a word what was missing.
    """

    value: bool | float | int | None
    quotes: tuple[Quote, ...] = ()
    bounds: tuple[float, float] | None = None
    lacks: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one observation. `judge` is `code`, `offline` or a model's name.

    `agreement` is the share of samples (0..1) that gave the commonest answer; None where it was asked for once.
    """

    id: str
    outcome: Outcome
    quotes: tuple[Quote, ...] = ()
    judge: str = "code"
    reason: str = ""
    agreement: float | None = None

    @property
    def truth(self) -> bool | None:
        """The outcome as a rule reads it; None where it is undecided."""
        return None if self.outcome == "undecided" else self.outcome == "met"


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """The level a criterion reached. `level` is None where it is unscored or not applicable; `reason` then says why.

    An estimate took the lower of the two levels that undecided observations allow.
    """

    id: str
    stage: str
    weight: float
    status: CriterionStatus
    level: int | None
    judge: str
    observations: tuple[Verdict, ...]
    reason: str = ""
    next_time: str = ""


@dataclass(frozen=True, slots=True)
class CapResult:
    """What became of one cap."""

    id: str
    outcome: CapOutcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment of the learner. `item` is the authority item it was checked against, if one matched.

    P1 effort, P2 conditional, P3 firm inside authority, P4 firm outside authority or facts, P5 unconditional guarantee.
    `within_authority` None: no item matched, so nobody can say.
    """

    turn: int
    quote: str
    promise_class: PromiseClass
    within_authority: bool | None
    item: str | None = None
    withdrawn_at: int | None = None


@dataclass(frozen=True, slots=True)
class NeedRecord:
    """What became of one latent need. `turn` is the persona turn that voiced it, `by_turn` the learner turn that
    caused it or was blocked, `span` the learner's words.
    """

    id: str
    outcome: NeedOutcome
    turn: int | None = None
    by_turn: int | None = None
    span: str = ""
    reconstructed: bool = False


@dataclass(frozen=True, slots=True)
class Coaching:
    """What to do next time about one criterion. `quote` is what the learner said where it fell short, `better` a line
    that could have stood there; None where there is none to point at, or none is known.
    """

    criterion: str
    advice: str
    quote: Quote | None = None
    better: str | None = None
    source: CoachedBy = "pack"


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The whole judgement. `total` is 0..100, or None when under 80 % of the applicable weight is scored.

    `stages` are 0..100 or None; `card` is the customer's own card, 1..5 or None; `facts` are plain values by name.
    `cap_observations` are judged observations that only caps rest on. `unjudged` says why the judge answered nothing at
    all, where it was asked and did not. `samples` is how often each answer was asked for, `usage` what that came to.
    """

    total: float | None
    scored_weight: float
    band: str | None
    passed: bool | None
    stages: Mapping[str, float | None]
    criteria: tuple[CriterionScore, ...]
    caps: tuple[CapResult, ...]
    card: Mapping[str, float | None]
    needs: tuple[NeedRecord, ...]
    promises: tuple[Promise, ...]
    bad_news: Mapping[str, int | None]
    flags: tuple[str, ...]
    facts: Mapping[str, Fact]
    provenance: Mapping[str, str | None]
    ground_truth: bool = True
    coaching: tuple[Coaching, ...] = ()
    cap_observations: tuple[Verdict, ...] = ()
    unjudged: str = ""
    samples: int = 1
    usage: tuple[Usage, ...] = ()

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Every answer, those that only caps rest on last."""
        return (*(verdict for score in self.criteria for verdict in score.observations), *self.cap_observations)
