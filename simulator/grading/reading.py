"""A conversation laid out for counting: the learner's sentences with what they share with the customer's words.

What is set aside counts for nothing: flagged sentences, idle talk about something else altogether, and exchanges that
hold nothing but such. So a line to the grader, or one about the weather, moves no count that depends on where a turn
stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from simulator.domain.scorecard import Quote
from simulator.grading.content import content
from simulator.grading.idle import heeded, replies_to, telling
from simulator.grading.signs import shows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.domain.acts import HeardSentence
    from simulator.grading.case import Case

ASKING = ("open_question", "closed_question", "implication_question")
CHECKING = ("summary_check", "confirm_ask")
GIVING_BACK = ("reflect_content", "reflect_feeling", "summary_check")
ACCEPTING = ("reflect_content", "reflect_feeling", "summary_check", "affirm", "own_it", "apologize")
COMMITTING = ("propose", "promise", "act_now", "update_commit", "own_it")


@dataclass(frozen=True)
class Said:
    """One sentence of the learner's that counts. `content` are the words in it that carry meaning.

    Every fact asks every sentence: what it is found to be is kept.
    """

    turn: int
    heard: HeardSentence
    content: frozenset[str]

    @property
    def text(self) -> str:
        """Its words, verbatim."""
        return self.heard.text

    @cached_property
    def quote(self) -> Quote:
        """The sentence as proof."""
        return Quote(self.turn, self.heard.text)

    def does(self, *acts: str) -> bool:
        """Whether it does any of these acts."""
        return self.heard.does(*acts)

    def shows(self, *signs: str) -> bool:
        """Whether its words show any of these signs."""
        return shows(self.heard.text, *signs)

    @cached_property
    def tells(self) -> bool:
        """A statement: it neither asks nor checks, greets or takes leave."""
        return not self.does(*ASKING, *CHECKING, "greet", "close")

    @cached_property
    def acts_now(self) -> bool:
        """It starts something, or says that it has been done for the customer."""
        return self.does("act_now") or (self.tells and self.shows("acting"))

    @cached_property
    def updates(self) -> bool:
        """It undertakes to send word."""
        timed = self.tells and self.shows("update") and self.shows("time", "event")
        return (self.does("update_commit") or timed) and not self.does("refuse", "pass_the_buck")

    @cached_property
    def commits(self) -> bool:
        """It offers, starts or undertakes something."""
        return self.does(*COMMITTING) or self.acts_now or self.updates

    @cached_property
    def asks(self) -> bool:
        """A question that wants to learn something: not the check at the end of a summary, not a confirm question."""
        return self.does(*ASKING) and not self.does(*CHECKING)


@dataclass(frozen=True, slots=True)
class Reading:
    """A case laid out. `turns` are the learner turns that count, in order, `replies` the customer's content by turn.

    `undertaken` are the sentences that offer or undertake something, without brush-offs and what is outside authority.
    """

    case: Case
    undertaken: tuple[Said, ...]
    turns: Mapping[int, tuple[Said, ...]]
    replies: Mapping[int, frozenset[str]]

    @property
    def said(self) -> Iterator[Said]:
        """All sentences that count, in order."""
        for sentences in self.turns.values():
            yield from sentences

    def doing(self, *acts: str) -> tuple[Said, ...]:
        """The sentences that do any of these acts."""
        return tuple(said for said in self.said if said.does(*acts))

    def before(self, turn: int) -> int | None:
        """The customer's turn before this one."""
        return max((n for n in self.replies if n < turn), default=None)

    def after(self, turn: int) -> int | None:
        """The customer's turn after this one."""
        return min((n for n in self.replies if n > turn), default=None)

    def next_turn(self, turn: int) -> int | None:
        """The learner's turn after this one."""
        return min((n for n in self.turns if n > turn), default=None)

    def heard_before(self, turn: int) -> frozenset[str]:
        """Content words of everything the customer had said before this turn."""
        return frozenset().union(*(content for n, content in self.replies.items() if n < turn))

    def reply_acts(self, turn: int | None) -> frozenset[str]:
        """What the customer's turn does; nothing where there is none."""
        return self.case.replies.get(turn, frozenset()) if turn is not None else frozenset()

    def text(self, turn: int) -> str:
        """The words of a turn."""
        return self.case.transcript.turn(turn).text


def read(case: Case) -> Reading:
    """Lay a case out."""
    kept = heeded(case.transcript, case.hearings, case.persona)
    turns = {n: tuple(Said(n, s, content(s.text)) for s in sentences) for n, sentences in kept.items()}
    aside = {turn.n for turn in case.transcript.learner_turns} - turns.keys()
    skipped = set(replies_to(aside, case.transcript)) - telling(case.needs, case.trap_turn, case.expectation_turn)
    spoken = (turn for turn in case.transcript.turns if turn.speaker == "persona" and turn.n not in skipped)
    return Reading(case, tuple(_undertaken(case, turns)), turns, {turn.n: content(turn.text) for turn in spoken})


def _undertaken(case: Case, turns: Mapping[int, tuple[Said, ...]]) -> Iterator[Said]:
    outside = [promise for promise in case.ledger.promises if promise.within_authority is False]
    for said in (said for turn in turns.values() for said in turn):
        brushed = said.does("pass_the_buck", "guarantee", "withdraw_promise", "contempt") or said.shows("sends_away")
        if said.commits and not brushed and not any(p.turn == said.turn and p.quote in said.text for p in outside):
            yield said
