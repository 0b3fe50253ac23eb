"""The practice plan: drills in order, and when a criterion is mastered. One ships; a trainer may bring another."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from simulator.domain.text import Text
from simulator.errors import PackError
from simulator.packs.diagnostics import Fault, located
from simulator.packs.find import read_source
from simulator.packs.personas import text
from simulator.packs.shape import Schema, misshapen
from simulator.packs.tree import read_tree
from simulator.wording import say

FILE = "practice-plan.yaml"

Kind = Literal["stage", "loop", "repair"]


@dataclass(frozen=True, slots=True)
class Drill:
    """One exercise: a scenario and which criteria to mind in it; none: all of them.

    A `loop` goes from Explore to Confirm; `stage` and `repair` ask for the focus alone.
    """

    number: int
    scenario: str
    kind: Kind
    focus: tuple[str, ...]
    text: Text


@dataclass(frozen=True, slots=True)
class Plan:
    """A course by one rubric, whose criteria its drills name. Its milestone are `target` full loops on `scenarios`
    different scenarios.

    A pass reaches `level` in a criterion; `passes` of them in a row on different scenarios are mastery, and after the
    n-th of them the next one counts `gap_days[n]` days later (the last gap holds for all that follow).
    """

    rubric: str
    target: int
    scenarios: int
    passes: int
    level: int
    gap_days: tuple[int, ...]
    principles: tuple[Text, ...]
    drills: tuple[Drill, ...]

    def gap(self, passed: int) -> int:
        """Days before the next pass counts, after so many in a row."""
        return self.gap_days[min(passed, len(self.gap_days) - 1)]


def find_plan(folders: Iterable[Path]) -> Plan:
    """The plan in the first of these folders that has one, else the one that ships. Raises PackError with findings."""
    own = next((file for folder in folders if (file := folder / FILE).is_file()), None)
    if own:
        return read_plan(read_source(own), str(own))
    return read_plan(resources.files("simulator.progress").joinpath(FILE).read_bytes(), FILE)


def read_plan(source: bytes, name: str) -> Plan:
    """The plan in these bytes. `name` is the file's name as people see it. Raises PackError with its findings."""
    tree = read_tree(source)
    faults = tree.faults or tuple(misshapen(tree.value, _schema())) or tuple(_aimless(tree.value))
    if faults:
        findings = tuple(located(fault, name, tree.positions) for fault in faults)
        raise PackError(str(findings[0]), findings)
    return _built(tree.value)


def _aimless(value: dict[str, Any]) -> Iterator[Fault]:
    """Drills that are no loop and do not say what to mind: any try would pass them."""
    for at, drill in enumerate(value["drills"]):
        if drill["kind"] != "loop" and "focus" not in drill:
            yield Fault("P015", ("drills", at), say("key '{key}' is missing", key="focus"))


def _built(value: dict[str, Any]) -> Plan:
    return Plan(
        rubric=value["rubric"],
        target=value["loops"]["target"],
        scenarios=value["loops"]["scenarios"],
        passes=value["mastery"]["passes"],
        level=value["mastery"]["level"],
        gap_days=tuple(value["gap_days"]),
        principles=tuple(map(text, value.get("principles", ()))),
        drills=tuple(
            Drill(number, drill["scenario"], drill["kind"], tuple(drill.get("focus", ())), text(drill["text"]))
            for number, drill in enumerate(value["drills"], 1)
        ),
    )


def _schema() -> Schema:
    schema: Schema = json.loads(
        resources.files("simulator.progress").joinpath("schema", "practice-plan-1.json").read_text("utf-8")
    )
    return schema
