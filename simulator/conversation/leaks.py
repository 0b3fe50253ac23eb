"""The leak guard: distinctive words of a need that is still locked, in what the customer said."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from simulator.domain.events import LeakSuspected, PersonaSpoke
from simulator.domain.persona import Persona
from simulator.language.normalize import split_sentences
from simulator.language.topics import finder


def leaks_in(
    spoken: PersonaSpoke, persona: Persona, opened: Collection[str], known: Collection[str]
) -> tuple[LeakSuspected, ...]:
    """One event for each locked need whose secret the reply holds, unless it had leaked before (`known`)."""
    return tuple(_leaks(spoken, persona, {*opened, *known}))


def _leaks(spoken: PersonaSpoke, persona: Persona, settled: Collection[str]) -> Iterator[LeakSuspected]:
    sentences = [spoken.text[start:end] for start, end in split_sentences(spoken.text)]
    for need in persona.needs:
        if need.id in settled:
            continue
        spans = (finder(need.secret).find(sentence) for sentence in sentences)
        if span := next((span for span in spans if span), None):
            yield LeakSuspected(spoken.turn, need.id, span)
