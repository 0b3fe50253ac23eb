"""Whether a rubric's rules mean something: every one compiles, can hold, and leaves every level within reach.

A level is within reach if some conversation gets it: some choice of yes and no for the observations and of values for
the facts, taken as free of each other, makes its rule the first that holds. The search gives values to the names one by
one and leaves a branch as soon as three-valued logic settles it; rules of ten names take some hundred steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from simulator.domain.rubric import Criterion, Observation, Rubric, Rule
from simulator.grading.levels import Expression, RuleError, compile_rule
from simulator.grading.rules import fact_types
from simulator.grading.totals import ENOUGH
from simulator.packs.diagnostics import Fault, nearest
from simulator.packs.locate import Path, of_wording
from simulator.wording import say

MAX_STEPS = 8_000
"""Steps of the search for one rubric, half a second at worst; the shipped rubric takes a thousand."""

_NAME = re.compile(r"[A-Za-z_]\w*")
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])")


class _TooTangled(Exception):
    """The search used up its steps."""


@dataclass(slots=True)
class _Search:
    """Looks for values under which one rule is the first to hold. `steps` counts over all rules of a rubric."""

    types: Mapping[str, type]
    steps: int = 0

    def may_hold(self, rule: Expression, before: Sequence[Expression] = ()) -> bool:
        """Whether some values make `rule` hold and none of those `before` it; True where the steps do not suffice."""
        rules = (rule, *before)
        numbers = {float(found) for each in rules for found in _NUMBER.findall(each.source)}
        names = sorted(frozenset().union(*(each.names for each in rules)))
        try:
            return self._try({}, rule, before, names, _samples(numbers))
        except _TooTangled:
            return True

    def _try(
        self,
        values: dict[str, bool | float],
        rule: Expression,
        before: Sequence[Expression],
        free: Sequence[str],
        samples: Sequence[float],
    ) -> bool:
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise _TooTangled
        answer = rule.evaluate(values)
        earlier = [each.evaluate(values) for each in before]
        if answer is False or True in earlier:
            return False
        if answer and None not in earlier:
            return True
        name, *rest = free
        choices: Sequence[bool | float] = (True, False) if self.types[name] is bool else samples
        return any(self._try({**values, name: choice}, rule, before, rest, samples) for choice in choices)


def _samples(numbers: set[float]) -> tuple[float, ...]:
    """One value on each side of every number a rule compares with, and the numbers themselves."""
    marks = sorted(numbers | {0.0, 1.0})
    between = [(low + high) / 2 for low, high in pairwise(marks)]
    return (*marks, *between, marks[0] - 1, marks[-1] + 1)


def unruly(rubric: Rubric) -> Iterator[Fault]:
    """Rules that do not compile, that can never hold, and levels nobody can get."""
    owners = {o.id: criterion.id for criterion in rubric.criteria for o in criterion.observations}
    owners |= {observation.id: "cap_observations" for observation in rubric.cap_observations}
    for fault in _faults(rubric):
        name = _NAME.match(*fault.within) if fault.code == "R010" and fault.within else None
        if name and (owner := owners.get(name[0])):  # a name that is merely like it would lead astray
            message = say("'{name}' is an observation of {owner}; this rule cannot name it", name=name[0], owner=owner)
            yield replace(fault, message=message, suggestion="")
        else:
            yield fault


def _faults(rubric: Rubric) -> Iterator[Fault]:
    facts = fact_types()
    observed: dict[str, type] = {observation.id: bool for observation in rubric.observations}
    search = _Search({**observed, **facts})
    for at, stage in enumerate(rubric.stages):
        for index, criterion in enumerate(stage.criteria):
            path: Path = ("stages", at, "criteria", index)
            if criterion.applies:
                yield from _decided((*path, "applies"), criterion.applies, facts, search)
            yield from _observations((*path, "observations"), criterion.observations, facts, search)
            yield from _levels(path, criterion, facts, search)
            yield from _anchored_alike(path, criterion)
    yield from _observations(("cap_observations",), rubric.cap_observations, facts, search)
    for index, cap in enumerate(rubric.caps):
        yield from _decided(("caps", index, "when"), cap.when, {**facts, **observed}, search)
    yield from _without_a_model(rubric, facts)
    if search.steps > MAX_STEPS:
        message = say("the rules are too tangled to try them all; levels out of reach may have gone unnoticed")
        yield Fault("R015", ("stages",), message, severity="warning")


def _observations(
    path: Path, observations: Sequence[Observation], facts: Mapping[str, type], search: _Search
) -> Iterator[Fault]:
    for index, observation in enumerate(observations):
        if observation.id in facts:
            message = say("'{id}' is also the name of a fact: rules could not tell them apart", id=observation.id)
            yield Fault("R013", (*path, index, "id"), message)
        for key, rule in (("when", observation.when), ("offline", observation.offline)):
            if rule:
                yield from _decided((*path, index, key), rule, facts, search)


def _decided(path: Path, rule: Rule, names: Mapping[str, type], search: _Search) -> Iterator[Fault]:
    """A rule by itself: it must compile and be able to hold."""
    compiled = _compiled(path, rule, names)
    if isinstance(compiled, Fault):
        yield compiled
    elif not search.may_hold(compiled):
        yield Fault("R014", path, say("no conversation makes this rule hold"))


def _levels(path: Path, criterion: Criterion, facts: Mapping[str, type], search: _Search) -> Iterator[Fault]:
    names = {**facts, **{observation.id: bool for observation in criterion.observations}}
    compiled = [
        _compiled((*path, "levels", index, "when"), level.when, names) for index, level in enumerate(criterion.levels)
    ]
    yield from (found for found in compiled if isinstance(found, Fault))
    rules = [found for found in compiled if isinstance(found, Expression)]
    if len(rules) < len(compiled):
        return
    for index, level in enumerate(criterion.levels):
        if not search.may_hold(rules[index], rules[:index]):
            message = say(
                "level {level} is out of reach: wherever this rule holds, an earlier one holds too", level=level.level
            )
            yield Fault("R012", (*path, "levels", index, "when"), message)


def _without_a_model(rubric: Rubric, facts: Mapping[str, type]) -> Iterator[Fault]:
    """Criteria that get no level offline, where they hold so much that there is no total either."""
    lost = [criterion for criterion in rubric.criteria if not _may_be_scored_offline(criterion, facts)]
    weight = sum(criterion.weight for criterion in lost)
    if 100 - weight < 100 * ENOUGH:
        message = say(
            "offline there is never a total: {criteria} ({weight:g} of 100) want a model, or more `offline`",
            criteria=", ".join(criterion.id for criterion in lost),
            weight=weight,
        )
        yield Fault("R016", ("stages",), message, severity="warning")


def _may_be_scored_offline(criterion: Criterion, facts: Mapping[str, type]) -> bool:
    """Whether some answers of code leave at most one level open, whatever is undecided; True where nobody can tell."""
    undecided = {o.id: o.fault for o in criterion.observations if o.by == "judge" and not o.offline}
    names = {**facts, **{observation.id: bool for observation in criterion.observations}}
    rules = [(level.level, _compiled((), level.when, names)) for level in criterion.levels]
    levels = [(level, rule) for level, rule in rules if isinstance(rule, Expression)]
    if not undecided or len(levels) < len(rules):
        return True
    used = sorted(frozenset().union(*(rule.names for _, rule in levels)) - undecided.keys())
    numbers = {float(found) for _, rule in levels for found in _NUMBER.findall(rule.source)}
    choices = [(True, False) if names[name] is bool else _samples(numbers) for name in used]
    for tried, chosen in enumerate(product(*choices)):
        known = dict(zip(used, chosen, strict=True))
        worst = _level({**known, **undecided}, levels)
        best = _level({**known, **{name: not fault for name, fault in undecided.items()}}, levels)
        if tried > MAX_STEPS or worst is None or best is None or abs(best - worst) <= 1:
            return True
    return False


def _level(values: Mapping[str, bool | float], levels: Sequence[tuple[int, Expression]]) -> int | None:
    return next((level for level, rule in levels if rule.evaluate(values)), None)


def _anchored_alike(path: Path, criterion: Criterion) -> Iterator[Fault]:
    """Levels that a reader cannot tell apart."""
    first: dict[tuple[str, str], int] = {}
    for index, level in enumerate(criterion.levels):
        for language, words in criterion.anchors[level.level].by_language.items():
            earlier = first.setdefault((language, " ".join(words.casefold().split())), level.level)
            if earlier != level.level:
                place: Path = (*path, "levels", index, "anchor")
                message = say("level {level} reads like level {other}", level=level.level, other=earlier)
                yield Fault("R006", of_wording(place, language), message)


def _compiled(path: Path, rule: Rule, names: Mapping[str, type]) -> Expression | Fault:
    try:
        return compile_rule(rule, names)
    except RuleError as error:
        offset = max(0, error.column - rule.column)
        within = (rule.source, offset)
        if error.unknown:
            return Fault("R010", path, error.message, nearest(error.unknown, names), within=within)
        return Fault("R011", path, error.message, within=within)
