"""A conversation laid out for counting: the learner's sentences with what they share with the customer's words.

What is set aside counts for nothing: flagged sentences, idle talk about something else altogether, and exchanges that
hold nothing but such. So a line to the grader, or one about the weather, moves no count that depends on where a turn
stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from simulator.domain.acts import QUESTIONS
from simulator.domain.scorecard import Quote
from simulator.domain.text import Match, Text
from simulator.grading.signs import at_home, shows, unanchored
from simulator.language.normalize import lexicon_language, normalize
from simulator.language.patterns import lexicon
from simulator.language.words import WORD, stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from simulator.domain.acts import HeardSentence
    from simulator.domain.persona import Persona
    from simulator.domain.transcript import Turn
    from simulator.grading.case import Case

IDLE = frozenset({*QUESTIONS, "follow_up", "inform", "greet", "close", "affirm"})
"""Acts that a remark about something else can have. A commitment or an attack is never idle."""

ASKING = ("open_question", "closed_question", "implication_question")
CHECKING = ("summary_check", "confirm_ask")
GIVING_BACK = ("reflect_content", "reflect_feeling", "summary_check")
ACCEPTING = ("reflect_content", "reflect_feeling", "summary_check", "affirm", "own_it", "apologize")
STRAY = 1 / 3
"""Share of a sentence's anchors that may occur elsewhere by chance: "neighbour" does not make a cat story the case."""

SERVING = ("owner", "impact", "accepts_account", "confirm_form", "channel", "acting", "update", "soft_promise")
EXPLORING = ("purpose", "priority", "asks_time", "coordinates", "time", "fails", "benefit", "recap", "choice")
"""Signs that a sentence serves the customer, or explores: not idle, however new its words are."""

NUMBERS = frozenset(
    ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "noon", "midnight")
)
"""Function words to a lexicon, but what a deadline is made of."""

_CLOCK = re.compile(r"[零一二三四五六七八九十两\d]{1,3}点(?:半|[零一二三四五六七八九十\d]{1,3})?")
"""A time of day in Chinese, whole: its characters alone are function words."""

COMMITTING = ("propose", "promise", "act_now", "update_commit", "own_it")


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of the learner's that counts. `content` are the words in it that carry meaning."""

    turn: int
    heard: HeardSentence
    content: frozenset[str]

    @property
    def text(self) -> str:
        """Its words, verbatim."""
        return self.heard.text

    @property
    def quote(self) -> Quote:
        """The sentence as proof."""
        return Quote(self.turn, self.heard.text)

    def does(self, *acts: str) -> bool:
        """Whether it does any of these acts."""
        return self.heard.does(*acts)

    def shows(self, *signs: str) -> bool:
        """Whether its words show any of these signs."""
        return shows(self.heard.text, *signs)

    @property
    def tells(self) -> bool:
        """A statement: it neither asks nor checks, greets or takes leave."""
        return not self.does(*ASKING, *CHECKING, "greet", "close")

    @property
    def acts_now(self) -> bool:
        """It starts something, or says that it has been done for the customer."""
        return self.does("act_now") or (self.tells and self.shows("acting"))

    @property
    def updates(self) -> bool:
        """It undertakes to send word."""
        timed = self.tells and self.shows("update") and self.shows("time", "event")
        return (self.does("update_commit") or timed) and not self.does("refuse", "pass_the_buck")

    @property
    def commits(self) -> bool:
        """It offers, starts or undertakes something."""
        return self.does(*COMMITTING) or self.acts_now or self.updates

    @property
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
    words = {turn.n: content(turn.text) for turn in case.transcript.turns}
    known = vocabulary(case.persona, case.transcript.language) if case.persona else frozenset()
    turns: dict[int, tuple[Said, ...]] = {}
    aside: set[int] = set()
    for turn in case.transcript.learner_turns:
        hearing = case.hearings.get(turn.n)
        elsewhere = known.union(*(others for n, others in words.items() if n != turn.n))
        found = [Said(turn.n, s, content(s.text)) for s in (hearing.sentences if hearing else ()) if not s.flag]
        kept = tuple(said for said in found if not idle(said, elsewhere, grounded=case.persona is not None))
        if kept or not (hearing and hearing.sentences):
            turns[turn.n] = kept
        else:
            aside.add(turn.n)
    skipped = set(_replies_to(aside, case.transcript.turns)) - _needed(case)
    replies = {t.n: words[t.n] for t in case.transcript.turns if t.speaker == "persona" and t.n not in skipped}
    return Reading(case, tuple(_undertaken(case, turns)), turns, replies)


