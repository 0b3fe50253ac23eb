"""What came of drills, in the three forms a trainer or a CI reads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Literal

from simulator.reports.junit import Case, Suite, junit
from simulator.trainer.drilled import Drilled, Play
from simulator.trainer.learners import called
from simulator.wording import listed, say

Form = Literal["text", "json", "junit"]


def report(results: Sequence[Drilled], form: Form) -> str:
    """All drills in one form, in their order."""
    match form:
        case "json":
            return json.dumps([_as_json(one) for one in results], ensure_ascii=False, indent=2)
        case "junit":
            return junit("mot drill", [Suite("mot drill", [_case(one) for one in results])])
    return "\n".join(line for one in results for line in _told(one))


def _told(one: Drilled) -> Iterator[str]:
    yield _verdict(one)
    for play in one.of("expert"):
        yield "  " + say("opens to the expert in exchange: {needs}", needs=_reached(one, play))
    for play in one.of("guest"):
        yield "  " + say("opens to {learner} in exchange: {needs}", learner=play.learner, needs=_reached(one, play))
    yield "  " + listed(f"{called(play.learner)} {_total(play)}" for play in one.plays)
    for play in one.plays:
        if play.unheard:
            count, reason = len(play.unheard), play.unheard[0]
            told = say(
                "{learner}: code heard {count} of the lines: {reason}",
                learner=called(play.learner),
                count=count,
                reason=reason,
            )
            yield f"  - {told}"
    yield from (f"  ! {fault}" for fault in one.faults)


def _verdict(one: Drilled) -> str:
    name = _named(one)
    if one.broken:
        return say("{name}: not finished", name=name)
    return say("{name}: below the bar", name=name) if one.faults else say("{name}: fine", name=name)


def _reached(one: Drilled, play: Play) -> str:
    return listed(f"{need} {play.opened.get(need, '-')}" for need in one.needs)


def _named(one: Drilled) -> str:
    return f"{one.task.persona} ({one.task.language})"


def _total(play: Play) -> str:
    return "-" if play.total is None else f"{play.total:.0f}"


def _as_json(one: Drilled) -> dict[str, object]:
    learners = [asdict(play) | {"false_openings": play.false_openings} for play in one.plays]
    return {**asdict(one.task), "needs": one.needs, "faults": one.faults, "learners": learners}


def _case(one: Drilled) -> Case:
    name, group = _named(one), "mot drill"
    if not one.faults:
        return Case(name, group)
    told = one.faults[0], "not finished" if one.broken else "below the bar", "\n".join(_told(one))
    return Case(name, group, "error" if one.broken else "failure", *told)
