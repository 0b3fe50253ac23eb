"""Answers to observations: asked one stage at a time, matched strictly, each yes held to its quote."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from simulator.domain.scorecard import Verdict
from simulator.errors import EndpointError
from simulator.grading.evidence import verify
from simulator.grading.kleene import Bounds
from simulator.wording import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.domain.rubric import Observation
    from simulator.domain.scorecard import Fact, Quote
    from simulator.domain.text import Text
    from simulator.grading.case import Case
    from simulator.grading.kleene import Value
    from simulator.grading.levels import Expression

LONGEST_QUOTE_LIST = 3
"""Quotes kept for one answer: the reader needs proof, not a concordance."""

LONGEST_SHOWN = 200
"""Characters of a quote that was not found which are told to whoever asks why."""


@dataclass(frozen=True, slots=True)
class StageRequest:
    """Everything a judge may know of one stage: its judged observations, the case, and what code counted.

    `about` says by id what the criterion of an observation is about: its own words may lean on that. `refused` is set
    when these observations are asked a second time: by id, what was wrong with the quote of a yes, in words for the
    judge.
    """

    stage: str
    observations: tuple[Observation, ...]
    case: Case
    facts: Mapping[str, Fact]
    language: str
    about: Mapping[str, Text] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)


class Judge(Protocol):
    """Answers yes or no to observations, with quotes. It never picks a level and never adds up.

    `proves`: a yes of this judge counts only with its words. A person who has read the whole is believed without.
    """

    @property
    def name(self) -> str:
        """Who answers; a model's name may be known only once it has answered."""
        ...

    @property
    def proves(self) -> bool:
        """See above."""
        ...

    async def answer(self, request: StageRequest) -> Sequence[Verdict]:
        """One verdict for each observation of the request. Raises EndpointError or MalformedReply."""
        ...


class MalformedReply(Exception):
    """A judge's reply that does not answer each observation exactly once."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The verdicts of one stage by observation id, or why there are none."""

    verdicts: Mapping[str, Verdict]
    failure: str = ""


def matched(verdicts: Sequence[Verdict], observations: Sequence[Observation]) -> dict[str, Verdict]:
    """The verdicts by id, in the observations' order. Raises MalformedReply for missing, doubled or unknown ids."""
    given = [verdict.id for verdict in verdicts]
    wanted = [observation.id for observation in observations]
    faults = [
        f"{what} {', '.join(sorted(ids))}"
        for what, ids in (
            ("missing", set(wanted) - set(given)),
            ("unknown", set(given) - set(wanted)),
            ("doubled", {one for one in given if given.count(one) > 1}),
        )
        if ids
    ]
    if faults:
        raise MalformedReply("; ".join(faults))
    by_id = {verdict.id: verdict for verdict in verdicts}
    return {one: by_id[one] for one in wanted}


async def ask(judge: Judge, request: StageRequest) -> Answers:
    """Ask a stage. A judge that fails gives no verdicts, and why."""
    if not request.observations:
        return Answers({})
    try:
        return Answers(await proven(judge, request))
    except (MalformedReply, EndpointError) as error:
        if isinstance(error, MalformedReply):
            return Answers({}, say("{judge}: malformed reply: {reason}", judge=judge.name, reason=error))
        return Answers({}, say("{judge}: no answer: {reason}", judge=judge.name, reason=error))


async def proven(judge: Judge, request: StageRequest) -> dict[str, Verdict]:
    """The verdicts by id. Each yes whose quote is not found is asked for once more, after which it is undecided.

    Raises EndpointError or MalformedReply.
    """
    found = matched(await judge.answer(request), request.observations)
    if not judge.proves:
        return found
    held = {o.id: held_to_quote(found[o.id], o, request.case) for o in request.observations}
    doubtful = tuple(o for o in request.observations if found[o.id].outcome != held[o.id].outcome)
    if doubtful:
        refused = {o.id: held[o.id].reason for o in doubtful}
        again = matched(await judge.answer(replace(request, observations=doubtful, refused=refused)), doubtful)
        held |= {o.id: held_to_quote(again[o.id], o, request.case) for o in doubtful}
    return held


def held_to_quote(verdict: Verdict, observation: Observation, case: Case) -> Verdict:
    """The verdict, undecided if its quotes prove nothing. An absence carries no quote."""
    if observation.quote == "none" or verdict.outcome != "met":
        return replace(verdict, quotes=()) if verdict.quotes else verdict
    if reason := _unproven(verdict, observation, case):
        return replace(verdict, outcome="undecided", quotes=(), reason=reason)
    return verdict


def _unproven(verdict: Verdict, observation: Observation, case: Case) -> str:
    """Why a yes is not proven by its quotes, or an empty string."""
    if not verdict.quotes:
        return "a yes needs a quote"
    for quote in verdict.quotes:
        if reason := verify(quote, case.transcript, observation.quote, case.hearings):
            return f"{reason}: {quote.text[:LONGEST_SHOWN]!r}"
    return ""


def decided(
    observation: Observation, expression: Expression | None, facts: Mapping[str, Fact], case: Case, judge: str
) -> Verdict:
    """The answer that a rule over facts gives, with the quotes of the facts it rests on.

    Without a rule, and where an unknown fact leaves it open, the observation is undecided and says why.
    """
    if expression is None:
        return Verdict(observation.id, "undecided", judge=judge, reason="cannot be answered without a reader")
    values = {name: value_of(facts[name]) for name in expression.names}
    truth = expression.evaluate(values)
    if truth is False:
        lacks = (facts[name].lacks for name in sorted(expression.names))
        return Verdict(observation.id, "not_met", judge=judge, reason=next(filter(None, lacks), ""))
    names = expression.grounds(values)
    if truth is None:
        unknown = ", ".join(sorted(name for name in names if facts[name].value is None))
        return Verdict(observation.id, "undecided", judge=judge, reason=f"unknown: {unknown}")
    return Verdict(observation.id, "met", proof(names, observation, facts, case), judge)


def value_of(fact: Fact) -> Value:
    """What a rule reads of a fact."""
    return Bounds(*fact.bounds) if fact.value is None and fact.bounds else fact.value


def proof(names: frozenset[str], observation: Observation, facts: Mapping[str, Fact], case: Case) -> tuple[Quote, ...]:
    """The words behind a yes, first turns first; only the learner's where only theirs prove it, none for an absence."""
    if observation.quote == "none":
        return ()
    quotes = dict.fromkeys(quote for name in sorted(names) for quote in facts[name].quotes)
    if observation.quote == "learner":
        quotes = {quote: None for quote in quotes if case.transcript.turn(quote.turn).speaker == "learner"}
    return tuple(sorted(quotes, key=lambda quote: quote.turn))[:LONGEST_QUOTE_LIST]