def _undertaken(case: Case, turns: Mapping[int, tuple[Said, ...]]) -> Iterator[Said]:
    outside = [promise for promise in case.ledger.promises if promise.within_authority is False]
    for said in (said for turn in turns.values() for said in turn):
        brushed = said.does("pass_the_buck", "guarantee", "withdraw_promise", "contempt") or said.shows("sends_away")
        if said.commits and not brushed and not any(p.turn == said.turn and p.quote in said.text for p in outside):
            yield said


def idle(said: Said, elsewhere: frozenset[str], *, grounded: bool) -> bool:
    """Whether a sentence talks of something that occurs nowhere else: not in the other turns, not in the scenario.

    Without a scenario (`grounded` false) few words are known, so whatever has the form of service talk is kept.
    """
    if said.heard.topics or not {found.act for found in said.heard.acts} <= IDLE:
        return False
    if said.shows(*SERVING) or (not grounded and said.shows(*EXPLORING)):
        return False
    anchors = said.content - unanchored(said.text)
    known = anchors & (elsewhere | at_home(said.text))
    english = grounded and lexicon_language(said.text) == "en"
    return bool(anchors) and len(known) <= (STRAY * len(anchors) if english else 0)


def content(text: str) -> frozenset[str]:
    """The words of a text that carry meaning: stems in English, pairs of characters in Chinese."""
    return _content(text)


@lru_cache(maxsize=512)
def _content(text: str) -> frozenset[str]:
    plain = normalize(text).text
    if lexicon_language(text) == "zh-Hans":
        return _pairs(plain)
    return frozenset(stem(word.group()) for word in WORD.finditer(plain)) - _function_stems()


def _pairs(text: str) -> frozenset[str]:
    times = frozenset(_CLOCK.findall(text))
    for word in lexicon("zh-Hans").lines("function_words"):
        text = text.replace(word, "\n")
    return times | frozenset(pair for at in range(len(text) - 1) if (pair := text[at : at + 2]).isalnum())


@lru_cache(maxsize=1)
def _function_stems() -> frozenset[str]:
    function_words = (word for line in lexicon("en").lines("function_words") for word in line.split())
    return frozenset(stem(word) for word in function_words) - NUMBERS


def vocabulary(persona: Persona, language: str) -> frozenset[str]:
    """Content words of everything a scenario says in a language, its matches included; kept for the last few."""
    for known, tongue, words in _vocabularies:
        if known is persona and tongue == language:
            return words
    words = content("\n".join(_texts(persona, language)))
    _vocabularies.append((persona, language, words))
    del _vocabularies[:-4]
    return words


_vocabularies: list[tuple[Persona, str, frozenset[str]]] = []


def _texts(value: object, language: str) -> Iterator[str]:
    if isinstance(value, Text):
        yield value.in_language(language)
    elif isinstance(value, Match):
        lexical = "en" if language == "en" else "zh-Hans"
        yield from (term for group in value.groups(lexical) for term in group)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _texts(getattr(value, field.name), language)
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item, language)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item, language)


def _replies_to(aside: set[int], turns: Sequence[Turn]) -> Iterator[int]:
    """The customer's answers to exchanges that were set aside."""
    for turn, following in pairwise(turns):
        if turn.n in aside and following.speaker == "persona":
            yield following.n


def _needed(case: Case) -> set[int]:
    """Customer turns that carry something of the case itself, whatever they answer."""
    voiced = {need.turn for need in case.needs if need.turn is not None}
    return voiced | {turn for turn in (case.trap_turn, case.expectation_turn) if turn is not None}
