from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from simulator.domain.rubric import Observation, Rule
from simulator.domain.scorecard import Fact, Quote, Verdict
from simulator.domain.text import Text
from simulator.domain.transcript import Transcript, Turn
from simulator.errors import EndpointError
from simulator.grading.levels import compile_rule
from simulator.grading.observations import MalformedReply, StageRequest, ask, decided, matched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.domain.rubric import QuoteFrom
    from simulator.grading.case import Case

TALK = Transcript((Turn(1, "persona", "It broke."), Turn(2, "learner", "What happened then?")), language="en")
CASE = cast("Case", SimpleNamespace(transcript=TALK, hearings={}))


def observation(name: str, quote: QuoteFrom = "learner", **rules: Rule) -> Observation:
    return Observation(name, Text({"": name}), "judge", quote, **rules)  # type: ignore[arg-type]  # rules are when, offline


def yes(name: str, words: str = "What happened then?", turn: int = 2) -> Verdict:
    return Verdict(name, "met", (Quote(turn, words),), "fake")


@dataclass
class ScriptedJudge:
    """Answers with what it was given, request by request, and raises when it runs dry."""

    replies: list[Sequence[Verdict] | Exception]
    asked: list[StageRequest] = field(default_factory=list)
    name: str = "fake"
    proves: bool = True

    async def answer(self, request: StageRequest) -> Sequence[Verdict]:
        self.asked.append(request)
        reply = self.replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply


def request(*observations: Observation) -> StageRequest:
    return StageRequest("explore", observations, CASE, {}, "en")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([yes("a")], "missing b"),
        ([yes("a"), yes("b"), yes("b")], "doubled b"),
        ([yes("a"), yes("b"), yes("z")], "unknown z"),
        ([], "missing a, b"),
    ],
)
def test_verdicts_answer_each_observation_exactly_once(given: list[Verdict], said: str) -> None:
    with pytest.raises(MalformedReply, match=said):
        matched(given, [observation("a"), observation("b")])


def test_verdicts_may_come_in_any_order() -> None:
    assert list(matched([yes("b"), yes("a")], [observation("a"), observation("b")])) == ["a", "b"]


async def test_a_yes_whose_quote_is_not_found_is_asked_for_once_more() -> None:
    judge = ScriptedJudge([[yes("a", "What happened?"), yes("b")], [yes("a")]])
    answers = await ask(judge, request(observation("a"), observation("b")))
    assert [o.id for o in judge.asked[1].observations] == ["a"]
    assert judge.asked[1].refused == {"a": "turn 2 does not hold these words: 'What happened?'"}
    assert answers.verdicts["a"].outcome == "met"


@pytest.mark.parametrize(
    "again", [yes("a", "Something else"), Verdict("a", "met", (), "fake"), yes("a", "It broke.", turn=1)]
)
async def test_a_yes_that_stays_unproven_is_undecided_never_yes(again: Verdict) -> None:
    judge = ScriptedJudge([[again], [again]])
    answers = await ask(judge, request(observation("a")))
    assert answers.verdicts["a"].outcome == "undecided"
    assert answers.verdicts["a"].quotes == ()
    assert answers.verdicts["a"].reason


async def test_an_absence_needs_no_quote_and_keeps_none() -> None:
    answers = await ask(ScriptedJudge([[yes("a", "made up")]]), request(observation("a", "none")))
    assert answers.verdicts["a"].outcome == "met"
    assert answers.verdicts["a"].quotes == ()


@pytest.mark.parametrize("failure", [EndpointError("429"), MalformedReply("not JSON"), [yes("z")]])
async def test_a_judge_that_fails_gives_no_verdicts_and_says_why(failure: Exception | list[Verdict]) -> None:
    answers = await ask(ScriptedJudge([failure]), request(observation("a")))
    assert answers.verdicts == {}
    assert answers.failure.startswith("fake: ")


async def test_nothing_is_asked_where_there_is_nothing_to_answer() -> None:
    judge = ScriptedJudge([])
    assert (await ask(judge, request())).verdicts == {}
    assert judge.asked == []


FACTS = {
    "asked": Fact(value=True, quotes=(Quote(2, "What happened then?"),)),
    "told": Fact(None),
    "n": Fact(2, (Quote(2, "What"),)),
}
TYPES: dict[str, type] = {"asked": bool, "told": bool, "n": float}


@pytest.mark.parametrize(
    ("source", "outcome"),
    [("asked and n >= 2", "met"), ("n > 2", "not_met"), ("asked and told", "undecided"), ("told and n > 2", "not_met")],
)
def test_a_rule_over_facts_answers_and_leaves_open_what_is_unknown(source: str, outcome: str) -> None:
    verdict = decided(observation("a"), compile_rule(Rule(source), TYPES), FACTS, CASE, "offline")
    assert verdict.outcome == outcome
    assert bool(verdict.quotes) == (outcome == "met")
    assert (verdict.reason == "unknown: told") == (outcome == "undecided")


def test_without_a_rule_an_observation_is_undecided() -> None:
    assert decided(observation("a"), None, FACTS, CASE, "offline").outcome == "undecided"


def test_a_fact_about_the_customer_proves_nothing_of_the_learner() -> None:
    facts = {**FACTS, "told": Fact(value=True, quotes=(Quote(1, "It broke."),))}
    rule = compile_rule(Rule("asked and told"), TYPES)
    assert [q.turn for q in decided(observation("a"), rule, facts, CASE, "offline").quotes] == [2]
    assert [q.turn for q in decided(observation("a", "either"), rule, facts, CASE, "offline").quotes] == [1, 2]


def test_an_absence_is_answered_without_a_quote() -> None:
    verdict = decided(observation("a", "none"), compile_rule(Rule("asked"), TYPES), FACTS, CASE, "offline")
    assert (verdict.outcome, verdict.quotes) == ("met", ())
