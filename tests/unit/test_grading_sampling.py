from __future__ import annotations

import pytest

from simulator.domain.rubric import Observation
from simulator.domain.scorecard import Quote, Verdict
from simulator.domain.text import Text
from simulator.errors import EndpointError
from simulator.grading.observations import MalformedReply, StageRequest, ask
from simulator.grading.sampling import Majority
from tests.grading_talks import case_of, talk

WORDS = "What happened then?"
SEEN = Observation("a", Text({"": "a"}), "judge", "learner")
ABSENT = Observation("b", Text({"": "b"}), "judge", "none")

ANSWERS = {
    "y": Verdict("a", "met", (Quote(2, WORDS),), "model"),
    "n": Verdict("a", "not_met", judge="model"),
    "?": Verdict("a", "undecided", judge="model"),
    "made up": Verdict("a", "met", (Quote(2, "never said"),), "model"),
}


class Sample:
    """One sample: a fixed answer to `a`, or a failure."""

    name = "model"
    proves = True

    def __init__(self, answer: str | Exception) -> None:
        self.answer_given = answer
        self.asked = 0

    async def answer(self, request: StageRequest) -> list[Verdict]:
        self.asked += 1
        if isinstance(self.answer_given, Exception):
            raise self.answer_given
        absent = Verdict("b", "met", judge="model")
        return [absent if o.id == "b" else ANSWERS[self.answer_given] for o in request.observations]


async def request(*observations: Observation) -> StageRequest:
    case = await case_of(talk("It broke.", WORDS, "It fell.", "I see."))
    return StageRequest("explore", observations or (SEEN,), case, {}, "en")


@pytest.mark.parametrize(
    ("samples", "outcome", "agreement"),
    [
        ("yyn", "met", 2 / 3),
        ("nny", "not_met", 2 / 3),
        ("nnn", "not_met", 1),
        ("yn", "undecided", 1 / 2),
        ("yynn", "undecided", 1 / 2),
        ("yyyn", "met", 3 / 4),
        ("yn?", "undecided", 1 / 3),
        ("yy??n", "undecided", 2 / 5),
        ("??y", "undecided", 2 / 3),
    ],
)
async def test_most_samples_decide_and_a_tie_decides_nothing(samples: str, outcome: str, agreement: float) -> None:
    [verdict] = await Majority([Sample(one) for one in samples]).answer(await request())
    assert verdict.outcome == outcome
    assert verdict.agreement == pytest.approx(agreement)
    assert bool(verdict.quotes) == (outcome == "met")
    assert bool(verdict.reason) == (outcome == "undecided" and agreement <= 0.5)


async def test_a_yes_that_quotes_nothing_that_was_said_is_no_vote() -> None:
    liars = [Sample("made up"), Sample("made up"), Sample("y")]
    [verdict] = await Majority(liars).answer(await request())
    assert (verdict.outcome, verdict.quotes) == ("undecided", ())
    assert [one.asked for one in liars] == [2, 2, 1], "each is asked once more for its quote"


async def test_quotes_of_the_agreeing_come_once_each() -> None:
    [verdict] = await Majority([Sample("y"), Sample("n"), Sample("y")]).answer(await request())
    assert verdict.quotes == (Quote(2, WORDS),)


async def test_a_sample_that_fails_votes_for_nothing() -> None:
    broken = EndpointError("busy")
    [verdict] = await Majority([Sample("y"), Sample(broken), Sample("y")]).answer(await request())
    assert (verdict.outcome, verdict.agreement) == ("met", pytest.approx(2 / 3))
    [verdict] = await Majority([Sample("y"), Sample(broken)]).answer(await request())
    assert (verdict.outcome, verdict.agreement) == ("undecided", 0.5)


@pytest.mark.parametrize("failure", [EndpointError("busy"), MalformedReply("missing a")])
async def test_where_every_sample_fails_there_is_no_answer_and_a_reason(failure: Exception) -> None:
    answers = await ask(Majority([Sample(failure), Sample(failure)]), await request())
    assert answers.verdicts == {}
    assert str(failure) in answers.failure


async def test_an_absence_is_voted_on_without_quotes() -> None:
    answers = await ask(Majority([Sample("y"), Sample("n"), Sample("y")]), await request(SEEN, ABSENT))
    assert [answers.verdicts[name].outcome for name in ("a", "b")] == ["met", "met"]
    assert answers.verdicts["b"].agreement == 1
