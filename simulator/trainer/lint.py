"""Everything that is wrong with a pack: what the loader finds, and what only shows when its meaning is tried."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from simulator.domain.persona import Persona
from simulator.domain.rubric import Rubric
from simulator.packs.diagnostics import MAX_FINDINGS, Fault, Finding, located
from simulator.packs.load import read_pack
from simulator.trainer.aloud import breathless
from simulator.trainer.coached import misleading
from simulator.trainer.narrow import narrow
from simulator.trainer.overlaps import entangled
from simulator.trainer.reach import out_of_reach
from simulator.trainer.rules import unruly
from simulator.trainer.secrets import leaks
from simulator.trainer.unlocking import astray


def lint(source: bytes, name: str) -> tuple[Finding, ...]:
    """All findings of one pack file, in order of their places. Never raises for what stands in the file."""
    reading = read_pack(source, name)
    if reading.value is None:
        return reading.findings
    faults = islice(_faults(reading.value), MAX_FINDINGS - len(reading.findings))
    meant = {located(fault, name, reading.positions): None for fault in faults}
    return tuple(sorted((*reading.findings, *meant), key=lambda finding: (finding.line, finding.column)))


def _faults(value: Persona | Rubric) -> Iterator[Fault]:
    if isinstance(value, Rubric):
        yield from unruly(value)
    else:
        for look in (leaks, out_of_reach, astray, narrow, entangled, misleading, breathless):
            yield from look(value)
