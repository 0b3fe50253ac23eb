"""Whether people who ask in words of their own can touch what a need is about."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.domain.persona import Persona
from simulator.packs.diagnostics import Fault, shown
from simulator.wording import say


def narrow(persona: Persona) -> Iterator[Fault]:
    """Groups of a need's topics that hold one word. No drill can tell: its learners say what the file proposes."""
    for index, need in enumerate(persona.needs):
        for language, groups in need.unlock.topics.by_language.items():
            for rank, terms in enumerate(groups):
                if len(terms) == 1:
                    message = say(
                        "only '{word}' is listened for here, and few will ask with it; add what else they may say",
                        word=shown(terms[0]),
                    )
                    path = ("latent_needs", index, "unlock", "topics", language, rank)
                    yield Fault("P060", path, message, severity="warning")
