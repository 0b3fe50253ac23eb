"""What came of a drill: each learner's conversation, and what keeps the persona from passing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from simulator.domain.scorecard import NeedOutcome
from simulator.domain.transcript import Turn
from simulator.domain.usage import Usage
from simulator.trainer.learners import Standing, called
from simulator.wording import say

EXPERT_AT_LEAST = 85
"""Total (0..100) from which on the shipped rubric calls a conversation excellent."""

POOR_AT_MOST = 30
"""Total that nobody gets who earned nothing: half-way to the shipped rubric's `developing`, and a little more."""

GOOD = 4
"""Level (1..5) from which on a criterion needs no word."""


@dataclass(frozen=True, slots=True)
class Play:
    """One learner's conversation.

    `total` is 0..100, None where too little could be scored; `levels` are by criterion. `opened` has the exchange (from
    1) that opened each need, `leaks` the one whose reply gave it away. `unheard` says of each line that code heard in
    a model's stead why it did. `broken` says why a reply, or a guest's line, never came, or is empty.
    """

    learner: str
    standing: Standing
    total: float | None
    levels: Mapping[str, int | None]
    opened: Mapping[str, int]
    outcomes: Mapping[str, NeedOutcome]
    leaks: Mapping[str, int]
    turns: tuple[Turn, ...]
    usage: tuple[Usage, ...]
    unheard: tuple[str, ...]
    broken: str

    @property
    def false_openings(self) -> tuple[str, ...]:
        """Needs that opened to somebody who asked for none."""
        return tuple(self.opened) if self.standing == "poor" else ()

    @property
    def unanswered(self) -> bool:
        """Whether the customer answered none of the lines: whoever comes next will hardly be answered either."""
        return bool(self.broken) and all(turn.n == 1 for turn in self.turns if turn.speaker == "persona")

    def said(self, turn: int) -> str:
        """The text of a turn."""
        return next(one.text for one in self.turns if one.n == turn)


@dataclass(frozen=True, slots=True)
class Task:
    """What to drill: a persona by id or file, in one of its languages."""

    persona: str
    language: str


@dataclass(frozen=True, slots=True)
class Drilled:
    """What came of a drill. `needs` are the persona's, in order."""

    task: Task
    needs: tuple[str, ...]
    plays: tuple[Play, ...]

    def of(self, standing: Standing) -> tuple[Play, ...]:
        """The plays of learners who stand there, but for those that broke off: they show nothing."""
        return tuple(play for play in self.plays if play.standing == standing and not play.broken)

    @property
    def broken(self) -> bool:
        """Whether a play broke off, so that something of the drill is not known."""
        return any(play.broken for play in self.plays)

    @property
    def silent(self) -> bool:
        """Whether the customer fell silent for good, and who was left did not play."""
        return any(play.unanswered for play in self.plays if play.standing != "guest")

    @property
    def faults(self) -> tuple[str, ...]:
        """What keeps the persona from passing, in words."""
        return tuple(_faults(self))


def _faults(drilled: Drilled) -> Iterator[str]:
    for play in drilled.plays:
        if play.broken:
            yield say(
                "{learner}: the conversation broke off: {reason}", learner=called(play.learner), reason=play.broken
            )
        for need, exchange in play.leaks.items():
            told = play.said(2 * exchange + 1)
            yield say("{learner}: need {need} leaked: “{line}”", learner=called(play.learner), need=need, line=told)
        for need in play.false_openings:
            told = play.said(2 * play.opened[need])
            yield say("{learner}: need {need} opened to “{line}”", learner=called(play.learner), need=need, line=told)
    yield from _unreached(drilled)
    yield from _below_the_bar(drilled)


def _unreached(drilled: Drilled) -> Iterator[str]:
    for play in drilled.of("expert"):
        for need in drilled.needs:
            if need not in play.opened:
                outcome = _outcome(play.outcomes[need])
                yield say(
                    "{learner}: need {need} did not open ({outcome})",
                    learner=called(play.learner),
                    need=need,
                    outcome=outcome,
                )


def _outcome(outcome: NeedOutcome) -> str:
    names: Mapping[NeedOutcome, str] = {
        "elicited": say("elicited"),
        "volunteered": say("volunteered"),
        "missed": say("missed"),
        "blocked": say("blocked"),
    }
    return names[outcome]


def _below_the_bar(drilled: Drilled) -> Iterator[str]:
    """Expert at its mark, poor ones below theirs, and the middling one between them."""
    for play in drilled.of("expert"):
        yield from _expert_below(play)
    for play in drilled.of("poor"):
        if (play.total or 0) > POOR_AT_MOST:
            yield say(
                "{learner} gets {total:.0f}, wanted {bar} or less",
                learner=called(play.learner),
                total=play.total,
                bar=POOR_AT_MOST,
            )
    if any(play.broken for play in drilled.plays if play.standing != "guest"):  # then nobody knows between whom
        return
    best = min((play.total or 0 for play in drilled.of("expert")), default=0)
    worst = max((play.total or 0 for play in drilled.of("poor")), default=0)
    for play in drilled.of("middling"):
        if not worst < (play.total or 0) < best:
            yield say(
                "the middling learner gets {total:.0f}, not between {worst:.0f} and {best:.0f}",
                total=play.total or 0,
                worst=worst,
                best=best,
            )


def _expert_below(play: Play) -> Iterator[str]:
    total = play.total or 0
    if total < EXPERT_AT_LEAST:
        low = ", ".join(f"{name} {level}" for name, level in play.levels.items() if level and level < GOOD)
        yield say(
            "the expert gets {total:.1f}, wanted {bar} or more; its low levels: {low}",
            total=total,
            bar=EXPERT_AT_LEAST,
            low=low,
        )
