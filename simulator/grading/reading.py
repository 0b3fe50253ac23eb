"""A conversation laid out for counting: the learner's sentences with what they share with the customer's words.

What is set aside counts for nothing: flagged sentences, idle talk about something else altogether, and exchanges that
hold nothing but such. So a line to the grader, or one about the weather, moves no count that depends on where a turn
stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulator.conversation.offers import COMMITTING
from simulator.domain.scorecard import Quote
from simulator.grading.content import content
from simulator.grading.idle import heeded, replies_to, telling
from simulator.grading.signs import at_home, hear, unanchored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from simulator.domain.acts import HeardSentence
    from simulator.domain.transcript import Transcript
    from simulator.grading.case import Case
    from simulator.language.patterns import Heard

ASKING = ("open_question", "closed_question", "implication_question")
CHECKING = ("summary_check", "confirm_ask")
GIVING_BACK = ("reflect_content", "reflect_feeling", "summary_check")
ACCEPTING = ("reflect_content", "reflect_feeling", "summary_check", "affirm", "own_it", "apologize")


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """One sentence of the learner's that counts, with what every fact asks of it.

    `content` are the words in it that carry meaning, `quote` the sentence as proof. `tells`: a statement, which neither
    asks nor checks, greets, takes leave nor merely thanks. `asks`: a question that wants to learn something, not the
    check at the end of a summary, not a confirm question. `acts_now`: it starts something, or says that it has been
    done for the customer. `updates`: it undertakes to send word. `commits`: it offers, starts or undertakes something.
    """

    turn: int
    heard: HeardSentence
    content: frozenset[str]
    quote: Quote
    acts: frozenset[str]
    signs: Heard | None
    tells: bool
    asks: bool
    acts_now: bool
    updates: bool
    commits: bool

    @property
    def text(self) -> str:
        """Its words, verbatim."""
        return self.heard.text

    def does(self, *acts: str) -> bool:
        """Whether it does any of these acts."""
        return not self.acts.isdisjoint(acts)

    def shows(self, *signs: str) -> bool:
        """Whether its words show any of these signs."""
        return _shows(self.signs, *signs)


@dataclass(frozen=True, slots=True)
class Reading:
    """A case laid out. `turns` are the learner turns that count, in order, `replies` the customer's content by turn.

    What the learner says in turns that nobody answers between is one turn, under the number of its first.
    `said` are all sentences that count, in order; `undertaken` those that offer or undertake something, without
    brush-offs and what is outside authority. `told` is, by turn, what the customer had said before it; `counted` what
    facts have in common, by name, once one has asked for it.
    """

    case: Case
    undertaken: tuple[Said, ...]
    turns: Mapping[int, tuple[Said, ...]]
    replies: Mapping[int, frozenset[str]]
    said: tuple[Said, ...]
    told: Mapping[int, frozenset[str]]
    counted: dict[str, object] = field(default_factory=dict)

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
        return self.told[turn]

    def in_their_words(self, said: Said) -> bool:
        """Whether a sentence shares a content word with what the customer had said before it."""
        return not said.content.isdisjoint(self.heard_before(said.turn))

    def reply_acts(self, turn: int | None) -> frozenset[str]:
        """What the customer's turn does; nothing where there is none."""
        return self.case.replies.get(turn, frozenset()) if turn is not None else frozenset()

    def takes_up(self, said: Said) -> bool:
        """Whether a sentence gives back or accepts what the customer said. Praise and regret may be for anything: what
        names something does so only with a word of the customer's, or one of any talk with a customer.
        """
        if said.does(*GIVING_BACK, "own_it"):
            return True
        if not said.does(*ACCEPTING):
            return False
        named = said.content - unanchored(said.text)
        near = self.heard_before(said.turn), at_home(said.text)
        return not named or not all(map(named.isdisjoint, near))

    def began(self, turn: int) -> int:
        """The first of the learner's turns in a row that this one stands in; 0 where it does not count."""
        first = max((n for n in self.turns if n <= turn), default=0)
        return first if any(said.turn == turn for said in self.turns.get(first, ())) else 0

    def around(self, turn: int) -> tuple[Said, ...]:
        """What the learner said in this turn and in those in a row with it."""
        return self.turns.get(self.began(turn), ())

    def text(self, turn: int) -> str:
        """The words of a turn."""
        return self.case.transcript.turn(turn).text


def read(case: Case) -> Reading:
    """Lay a case out."""
    kept = heeded(case.transcript, case.hearings, case.persona, case.confirm_turn, case.needs)
    said = tuple(_said(n, sentence) for n, sentences in kept.items() for sentence in sentences)
    aside = {turn.n for turn in case.transcript.learner_turns} - kept.keys()
    skipped = set(replies_to(aside, case.transcript)) - telling(case.needs, case.trap_turn, case.expectation_turn)
    spoken = (turn for turn in case.transcript.turns if turn.speaker == "persona" and turn.n not in skipped)
    replies = {turn.n: content(turn.text) for turn in spoken}
    turns = _joined(kept, said, replies)
    return Reading(case, tuple(_undertaken(case, said)), turns, replies, said, _told(case.transcript, replies))


def _joined(kept: Iterable[int], said: Sequence[Said], replies: Iterable[int]) -> dict[int, tuple[Said, ...]]:
    """The sentences by turn, turns without a reply between them together."""
    found: dict[int, tuple[Said, ...]] = {}
    first = last = 0
    answers = sorted(replies)
    for turn in kept:
        if not first or any(last < answer < turn for answer in answers):
            first = turn
        found[first] = (*found.get(first, ()), *(one for one in said if one.turn == turn))
        last = turn
    return found


def _told(transcript: Transcript, replies: Mapping[int, frozenset[str]]) -> dict[int, frozenset[str]]:
    found = {}
    words: frozenset[str] = frozenset()
    for turn in transcript.turns:
        found[turn.n] = words
        words |= replies.get(turn.n, frozenset())
    return found


def _said(turn: int, heard: HeardSentence) -> Said:
    acts = frozenset(found.act for found in heard.acts)
    signs = hear(heard.text)
    asks = not acts.isdisjoint(ASKING)
    checks = not acts.isdisjoint(CHECKING)
    courteous = not acts and _shows(signs, "generic_thanks")
    tells = not (asks or checks or courteous) and acts.isdisjoint(("greet", "close"))
    acts_now = "act_now" in acts or (tells and _shows(signs, "acting"))
    updates = "update_commit" in acts or (tells and _shows(signs, "update") and _shows(signs, "time", "event"))
    updates = updates and acts.isdisjoint(("refuse", "pass_the_buck", "bad_news"))
    return Said(
        turn=turn,
        heard=heard,
        content=content(heard.text),
        quote=Quote(turn, heard.text),
        acts=acts,
        signs=signs,
        tells=tells,
        asks=asks and not checks,
        acts_now=acts_now,
        updates=updates,
        commits=not acts.isdisjoint(COMMITTING) or acts_now or updates,
    )


def _shows(heard: Heard | None, *signs: str) -> bool:
    return heard is not None and heard.finds_any(signs)


def _undertaken(case: Case, all_said: Sequence[Said]) -> Iterator[Said]:
    outside = [promise for promise in case.ledger.promises if promise.within_authority is False]
    for said in all_said:
        brushed = said.does("pass_the_buck", "guarantee", "withdraw_promise", "contempt") or said.shows("sends_away")
        if said.commits and not brushed and not any(p.turn == said.turn and p.quote in said.text for p in outside):
            yield said
