"""A rubric file's plain values as domain values; rules stay text, with the place of their first character."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator.domain.rubric import (
    Band,
    Cap,
    CardItem,
    Criterion,
    LevelRule,
    Observation,
    PassRule,
    Rubric,
    Rule,
    Stage,
)
from simulator.packs.locate import Path, Positions
from simulator.packs.personas import text

Values = Mapping[str, Any]


def build_rubric(value: Values, positions: Positions) -> Rubric:
    """The rubric that a well-shaped file describes."""
    build = _Builder(positions)
    return Rubric(
        id=value["id"],
        version=value["version"],
        title=text(value["title"]),
        languages=tuple(dict.fromkeys(value["languages"])),
        stages=tuple(build.stage(stage, ("stages", at)) for at, stage in enumerate(value["stages"])),
        cap_observations=build.observations(value["cap_observations"], ("cap_observations",)),
        caps=tuple(build.cap(cap, ("caps", at)) for at, cap in enumerate(value["caps"])),
        bands=tuple(Band(band["id"], float(band["min"]), text(band["name"])) for band in value["bands"]),
        pass_rule=PassRule(float(value["pass"]["total"]), float(value["pass"]["stage_floor"])),
        card=tuple(
            CardItem(item["id"], text(item["name"]), tuple(item.get("lowest_of", ())), item.get("less_if"))
            for item in value["card"]
        ),
    )


@dataclass(frozen=True, slots=True)
class _Builder:
    positions: Positions

    def stage(self, value: Values, path: Path) -> Stage:
        criteria = (
            self.criterion(criterion, value["id"], (*path, "criteria", at))
            for at, criterion in enumerate(value["criteria"])
        )
        return Stage(value["id"], text(value["name"]), tuple(criteria))

    def criterion(self, value: Values, stage: str, path: Path) -> Criterion:
        levels = value["levels"]
        return Criterion(
            id=value["id"],
            stage=stage,
            weight=float(value["weight"]),
            name=text(value["name"]),
            what=text(value["what"]),
            observations=self.observations(value["observations"], (*path, "observations")),
            levels=tuple(
                LevelRule(int(level["level"]), self.rule(level["when"], (*path, "levels", at, "when")))
                for at, level in enumerate(levels)
            ),
            anchors={int(level["level"]): text(level["anchor"]) for level in levels},
            next_time=text(value["next_time"]),
            mistakes=tuple(map(text, value.get("mistakes", ()))),
            applies=self.optional_rule(value, (*path, "applies")),
            ground_truth=value.get("ground_truth", False),
            better=value.get("better"),
        )

    def observations(self, values: list[Values], path: Path) -> tuple[Observation, ...]:
        return tuple(
            Observation(
                id=value["id"],
                text=text(value["text"]),
                by=value["by"],
                quote=value["quote"],
                fault=value.get("fault", False),
                when=self.optional_rule(value, (*path, at, "when")),
                offline=self.optional_rule(value, (*path, at, "offline")),
            )
            for at, value in enumerate(values)
        )

    def cap(self, value: Values, path: Path) -> Cap:
        return Cap(
            id=value["id"],
            text=text(value["text"]),
            when=self.rule(value["when"], (*path, "when")),
            set_level={criterion: int(level) for criterion, level in value.get("set", {}).items()},
            max_level={criterion: int(level) for criterion, level in value.get("max_level", {}).items()},
            total_max=float(value["total_max"]) if "total_max" in value else None,
            fail=value.get("fail", False),
            ground_truth=value.get("ground_truth", False),
        )

    def optional_rule(self, owner: Values, path: Path) -> Rule | None:
        source = owner.get(str(path[-1]))
        return None if source is None else self.rule(source, path)

    def rule(self, source: str, path: Path) -> Rule:
        place = self.positions.inside(path, source)
        return Rule(source, place.line, place.column)
