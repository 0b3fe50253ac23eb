"""What the learner thought was hidden, held against what was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.domain.persona import Persona
from simulator.language.topics import finder


@dataclass(frozen=True, slots=True)
class GuessResult:
    """`lines` are the guesses, `right` those that name a need; `hits` is the line that names a need, by need.

    Recall (0..1) is by need: how many of the hidden needs were guessed. Precision (0..1) is by line.
    """

    lines: tuple[str, ...]
    right: frozenset[str]
    hits: Mapping[str, str]
    recall: float
    precision: float


def compare(guess: str, persona: Persona) -> GuessResult:
    """Match a guess, one a line, with the needs: a line matches a need whose keyword or secret phrase it has."""
    lines = tuple(line.strip() for line in guess.splitlines() if line.strip())
    named = {line: _named(line, persona) for line in lines}
    hits = {need.id: line for need in persona.needs for line in reversed(lines) if need.id in named[line]}
    right = [line for line in lines if named[line]]
    precision = len(right) / len(lines) if lines else 0.0
    return GuessResult(lines, frozenset(right), hits, len(hits) / len(persona.needs), precision)


def _named(line: str, persona: Persona) -> frozenset[str]:
    return frozenset(
        need.id for need in persona.needs if finder(need.keywords).find(line) or finder(need.secret).find(line)
    )
