"""A simulated customer: what anyone may see of them, and the needs they will not state unprompted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from simulator.domain.learner import LearnerBrief
from simulator.domain.text import Match, Text

Interest = Literal["company", "personal"]

Bearing = Literal["leaving", "cold", "warm"]
"""What can be seen of a customer: patience is nearly gone, the mood is bad, the mood is good."""

LINE_KINDS = (
    "agreeing",  # a summary was right
    "accepting",  # an offer or a first step was heard
    "choosing",  # a choice was offered
    "told",  # bad news was told
    "listening",  # something was said that asks nothing of the customer
    "pressing",  # nothing useful was said: the customer comes back to what they asked
    "irritated",  # an irritation without a line of its own was hit
    "unknown",  # asked what the file does not know
    "puzzled",  # a line that has nothing to do with the conversation
    "walk_out",  # patience is gone
    "farewell",  # the learner says goodbye
)
"""The occasions for which a persona brings its own words. Each needs two wordings or more, but walk_out and
choosing."""


@dataclass(frozen=True, slots=True)
class ExplicitNeed:
    """The request in the opening line."""

    id: str
    text: Text
    keywords: Match


@dataclass(frozen=True, slots=True)
class PublicProfile:
    """What anyone may see before, during and after a conversation.

    `bearing` says in a few words how the customer looks or sounds.
    """

    id: str
    title: Text
    sector: str
    channel: str
    difficulty: int
    languages: tuple[str, ...]
    name: Text
    identity: Text
    mood_label: Text
    bearing: Mapping[Bearing, Text]
    opening: Text
    explicit_need: ExplicitNeed
    learner: LearnerBrief


@dataclass(frozen=True, slots=True)
class PersonaFact:
    """What the customer says when asked. With `with_need`, only once that need is open."""

    id: str
    text: Text
    match: Match
    with_need: str | None = None


@dataclass(frozen=True, slots=True)
class Unlock:
    """What opens a need: one of these acts on one of these topics, at this trust or more (0..3).

    `about` says what the topics have in common without giving the need away: a listening model is shown it.
    """

    any_of: tuple[str, ...]
    topics: Match
    trust_min: float
    about: Text | None = None


@dataclass(frozen=True, slots=True)
class LatentNeed:
    """A need the customer will not state unprompted.

    `reveal` is said when it opens. `keywords` (one group of words) notice that it was voiced. `secret` phrases stand in
    no public line: they drive the linter, the leak guard and the reconstruction of outside transcripts.
    `after` names needs that must have opened in an earlier turn. `example` is a learner line that opens the need: the
    last step of the hint ladder and the question the debrief proposes, so it must not give the need away.
    """

    id: str
    interest: Interest
    text: Text
    cue: Text
    unlock: Unlock
    reveal: Text
    keywords: Match
    secret: Match
    example: Text
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trigger:
    """When an irritation is hit: every part that is given must hold in one sentence of the line.

    `acts`: the sentence does one of them. `match`: its groups hit. `before_first_question`: the learner has asked
    nothing yet.
    """

    acts: tuple[str, ...] = ()
    match: Match | None = None
    before_first_question: bool = False


@dataclass(frozen=True, slots=True)
class Irritation:
    """What annoys this customer, each time it happens. `mood` and `patience` are deltas, 0 or below."""

    id: str
    text: Text
    on: Trigger
    mood: float
    patience: float
    line: Text | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """Where the customer begins: mood -3..3, trust 0..3, patience above 0."""

    mood: float
    trust: float
    patience: float


@dataclass(frozen=True, slots=True)
class Delta:
    """What one event does to the customer's state."""

    trust: float = 0.0
    mood: float = 0.0
    patience: float = 0.0


@dataclass(frozen=True, slots=True)
class Trap:
    """The line that tempts the learner to over-promise, said once. `match` recognises what it asks to be promised."""

    line: Text
    tempting: Text
    why_wrong: Text
    good_answer: Text
    match: Match


@dataclass(frozen=True, slots=True)
class BadNews:
    """Something the learner must tell.

    `critical` items fire a cap when never told; with `need`, only if that need is open.
    """

    id: str
    text: Text
    match: Match
    critical: bool
    need: str | None = None


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing a good offer contains. `covers` names needs (EXP or a latent need's id)."""

    id: str
    text: Text
    match: Match
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checklist:
    """What a complete, practical, win-win offer contains in this case."""

    complete: tuple[ChecklistItem, ...]
    practical: tuple[ChecklistItem, ...]
    win_win: tuple[ChecklistItem, ...]

    @property
    def items(self) -> tuple[ChecklistItem, ...]:
        """All items in order."""
        return (*self.complete, *self.practical, *self.win_win)


@dataclass(frozen=True, slots=True)
class NewExpectation:
    """What the first confirm question brings up: the loop goes back to Explore."""

    id: str
    text: Text
    reveal: Text
    match: Match
    explore_points: tuple[PersonaFact, ...]
    good_response: Text


@dataclass(frozen=True, slots=True)
class Closing:
    """How the conversation can end."""

    satisfied: Text
    unsatisfied: Text
    new_expectation: NewExpectation | None
    no_confirm: Text


@dataclass(frozen=True, slots=True)
class Persona:
    """One scenario, whole. Only code that decides or debriefs may hold it; an actor gets a Brief.

    `model_lines` are by act: how a good colleague would do it in this very situation. Only the debrief shows them.
    """

    profile: PublicProfile
    facts: tuple[PersonaFact, ...]
    needs: tuple[LatentNeed, ...]
    start: Start
    deltas: Mapping[str, Delta]
    irritations: tuple[Irritation, ...]
    trap: Trap
    bad_news: tuple[BadNews, ...]
    checklist: Checklist
    lines: Mapping[str, tuple[Text, ...]]
    closing: Closing
    model_lines: Mapping[str, Text] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The pack's id, which is also its file's name."""
        return self.profile.id

    def need(self, need_id: str) -> LatentNeed:
        """The latent need with this id. Raises LookupError."""
        for need in self.needs:
            if need.id == need_id:
                return need
        raise LookupError(need_id)
