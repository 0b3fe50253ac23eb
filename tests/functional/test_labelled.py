"""The offline grade held against what a reader found in the same transcripts (tests/labelled)."""

from __future__ import annotations

import asyncio
import json
import statistics
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from simulator.domain.scorecard import Scorecard
from simulator.exchange.read import read_transcript
from simulator.grading.case import outside
from simulator.grading.grader import grade
from simulator.offline.judge import OfflineJudge
from simulator.offline.listener import OfflineListener
from simulator.packs.load import load_persona, load_rubric

TOP = Path(__file__).parents[2]
RANK = {"poor": 0, "mixed": 1, "excellent": 2}


@pytest.fixture(scope="module")
def graded() -> dict[str, tuple[Scorecard, dict[str, Any]]]:
    """Every labelled transcript whose persona is shipped, with its labels."""
    path = TOP / "rubrics" / "moments-of-truth.yaml"
    rubric = load_rubric(path.read_bytes(), path.name).value
    found = {}
    for file in sorted((TOP / "tests" / "labelled").glob("*.yaml")):
        transcript = read_transcript(file)
        pack = TOP / "personas" / f"{transcript.persona}.yaml"
        if pack.exists():
            persona = load_persona(pack.read_bytes(), pack.name).value
            case = asyncio.run(outside(transcript, persona, OfflineListener()))
            card = asyncio.run(grade(case, rubric, OfflineJudge(rubric), transcript.language))
            found[file.stem] = (card, json.loads(file.with_suffix(".labels.json").read_bytes()))
    return found


def total(card: Scorecard) -> float:
    assert card.total is not None
    return card.total


def test_the_totals_are_within_ten_points_on_average(graded: dict[str, tuple[Scorecard, dict[str, Any]]]) -> None:
    assert len(graded) >= 8
    assert statistics.mean(abs(total(card) - labels["total"]) for card, labels in graded.values()) <= 10


def test_four_levels_in_five_are_within_one(graded: dict[str, tuple[Scorecard, dict[str, Any]]]) -> None:
    near = [
        score.level is not None and abs(score.level - labels["levels"][score.id]) <= 1
        for card, labels in graded.values()
        for score in card.criteria
        if score.status != "not_applicable"
    ]
    assert statistics.mean(near) >= 0.8


def test_better_talks_come_out_above_worse_ones(graded: dict[str, tuple[Scorecard, dict[str, Any]]]) -> None:
    for (one, labels), (other, others) in combinations(graded.values(), 2):
        if labels["quality"] != others["quality"]:
            better = RANK[labels["quality"]] > RANK[others["quality"]]
            assert (total(one) > total(other)) is better


def test_needs_are_read_off_the_words_and_marked_so(graded: dict[str, tuple[Scorecard, dict[str, Any]]]) -> None:
    for name, (card, labels) in graded.items():
        assert all(need.reconstructed for need in card.needs)
        voiced = {need.id: need.turn for need in card.needs if need.turn is not None}
        assert voiced == labels["unlocked"], name
