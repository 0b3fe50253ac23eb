"""The practice plan: the one that ships, and one of a trainer's own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from simulator.errors import PackError
from simulator.packs.find import PackShelf, default_folders
from simulator.packs.shape import KEYWORDS
from simulator.progress.plan import FILE, find_plan, read_plan

TOP = Path(__file__).parents[2]
OWN = """
format: practice-plan/1
rubric: moments-of-truth
loops: {target: 3, scenarios: 2}
mastery: {passes: 2, level: 3}
gap_days: [0, 2]
drills:
  - {scenario: s-one, kind: stage, focus: [E1], text: Ask first.}
"""


def test_the_shipped_plan_has_twenty_drills_and_counts_twenty_one_loops() -> None:
    plan = find_plan(())

    assert (len(plan.drills), plan.target, plan.scenarios, plan.passes) == (20, 21, 6, 3)
    assert [drill.number for drill in plan.drills] == list(range(1, 21))
    for drill in plan.drills:
        assert all(drill.text.in_language(tag) for tag in ("en", "zh-Hans"))


def test_the_shipped_plan_minds_only_criteria_that_the_rubric_has() -> None:
    shelf = PackShelf(default_folders((), TOP, TOP))
    known = {criterion.id for criterion in shelf.rubric("moments-of-truth").value.criteria}

    assert {name for drill in find_plan(()).drills for name in drill.focus} <= known


def rules(schema: Any) -> Iterator[dict[str, Any]]:
    """Every rule inside a schema."""
    if isinstance(schema, dict):
        yield schema
        for part in schema.values():
            yield from rules(part)


def test_the_schema_is_one_and_is_written_in_the_keywords_that_packs_know() -> None:
    schema = json.loads(
        resources.files("simulator.progress").joinpath("schema", "practice-plan-1.json").read_text("utf-8")
    )
    Draft7Validator.check_schema(schema)

    words = set(re.findall(r'"([a-zA-Z$]+)": ', json.dumps(schema)))
    named = {name for rule in rules(schema) for name in (*rule.get("properties", ()), *rule.get("definitions", ()))}
    assert words - named <= KEYWORDS


def test_a_trainers_own_plan_is_found_where_packs_are_given(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(OWN, encoding="utf-8")

    plan = find_plan(default_folders([tmp_path], TOP, TOP))

    assert (plan.target, plan.gap_days, plan.drills[0].focus) == (3, (0, 2), ("E1",))
    assert [plan.gap(n) for n in range(4)] == [0, 2, 2, 2]


@pytest.mark.parametrize(
    ("taken_out", "told"),
    [
        ("kind: stage, ", "plan.yaml:8:5: P015 drills[0]: key 'kind' is missing"),
        ("focus: [E1], ", "plan.yaml:8:5: P015 drills[0]: key 'focus' is missing"),
        ("gap_days: [0, 2]\n", "plan.yaml:2:1: P015: key 'gap_days' is missing"),
    ],
)
def test_a_plan_that_cannot_be_used_says_where(taken_out: str, told: str) -> None:
    with pytest.raises(PackError) as refused:
        read_plan(OWN.replace(taken_out, "").encode(), "plan.yaml")
    assert str(refused.value) == told


def test_a_plan_of_another_format_is_refused() -> None:
    with pytest.raises(PackError, match="practice-plan/1"):
        read_plan(OWN.replace("practice-plan/1", "practice-plan/2").encode(), "plan.yaml")
