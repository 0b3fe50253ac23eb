"""What there is to practise, and how it has gone so far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from simulator.domain.run import Mark, Provenance, Run
from simulator.domain.text import Text
from simulator.errors import BadInput
from simulator.packs.personas import text
from simulator.packs.shape import misshapen, schema_of
from simulator.packs.tree import read_tree

if TYPE_CHECKING:
    from simulator.packs.find import PackShelf

_SHOWN = ("title", "sector", "channel", "difficulty", "languages")
_BLOCK = re.compile(rb"^(?=\w+:)", re.MULTILINE)
_WANTED = re.compile(rb"(?:" + "|".join(_SHOWN).encode() + rb"):")


@dataclass(frozen=True, slots=True)
class Heading:
    """A scenario in a list: `difficulty` 1..5."""

    id: str
    title: Text
    sector: str
    channel: str
    difficulty: int
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Best:
    """The best total (0..100) of the practices that count and were graded alike."""

    total: float
    session: str
    at: datetime | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario and the learner's practices of it, the latest first.

    `bests` has one entry a provenance, that of the latest grade first: they cannot be compared with one another.
    """

    heading: Heading
    runs: tuple[Run, ...]
    bests: tuple[Best, ...]

    @property
    def best(self) -> Best | None:
        """The best score among those graded as the latest one was."""
        return self.bests[0] if self.bests else None

    @property
    def last_at(self) -> datetime | None:
        """When it was last practised."""
        return self.runs[0].last_at if self.runs else None

    @property
    def finished(self) -> int:
        """How many practices were brought to an end."""
        return sum(run.ended is not None for run in self.runs)


def headings(shelf: PackShelf) -> tuple[Heading, ...]:
    """Every scenario on the shelf by sector, the easier first; files that cannot be used are left out."""
    found = (heading for name in shelf.personas() if (heading := read_heading(shelf, name)))
    return tuple(sorted(found, key=lambda one: (one.sector, one.difficulty, one.id)))


def scenarios(known: Iterable[Heading], runs: Iterable[Run]) -> tuple[Scenario, ...]:
    """The scenarios with these runs of one learner, the latest first."""
    by_persona: dict[str, list[Run]] = {}
    for run in runs:
        by_persona.setdefault(run.persona, []).append(run)
    return tuple(Scenario(one, tuple(own := by_persona.get(one.id, [])), tuple(_bests(own))) for one in known)


def read_heading(shelf: PackShelf, name: str) -> Heading | None:
    """What a list shows of a scenario; None where the file cannot be used.

    Only the top-level entries it needs are read, a twentieth of the file: a list has many.
    """
    try:
        source, _ = shelf.source(name, "persona")
        blocks = [block for block in _BLOCK.split(source) if _WANTED.match(block)]
        value = read_tree(b"".join(blocks)).value
        rules: Mapping[str, object] = schema_of("persona")["properties"]
        rule = {"type": "object", "required": _SHOWN, "properties": {key: rules[key] for key in _SHOWN}}
        if any(misshapen(value, {**rule, "definitions": schema_of("persona")["definitions"]})):
            return None
    except BadInput:
        return None
    return Heading(
        id=name,
        title=text(value["title"]),
        sector=value["sector"],
        channel=value["channel"],
        difficulty=value["difficulty"],
        languages=tuple(value["languages"]),
    )


def graded(runs: Iterable[Run], *, counting: bool = True) -> Iterator[tuple[Run, Mark]]:
    """Each run with its latest grade, those without one left out, and by default those that do not count."""
    return ((run, run.mark) for run in runs if run.mark and (run.counts or not counting))


def _bests(runs: Iterable[Run]) -> Iterator[Best]:
    best: dict[Provenance, Best] = {}
    for run, mark in graded(runs):
        if mark.total is None:
            continue
        there = best.get(mark.provenance)
        if there is None or mark.total > there.total:
            best[mark.provenance] = Best(mark.total, run.id, run.last_at, mark.provenance)
    yield from best.values()
