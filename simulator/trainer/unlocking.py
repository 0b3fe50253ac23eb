"""Whether each need of a persona can be opened at all, and by the very line the file proposes for it."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.conversation.gate import DELTAS
from simulator.domain.persona import LatentNeed, Persona
from simulator.domain.text import ANY_LANGUAGE
from simulator.language.acts import hear
from simulator.language.topics import Finder
from simulator.packs.diagnostics import Fault
from simulator.packs.locate import Path
from simulator.wording import say


def closed_for_good(persona: Persona) -> Iterator[Fault]:
    """Needs whose trust cannot be reached, and examples that do not open their need."""
    for index, need in enumerate(persona.needs):
        at: Path = ("latent_needs", index)
        yield from _out_of_reach(need, persona, (*at, "unlock", "trust_min"))
        yield from _idle_examples(need, (*at, "example"))


def _out_of_reach(need: LatentNeed, persona: Persona, path: Path) -> Iterator[Fault]:
    table = {**DELTAS, **persona.deltas}
    if need.unlock.trust_min > persona.start.trust and all(delta.trust <= 0 for delta in table.values()):
        message = say("trust begins at {start:g} and nothing in `deltas` ever raises it", start=persona.start.trust)
        yield Fault("P043", path, message)


def _idle_examples(need: LatentNeed, path: Path) -> Iterator[Fault]:
    topics = Finder(need.unlock.topics)
    for language, line in need.example.by_language.items():
        sentences = hear(line).sentences
        asking = [sentence for sentence in sentences if sentence.does(*need.unlock.any_of)]
        touching = [sentence for sentence in sentences if topics.find(sentence.text)]
        place = path if language == ANY_LANGUAGE else (*path, language)
        if any(sentence in touching for sentence in asking):
            continue
        if asking and touching:
            message = say("act and topic of need '{need}' stand in different sentences", need=need.id)
        elif asking:
            message = say("this line touches none of the topics of need '{need}'", need=need.id)
        else:
            heard = sorted({found.act for sentence in sentences for found in sentence.acts})
            message = say(
                "this line does {heard}; need '{need}' opens by {acts}",
                need=need.id,
                heard=", ".join(heard) or say("nothing"),
                acts=", ".join(need.unlock.any_of),
            )
        yield Fault("P056", place, message)
