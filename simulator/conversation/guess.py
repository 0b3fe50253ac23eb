"""What the learner thought was hidden, held against what was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.domain.persona import Persona
from simulator.language.topics import finder


@dataclass(frozen=True, slots=True)
class GuessResult:
    """`lines` are the guesses; `hits` the line that names a need, by need. `recall` and `precision` are 0..1.

    Recall is by need (how many of the hidden needs were guessed), precision by line (how many guesses were right).
    """

    lines: tuple[str, ...]
    hits: Mapping[str, str]
    recall: float
    precision: float


def compare(guess: str, persona: Persona) -> GuessResult:
    """Match a guess, one a line, with the needs: a line matches a need whose keyword or secret phrase it has."""
    lines = tuple(line.strip() for line in guess.splitlines() if line.strip())
    named = {line: _named(line, persona) for line in lines}
    hits = {need.id: line for need in persona.needs for line in reversed(lines) if need.id in named[line]}
    right = sum(bool(named[line]) for line in lines)
    return GuessResult(lines, hits, len(hits) / len(persona.needs), right / len(lines) if lines else 0.0)


def _named(line: str, persona: Persona) -> frozenset[str]:
    return frozenset(
        need.id for need in persona.needs if finder(need.keywords).find(line) or finder(need.secret).find(line)
    )
