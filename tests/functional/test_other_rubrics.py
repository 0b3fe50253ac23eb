"""The small rubrics beside the main one: whole, separate, and telling a good talk from a poor one in both languages."""

from __future__ import annotations

import asyncio
import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from simulator.domain.scorecard import Scorecard
from simulator.exchange.read import read_transcript
from simulator.grading.case import outside
from simulator.grading.grader import grade
from simulator.offline.judge import OfflineJudge
from simulator.offline.listener import OfflineListener
from simulator.packs.load import load_persona, load_rubric
from simulator.trainer.lint import lint

if TYPE_CHECKING:
    from simulator.domain.persona import Persona
    from simulator.domain.rubric import Rubric
    from tests.functional.conftest import Run

TOP = Path(__file__).parents[2]
TALKS = TOP / "tests" / "talks"
OTHERS = ("help-desk", "listening")
GAP = 40
"""Points of 100 that a good talk is above a poor one of the same scenario; 55 and more were measured."""


@lru_cache
def rubric_of(name: str) -> Rubric:
    path = TOP / "rubrics" / f"{name}.yaml"
    return load_rubric(path.read_bytes(), path.name).value


def persona_of(name: str | None) -> Persona | None:
    path = TOP / "personas" / f"{name}.yaml"
    return load_persona(path.read_bytes(), path.name).value if name else None


@lru_cache
def card_of(file: Path, rubric: str) -> Scorecard:
    transcript, judged_by = read_transcript(file), rubric_of(rubric)
    case = asyncio.run(outside(transcript, persona_of(transcript.persona), OfflineListener()))
    language = "en" if transcript.language == "en" else "zh-Hans"
    return asyncio.run(grade(case, judged_by, OfflineJudge(judged_by), language))


def total(file: Path, rubric: str) -> float:
    found = card_of(file, rubric).total
    assert found is not None
    return found


@pytest.mark.parametrize("name", OTHERS)
def test_nothing_is_to_mend_in_them(name: str) -> None:
    path = TOP / "rubrics" / f"{name}.yaml"
    assert lint(path.read_bytes(), path.name) == ()


@pytest.mark.parametrize("name", OTHERS)
def test_they_share_no_criterion_with_the_main_one_so_that_levels_never_mix(name: str) -> None:
    main_ones = {criterion.id for criterion in rubric_of("moments-of-truth").criteria}
    assert main_ones.isdisjoint(criterion.id for criterion in rubric_of(name).criteria)


@pytest.mark.parametrize("rubric", OTHERS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_well_led_talk_is_far_above_a_badly_led_one(rubric: str, language: str) -> None:
    good, poor = total(TALKS / f"well-led-{language}.yaml", rubric), total(TALKS / f"badly-led-{language}.yaml", rubric)
    assert good - poor >= GAP


@pytest.mark.parametrize("rubric", OTHERS)
@pytest.mark.parametrize(
    ("excellent", "poor"),
    [("s02-excellent-en", "s02-poor-en"), ("s01-excellent-zh", "s01-poor-zh"), ("s07-excellent-en", "s08-poor-en")],
)
def test_what_a_reader_called_excellent_is_far_above_what_they_called_poor(
    rubric: str, excellent: str, poor: str
) -> None:
    folder = TOP / "tests" / "labelled"
    assert total(folder / f"{excellent}.yaml", rubric) - total(folder / f"{poor}.yaml", rubric) >= GAP


@pytest.mark.parametrize("language", ["en", "zh"])
def test_hearing_somebody_out_is_excellent_listening_and_talking_them_over_is_not(language: str) -> None:
    assert card_of(TALKS / f"heard-out-{language}.yaml", "listening").band == "excellent"
    assert total(TALKS / f"talked-over-{language}.yaml", "listening") <= 20


@pytest.mark.parametrize("language", ["en", "zh"])
def test_to_be_heard_out_solves_no_case(language: str) -> None:
    assert not card_of(TALKS / f"heard-out-{language}.yaml", "help-desk").passed


@pytest.mark.parametrize("rubric", OTHERS)
def test_without_a_persona_every_criterion_still_gets_a_level(rubric: str) -> None:
    card = card_of(TALKS / "heard-out-en.yaml", rubric)
    assert [score.id for score in card.criteria if score.level is None] == []


@pytest.mark.parametrize("rubric", OTHERS)
def test_a_practice_goes_by_the_rubric_asked_for_and_is_kept_apart_from_others(
    rubric: str, mot: Run, tmp_path: Path
) -> None:
    script = tmp_path / "lines.txt"
    script.write_text("What is waiting for you when you land?\nSo you have to be there at two.\n", "utf-8")
    practising = ("practice", "s02-forgotten-ticket", "--offline", "--language", "en", "--script", script)
    for name in ("moments-of-truth", rubric):
        assert mot(*practising, "--learner", "ana", "--rubric", name)[0] == 0
    course = json.loads(mot("progress", "--learner", "ana", "--format", "json")[1])
    assert [series["provenance"]["rubric"] for series in course["series"]] == [rubric, "moments-of-truth"]
    assert [len(series["points"]) for series in course["series"]] == [1, 1]
