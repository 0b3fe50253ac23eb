"""What may stand in a transcript without earning or costing anything, and how far it may move a grade.

A flagged line moves nothing at all. For the rest the tolerances are what one look at the same conversation may differ
by: a level up or down on a criterion, and in points what a careful reader differs by from another (2.8 on these
transcripts).
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from simulator.domain.scorecard import Scorecard
from tests import robustness
from tests.robustness import Change, Moved, graded, moved

ONE_READER = 2.8
"""Points of the total by which a second blind reader of the labelled transcripts differs from the first."""

DOUBLED = 7.0
"""Points: a learner who says everything again repeats a script, which is a fault and no accident of counting."""


@pytest.fixture(scope="module")
def before() -> dict[str, Scorecard]:
    """The grades of the labelled transcripts as they are."""
    grades = {name: asyncio.run(graded(talk)) for name, talk in robustness.talks().items()}
    assert grades
    return grades


def moves(change: Change, before: dict[str, Scorecard]) -> Iterator[tuple[str, Moved]]:
    for name, talk in robustness.talks().items():
        for changed in change(talk):
            yield name, moved(before[name], asyncio.run(graded(changed)))


@pytest.mark.parametrize(
    "change",
    [
        robustness.appealing,
        robustness.faking_system_lines,
        robustness.spoofing_labels,
        robustness.attacked,
    ],
)
def test_a_flagged_line_moves_no_score_wherever_it_stands(change: Change, before: dict[str, Scorecard]) -> None:
    assert [(name, one) for name, one in moves(change, before) if one.total or one.levels] == []


def test_an_attack_that_rambles_moves_no_score_by_more_than_a_point(before: dict[str, Scorecard]) -> None:
    assert [(name, one) for name, one in moves(robustness.rambling, before) if abs(one.total) > 1] == []


def test_flagged_lines_are_reported_to_the_trainer() -> None:
    for name, talk in robustness.talks().items():
        (attacked,) = robustness.attacked(talk)
        added = len(attacked.turns) - len(talk.turns)
        assert 0 < added <= len(asyncio.run(graded(attacked)).flags), name


def test_the_order_of_the_rubric_moves_no_score(before: dict[str, Scorecard]) -> None:
    rubric = robustness.shipped_rubric()
    other = robustness.shuffled(rubric, seed=1)
    assert [criterion.id for criterion in other.criteria] != [criterion.id for criterion in rubric.criteria]
    for name, talk in robustness.talks().items():
        one = moved(before[name], asyncio.run(graded(talk, other)))
        assert (one.total, one.levels) == (0, {}), name


def test_polite_filler_moves_no_level_by_more_than_one(before: dict[str, Scorecard]) -> None:
    far = [
        (name, one) for name, one in moves(robustness.padded, before) if abs(one.total) > ONE_READER or one.steps > 1
    ]
    assert far == []


def test_a_paraphrase_moves_a_grade_as_little_as_another_reader_would(before: dict[str, Scorecard]) -> None:
    found = [(name, moved(before[name], asyncio.run(graded(talk)))) for name, talk in robustness.paraphrased()]
    assert len(found) >= 20
    assert [(name, one) for name, one in found if abs(one.total) > ONE_READER or one.steps > 2] == []


def test_what_is_said_twice_counts_once_but_for_the_repeating(before: dict[str, Scorecard]) -> None:
    for name, one in moves(robustness.doubled, before):
        assert abs(one.total) <= DOUBLED, name
        assert max((abs(a - b) for id_, (a, b) in one.levels.items() if id_ != "X1" and a and b), default=0) <= 1, name
