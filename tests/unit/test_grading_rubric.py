"""The shipped rubric: its rules compile, its levels can be reached, and it says what the design asks of it."""

from __future__ import annotations

import json
from importlib.resources import files
from itertools import product

import jsonschema
import pytest

from simulator.grading.facts import FACTS
from simulator.grading.levels import reachable_level
from simulator.grading.rules import compiled
from simulator.grading.scorecard_json import to_json
from tests.grading_talks import BADLY_LED, TICKET, WELL_LED, graded, shipped_rubric

CRITERIA = {criterion.id: criterion for criterion in shipped_rubric().criteria}


def level(criterion: str, *met: str) -> int:
    """The level of a criterion with exactly these observations met."""
    rules = compiled(shipped_rubric()).levels[criterion]
    observations = {o.id: o.id in met for o in CRITERIA[criterion].observations}
    assert set(met) <= set(observations)
    found = reachable_level(rules, observations, [], {})
    assert found.low == found.high
    return found.low


def test_the_weights_of_seventeen_criteria_add_up_to_a_hundred() -> None:
    assert len(CRITERIA) == 17
    assert sum(criterion.weight for criterion in CRITERIA.values()) == 100


@pytest.mark.parametrize("name", [name for name, criterion in CRITERIA.items() if criterion.observations])
def test_every_level_can_be_reached_by_some_observations(name: str) -> None:
    ids = [observation.id for observation in CRITERIA[name].observations]
    rules = compiled(shipped_rubric()).levels[name]
    reached = {
        reachable_level(rules, dict(zip(ids, values, strict=True)), [], {}).low
        for values in product((True, False), repeat=len(ids))
    }
    assert reached == {1, 2, 3, 4, 5}


def test_a_met_fault_never_raises_a_level_and_a_met_virtue_never_lowers_one() -> None:
    for name, criterion in CRITERIA.items():
        for observation in criterion.observations:
            others = [o.id for o in criterion.observations if o is not observation and not o.fault]
            without, with_it = level(name, *others), level(name, *others, observation.id)
            assert with_it <= without if observation.fault else with_it >= without, observation.id


def test_help_without_a_word_of_acceptance_stays_cold() -> None:
    assert level("X2", "x2c2", "x2d") == 2
    assert level("X2", "x2c1", "x2d") == 3


def test_whoever_argues_and_never_takes_it_back_does_not_reach_the_top_of_acting() -> None:
    done = ("a1a", "a1b", "a1c", "a1d")
    assert level("A1", *done) == 5
    assert level("A1", *done, "a1o") == 3


@pytest.mark.parametrize("fault", ["x1n1", "x1n2", "x1n3", "x1n4"])
def test_each_listening_fault_alone_holds_listening_down(fault: str) -> None:
    assert level("X1", "x1a", "x1b", "x1c", "x1d", fault) == 2


@pytest.mark.parametrize("missing", ["e2e1", "e2e2", "e2e3"])
def test_each_part_of_good_questions_is_needed_for_the_upper_levels(missing: str) -> None:
    parts = {"e2q", "e2a", "e2b", "e2c", "e2d", "e2e1", "e2e2", "e2e3"}
    assert level("E2", *parts) == 5
    assert level("E2", *(parts - {missing})) == 3


def test_every_text_is_there_in_both_languages_and_every_level_has_its_anchor() -> None:
    for criterion in CRITERIA.values():
        texts = (criterion.name, criterion.what, criterion.next_time, *criterion.anchors.values(), *criterion.mistakes)
        for text in (*texts, *(observation.text for observation in criterion.observations)):
            assert text.in_language("en")
            assert text.in_language("zh-Hant")
        assert set(criterion.anchors) == {1, 2, 3, 4, 5}


def test_every_fact_of_the_rubric_is_counted() -> None:
    rules = compiled(shipped_rubric())
    observations = {observation.id for observation in shipped_rubric().observations}
    expressions = [*rules.applies.values(), *rules.when.values(), *rules.offline.values(), *rules.caps.values()]
    named = {name for expression in expressions for name in expression.names}
    assert named - observations <= set(FACTS)


async def test_a_scorecard_is_json_by_its_schema() -> None:
    schema = json.loads(files("simulator.grading").joinpath("schema", "scorecard-1.json").read_text("utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    for transcript, persona in ((WELL_LED, TICKET), (BADLY_LED, TICKET), (WELL_LED, None)):
        card = json.loads(json.dumps(to_json(await graded(transcript, persona)), allow_nan=False))
        jsonschema.validate(card, schema)
        assert card["format"] == "scorecard/1"
        assert len(card["criteria"]) == 17
