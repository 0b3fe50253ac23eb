"""All rules of a rubric, compiled together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.grading.facts import FACTS
from simulator.grading.levels import Expression, compile_levels, compile_rule
from simulator.language.per_pack import once_per_pack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.domain.rubric import Rubric


@dataclass(frozen=True, slots=True)
class CompiledRubric:
    """Rules by the id of what they decide: levels and `applies` by criterion, `when` and `offline` by observation."""

    levels: Mapping[str, tuple[tuple[int, Expression], ...]]
    applies: Mapping[str, Expression]
    when: Mapping[str, Expression]
    offline: Mapping[str, Expression]
    caps: Mapping[str, Expression]


def fact_types() -> dict[str, type]:
    """The type of every fact a rule may name."""
    return {name: kind.type for name, kind in FACTS.items()}


@once_per_pack
def compiled(rubric: Rubric) -> CompiledRubric:
    """The rubric's rules, ready to evaluate. Raises RuleError."""
    types = fact_types()
    asked: dict[str, type] = {observation.id: bool for observation in rubric.observations}
    return CompiledRubric(
        levels={criterion.id: compile_levels(criterion, types) for criterion in rubric.criteria},
        applies={c.id: compile_rule(c.applies, types) for c in rubric.criteria if c.applies},
        when={o.id: compile_rule(o.when, types) for o in rubric.observations if o.when},
        offline={o.id: compile_rule(o.offline, types) for o in rubric.observations if o.offline},
        caps={cap.id: compile_rule(cap.when, {**types, **asked}) for cap in rubric.caps},
    )
